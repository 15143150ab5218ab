"""Many trails at once: which of them are worth walking in a text, told word by word.

Of every trail there are three sets of words: those that it may begin with, some that it must pass, and those
that it may end with. A trail is worth walking where words of all three stand in a sentence in this order.
What a word is to which trails is worked out when it is first met, and remembered. A trail of one word is
found with it.
"""

from collections.abc import Iterator, Mapping

from sopgen.language.guard import Passage
from sopgen.language.memory import WordMemory
from sopgen.language.pattern import Pattern
from sopgen.language.phrase import Cue
from sopgen.language.phrase_tree import Row, Tree, has_gap
from sopgen.language.shortlist import numbers_in
from sopgen.language.stop import Layout, NoTrailError, forms_of, last_stops, stops_from
from sopgen.language.trail import Trail, Walk
from sopgen.language.word_form import FormTable
from sopgen.language.word_row import NOTHING_TOLD, Told, WordRow

_NO_FORMS: frozenset[str] = frozenset()


class TrailIndex:
    """The trails of those cues that are words in a row, by the cues' numbers. Bit n stands for cue n.

    `filler` is what performs nothing.
    """

    FRESH = ("_known",)
    """What is worked out anew by each process."""

    def __init__(self, cues: Mapping[int, Cue], filler: Cue | None = None) -> None:
        layout = Layout()
        self._trails: dict[int, Trail] = {}
        self._by_form: dict[str, list[int]] = {}
        self._asking = 0
        self.freshen()
        for number, cue in cues.items():
            self._enter(number, cue, layout)
        self._filling = _forms_within(filler, layout)
        self._forms = FormTable()
        for _, form in sorted(layout.forms.items()):
            self._forms.add(form)

    def _enter(self, number: int, cue: Cue, layout: Layout) -> None:
        if cue.tree is None:
            return
        try:
            firsts = layout.fork(cue.tree, cue.ends)
            passed = _passed(cue.tree, layout)
        except NoTrailError:
            return
        pattern = Pattern(cue.source, small=True)
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
        self._known = WordMemory(self._tell)

    def bare(self, row: WordRow) -> tuple[int, ...]:
        """Return where the first and the last word begin that stand in no filler, as far as that is known."""
        if self._filling is None:
            return ()
        found = [at for at, told in enumerate(row.told) if not told[6]]
        return (row.start(found[0]), row.start(found[-1])) if found else ()

    @property
    def numbers(self) -> frozenset[int]:
        """Return the numbers of the cues that have a trail."""
        return frozenset(self._trails)

    def of(self, row: WordRow) -> int:
        """Return the trails worth walking in a text, and those of one word that are found.

        The row learns what its words are.
        """
        row.told = told = list(map(self._known.__getitem__, row.words))
        opened = passed = found = 0
        if told:
            opened = told[0][4]
        for each, kind in zip(told, row.kinds, strict=True):
            if each is not NOTHING_TOLD:
                alone, begun, between, last, _, _, _ = each
                opened |= begun
                if opened:
                    passed |= opened & between
                    found |= passed & last
                found |= alone
            if not kind:
                opened = passed = 0
        return found if "?" in row.text else found & ~self._asking

    def places(self, wanted: int, passage: Passage, row: WordRow) -> Iterator[tuple[int, int, int]]:
        """Yield where these trails are found: a cue's number, and the half-open range."""
        starts: dict[int, list[int]] = {}
        for at, told in enumerate(row.told):
            if told is NOTHING_TOLD:
                continue
            alone, opened = told[0] & wanted, (told[1] if at else told[1] | told[4]) & wanted
            if alone:
                for number in numbers_in(alone):
                    yield number, row.start(at), row.end(at)
            if opened:
                for number in numbers_in(opened):
                    starts.setdefault(number, []).append(at)
        walk = Walk(row)
        for number, begun in starts.items():
            for start, end in self._trails[number].ranges(begun, walk, passage):
                yield number, start, end

    def _tell(self, word: str) -> Told:
        forms = self._forms.of(word)
        if not forms:
            return NOTHING_TOLD
        bits = [0] * 5
        for form in forms:
            for place, more in enumerate(self._by_form.get(form, ())):
                bits[place] |= more
        is_filling = self._filling is not None and not forms.isdisjoint(self._filling)
        return (bits[0], bits[1], bits[2], bits[3], bits[4], forms, is_filling)


def _forms_within(cue: Cue | None, layout: Layout) -> frozenset[str] | None:
    """Return the forms of all words that a cue can hold, None when they are not known."""
    if cue is None or cue.tree is None or has_gap(cue.tree):
        return None
    try:
        return forms_of(stops_from(layout.fork(cue.tree, cue.ends).stops))
    except NoTrailError:
        return None


def _passed(tree: Tree, layout: Layout) -> frozenset[str]:
    """Return the words that begin a part in the middle that must be there; none where there is none."""
    if not isinstance(tree, Row):
        return _NO_FORMS
    must = [part.tree for part in tree.parts if not part.optional][1:-1]
    return min((layout.begins(each) for each in must), key=len, default=_NO_FORMS)
