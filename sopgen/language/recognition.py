"""What a text does."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Protocol

_NONE: Mapping[str, float] = MappingProxyType({})

LEAST_DOUBT = 0.05
"""Below this chance of being wrong an act counts as seen rightly (our decision, 2026-11-22)."""

Acts = frozenset[str]


@dataclass(frozen=True, slots=True)
class Hit:
    """An act and the half-open range of the original text that performs it.

    `value` is what a detector read there, in the form in which two texts are compared; "" for words.
    """

    act: str
    start: int
    end: int
    value: str = ""


@dataclass(frozen=True, slots=True)
class Recognition:
    """What a text does: its hits in reading order, and the ranges of words that perform nothing by group.

    `chances`: of each act that the trained model was asked about, how likely the text performs it; `doubts`:
    each of them that may well be otherwise, and how likely that is. What is asked again and again is kept: a
    text that many messages repeat has one recognition.
    """

    text: str
    hits: tuple[Hit, ...]
    words: tuple[tuple[int, int], ...]
    fillers: tuple[tuple[int, int], ...]
    chances: Mapping[str, float] = field(default_factory=lambda: _NONE, compare=False)
    acts: Acts = field(init=False, compare=False, repr=False)
    doubts: tuple[tuple[str, float], ...] = field(init=False, compare=False, repr=False)
    _hits: dict[Acts, tuple[Hit, ...]] = field(init=False, compare=False, repr=False, default_factory=dict)
    _only: dict[Acts, bool] = field(init=False, compare=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "acts", frozenset([hit.act for hit in self.hits]))
        object.__setattr__(self, "doubts", tuple(self._doubts()))

    def performs(self, acts: Acts) -> bool:
        """Return whether any of the acts is among the hits."""
        return not self.acts.isdisjoint(acts)

    def hits_of(self, acts: Acts) -> tuple[Hit, ...]:
        """Return the hits of these acts."""
        if self.acts.isdisjoint(acts):
            return ()
        found = self._hits.get(acts)
        if found is None:
            found = self._hits[acts] = tuple([hit for hit in self.hits if hit.act in acts])
        return found

    def with_hits(self, hits: tuple[Hit, ...], chances: Mapping[str, float]) -> "Recognition":
        """Return the same text with other hits, in reading order, and these chances."""
        ordered = tuple(sorted(hits, key=lambda hit: (hit.start, hit.end, hit.act)))
        return Recognition(self.text, ordered, self.words, self.fillers, chances)

    def does_only(self, acts: Acts) -> bool:
        """Return whether every word belongs to a hit of these acts or is a filler."""
        found = self._only.get(acts)
        if found is None:
            found = self._only[acts] = self._covers(acts)
        return found

    def _covers(self, acts: Acts) -> bool:
        ranges = sorted((*self.fillers, *((hit.start, hit.end) for hit in self.hits if hit.act in acts)))
        at = reach = 0
        for start, end in self.words:
            while at < len(ranges) and ranges[at][0] <= start:
                reach = max(reach, ranges[at][1])
                at += 1
            if end > reach:
                return False
        return True

    def _doubts(self) -> Iterator[tuple[str, float]]:
        for act, chance in self.chances.items():
            wrong = 1 - chance if act in self.acts else chance
            if wrong >= LEAST_DOUBT:
                yield act, wrong


class Recognise(Protocol):
    """The function from a speaker's role, a text, and the other party's last words, to what the text does."""

    def __call__(self, role: str, text: str, before: str = "") -> Recognition:
        """Return what the text does."""
