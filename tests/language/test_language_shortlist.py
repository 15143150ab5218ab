"""What the words of a text rule out, and that they never rule out a pattern that is found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopgen.compliance.pack import default_pack_folder
from sopgen.language.act import read_act
from sopgen.language.lexicon import read_lexicon
from sopgen.language.normal import normalise
from sopgen.language.one_word import is_of_one_word
from sopgen.language.pattern import Encoded, Pattern
from sopgen.language.phrase import compile_cue
from sopgen.language.shortlist import Shortlist, numbers_in
from sopgen.language.sign import NO_SIGNS, signs_of_pattern, squeezed
from sopgen.language.word_row import WordRow

VARIANTS = {
    "maaf": ("maap", "mf"),
    "makasih": ("thank you", "e-mail"),
    "no": ("no.",),
    "an": ("an.", "a/n", r"a\/n"),
}
GROUPS = {"kakak": ("kak", "bapak [ibu]"), "odd": (r"/\d{2}x?/", "otp"), "free": ("/.a/", "otp")}
CUES = (
    "halo", "mohon maaf", "sabar*", "*nya", "*am*", "(halo|otp) kak", "[kak] otp", "minta … otp", "makasih",
    "<kakak> maaf", "<odd>", "<free>", "otp ?", "^halo", "beres$", "no", "aa", "100", "e-mail", "a_b", "_a",
    r"/\bo+k+e*y*s*\b/", r"/#\d{3,}/", r"/\bh[ai]lo?\b/", "/ma{2,}f/", "/(?:ha|hi)+lo/", "/x?y/", "/[0-9]+/",
    r"/a\.b/", "/(?:foo|otp)?kak/", r"/\bmaaf\b.*\botp\b/", r"/(?:a|\d)b/", "/[^]a]otp/", r"/a|\[b/",
    "/maa?f/", r"/\ba[s$*]{2}x/", r"/\bf[*#]{2,3}k?(?:\W|$)/",
    "/g[o0]+b/", r"/^\W*p\W*$/",
    r"/\bpin\b/", r"/^otp$/", "/[ab]+cx/", "an", "a.n.", "/<swear>/",
    r"/\b[a4@]+[n*#.]+[j*#.]+[i1!*#.]*[n*#.]*[g9*#.]+\b/",
    r"/\bg[o0*]+b[l1*]+[o0*]+[kg*]+\b/",
    r"/\bg[*.#]bl[*.#o]k\b/", "/[ab][bc]x/", "/a[.!]b/", "/→ ?a/", r"/\by+o\b/", "(halo|maaf)", "/[o0][o0]p/",
)  # fmt: skip
WORDS = (
    "halo", "haloooo", "maaf", "mmaaff", "maap", "mf", "kak", "otp", "otpnya", "sabarlah", "ini", "nya",
    "aman",
    "thank", "you", "thankyou", "email", "e-mail", "e mail", "no.", "aa", "aaa", "a", "100", "1000", "beres",
    "okkeyy", "#123", "hilo", "hahilo", "y", "7", "a.b", "foo", "ab", "7b", "[b", "a_b", "bapak", "ibu",
    "10x", "anjing", "4nj1ng", "a.n.j.g", "anj*ng", "a@njin..g", "goblok", "g0b*og", "g.blok", "bx", "abx",
    "→a",     "an.", "a/n", "a\\/n", "a.n.", "a/nya", "yo", "yyo", "00p", "o0p", "anj.", ".",
    "é", "halo中", "_a_", "minta", "mohon",
)  # fmt: skip


@pytest.fixture(scope="module")
def cues():
    """Return the cues, compiled, and the shortlist of them."""
    compiled = [compile_cue(each, variants=VARIANTS, groups=GROUPS, read={}) for each in CUES]
    patterns = [Pattern(each.source) for each in compiled]
    single = {number: each for number, each in enumerate(patterns) if is_of_one_word(each.source)}
    return patterns, Shortlist({number: each.signs for number, each in enumerate(compiled)}, single)


@given(st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from([" ", ", ", "? ", "", "-", "\n"]))))
def test_what_is_found_is_on_the_shortlist(cues, pieces):
    """No pattern that is found in a text is left off its shortlist."""
    patterns, shortlist = cues
    text = normalise("".join(part for piece in pieces for part in piece)).text
    row = WordRow(text)
    wanted = set(numbers_in(shortlist.of(row)))
    found = {number for number, pattern in enumerate(patterns) if pattern.is_in(text)}
    assert found <= wanted
    words = [(number, place) for number, *place in shortlist.single_words(shortlist.of(row), row)]
    for number in numbers_in(shortlist.singles()):
        places = [list(place) for place in patterns[number].ranges(Encoded(text))]
        assert places == [place for each, place in words if each == number]


def test_every_example_of_the_pack_is_found_by_the_cues_on_its_shortlist():
    """For the examples of every act, the shortlist of its cues holds all that hit, and leaves out many."""
    lexicon = read_lexicon([default_pack_folder()], print)
    tried = left_out = 0
    for path in sorted(default_pack_folder().glob("acts/*.yaml")):
        act = read_act(path, print)
        assert act is not None
        phrases = [each for cues in act.source.cues.values() for each in cues]
        cues = [
            compile_cue(each, variants=lexicon.variants, groups=lexicon.groups, read={}) for each in phrases
        ]
        patterns, shortlist = (
            [Pattern(each.source) for each in cues],
            Shortlist({number: each.signs for number, each in enumerate(cues)}),
        )
        for text in (normalise(each).text for each in (*act.source.examples.hit, *act.source.examples.miss)):
            wanted = shortlist.of(WordRow(text))
            tried += len(patterns)
            left_out += len(patterns) - wanted.bit_count()
            found = {n for n, pattern in enumerate(patterns) if any(pattern.ranges(Encoded(text)))}
            assert found <= set(numbers_in(wanted)), (act.name, text)
    assert left_out > 0.9 * tried


def test_a_word_is_ruled_out_by_other_words(cues):
    """Where nothing of a cue's words stands in the text, the cue is not tried."""
    _, shortlist = cues
    wanted = {CUES[number] for number in numbers_in(shortlist.of(WordRow("selamat pagi dunia")))}
    assert wanted.isdisjoint(
        {"halo", "mohon maaf", "sabar*", "minta … otp", "makasih", r"/#\d{3,}/", "otp ?"}
    )


