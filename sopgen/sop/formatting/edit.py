"""Edits of a text whose line ends stay as they are."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_ENDS = re.compile(r"(\r\n|\r|\n)")


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Edit:
    """On one line (from 0), what stands from `start` up to `end` gives way to `text`, without a line end."""

    line: int
    start: int
    end: int
    text: str


def edited(text: str, edits: Iterable[Edit]) -> str:
    """Return the text after the edits, which do not overlap; every line keeps its end."""
    lines = _ENDS.split(text)
    for edit in sorted(edits, reverse=True):
        line = lines[2 * edit.line]
        lines[2 * edit.line] = line[: edit.start] + edit.text + line[edit.end :]
    return "".join(lines)


def reordered(text: str, first: int, order: Iterable[int]) -> str:
    """Return the text with the lines from `first` in the `order` of their numbers; ends stay in their places.

    `order` are as many lines from `first` as are put in order.
    """
    lines = _ENDS.split(text)
    numbers = list(order)
    moved = [lines[2 * number] for number in numbers]
    for at, line in enumerate(moved, start=first):
        lines[2 * at] = line
    return "".join(lines)
