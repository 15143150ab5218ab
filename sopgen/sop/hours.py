"""Opening hours as authors write them, into minutes per weekday."""

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from sopgen.base.shape import Path

HoursFlaw = Callable[[Path, str, str], None]
"""Where a flaw goes: the path of the value in the front matter, the message, the hint."""

_DAYS = (
    ("mon", "monday", "senin", "sen"),
    ("tue", "tuesday", "selasa", "sel"),
    ("wed", "wednesday", "rabu", "rab"),
    ("thu", "thursday", "kamis", "kam"),
    ("fri", "friday", "jumat", "jum'at", "jum"),
    ("sat", "saturday", "sabtu", "sab"),
    ("sun", "sunday", "minggu", "ahad", "min"),
)
_NUMBER = {name: number for number, names in enumerate(_DAYS) for name in names}
_INTERVAL = re.compile(r"(\d{1,2})[:.](\d{2})\s*[-–]\s*(\d{1,2})[:.](\d{2})")
_DAY_END = 24 * 60
Week = tuple[tuple[tuple[int, int], ...], ...]


def read_week(weekly: Mapping[str, Sequence[str]], flaw: HoursFlaw) -> Week:
    """Return, from Monday, the intervals of each day as minutes since midnight, ascending.

    A key names days (`mon-fri`, `sat,sun`, `senin-jumat`); an interval that ends before it begins passes
    midnight and goes on the next day (`22:00-06:00`).
    """
    week: list[list[tuple[int, int]]] = [[] for _ in _DAYS]
    if not any(weekly.values()):
        flaw(("hours", "weekly"), "weekly opens at no hour", 'write lines such as mon-fri: ["08:00-17:00"]')
    for key, intervals in weekly.items():
        days = _days(key)
        if not days:
            hint = "write days such as mon-fri, sat, or sat,sun"
            flaw(("hours", "weekly", key), f"weekly: '{key}' names no days", hint)
        for position, text in enumerate(intervals):
            _place(text, days, week, lambda *say, at=("hours", "weekly", key, position): flaw(at, *say))
    _refuse_overlaps(week, flaw)
    return tuple(tuple(sorted(day)) for day in week)


def _days(key: str) -> tuple[int, ...]:
    """Return the days that a key names (0 is Monday), or none when a part of it is no day."""
    days: list[int] = []
    for part in key.casefold().split(","):
        first, dash, last = (name.strip() for name in part.partition("-"))
        start, end = _NUMBER.get(first), _NUMBER.get(last if dash else first)
        if start is None or end is None:
            return ()
        days.extend((start + step) % 7 for step in range((end - start) % 7 + 1))
    return tuple(dict.fromkeys(days))


def _place(
    text: str, days: tuple[int, ...], week: list[list[tuple[int, int]]], flaw: Callable[[str, str], None]
) -> None:
    interval = _interval(text)
    if interval is None:
        flaw(f"weekly: '{text}' is no interval", "write it as 08:00-17:00, from 00:00 to 24:00")
        return
    start, end = interval
    for day in days:
        if start < end:
            week[day].append((start, end))
            continue
        week[day].append((start, _DAY_END))
        if end:
            week[(day + 1) % 7].append((0, end))


def _interval(text: str) -> tuple[int, int] | None:
    match = _INTERVAL.fullmatch(text.strip())
    if match is None:
        return None
    hour, minute, until_hour, until_minute = (int(part) for part in match.groups())
    start, end = hour * 60 + minute, until_hour * 60 + until_minute
    sane = minute < 60 and until_minute < 60 and start < _DAY_END and end <= _DAY_END and start != end
    return (start, end) if sane else None


def _refuse_overlaps(week: list[list[tuple[int, int]]], flaw: HoursFlaw) -> None:
    for names, day in zip(_DAYS, week, strict=True):
        ordered = sorted(day)
        if any(start < end for (_, end), (start, _) in pairwise(ordered)):
            hint = "let each interval begin after the one before it has ended"
            flaw(("hours", "weekly"), f"weekly: two intervals of {names[0]} overlap", hint)
            return
