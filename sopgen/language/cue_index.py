"""The cues of all acts, found in a text in one go, and what their acts' guards leave of them.

The words of a text tell which few of all cues are worth trying (`shortlist`); cues that find single words are
known with the words. Each of the others is located on its own, by walking from word to word where it is
nothing but words in a row (`trail`). One RE2 set for all cues would need more states than RE2 keeps, and so
does one for the patterns written by hand alone: words never seen before lead it to new ones (2026-11-22).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sopgen.language.guard import Guards, Passage, standing
from sopgen.language.normal import Normal
from sopgen.language.one_word import is_of_one_word
from sopgen.language.pattern import Pattern, Range
from sopgen.language.phrase import Cue
from sopgen.language.recognition import Hit
from sopgen.language.shortlist import Shortlist, numbers_in
from sopgen.language.trail_index import Shape, TrailIndex
from sopgen.language.word_row import WordRow

_ROLES = ("agent", "customer", "any")


@dataclass(frozen=True, slots=True, kw_only=True)
class Matcher:
    """The cues of one act, each once, and what takes their hits back."""

    role: str
    cues: tuple[Cue, ...]
    exceptions: Cue | None
    guards: Guards


class Wanted(NamedTuple):
    """What was found by walking, sentence by sentence, and the patterns worth trying, as bits by number."""

    walked: Sequence[tuple[int, Shape]]
    located: int


class CueIndex:
    """The different cues of all acts by number, and the patterns that have to be located by theirs.

    These are the acts' exceptions, then the fillers, then the cues that cannot be walked.
    """

    def __init__(self, matchers: Mapping[str, Matcher], filler: Cue | None) -> None:
        cues = tuple({cue.source: cue for matcher in matchers.values() for cue in matcher.cues}.values())
        excepting = {act: each.exceptions for act, each in matchers.items() if each.exceptions is not None}
        self.guards = {act: each.guards for act, each in matchers.items()}
        self._trails = TrailIndex(dict(enumerate(cues)), filler)
        others = [cue for number, cue in enumerate(cues) if number not in self._trails.numbers]
        self._exceptions = {act: 1 << number for number, act in enumerate(excepting)}
        self._filler = Pattern(filler.source) if filler else None
        self._filler_bit = 1 << len(excepting)
        every = (*excepting.values(), *((filler,) if filler else ()), *others)
        first = len(every) - len(others)
        self._patterns = {first + at: Pattern(cue.source, small=True) for at, cue in enumerate(others)}
        single = {first + at for at, cue in enumerate(others) if is_of_one_word(cue.source)}
        needs = {number: cue.signs for number, cue in enumerate(every)}
        self._shortlist = Shortlist(needs, {number: self._patterns[number] for number in sorted(single)})
        self._several = sum(1 << number for number in self._patterns if number not in single)
        owners = {role: _owners_among(matchers, role) for role in _ROLES}
        self._walkers = {role: _by_number(cues, each) for role, each in owners.items()}
        self._owners = {role: _by_number(every, each, first=first) for role, each in owners.items()}
        walkable = _bits(self._trails.numbers)
        self._walked = {role: _bits(each) & walkable for role, each in self._walkers.items()}
        self._tried = {role: _bits(each) for role, each in self._owners.items()}

    def shortlist(self, role: str, row: WordRow) -> Wanted:
        """Return what may be found in a text of a role."""
        among = self._walked[role if role in self._walked else "any"]
        return Wanted(self._trails.shapes(among, row), self._shortlist.of(row))

    def hits(
        self, wanted: Wanted, role: str, normal: Normal, passage: Passage, row: WordRow
    ) -> Iterator[Hit]:
        """Yield the hits that pass their act's guards; those of one act that overlap become one."""
        role = role if role in self._owners else "any"
        places: defaultdict[str, set[Range]] = defaultdict(set)
        for owners, found in (
            (self._walkers[role], self._trails.places(wanted.walked, passage, row)),
            (self._owners[role], self._located(wanted.located & self._tried[role], passage, row)),
        ):
            for number, start, end in found:
                for act in owners[number]:
                    places[act].add((start, end))
        for act, ranges in places.items():
            passage.excepted = bool(wanted.located & self._exceptions.get(act, 0))
            left = standing(sorted(ranges), self.guards[act], passage)
            for place in _merged(left) if len(left) > 1 else left:
                yield Hit(act, *normal.original(*place))

    def _located(self, wanted: int, passage: Passage, row: WordRow) -> Iterator[tuple[int, int, int]]:
        """Yield where these patterns are found: a pattern's number, and the half-open range."""
        yield from self._shortlist.single_words(wanted, row)
        for number in numbers_in(wanted & self._several):
            for start, end in self._patterns[number].ranges(passage.encoded):
                yield number, start, end

    def bare(self, wanted: Wanted, row: WordRow) -> tuple[int, ...]:
        """Return where some words begin that stand in no filler."""
        return self._trails.bare(wanted.walked, row) if self._filler is not None else ()

    def filled(self, located: int, passage: Passage) -> Iterator[Range]:
        """Yield where fillers stand; `located` as in `Wanted`."""
        if self._filler is not None and located & self._filler_bit:
            yield from self._filler.ranges(passage.encoded)


def _owners_among(matchers: Mapping[str, Matcher], role: str) -> dict[str, list[str]]:
    """Return by the source of a cue the acts of a role that it belongs to."""
    owners: dict[str, list[str]] = {}
    for act, matcher in matchers.items():
        if matcher.role in ("any", role):
            for cue in matcher.cues:
                owners.setdefault(cue.source, []).append(act)
    return owners


def _by_number(
    cues: Sequence[Cue], owners: Mapping[str, list[str]], *, first: int = 0
) -> dict[int, list[str]]:
    """Return the owners of those of the cues from the first on that have any, by number."""
    numbered = list(enumerate(cues))[first:]
    return {number: owners[cue.source] for number, cue in numbered if cue.source in owners}


def _bits(numbers: Iterable[int]) -> int:
    return sum(1 << number for number in numbers)


def _merged(places: Sequence[Range]) -> list[Range]:
    """Return the places, in order, with those that overlap drawn together."""
    merged: list[Range] = []
    for start, end in places:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged
