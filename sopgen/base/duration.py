"""Lengths of time as authors write them: `90d`, `2m`, `1h30m`, `45s`."""

import re
from datetime import timedelta

_UNIT_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_WHOLE = re.compile(r"(?:[0-9]{1,6}[smhdw]){1,9}")
_PART = re.compile(r"([0-9]+)([smhdw])")
_WORDS = {
    "id": {"d": "hari", "h": "jam", "m": "menit", "s": "detik"},
    "en": {"d": "day", "h": "hour", "m": "minute", "s": "second"},
}


def parse_duration(text: str) -> timedelta | None:
    """Return the length of time, or None when `text` is not digits with units s, m, h, d, w.

    A number has at most six digits: 999,999 weeks are longer than any limit.
    """
    squeezed = text.replace(" ", "").lower()
    if not _WHOLE.fullmatch(squeezed):
        return None
    return timedelta(
        seconds=sum(int(number) * _UNIT_SECONDS[unit] for number, unit in _PART.findall(squeezed))
    )


def say_duration(length: timedelta, language: str) -> str:
    """Return the length in words of `language` ("id" or "en"), the two largest units: "1 jam 5 menit"."""
    seconds = round(abs(length.total_seconds()))
    parts = []
    for unit in ("d", "h", "m", "s"):
        count, seconds = divmod(seconds, _UNIT_SECONDS[unit])
        if count:
            parts.append(_counted(count, unit, language))
    return " ".join(parts[:2]) or _counted(0, "s", language)


def _counted(count: int, unit: str, language: str) -> str:
    word = _WORDS[language][unit]
    plural = "s" if language == "en" and count != 1 else ""
    return f"{count} {word}{plural}"
