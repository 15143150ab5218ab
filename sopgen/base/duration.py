"""Lengths of time as authors write them: `90d`, `2m`, `1h30m`, `45s`."""

import re
from datetime import timedelta

_SECOND = timedelta(seconds=1)
_MINUTE = timedelta(minutes=1)
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
_WEEK = timedelta(weeks=1)
_UNIT_SECONDS = {"d": 86400, "h": 3600, "m": 60, "s": 1}
_WHOLE = re.compile(r"(?:[0-9]{1,6}[smhdw]){1,9}")
_PART = re.compile(r"([0-9]+)([smhdw])")
_WORDS = {
    "id": {"d": "hari", "h": "jam", "m": "menit", "s": "detik"},
    "en": {"d": "day", "h": "hour", "m": "minute", "s": "second"},
}


def parse_duration(text: str, *, day: timedelta = _DAY, week: timedelta = _WEEK) -> timedelta | None:
    """Return the length of time, or None when `text` is not digits with units s, m, h, d, w.

    A number has at most six digits: 999,999 weeks are longer than any limit. `day` and `week` are what those
    units stand for where not all time counts.
    """
    squeezed = text.replace(" ", "").lower()
    if not _WHOLE.fullmatch(squeezed):
        return None
    units = {"s": _SECOND, "m": _MINUTE, "h": _HOUR, "d": day, "w": week}
    return sum((int(number) * units[unit] for number, unit in _PART.findall(squeezed)), start=timedelta())


def say_duration(length: timedelta, language: str, *, largest: str = "d") -> str:
    """Return the length in words of `language` ("id" or "en"), the two largest units: "1 jam 5 menit".

    `largest` is the longest unit to use: "d", "h", "m" or "s".
    """
    seconds = round(abs(length.total_seconds()))
    parts = []
    units = list(_UNIT_SECONDS)
    for unit in units[units.index(largest) :]:
        count, seconds = divmod(seconds, _UNIT_SECONDS[unit])
        if count:
            parts.append(_counted(count, unit, language))
    return " ".join(parts[:2]) or _counted(0, "s", language)


def _counted(count: int, unit: str, language: str) -> str:
    word = _WORDS[language][unit]
    plural = "s" if language == "en" and count != 1 else ""
    return f"{count} {word}{plural}"
