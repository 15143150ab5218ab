"""Cues walked from word to word find what their patterns find, to the letter."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sopgen.compliance.pack import default_pack_folder
from sopgen.language.act import read_act
from sopgen.language.guard import Passage
from sopgen.language.lexicon import read_lexicon
from sopgen.language.normal import normalise
from sopgen.language.pattern import Encoded, Pattern
from sopgen.language.phrase import compile_cue
from sopgen.language.shortlist import numbers_in
from sopgen.language.trail_index import TrailIndex
from sopgen.language.word_row import WordRow

VARIANTS = {
    "maaf": ("maap", "mf"),
    "makasih": ("terima kasih", "thank you", "e-mail"),
    "no": ("don't", "s/d"),
    "aa": ("a a", "a"),
    "sama": ("sama sama", "sm2"),
}
GROUPS = {"kakak": ("kak", "bapak [ibu]", "aa"), "two": ("(kak|kak ini) otp", "[aa] sama")}
CUES = (
    "halo", "mohon maaf", "sabar*", "*nya", "*am*", "(halo|otp) kak", "[kak] otp", "minta … otp", "makasih",
    "<kakak> maaf", "otp ?", "^halo", "beres$", "no", "aa", "100", "e-mail", "sama … (kak|kak ini) [otp]",
    "aa … aa", "aa …1 aa", "aa …2 (aa|aa aa)", "kak [… otp] aa", "[kak] [aa] otp [aa]", "^[kak] aa … otp$",
    "(aa|aa aa) ?", "aa aa", "<two> … <two>", "…1 kak", "(kak|aa kak) … (aa|kak) ?", "[aa] …2 otp",
    "buka*in", "<kakak> … <kakak> … <kakak>", "otp … 24jam", "^<kakak>$", "aa …40 otp", "no …2 no",
)  # fmt: skip
WORDS = (
    "halo", "haloooo", "halonya", "maaf", "mmaaff", "maafnyaa", "mf", "kak", "kaknya", "otp", "otpnnya",
    "sabarlah", "saabbar", "ini", "nya", "aman", "thank", "you", "thankyou", "email", "e", "mail", "aa",
    "aaa", "a", "1100", "100", "beres", "sama", "samasama", "sm2", "don", "t", "s", "d", "bapak", "ibu",
    "minta", "terima", "kasih", "terimakasih", "24jam", "buka", "in", "é", "中", "_", "a_b", "mohon", "x",
    "y",
)  # fmt: skip
GAPS = (" ", " ", " ", " ", ", ", "'", "/", "*", "-", "\n", ".", ". ", "? ", "", "' ", " '", "//", " * ",
        "    ", "     ", " **** ", "'''''", "; ", "\t", " - ", "!", "(", " (", "’", "…")  # fmt: skip


@pytest.fixture(scope="module")
def cues():
    """Return the patterns of the cues by number, and the index of their trails."""
    compiled = {
        number: compile_cue(each, variants=VARIANTS, groups=GROUPS, read={})
        for number, each in enumerate(CUES)
    }
    patterns = {number: Pattern(each.source) for number, each in compiled.items()}
    return patterns, compiled, TrailIndex(compiled)


def agrees(index, patterns, text):
    """Return whether a walk finds every cue where its pattern does."""
    found = walked(index, text)
    return all(found.get(n, []) == patterns[n].ranges(Encoded(text)) for n in index.numbers)


def walked(index, text):
    """Return where an index finds its cues, by number."""
    row, found = WordRow(text), {}
    every = sum(1 << number for number in index.numbers)
    for number, start, end in index.places(index.shapes(every, row), Passage(text), row):
        found.setdefault(number, []).append((start, end))
    return found


@settings(max_examples=600)
@given(st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(GAPS)), max_size=14), st.sampled_from(GAPS))
def test_a_walk_finds_what_the_pattern_finds(cues, pieces, first):
    """Every cue is found at the same places, whether it is walked or searched for."""
    patterns, _, index = cues
    text = normalise(first + "".join(word + gap for word, gap in pieces)).text
    found = walked(index, text)
    for number in index.numbers:
        assert found.get(number, []) == patterns[number].ranges(Encoded(text)), (CUES[number], text)


def test_all_but_what_needs_more_than_words_is_walked(cues):
    """Gaps before the first word and endless gaps are left to RE2; everything else is words in a row."""
    *_, index = cues
    assert {cue for number, cue in enumerate(CUES) if number not in index.numbers} == {
        "…1 kak", "[aa] …2 otp", "aa …40 otp", "kak [… otp] aa",
    }  # fmt: skip


def test_a_cue_of_many_parts_is_left_to_re2():
    """A trail has an end to its stops, so that no walk goes deeper than Python can."""
    cue = compile_cue(" ".join(["halo"] * 300), variants={}, groups={}, read={})
    assert not TrailIndex({0: cue}).numbers


def test_a_walk_takes_time_in_proportion_to_the_text():
    """A cue whose parts could be put together in very many ways is walked through a long text at once."""
    phrase = " … ".join(["(a|a a|a a a)"] * 12) + " b"
    cue = compile_cue(phrase, variants={}, groups={}, read={})
    index = TrailIndex({0: cue})
    assert index.numbers
    assert walked(index, "b " + "a " * 2_000 + "c b") == {}


def test_sentences_that_differ_in_names_alone_are_walked_once(cues):
    """What was found in a sentence is found in others of its shape, where their words stand."""
    patterns, _, index = cues
    index.freshen()
    for name in ("budi", "rahayuningtyas", "no7"):
        text = f"halo {name}, minta {name} otp ? {name} kak {name} beres"
        assert walked(index, text)
        assert agrees(index, patterns, text)
    assert len(index._shapes) == 2
    index.freshen()
    for long in ("halo" + " " * 5_000 + "kak", "halo " * 100):
        assert walked(index, long) == walked(index, long + " ") != {}
    assert not index._shapes


def test_shapes_are_not_remembered_for_ever(cues):
    """There are never more shapes than the bound allows."""
    _, compiled, _ = cues
    index = TrailIndex(compiled, shapes_known=3)
    for number in range(1, 6):
        walked(index, " ".join(["halo"] * number))
        assert len(index._shapes) <= 3


@pytest.mark.parametrize(
    "texts",
    [
        ("sudah beres!halo", "sudah beres!"),
        ("kak aa otp", "halo. kak aa otp"),
        ("halo kak", "halo! kak"),
        ("kak otp?", "kak otp!"),
    ],
)
def test_alike_sentences_in_different_places_are_of_different_shapes(cues, texts):
    """A sentence at the end or the start of its text, or before another mark, is not taken for another."""
    patterns, _, index = cues
    for first, second in (texts, texts[::-1]):
        index.freshen()
        assert agrees(index, patterns, first)
        assert agrees(index, patterns, second)
        assert walked(index, first) != walked(index, second)


def test_the_same_sentence_is_walked_anew_among_other_trails(cues):
    """What was found among some trails says nothing of others."""
    _, _, index = cues
    index.freshen()
    row = WordRow("halo kak")
    halo, both = 1 << CUES.index("halo"), sum(1 << number for number in index.numbers)
    assert [len(index.shapes(among, row)[0][1].spans) for among in (0, halo)] == [0, 1]
    assert len(index.shapes(both, row)[0][1].spans) > 1


@pytest.mark.parametrize("known", [1, 2, 5])
def test_words_keep_their_numbers_apart_when_sets_of_forms_are_forgotten(cues, known):
    """A set of forms that is met after others were forgotten is not taken for one of those."""
    patterns, compiled, _ = cues
    index = TrailIndex(compiled, forms_known=known)
    for _ in range(2):
        for word in WORDS:
            assert agrees(index, patterns, normalise(f"{word} kak").text), word
            assert len(index._kinds) <= known


def test_every_example_of_the_pack_is_walked_to_where_its_cues_are_found():
    """For the examples of every act, walks and patterns agree."""
    lexicon = read_lexicon([default_pack_folder()], print)
    agreed = 0
    for path in sorted(default_pack_folder().glob("acts/*.yaml")):
        act = read_act(path, print)
        assert act is not None
        phrases = [each for cues in act.source.cues.values() for each in cues]
        compiled = dict(
            enumerate(
                compile_cue(each, variants=lexicon.variants, groups=lexicon.groups, read={})
                for each in phrases
            )
        )
        patterns = {number: Pattern(cue.source) for number, cue in compiled.items()}
        index = TrailIndex(compiled)
        for text in (normalise(each).text for each in act.source.examples.hit):
            assert agrees(index, patterns, text), text
            agreed += len(walked(index, text))
    assert agreed > 500


def test_numbers_of_bits():
    """The numbers of the bits that are set come in order."""
    assert list(numbers_in(0b1011)) == [0, 1, 3]
