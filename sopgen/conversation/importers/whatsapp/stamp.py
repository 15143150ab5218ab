"""Where a WhatsApp message begins: the date and time before it, in every style that phones write.

    20/08/24 14.30 - Budi: halo              Android, Indonesian
    8/25/24, 11:58 PM - Jane: hi             Android, English (U+202F before PM)
    [20/08/24 14.30.05] Budi: halo           iPhone, with seconds

One phone writes one style, so the first stamped line fixes the style of its file: a line of another style is
something that a person pasted, and stays text.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from sopgen.conversation.date_order import Triple

_MARKS = "[\u200e\u200f\u202a-\u202e\ufeff]*"
_HOUR, _SIXTY = r"([01]?\d|2[0-3])", r"([0-5]\d)"
_HALF = r"\s*([AaPp])\.?\s?[Mm]\.?"
STAMP = re.compile(
    rf"{_MARKS}(\[)?(\d{{1,4}})([./-])(\d{{1,2}})\3(\d{{2,4}}),?\s+"
    rf"{_HOUR}([.:]){_SIXTY}(?:\7{_SIXTY})?(?:{_HALF})?(?(1)\]\s?|\s[-–](?:\s|$))"
)
"""Any style. Groups: bracket; parts of the date, the separator after the first; hour, separator, minute,
second; half of the day."""

_STARTERS = frozenset("[0123456789\u200e\u200f")


class Entry(NamedTuple):
    """One stamped message: its line, its date and clock in parts, and what follows them, as written.

    `clock` is hour, minute, second ("" for none), and "a", "p" or "". `stamp` is both as one text.
    """

    line: int
    date: Triple
    clock: tuple[str, str, str, str]
    stamp: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """A file cut into entries; lines before the first; lines stamped in another style."""

    entries: tuple[Entry, ...]
    before: tuple[int, ...]
    foreign: tuple[int, ...]
    has_seconds: bool
    has_points: bool


def split(text: str) -> Split | None:
    """Return the entries of a chat; None when no line is stamped. Lines count from 1."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    first = next(((number, found) for number, line in enumerate(lines) if (found := STAMP.match(line))), None)
    if first is None:
        return None
    start, found = first
    entries, foreign = _entries(lines, start, _style_of(found))
    return Split(
        entries=tuple(entries),
        before=tuple(number for number, line in enumerate(lines[:start], start=1) if line.strip()),
        foreign=tuple(foreign),
        has_seconds=found[9] is not None,
        has_points=found[7] == ".",
    )


def _entries(lines: list[str], start: int, style: re.Pattern[str]) -> tuple[list[Entry], list[int]]:
    entries: list[Entry] = []
    foreign: list[int] = []
    match, held, number = style.match, [""], 0
    stamped: re.Match[str] | None = None
    for number, line in enumerate(lines[start:], start=start + 1):
        found = match(line)
        if found is None:
            held.append(line)
            if line[:1] in _STARTERS and STAMP.match(line):
                foreign.append(number)
            continue
        if stamped is not None:
            entries.append(_entry(number - len(held), stamped, held))
        stamped, held = found, [line[found.end() :]]
    if stamped is not None:
        entries.append(_entry(number + 1 - len(held), stamped, held))
    return entries, foreign


def _entry(line: int, stamped: re.Match[str], held: list[str]) -> Entry:
    first, second, third, hour, minute, seconds, half = stamped.groups("")
    body = held[0] if len(held) == 1 else "\n".join(held)
    return Entry(line, (first, second, third), (hour, minute, seconds, half), stamped[0], body)


def _style_of(found: re.Match[str]) -> re.Pattern[str]:
    """Return the pattern of lines stamped like this one; groups: date parts, hour, minute, second, half."""
    return _style(bool(found[1]), found[3], found[7], seconds=bool(found[9]), half=bool(found[10]))


@lru_cache(maxsize=64)
def _style(bracket: bool, between: str, point: str, *, seconds: bool, half: bool) -> re.Pattern[str]:  # noqa: FBT001
    between, point = re.escape(between), re.escape(point)
    date = rf"(\d{{1,4}}){between}(\d{{1,2}}){between}(\d{{2,4}}),?\s+"
    clock = f"{_HOUR}{point}{_SIXTY}" + (f"{point}{_SIXTY}" if seconds else "()")
    opened, closed = (r"\[", r"\]\s?") if bracket else ("", r"\s[-–](?:\s|$)")
    return re.compile(_MARKS + opened + date + clock + (_HALF if half else "()") + closed)
