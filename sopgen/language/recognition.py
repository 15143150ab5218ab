"""What a text does."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Protocol

_NONE: Mapping[str, float] = MappingProxyType({})


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

    `chances`: of each act that the trained model was asked about, how likely the text performs it.
    """

    text: str
    hits: tuple[Hit, ...]
    words: tuple[tuple[int, int], ...]
    fillers: tuple[tuple[int, int], ...]
    chances: Mapping[str, float] = field(default_factory=lambda: _NONE, compare=False)
    acts: frozenset[str] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "acts", frozenset([hit.act for hit in self.hits]))

    def performs(self, acts: frozenset[str]) -> bool:
        """Return whether any of the acts is among the hits."""
        return not self.acts.isdisjoint(acts)

    def hits_of(self, acts: frozenset[str]) -> tuple[Hit, ...]:
        """Return the hits of these acts."""
        if self.acts.isdisjoint(acts):
            return ()
        return tuple([hit for hit in self.hits if hit.act in acts])

    def with_hits(self, hits: tuple[Hit, ...], chances: Mapping[str, float]) -> "Recognition":
        """Return the same text with other hits, in reading order, and these chances."""
        ordered = tuple(sorted(hits, key=lambda hit: (hit.start, hit.end, hit.act)))
        return Recognition(self.text, ordered, self.words, self.fillers, chances)

    def does_only(self, acts: frozenset[str]) -> bool:
        """Return whether every word belongs to a hit of these acts or is a filler."""
        ranges = sorted((*self.fillers, *((hit.start, hit.end) for hit in self.hits if hit.act in acts)))
        at = reach = 0
        for start, end in self.words:
            while at < len(ranges) and ranges[at][0] <= start:
                reach = max(reach, ranges[at][1])
                at += 1
            if end > reach:
                return False
        return True


class Recognise(Protocol):
    """The function from a speaker's role, a text, and the other party's last words, to what the text does."""

    def __call__(self, role: str, text: str, before: str = "") -> Recognition:
        """Return what the text does."""