@pytest.mark.parametrize(
    ("source", "signs"),
    [
        (r"\bmaaf+kan\b", ({"=mafkan"},)),
        (r"no(?:mor)? resi", ({"~no"}, {"~resi"})),
        (r"(?:pagi|siang), kak", ({"~pagi", "~siang"}, {","}, {"~kak"})),
        (r"#\d{3,}", ({"#"}, {"0"})),
        (r"(?:halo|.)", ()),
        (r"halo{0,2}", ({"~hal"},)),
        (r"(?i)halo", ()),
        (r"halo\pL", ()),
        (r"\Qhalo\E", ()),
        ("[[:alpha:]]halo", ()),
        ("halo(", ()),
        ("", ()),
    ],
)
def test_the_signs_of_a_pattern(source, signs):
    """Letters that must stand there are signs; a pattern with anything unusual in it has none."""
    assert signs_of_pattern(source) == tuple(frozenset(each) for each in signs)
    assert NO_SIGNS == ()


def test_a_word_without_end_may_show_anything():
    """A word of thousands of letters is not taken apart, and keeps every pattern on the list."""
    shortlist = Shortlist({0: signs_of_pattern("otp"), 1: signs_of_pattern("maaf")})
    assert shortlist.of(WordRow("x" * 5_000)) == 0b11


@given(st.text(alphabet="ab1_ ", max_size=12), st.text(alphabet="ab1_ ", max_size=12))
def test_squeezing_keeps_what_stands_inside(one, other):
    """What stands in a text still stands there once repeated letters are drawn together."""
    assert squeezed(one) in squeezed(other + one + other)
