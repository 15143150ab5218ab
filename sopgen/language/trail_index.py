"""Many trails at once: which of them are worth walking in a text, told word by word.

Of every trail there are three sets of words: those that it may begin with, some that it must pass, and those
that it may end with. A trail is worth walking where words of all three stand in a sentence in this order.
What a word is to which trails is worked out when it is first met, and remembered. A trail of one word is
found with it.

To trails most words of a text are none of theirs, so that many sentences differ in nothing that a trail asks
about, but in names, numbers and things. What is found in a sentence is remembered, too, word by word, for all
sentences of its shape.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import NamedTuple

from sopgen.language.guard import Passage
from sopgen.language.memory import WordMemory
from sopgen.language.pattern import Pattern
from sopgen.language.phrase import Cue
from sopgen.language.phrase_tree import Row, Tree, has_gap
from sopgen.language.shortlist import numbers_in
from sopgen.language.stop import Layout, NoTrailError, forms_of, last_stops, stops_from
from sopgen.language.trail import Span, Trail, UnclearError, Walk
from sopgen.language.word_form import FormTable
from sopgen.language.word_row import NOTHING_TOLD, Told, WordRow

_NO_FORMS: frozenset[str] = frozenset()

SHAPES_KNOWN = 1 << 14
"""Shapes of sentences that are remembered; then they are forgotten together (our decision, 2026-11-22).

