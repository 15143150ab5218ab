"""The stops of a trail (`trail`), laid out from what a cue is made of."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from sopgen.language.phrase_tree import Either, Part, Row, Tree, Word
from sopgen.language.word_form import LEAST_WITH_CLITIC, Form

MOST_STOPS = 200
LONGEST_GAP = 30
"""Stops of a trail, and words passed over at once; a cue with more is left to RE2: real ones have a dozen
(our decision, 2026-11-22)."""


@dataclass(slots=True, eq=False)
class Stop:
    """A word of one of these forms, and the ways on from it: the first that leads to an end is taken."""

    forms: frozenset[str]
    ways: "Ways"


class Fork:
    """Stops to choose from, in order; the first that leads to an end is taken."""

    __slots__ = ("_known", "stops")

    FRESH = ("_known",)
    """What is worked out anew by each process."""

    def __init__(self, stops: Sequence[Stop]) -> None:
        self.stops = tuple(stops)
        self.freshen()

    def freshen(self) -> None:
        """Know no word yet."""
        self._known: dict[frozenset[str], tuple[Stop, ...]] = {}

    def at(self, forms: frozenset[str]) -> tuple[Stop, ...]:
        """Return the stops that a word of these forms is at."""
        known = self._known.get(forms)
        if known is None:
            known = tuple(stop for stop in self.stops if not stop.forms.isdisjoint(forms))
            self._known[forms] = known
        return known


Step: TypeAlias = tuple[int, Fork, frozenset[str]]
"""How many other words may come between, the stops to go on to, and what may stand between the two words:
nothing else, unless it is empty."""

Ways: TypeAlias = tuple[Step | str, ...]
"""Steps, or ends: "" anywhere, "$" at the end of the text, "?" where the sentence ends in that mark."""

_ANYTHING: frozenset[str] = frozenset()
_BLANKS = frozenset(" -\t\n\f\r")
"""What may stand where a form has a blank or a hyphen, if anything does."""

_WRITTEN = re.compile(r"\**[a-z0-9]+(?:[ '/.*-][a-z0-9]+)*\**")
_PIECE = re.compile(r"[a-z0-9]+|.")
_MOST_PIECES = 5


class NoTrailError(Exception):
    """A cue that is more than words in a row, or too many."""


class Layout:
    """Lays out stops, and gathers the forms of all of them by their sources."""

    def __init__(self) -> None:
        self.forms: dict[str, Form] = {}
        self._left = 0
        self._plain: dict[int, tuple[Tree, frozenset[str] | None]] = {}

    def fork(self, tree: Tree, end: str) -> Fork:
        """Return the stops with which a trail begins, or raise NoTrailError."""
        self._left = MOST_STOPS
        return Fork(self._enter(tree, (end,)))

    def begins(self, tree: Tree) -> frozenset[str]:
        """Return the forms with which something begins, or raise NoTrailError."""
        plain = self._plain_forms(tree)
        return forms_of(self.fork(tree, "").stops) if plain is None else plain

    def _enter(self, tree: Tree, ways: Ways) -> tuple[Stop, ...]:
        """Return the stops with which something begins from whose end these ways lead on."""
        return self._joined(self._leaves(tree, ways), ways)

    def _joined(self, leaves: Iterable[frozenset[str] | Stop], ways: Ways) -> tuple[Stop, ...]:
        """Return stops for the leaves, in order: one for words side by side that lead on alike."""
        stops: list[Stop] = []
        alike: list[frozenset[str]] = []
        for leaf in leaves:
            if isinstance(leaf, frozenset):
                alike.append(leaf)
                continue
            if alike:
                stops.append(self._stop(alike, ways))
                alike = []
            stops.append(leaf)
        return (*stops, self._stop(alike, ways)) if alike else tuple(stops)

    def _stop(self, forms: Sequence[frozenset[str]], ways: Ways) -> Stop:
        self._left -= 1
        if self._left < 0:
            raise NoTrailError
        return Stop(forms[0] if len(forms) == 1 else frozenset[str]().union(*forms), ways)

    def _leaves(self, tree: Tree, ways: Ways) -> Iterator[frozenset[str] | Stop]:
        plain = self._plain_forms(tree)
        if plain is not None:
            yield plain
        elif isinstance(tree, Word):
            for written in tree.forms:
                yield from self._words(_pieces_of(written), 0, ways)
        elif isinstance(tree, Either):
            for option in tree.options:
                yield from self._leaves(option, ways)
        else:
            yield from self._row(tree.parts, ways)

    def _plain_forms(self, tree: Tree) -> frozenset[str] | None:
        """Return the forms of something that is one word, however it is written; None for all else."""
        if isinstance(tree, Row):
            return None
        known = self._plain.get(id(tree))
        if known is None:
            forms = self._forms_written(tree) if isinstance(tree, Word) else self._forms_among(tree)
            known = self._plain[id(tree)] = tree, forms
        return known[1]

    def _forms_written(self, word: Word) -> frozenset[str] | None:
        pieces = [_pieces_of(written) for written in word.forms]
        if any(each.between for each in pieces):
            return None
        return frozenset([self._source(each, 0, 1) for each in pieces])

    def _forms_among(self, either: Either) -> frozenset[str] | None:
        found = [self._plain_forms(option) for option in either.options]
        known = [each for each in found if each is not None]
        return frozenset[str]().union(*known) if len(known) == len(found) else None

    def _source(self, pieces: "_Pieces", start: int, end: int) -> str:
        form = pieces.form(start, end)
        self.forms[form.source] = form
        return form.source

    def _row(self, parts: Sequence[Part], ways: Ways) -> tuple[Stop, ...]:
        head = next(number for number, part in enumerate(parts) if not part.optional)
        for part in reversed(parts[head + 1 :]):
            if part.gap > LONGEST_GAP:
                raise NoTrailError
            step = part.gap, Fork(self._enter(part.tree, ways)), _ANYTHING
            ways = (step, *ways) if part.optional else (step,)
        stops = self._enter(parts[head].tree, ways)
        for part in reversed(parts[:head]):
            stops = (*self._enter(part.tree, ((0, Fork(stops), _ANYTHING),)), *stops)
        return stops

    def _words(self, pieces: "_Pieces", start: int, ways: Ways) -> Iterator[frozenset[str] | Stop]:
        """Yield what the pieces of a form from the `start`-th on begin with; blanks first, then without."""
        last = len(pieces.letters)
        for end in range(start + 1, last + 1):
            forms = frozenset({self._source(pieces, start, end)})
            if end == last:
                yield forms
                return
            between = pieces.between[end - 1]
            rest = Fork(self._joined(self._words(pieces, end, ways), ways))
            yield self._stop((forms,), ((0, rest, between),))
            if between is not _BLANKS:
                return


def forms_of(stops: Iterable[Stop]) -> frozenset[str]:
    """Return the forms of the stops."""
    return frozenset[str]().union(*(stop.forms for stop in stops))


def last_stops(stops: Iterable[Stop]) -> list[Stop]:
    """Return the stops with which a trail may end."""
    return [stop for stop in stops_from(stops) if any(isinstance(way, str) for way in stop.ways)]


def stops_from(stops: Iterable[Stop]) -> list[Stop]:
    """Return all stops of a trail that begins with these."""
    seen: dict[int, Stop] = {}
    left = list(stops)
    while left:
        stop = left.pop()
        if id(stop) not in seen:
            seen[id(stop)] = stop
            for way in stop.ways:
                left += () if isinstance(way, str) else way[1].stops
    return list(seen.values())


@dataclass(frozen=True, slots=True)
class _Pieces:
    """A form cut where something stands between letters."""

    letters: tuple[str, ...]
    between: tuple[frozenset[str], ...]
    open_before: bool
    open_after: bool

    def form(self, start: int, end: int) -> Form:
        """Return the word that some of the pieces make up, written without what may stand between."""
        is_last = end == len(self.letters)
        open_after = self.open_after and is_last
        length = sum(map(len, self.letters)) + len(self.between)
        return Form(
            "".join(self.letters[start:end]),
            open_before=self.open_before and start == 0,
            open_after=open_after,
            clitic=is_last and not open_after and length >= LEAST_WITH_CLITIC,
        )


@lru_cache(maxsize=1 << 14)
def _pieces_of(written: str) -> _Pieces:
    """Return the pieces of a form as `phrase.drawn_out` reads it, or raise NoTrailError."""
    parts = _PIECE.findall(written.strip("*").replace("-", " "))
    if _WRITTEN.fullmatch(written) is None or len(parts) > 2 * _MOST_PIECES:
        raise NoTrailError
    return _Pieces(
        letters=tuple(parts[::2]),
        between=tuple(_BLANKS if mark == " " else frozenset({mark}) for mark in parts[1::2]),
        open_before=written.startswith("*"),
        open_after=written.endswith("*"),
    )
