"""Numbers, shares, moments and lengths of time as readers of each language write them.

The Unicode CLDR, as Babel carries it, for Indonesian and British English: 1.234,5 and 09.05, 1,234.5 and
09:05. The zones of Indonesia are by Keppres 41/1987, since the CLDR needs a place to name a zone.
"""

from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Literal

from babel import Locale
from babel.dates import format_date, format_interval, format_time
from babel.numbers import format_decimal, format_percent
from babel.units import format_unit

_LOCALES = {"id": "id", "en": "en_GB"}
_INDONESIAN_ZONES = {timedelta(hours=7): "WIB", timedelta(hours=8): "WITA", timedelta(hours=9): "WIT"}
_UNITS = (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))
_SPACES = str.maketrans("\u202f", "\N{NO-BREAK SPACE}")


@lru_cache(maxsize=4)
def locale_of(language: str) -> Locale:
    """Return the locale whose habits a language's pages follow."""
    return Locale.parse(_LOCALES[language])


def number(count: float, language: str) -> str:
    """Return a number with its thousands set apart and at most one decimal."""
    return format_decimal(count, format="#,##0.#", locale=locale_of(language))


def percent(share: float, language: str) -> str:
    """Return a share as per cent with one decimal; whole ones without."""
    return format_percent(share, format="#,##0.#%", locale=locale_of(language))


def signed(difference: float, language: str) -> str:
    """Return a difference with its sign, a true minus, and at most one decimal; nothing is "0"."""
    written = number(abs(difference), language)
    return written if written == "0" else ("+" if difference > 0 else "\N{MINUS SIGN}") + written


def duration(length: timedelta, language: str) -> str:
    """Return a length of time by its two greatest units: "3 mnt 20 dtk", "2 days 4 hrs"."""
    left = round(abs(length).total_seconds())
    parts: list[str] = []
    for name, seconds in _UNITS:
        count, rest = divmod(left, seconds)
        if count and len(parts) < 2:
            parts.append(_unit(count, name, language))
            left = rest
        elif parts:
            break
    return " ".join(parts) or _unit(0, "second", language)


def day(moment: date, language: str) -> str:
    """Return the day in words: "21 November 2026"."""
    return format_date(moment, "long", locale=locale_of(language))


def short_day(moment: date, language: str) -> str:
    """Return day and month, shortened: "21 Nov"."""
    return format_date(moment, "d MMM", locale=locale_of(language))


def weekday(moment: date, language: str) -> str:
    """Return the name of the day: "Sabtu", "Saturday"."""
    return format_date(moment, "EEEE", locale=locale_of(language))


def period(first: date, last: date, language: str) -> str:
    """Return the days from first to last, what they share said once: "21 Okt – 20 Nov 2026"."""
    if first == last:
        return day(first, language)
    return format_interval(first, last, "yMMMd", locale=locale_of(language)).translate(_SPACES)


def clock(moment: datetime, language: str) -> str:
    """Return the time of day to the minute: "09.05" or "09:05"."""
    return format_time(moment, "short", tzinfo=moment.tzinfo, locale=locale_of(language))


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


def _unit(count: int, name: str, language: str) -> str:
    """Return so many of a unit, shortened; "hr" and "j" would be riddles, so Indonesian writes those out."""
    length: Literal["long", "short"] = "long" if language == "id" and name in {"day", "hour"} else "short"
    return str(format_unit(count, f"duration-{name}", length=length, locale=locale_of(language)))
