"""What became of each line of a document: placed where, unplaced, or litter and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The three things that can become of a line."""

    PLACED = "placed"
    UNPLACED = "unplaced"
    LITTER = "litter"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """What became of one piece: `where` is a section (`standards#ramah`), or the reason of litter."""

    kind: Kind
    lines: tuple[int, ...]
    where: str
    text: str


def lines_of(fates: Iterable[Fate], kind: Kind) -> tuple[int, ...]:
    """Return the lines of a kind, in order, each once."""
    return tuple(sorted({line for fate in fates if fate.kind is kind for line in fate.lines}))


def ranges(lines: Iterable[int]) -> str:
    """Return line numbers as people write them: "1-4, 7"."""
    spans: list[list[int]] = []
    for line in lines:
        if spans and line == spans[-1][1] + 1:
            spans[-1][1] = line
        else:
            spans.append([line, line])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in spans)
