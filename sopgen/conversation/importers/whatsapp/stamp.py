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

_MARKS = "\u200e*"
_HOUR, _SIXTY = r"(?:[01]?\d|2[0-3])", r"[0-5]\d"
_HALF = r"\s*[AaPp]\.?\s?[Mm]\.?"
STAMP = re.compile(
    rf"{_MARKS}(?P<bracket>\[)?\d{{1,4}}(?P<between>[./-])\d{{1,2}}(?P=between)\d{{2,4}},?\s+"
    rf"{_HOUR}(?P<point>[.:]){_SIXTY}(?P<seconds>(?P=point){_SIXTY})?(?P<half>{_HALF})?"
    rf"(?(bracket)\]|\s[-–](?=\s|$))"
)
"""The date and time before a message, in any style."""

_NAME = r"([^:]{1,120}):(?!//)"
_STARTERS = frozenset("[0123456789\u200e")


class Entry(NamedTuple):
    """One stamped message: its line, its date and clock as written, and what follows.

    `name` is what stands before the first colon, "" without one; `words` is the rest, over all its lines.
    """

    line: int
    date: str
    clock: str
    name: str
    words: str

    def sentence(self) -> str:
        """Return name and words as they were written, for what turns out to be no speaker's."""
        return f"{self.name}:{self.words}" if self.name else self.words


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """A file cut into entries; lines before the first; lines stamped in another style."""

    entries: tuple[Entry, ...]
    before: tuple[int, ...]
    foreign: tuple[int, ...]
    has_seconds: bool
    has_points: bool


def split(text: str) -> Split | None:
    """Return the entries of a chat whose line ends are newlines; None when no line is stamped."""
    lines = text.split("\n")
    stamps = ((number, found) for number, line in enumerate(lines) if (found := STAMP.match(line)))
    start, found = next(stamps, (0, None))
    if found is None:
        return None
    entries, foreign = _entries(lines, start, _style_of(found))
    return Split(
        entries=tuple(entries),
        before=tuple(number for number, line in enumerate(lines[:start], start=1) if line.strip()),
        foreign=tuple(foreign),
        has_seconds=found["seconds"] is not None,
        has_points=found["point"] == ".",
    )


def _entries(lines: list[str], start: int, style: re.Pattern[str]) -> tuple[list[Entry], list[int]]:
    """Return the entries from the first stamped line on, and the numbers of lines of another style."""
    entries: list[Entry] = []
    foreign: list[int] = []
    match, last, more = style.match, None, []
    for number, line in enumerate(lines[start:], start=start + 1):
        found = match(line)
        if found is None:
            more.append(line)
            if line[:1] in _STARTERS and STAMP.match(line):
                foreign.append(number)
            continue
        if more and last is not None:
            entries[-1] = last._replace(words="\n".join((last.words, *more)))
            more = []
        last = Entry._make((number, *found.groups("")))
        entries.append(last)
    if more and last is not None:
        entries[-1] = last._replace(words="\n".join((last.words, *more)))
    return entries, foreign


def _style_of(found: re.Match[str]) -> re.Pattern[str]:
    """Return the pattern of lines stamped like this one; groups: date, clock, name, words."""
    shape = {name: found[name] is not None for name in ("bracket", "seconds", "half")}
    return _style(found["between"], found["point"], **shape)


@lru_cache(maxsize=64)
def _style(between: str, point: str, *, bracket: bool, seconds: bool, half: bool) -> re.Pattern[str]:
    between, point = re.escape(between), re.escape(point)
    date = rf"(\d{{1,4}}{between}\d{{1,2}}{between}\d{{2,4}}),?\s+"
    clock = f"{_HOUR}{point}{_SIXTY}" + f"{point}{_SIXTY}" * seconds + _HALF * half
    opened, closed = (r"\[", r"\]\s?") if bracket else ("", r"\s[-–](?:\s|$)")
    return re.compile(f"{_MARKS}{opened}{date}({clock}){closed}(?:{_NAME})?(.*)")
