"""Dates and clocks as people and spreadsheets write them, in Indonesian and English.

    20/08/2024 14.30      20-08-24, 2:30 PM      20 Agustus 2024 pukul 14.30 WIB      Aug 20, 2024 2:30:05 pm

Three numbers need an order (`sopgen.conversation.date_order`); a month in letters needs none.
"""

import re
from datetime import date, datetime, time, timedelta, tzinfo

from sopgen.conversation.date_order import date_in
from sopgen.conversation.instant import NotAnInstant, in_zone, read_instant
from sopgen.conversation.options import zone_of

_DATE = r"(?P<date>\d{1,4}(?P<between>[./-])\d{1,2}(?P=between)\d{2,4})"
_CLOCK = (
    r"(?P<hour>[01]?\d|2[0-3])[.:](?P<minute>[0-5]\d)(?:[.:](?P<second>[0-5]\d)(?:[.,]\d{1,6})?)?"
    r"(?:\s*(?P<half>[AaPp])\.?\s?[Mm]\.?)?"
)
_ZONE = r"(?:\s*\(?(?P<zone>WIB|WITA|WIT|UTC|GMT|Z|(?:UTC|GMT)?[+-]\d{1,2}:?\d{0,2})\)?)?"
_BEFORE_CLOCK = r"(?:,?\s*(?:pukul|jam|at|@|T|-|\|)?\s*)"
NUMBERS = re.compile(rf"{_DATE}(?:{_BEFORE_CLOCK}{_CLOCK})?{_ZONE}", re.IGNORECASE)
"""A date of three numbers, with a clock or without."""

_DAY_MONTH = r"(?P<day>\d{1,2})[\s.\-/]*(?P<month>[A-Za-z]{3,9})\.?,?[\s\-/]*(?P<year>\d{4}|\d{2})"
_MONTH_DAY = r"(?P<month>[A-Za-z]{3,9})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})"
_NAMED = tuple(
    re.compile(rf"{each}(?:{_BEFORE_CLOCK}{_CLOCK})?{_ZONE}", re.IGNORECASE)
    for each in (_DAY_MONTH, _MONTH_DAY)
)
_ONLY_CLOCK = re.compile(rf"(?:pukul|jam)?\s*{_CLOCK}{_ZONE}", re.IGNORECASE)
_WEEKDAY = re.compile(r"^([A-Za-z']{3,9})[,.]?\s+(?=\d)")
_MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "jan januari january", "feb februari february peb pebruari", "mar maret march mrt", "apr april",
            "may mei", "jun juni june", "jul juli july", "aug agu agt ags agustus august",
            "sep sept september", "oct okt oktober october", "nov november nop nopember",
            "dec des desember december",
        ),
        start=1,
    )
    for word in words.split()
}  # fmt: skip
_MINUTES = re.compile(r"(?<![\d.:+\-])\d{1,2}[.:]\d{2}(?!\d|[.:]\d)")
_SERIAL_FROM, _SERIAL_TO = 20_000, 90_000
_SERIAL_START = date(1899, 12, 30)
_MICROSECONDS = 86_400_000_000


def numbers_in(text: str) -> str:
    """Return the date of three numbers that the text begins with, "" when it begins otherwise."""
    found = NUMBERS.match(_without_weekday(text))
    return found["date"] if found else ""


def has_point_clock(text: str) -> bool:
    """Return whether the clock is written 14.30, as Indonesians do."""
    found = NUMBERS.match(_without_weekday(text))
    return bool(found and found["hour"] and found[0][found.end("hour") : found.end("hour") + 1] == ".")


def read_local(text: str, order: str, zone: tzinfo) -> datetime:
    """Return the instant that a text writes; NotAnInstant when it writes none, or no such date exists."""
    plain = _without_weekday(text)
    numbers = NUMBERS.fullmatch(plain)
    if numbers is not None:
        day = date_in(numbers["date"], order or _order_of(numbers["date"]))
        if day is None:
            raise NotAnInstant
        return _placed(day, _clock_of(numbers), numbers["zone"], zone)
    for pattern in _NAMED:
        named = pattern.fullmatch(plain)
        month = _MONTHS.get(named["month"].casefold()) if named else None
        if named and month:
            return _placed(_date(named["year"], month, named["day"]), _clock_of(named), named["zone"], zone)
    raise NotAnInstant


def is_to_the_minute(text: str) -> bool:
    """Return whether a text has a clock without seconds."""
    return _MINUTES.search(text) is not None


def read_clock(text: str) -> time | None:
    """Return the time of day that a text is, None when it is none."""
    found = _ONLY_CLOCK.fullmatch(text.strip())
    return _clock_of(found) if found else None


def read_day(text: str, order: str) -> date | None:
    """Return the day that a text writes, its clock left aside; None when it writes none."""
    try:
        return read_local(text, order, zone_of("Z")).date()
    except NotAnInstant:
        return None


def read_serial(value: float, zone: tzinfo) -> datetime:
    """Return the instant of a spreadsheet's day number, to the second; NotAnInstant when it is none."""
    if not _SERIAL_FROM <= value < _SERIAL_TO:
        raise NotAnInstant
    since = timedelta(microseconds=round(value * _MICROSECONDS))
    local = datetime.combine(_SERIAL_START, time()) + since + timedelta(milliseconds=500)
    return in_zone(local.replace(microsecond=0), zone)


def _without_weekday(text: str) -> str:
    plain = " ".join(text.split())
    found = _WEEKDAY.match(plain)
    return plain if found is None or found[1].casefold() in _MONTHS else plain[found.end() :]


def _order_of(written: str) -> str:
    """Return the order that the year alone shows: first or last."""
    return "ymd" if len(re.split(r"[./-]", written)[0]) == 4 else "dmy"


def _clock_of(found: re.Match[str]) -> time:
    """Return the time of day, midnight where there is none; 12 AM is midnight, and so is 00 a. m."""
    if found["hour"] is None:
        return time()
    hour = int(found["hour"])
    if found["half"] and hour <= 12:
        hour = hour % 12 + 12 * (found["half"] in "pP")
    return time(hour, int(found["minute"]), int(found["second"] or 0))


def _date(year: str, month: int, day: str) -> date:
    number = int(year) + 2000 if len(year) == 2 else int(year)
    try:
        return date(number, month, int(day))
    except ValueError as error:
        raise NotAnInstant from error


def _placed(day: date, clock: time, written: str | None, zone: tzinfo) -> datetime:
    try:
        return read_instant(datetime.combine(day, clock), zone_of(written) if written else zone)
    except (OverflowError, ValueError) as error:
        raise NotAnInstant from error