One takes 1 KB in chats, where it has 9 words, and 7 KB with 40 words and odd marks between all of them
(measured 2026-11-22): 16 MB usually, 110 MB at worst.
"""

FORMS_KNOWN = 1 << 14
"""Sets of forms whose number is remembered, by which shapes tell words apart; then they are forgotten
together (our decision, 2026-11-22). One takes 0.3 KB: 5 MB at most; 28,000 texts of chats have 3,200."""

LONGEST_SHAPE = 40
LONGEST_TEXT = 1_000
"""Words of the longest shape that is remembered, and characters of the longest text of which any is, since
what stands between words is a part of the shape (our decision, 2026-11-22)."""


class Shape(NamedTuple):
    """What is found in a sentence, word by word; words are numbered from its first.

    `spans` are the numbers of trails and where they are found, `unclear` the trails whose patterns have to be
    asked, `bare` the first and the last word that stand in no filler.
    """

    spans: tuple[tuple[int, Span], ...]
    unclear: tuple[int, ...]
    bare: tuple[int, ...]


class TrailIndex:
    """The trails of those cues that are words in a row, by the cues' numbers. Bit n stands for cue n.

    `filler` is what performs nothing. No more shapes and sets of forms are remembered than it says here.
    """

    FRESH = ("_kinds", "_known", "_numbers", "_shapes")
    """What is worked out anew by each process."""

    def __init__(
        self,
        cues: Mapping[int, Cue],
        filler: Cue | None = None,
        *,
        shapes_known: int = SHAPES_KNOWN,
        forms_known: int = FORMS_KNOWN,
    ) -> None:
        self._shapes_known, self._forms_known = shapes_known, forms_known
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
        self._kinds: dict[frozenset[str], int] = {}
        self._numbers = count(1)
        self._shapes: dict[object, Shape] = {}

    @property
    def numbers(self) -> frozenset[int]:
        """Return the numbers of the cues that have a trail."""
        return frozenset(self._trails)

    def shapes(self, among: int, row: WordRow) -> list[tuple[int, Shape]]:
        """Return what is found of some trails in each sentence of a text, after the number of its first word.

        The row learns what its words are.
        """
        row.told = told = list(map(self._known.__getitem__, row.words))
        kinds = [each.number for each in told]
        found = []
        walk = Walk(row)
        longest = LONGEST_SHAPE if len(row.text) <= LONGEST_TEXT else 0
        for start, end in row.sentences():
            if end - start > longest:
                found.append((start, self._shape(among, start, end, walk)))
                continue
            place = (start == 0, end == len(kinds))
            key = (among, tuple(kinds[start:end]), tuple(row.gaps[start + 1 : end + 1]), place)
            shape = self._shapes.get(key)
            if shape is None:
                if len(self._shapes) >= self._shapes_known:
                    self._shapes.clear()
                shape = self._shapes[key] = self._shape(among, start, end, walk)
            found.append((start, shape))
        return found

    def places(
        self, shapes: Sequence[tuple[int, Shape]], passage: Passage, row: WordRow
    ) -> Iterator[tuple[int, int, int]]:
        """Yield where trails are found: a cue's number, and the half-open range."""
        unclear = {number for _, shape in shapes for number in shape.unclear}
        for first, shape in shapes:
            for number, (at, last, way) in shape.spans:
                if number not in unclear:
                    start = 0 if self._trails[number].from_start else row.start(first + at)
                    yield number, start, row.end_of(first + last, way)
        for number in sorted(unclear):
            for start, end in self._trails[number].ranges(passage):
                yield number, start, end

    def bare(self, shapes: Sequence[tuple[int, Shape]], row: WordRow) -> tuple[int, ...]:
        """Return where the first and the last word begin that stand in no filler, as far as that is known."""
        found = [first + at for first, shape in shapes for at in shape.bare]
        return (row.start(found[0]), row.start(found[-1])) if found else ()

    def _shape(self, among: int, start: int, end: int, walk: Walk) -> Shape:
        """Return what is found of these trails in a sentence, that of the words from `start` to `end`."""
        row = walk.row
        spans, unclear = [], []
        for number, begun in self._begun(self._worth_walking(row, start, end) & among, row, start, end):
            try:
                spans += [(number, span) for span in self._trails[number].spans(begun, walk)]
            except UnclearError:
                unclear.append(number)
        bare = (
            [at for at in range(start, end) if not row.told[at].is_filling]
            if self._filling is not None
            else []
        )
        return Shape(
            spans=tuple((number, (at - start, last - start, way)) for number, (at, last, way) in spans),
            unclear=tuple(unclear),
            bare=(bare[0] - start, bare[-1] - start) if bare else (),
        )

    def _worth_walking(self, row: WordRow, start: int, end: int) -> int:
        """Return the trails worth walking in a sentence, and those of one word that are found."""
        opened = passed = found = 0
        if start == 0:
            opened = row.told[0].first
        for word, kind in zip(row.told[start:end], row.kinds[start:end], strict=True):
            opened |= word.begins
            if opened:
                passed |= opened & word.passed
                found |= passed & word.ends
            found |= word.alone
            if not kind:
                opened = passed = 0
        asks = any("?" in gap for gap in row.gaps[start + 1 : end + 1])
        return found if asks else found & ~self._asking

    def _begun(self, wanted: int, row: WordRow, start: int, end: int) -> Iterator[tuple[int, list[int]]]:
        """Yield the words of a sentence with which each of these trails may begin."""
        starts: dict[int, list[int]] = {}
        for at in range(start, end):
            word = row.told[at]
            for number in numbers_in((word.alone | word.begins | (0 if at else word.first)) & wanted):
                starts.setdefault(number, []).append(at)
        yield from starts.items()

    def _tell(self, word: str) -> Told:
        forms = self._forms.of(word)
        if not forms:
            return NOTHING_TOLD
        bits = [0] * 5
        for form in forms:
            for place, more in enumerate(self._by_form.get(form, ())):
                bits[place] |= more
        is_filling = self._filling is not None and not forms.isdisjoint(self._filling)
        kind = self._kinds.get(forms)
        if kind is None:
            if len(self._kinds) >= self._forms_known:
                self._kinds.clear()
            kind = self._kinds[forms] = next(self._numbers)
        alone, begins, passed, ends, first = bits
        return Told(alone, begins, passed, ends, first, forms, is_filling, kind)


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
