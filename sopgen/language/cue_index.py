"""The cues of all acts, found in a text in one go, and what their acts' guards leave of them.

The words of a text tell which few of all cues are worth trying (`shortlist`); cues that find single words are
known with the words. Each of the others is located on its own, by walking from word to word where it is
nothing but words in a row (`trail`). One RE2 set for all cues would need more states than RE2 keeps, and so
does one for the patterns written by hand alone: words never seen before lead it to new ones (2026-11-22).
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sopgen.language.guard import Guards, Passage, standing
from sopgen.language.normal import Normal
from sopgen.language.one_word import is_of_one_word
from sopgen.language.pattern import Pattern, Range
from sopgen.language.phrase import Cue
from sopgen.language.recognition import Hit
from sopgen.language.shortlist import Shortlist, numbers_in
from sopgen.language.trail_index import TrailIndex
from sopgen.language.word_row import WordRow

_ROLES = ("agent", "customer", "any")


@dataclass(frozen=True, slots=True, kw_only=True)
class Matcher:
    """The cues of one act, each once, and what takes their hits back."""

    role: str
    cues: tuple[Cue, ...]
    exceptions: Cue | None
    guards: Guards


class CueIndex:
    """Patterns by number: the different cues of all acts, then the acts' exceptions, then the fillers."""

    def __init__(self, matchers: Mapping[str, Matcher], filler: Cue | None) -> None:
        cues = {cue.source: cue for matcher in matchers.values() for cue in matcher.cues}
        numbers = {source: number for number, source in enumerate(cues)}
        excepting = {act: each.exceptions for act, each in matchers.items() if each.exceptions is not None}
        self.guards = {act: each.guards for act, each in matchers.items()}
        self._patterns = [Pattern(source, small=True) for source in cues]
        numbered = dict(enumerate(cues.values()))
        self._trails = TrailIndex(numbered, dict(enumerate(self._patterns)))
        self._exceptions = {act: 1 << len(cues) + number for number, act in enumerate(excepting)}
        self._filler = Pattern(filler.source) if filler else None
        self._filler_bit = 1 << len(cues) + len(excepting)
        self._walkable = sum(1 << number for number in self._trails.numbers)
        every = (*cues.values(), *excepting.values(), *((filler,) if filler else ()))
        needs = {number: cue.signs for number, cue in enumerate(every) if number not in self._trails.numbers}
        single = [
            number for number in needs if number in numbered and is_of_one_word(numbered[number].source)
        ]
        self._shortlist = Shortlist(needs, {number: self._patterns[number] for number in single})
        self._owners = {role: _owners_among(matchers, role, numbers) for role in _ROLES}
        self._allowed = {role: sum(1 << number for number in owners) for role, owners in self._owners.items()}

    def shortlist(self, row: WordRow) -> int:
        """Return the bits of what may be found in a text."""
        return self._shortlist.of(row) | self._trails.of(row)

    def hits(self, wanted: int, role: str, normal: Normal, passage: Passage, row: WordRow) -> Iterator[Hit]:
        """Yield the hits that pass their act's guards; those of one act that overlap become one."""
        role = role if role in self._owners else "any"
        owners = self._owners[role]
        places: defaultdict[str, set[Range]] = defaultdict(set)
        for number, start, end in self._found(wanted & self._allowed[role], passage, row):
            for act in owners[number]:
                places[act].add((start, end))
        for act, found in places.items():
            passage.excepted = bool(wanted & self._exceptions.get(act, 0))
            left = standing(sorted(found), self.guards[act], passage)
            for place in _merged(left) if len(left) > 1 else left:
                yield Hit(act, *normal.original(*place))

    def _found(self, wanted: int, passage: Passage, row: WordRow) -> Iterator[tuple[int, int, int]]:
        """Yield where these cues are found: a cue's number, and the half-open range."""
        yield from self._trails.places(wanted & self._walkable, passage, row)
        yield from self._shortlist.single_words(wanted, row)
        for number in numbers_in(wanted & ~self._walkable & ~self._shortlist.singles()):
            for start, end in self._patterns[number].ranges(passage.encoded):
                yield number, start, end

    def filled(self, wanted: int, passage: Passage) -> Iterator[Range]:
        """Yield where fillers stand."""
        if self._filler is not None and wanted & self._filler_bit:
            yield from self._filler.ranges(passage.encoded)


def _owners_among(
    matchers: Mapping[str, Matcher], role: str, numbers: Mapping[str, int]
) -> dict[int, list[str]]:
    """Return by the number of a cue the acts of a role that it belongs to."""
    owners: dict[int, list[str]] = {}
    for act, matcher in matchers.items():
        if matcher.role in ("any", role):
            for cue in matcher.cues:
                owners.setdefault(numbers[cue.source], []).append(act)
    return owners


def _merged(places: Sequence[Range]) -> list[Range]:
    """Return the places, in order, with those that overlap drawn together."""
    merged: list[Range] = []
    for start, end in places:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged
