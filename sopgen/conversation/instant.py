"""Instants as exports write them: RFC 3339, seconds, milliseconds or microseconds since 1970.

Flows in: a JSON value. Flows out: an aware datetime with a fixed offset, so that comparing two costs no zone
arithmetic. Local clocks with a date order (WhatsApp, spreadsheets) do not belong here.
"""

from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECONDS_FROM = 100_000_000_000
"""Numbers from here on are milliseconds: as seconds they would lie after the year 5138."""

_MICROSECONDS_FROM = 100_000_000_000_000
_NANOSECONDS_FROM = 100_000_000_000_000_000


_FIRST_YEAR, _LAST_YEAR = 2, 9998
"""Years that can be reckoned with: a limit or a zone on, an instant is still one (our decision, 2026-11-24).
Before and behind them stand what programs write for "never": 0001-01-01, 9999-12-31."""

_SHORTEST = len("2026-01-05T09:00")


class NotAnInstant(ValueError):  # noqa: N818 -- says what the value is not
    """The value is no instant; its text, if any, goes behind the value and says why."""


class NoZone(ValueError):  # noqa: N818 -- says what the value lacks
    """The value is a local time without a zone."""


def read_instant(value: object, zone: tzinfo | None = None) -> datetime:
    """Return the instant. A local time is taken in `zone`; NoZone without one; else NotAnInstant.

    A date without a time of day is no instant, nor is a time that cannot be reckoned with.
    """
    instant = value if isinstance(value, datetime) else _read(value)
    if not is_reckonable(instant):
        raise NotAnInstant(f" (only the years {_FIRST_YEAR} to {_LAST_YEAR} can be reckoned with)")
    if instant.tzinfo is not None:
        return instant
    if zone is None:
        raise NoZone
    return in_zone(instant, zone)


def is_reckonable(day: date) -> bool:
    """Return whether limits and zones can be added to a day, or to an instant on it."""
    return _FIRST_YEAR <= day.year <= _LAST_YEAR


def _read(value: object) -> datetime:
    return _written(value) if isinstance(value, str) else _counted(value)


def in_zone(local: datetime, zone: tzinfo) -> datetime:
    """Return the local time in `zone`, with the offset in force then (the first, if a clock is set back)."""
    return local.replace(tzinfo=_fixed(zone.utcoffset(local) or timedelta()))


@lru_cache(maxsize=1024)
def _fixed(offset: timedelta) -> timezone:
    return timezone(offset)


def _written(text: str) -> datetime:
    """Return the instant of a text. Digits alone are a count: fromisoformat would read 17121106… as 1712."""
    if text[4:5] != "-":
        return _counted_in_words(text)
    if len(text) < _SHORTEST:
        raise NotAnInstant
    if text.endswith((" UTC", " GMT")):
        text = text[:-4] + "Z"
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise NotAnInstant from error


def _counted_in_words(text: str) -> datetime:
    stripped = text.strip()
    if stripped != text:
        return _written(stripped)
    try:
        return _counted(float(text) if "." in text else int(text))
    except ValueError as error:
        raise NotAnInstant from error


def _counted(value: object) -> datetime:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise NotAnInstant
    try:
        return _EPOCH + timedelta(microseconds=round(value * 1_000_000 / _parts(abs(value))))
    except (OverflowError, ValueError) as error:
        raise NotAnInstant from error


def _parts(size: float) -> int:
    """Return into how many parts of a second a count of that size counts."""
    if size < _MILLISECONDS_FROM:
        return 1
    if size < _MICROSECONDS_FROM:
        return 1000
    return 1_000_000 if size < _NANOSECONDS_FROM else 1_000_000_000
