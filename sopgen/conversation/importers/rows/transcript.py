"""A whole conversation in one cell, in the notations that help desks paste into tables.

    [14:30] Budi: halo          14.30 - Budi: halo         20/08/2024 14:30 Budi: halo
    Budi (14:30): halo          Budi [14.30]: halo         Customer: halo      (no times)

A line without a speaker goes on with the message above it. Cells of JSON hold a list of messages. Clocks
without a date are of the row's day; one that runs back past midnight is of the next.
"""

import json
import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from sopgen.conversation.hypertext import text_of_cell
from sopgen.conversation.local_time import NUMBERS, numbers_in, read_clock

_STAMP = (
    r"(?P<stamp>[^\]\)|a-zA-Z]{0,24}\d{1,2}[.:]\d{2}(?:[.:]\d{2})?(?:\s*[AaPp]\.?[Mm]\.?)?(?:\s*WI[BT]A?)?)"
)
_NAME = r"(?P<name>[^:\[\]()\n|]{1,60}?)"
_FIRST_STAMP = re.compile(rf"^\s*[\[(]?{_STAMP}[\])]?\s*(?:[-–|]\s*)?{_NAME}\s*:(?!//)\s?(?P<words>.*)$")
_FIRST_NAME = re.compile(rf"^\s*{_NAME}\s*[\[(]{_STAMP}[\])]\s*:?\s?(?P<words>.*)$")
_ONLY_NAME = re.compile(rf"^\s*{_NAME}\s*:(?!//)\s?(?P<words>.*)$")
_BREAKS = re.compile(r"<br\s*/?>|</?(?:p|div|li)[ >]", re.IGNORECASE)
_LONG_NAME = 4
_BACK = timedelta(hours=6)
"""A clock that runs back further than this has passed midnight; less is disorder."""


class Line(NamedTuple):
    """One message of a transcript: when (as written), who, what."""

    stamp: str
    name: str
    words: str


def lines_of(cell: str) -> list[Line]:
    """Return the messages of a transcript; [] when nobody speaks in it."""
    rows = [line for line in text_of_cell(cell).replace("\r\n", "\n").split("\n") if line.strip()]
    for pattern in (_FIRST_STAMP, _FIRST_NAME, _ONLY_NAME):
        found = _read(rows, pattern)
        if found:
            return found
    return []


def messages_in(cell: object) -> list[dict[str, Any]] | None:
    """Return the messages of a cell of JSON, or of a list in JSON; None when it holds none."""
    value = cell
    if isinstance(cell, str):
        if not cell.lstrip().startswith(("[", "{")):
            return None
        try:
            value = json.loads(cell)
        except (ValueError, RecursionError):
            return None
    held = value.get("messages") if isinstance(value, dict) else value
    return held if isinstance(held, list) and held and all(isinstance(each, dict) for each in held) else None


def looks_like_transcript(cell: object) -> bool:
    """Return whether a cell holds several messages of at least two speakers, or with times."""
    if not isinstance(cell, str) or ("\n" not in cell and not _BREAKS.search(cell) and not messages_in(cell)):
        return False
    if messages_in(cell):
        return True
    lines = lines_of(cell)
    return len(lines) > 1 and (bool(lines[0].stamp) or len({line.name for line in lines}) == 2)


class Clock:
    """Turns the stamps of one transcript into texts with a date, beginning on the row's day."""

    def __init__(self, day: date | None) -> None:
        self._day = day
        self._last: datetime | None = None

    def at(self, stamp: str) -> str | None:
        """Return the stamp with its date; None where the transcript has neither."""
        written = stamp.strip(" -–|,")
        if not written or (NUMBERS.match(written) and numbers_in(written)):
            return written or None
        clock = read_clock(written)
        if clock is None or self._day is None:
            return None
        return self._on_day(clock).isoformat(" ")

    def _on_day(self, clock: time) -> datetime:
        assert self._day is not None
        found = datetime.combine(self._day, clock)
        if self._last is not None and found < self._last - _BACK:
            self._day += timedelta(days=1)
            found = datetime.combine(self._day, clock)
        self._last = found
        return found


def _read(rows: list[str], pattern: re.Pattern[str]) -> list[Line]:
    """Return the messages if the first row begins one in this notation."""
    lines: list[Line] = []
    for row in rows:
        found = pattern.match(row)
        if found and len(found["name"].split()) <= _LONG_NAME + 2:
            stamp = found["stamp"] if "stamp" in found.groupdict() else ""
            lines.append(Line(stamp, found["name"].strip(), found["words"]))
        elif not lines:
            return []
        else:
            lines[-1] = lines[-1]._replace(words=f"{lines[-1].words}\n{row}")
    return lines


def speakers_of(lines: list[Line]) -> Iterator[str]:
    """Yield who speaks, each once."""
    yield from dict.fromkeys(line.name for line in lines)
