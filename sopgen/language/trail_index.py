"""Many trails at once: which of them are worth walking in a text, told word by word.

Of every trail there are three sets of words: those that it may begin with, some that it must pass, and those
that it may end with. A trail is worth walking where words of all three stand in a sentence in this order.
What a word is to which trails is worked out when it is first met, and remembered. A trail of one word is
found with it.
"""

from collections.abc import Iterator, Mapping

from sopgen.language.guard import Passage
from sopgen.language.pattern import Pattern
from sopgen.language.phrase import Cue
from sopgen.language.phrase_tree import Row, Tree
from sopgen.language.shortlist import LONGEST_KNOWN, WORDS_KNOWN, numbers_in
from sopgen.language.stop import Layout, NoTrailError, forms_of, last_stops
from sopgen.language.trail import Trail, Walk
from sopgen.language.word_form import FormTable
from sopgen.language.word_row import NOTHING_TOLD, Told, WordRow

_NO_FORMS: frozenset[str] = frozenset()


class TrailIndex:
    """The trails of those cues that are words in a row, by the cues' numbers. Bit n stands for cue n."""

    FRESH = ("_known",)
    """What is worked out anew by each process."""

    def __init__(self, cues: Mapping[int, Cue], patterns: Mapping[int, Pattern]) -> None:
        layout = Layout()
        self._trails: dict[int, Trail] = {}
        self._by_form: dict[str, list[int]] = {}
        self._asking = 0
        self.freshen()
        for number, cue in cues.items():
            self._enter(number, cue, patterns[number], layout)
        self._forms = FormTable()
        for _, form in sorted(layout.forms.items()):
            self._forms.add(form)

    def _enter(self, number: int, cue: Cue, pattern: Pattern, layout: Layout) -> None:
        if cue.tree is None:
            return
        try:
            firsts = layout.fork(cue.tree, cue.ends)
            passed = _passed(cue.tree, layout)
        except NoTrailError:
            return
        self._trails[number] = Trail(firsts, pattern, from_start=cue.begins != "")
        self._asking |= (cue.ends == "?") << number
        begins, ends = forms_of(firsts.stops), forms_of(last_stops(firsts.stops))
        if all(stop.ways == ("",) for stop in firsts.stops) and not cue.begins:
            places = begins, _NO_FORMS, _NO_FORMS, _NO_FORMS, _NO_FORMS
        elif cue.begins:
            places = _NO_FORMS, _NO_FORMS, passed or begins, ends, begins
        else:
            places = _NO_FORMS, begins, passed or begins, ends, _NO_FORMS
        for place, forms in enumerate(places):
            for form in forms:
                self._by_form.setdefault(form, [0] * len(places))[place] |= 1 << number

    def freshen(self) -> None:
        """Know no word yet."""
        self._known: dict[str, Told] = {}

    @property
    def numbers(self) -> frozenset[int]:
        """Return the numbers of the cues that have a trail."""
        return frozenset(self._trails)

    def of(self, row: WordRow) -> int:
        """Return the trails worth walking in a text, and those of one word that are found.

        The row learns what its words are.
        """
        known = self._known
        row.told = told = [known.get(word) or self._tell(word) for word in row.words]
        opened = passed = found = 0
        if told:
            opened = told[0][4]
        for each, kind in zip(told, row.kinds, strict=True):
            if each is not NOTHING_TOLD:
                alone, begun, between, last, _, _ = each
                opened |= begun
                passed |= opened & between
                found |= passed & last | alone
            if not kind:
                opened = passed = 0
        return found if "?" in row.text else found & ~self._asking

    def places(self, wanted: int, passage: Passage, row: WordRow) -> Iterator[tuple[int, int, int]]:
        """Yield where these trails are found: a cue's number, and the half-open range."""
        starts: dict[int, list[int]] = {}
        for at, told in enumerate(row.told):
            if told is NOTHING_TOLD:
                continue
            for number in numbers_in(told[0] & wanted):
                yield number, row.start(at), row.end(at)
            for number in numbers_in((told[1] if at else told[1] | told[4]) & wanted):
                starts.setdefault(number, []).append(at)
        walk = Walk(row)
        for number, begun in starts.items():
            for start, end in self._trails[number].ranges(begun, walk, passage):
                yield number, start, end

    def _tell(self, word: str) -> Told:
        forms = self._forms.of(word)
        told = NOTHING_TOLD
        if forms:
            bits = [0] * 5
            for form in forms:
                for place, more in enumerate(self._by_form.get(form, ())):
                    bits[place] |= more
            told = (bits[0], bits[1], bits[2], bits[3], bits[4], forms)
        if len(word) <= LONGEST_KNOWN:
            if len(self._known) >= WORDS_KNOWN:
                self._known.clear()
            self._known[word] = told
        return told


def _passed(tree: Tree, layout: Layout) -> frozenset[str]:
    """Return the words that begin a part in the middle that must be there; none where there is none."""
    if not isinstance(tree, Row):
        return _NO_FORMS
    must = [part.tree for part in tree.parts if not part.optional][1:-1]
    return min((layout.begins(each) for each in must), key=len, default=_NO_FORMS)
