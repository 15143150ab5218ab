"""By when something is due: what an estimate says, at a message's time, on the calendar of the service.

Flows in: estimates (`language.estimate`) and an instant. Flows out: the last instant that keeps the promise.
Where words leave room, the later reading counts, so that nobody is held to what they did not say.
"""

import calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

from sopgen.compliance.gap import Doubt
from sopgen.language.estimate.value import (
    Ahead,
    Dated,
    Day,
    Days,
    EndOf,
    Lasting,
    OnDay,
    Period,
    Said,
    TimeOfDay,
    Weekday,
)

_DAY = timedelta(days=1)
_NOON = 12 * 60
_MORNING = 7 * 60
_LONGEST_SEARCH = 400
"""Days in which working days are looked for; a service closed for longer has none (ours, 2026-11-22)."""

_LONG_AGO = timedelta(days=180)
"""A date that lies further back means next year's (our decision, 2026-11-22)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """The service's time zone, None when its SOP does not say, and the days on which it works."""

    zone: tzinfo | None
    is_working_day: Callable[[date], bool]


WEEKDAYS = Calendar(zone=None, is_working_day=lambda day: day.weekday() < calendar.SATURDAY)
"""A calendar of Mondays to Fridays."""


def due_by(said: Said, at: datetime, known: Calendar) -> datetime | Doubt | None:
    """Return the last instant, in UTC, that keeps what was said at `at`; None when that lies in the past.

    Doubt: NO_ZONE when the words name a day or an hour, the SOP no time zone, and the stamps are in UTC, so
    that nobody knows what the clock on the agent's wall showed.
    """
    try:
        due = _due(said, at, known)
    except OverflowError:
        return None
    return due if not isinstance(due, datetime) or due > at else None


def _due(said: Said, at: datetime, known: Calendar) -> datetime | Doubt | None:
    if isinstance(said, Lasting):
        return at.astimezone(UTC) + said.length
    zone = _zone(said, at, known)
    if zone is None:
        return Doubt.NO_ZONE
    local = _local(said, at.astimezone(zone), known)
    return None if local is None else local.replace(tzinfo=zone).astimezone(UTC)


def _zone(said: Days | OnDay, at: datetime, known: Calendar) -> tzinfo | None:
    """Return the zone of the words: the one they name, else the service's, else that of the stamps."""
    if isinstance(said, OnDay) and said.time is not None and said.time.offset is not None:
        return timezone(said.time.offset)
    if known.zone is not None:
        return known.zone
    return at.tzinfo if at.utcoffset() else None


def _local(said: Days | OnDay, now: datetime, known: Calendar) -> datetime | None:
    """Return the time on the wall by which it is due, without its zone."""
    today = now.date()
    match said:
        case Days(count, working=True):
            day = _working_day(today, count, known)
            return None if day is None else _end_of(day)
        case Days(count):
            return _end_of(today + count * _DAY)
    if said.day is None:
        return _next_time(said.time, now)
    named = _date(said.day, today)
    return None if named is None else _at(named, said.time, now)


def _working_day(today: date, count: int, known: Calendar) -> date | None:
    day = today
    for _ in range(_LONGEST_SEARCH):
        if count <= 0:
            return day
        day += _DAY
        count -= known.is_working_day(day)
    return None


def _date(day: Day, today: date) -> date | None:
    match day:
        case Ahead(days):
            return today + days * _DAY
        case Weekday(number, next_week):
            ahead = (number - today.weekday()) % 7 or 7
            same_week = today.weekday() + ahead < 7
            return today + (ahead + 7 * (next_week and same_week)) * _DAY
        case EndOf(Period.WEEK, ahead):
            return today + (6 - today.weekday() + 7 * ahead) * _DAY
        case EndOf(Period.MONTH, ahead):
            return _month_end(today.year, today.month + ahead)
        case Dated():
            return _dated(day, today)
    return None


def _dated(day: Dated, today: date) -> date | None:
    if day.month is None:
        months = [(today.year + (today.month + n - 1) // 12, (today.month + n - 1) % 12 + 1) for n in (0, 1)]
        found = [each for year, month in months if (each := _day_of(year, month, day.day)) is not None]
        return next((each for each in found if each >= today), None)
    named = _day_of(day.year or today.year, day.month, day.day)
    if named is not None and day.year is None and today - named > _LONG_AGO:
        return _day_of(today.year + 1, day.month, day.day)
    return named


def _day_of(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month_end(year: int, month: int) -> date:
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, calendar.monthrange(year, month)[1])


def _next_time(time: TimeOfDay | None, now: datetime) -> datetime | None:
    """Return the next time that the wall's clock shows what was said."""
    if time is None:
        return None
    candidates = (time.minutes % _NOON, time.minutes % _NOON + _NOON) if time.halved else (time.minutes,)
    wall = now.replace(tzinfo=None)
    instants = sorted(
        _midnight(now.date() + n * _DAY) + _minutes(each) for each in candidates for n in (0, 1)
    )
    return next((each for each in instants if each > wall), None)


def _at(day: date, time: TimeOfDay | None, now: datetime) -> datetime | None:
    if time is None:
        return _end_of(day)
    if not time.halved:
        return _midnight(day) + _minutes(time.minutes)
    if day == now.date():
        found = _next_time(time, now)
        return found if found is not None and found <= _end_of(day) else None
    late = time.minutes < _MORNING
    return _midnight(day) + _minutes(time.minutes + (_NOON if late else 0))


def _end_of(day: date) -> datetime:
    return _midnight(day) + _DAY


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 -- what the wall shows; `due_by` adds the zone


def _minutes(count: int) -> timedelta:
    return timedelta(minutes=count)
