"""Numbers, shares and moments as readers of each language write them.

Indonesian: 1.234,5 and 09.05 WIB (Ejaan yang Disempurnakan V, 2022; the zones by Keppres 41/1987).
English: 1,234.5 and 09:05.
"""

from datetime import datetime, timedelta

_MONTHS = {
    "id": (
        "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober",
        "November", "Desember",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
        "November", "December",
    ),
}  # fmt: skip
_INDONESIAN_ZONES = {timedelta(hours=7): "WIB", timedelta(hours=8): "WITA", timedelta(hours=9): "WIT"}
_SWAPPED = str.maketrans(",.", ".,")


def number(count: int, language: str) -> str:
    """Return a whole number with its thousands set apart."""
    written = f"{count:,}"
    return written.translate(_SWAPPED) if language == "id" else written


def percent(share: float, language: str) -> str:
    """Return a share as per cent with one decimal; whole ones without."""
    written = f"{share * 100:.1f}".removesuffix(".0")
    return f"{written.translate(_SWAPPED) if language == 'id' else written}%"


def day(moment: datetime, language: str) -> str:
    """Return the day in words: "21 November 2026"."""
    return f"{moment.day} {_MONTHS[language][moment.month - 1]} {moment.year}"


def clock(moment: datetime, language: str) -> str:
    """Return the time of day to the minute: "09.05" or "09:05"."""
    return f"{moment:%H.%M}" if language == "id" else f"{moment:%H:%M}"


def zone(moment: datetime, language: str) -> str:
    """Return the name of the moment's zone: WIB, WITA, WIT in Indonesian, else UTC and the offset."""
    offset = moment.utcoffset() or timedelta()
    if language == "id" and offset in _INDONESIAN_ZONES:
        return _INDONESIAN_ZONES[offset]
    minutes = round(offset.total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    sign = "-" if minutes < 0 else "+"
    return "UTC" if not minutes else f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")


def full_moment(moment: datetime, language: str) -> str:
    """Return day, time and zone."""
    return f"{day(moment, language)}, {clock(moment, language)} {zone(moment, language)}"
