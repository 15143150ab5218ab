"""What an estimate says."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Period(StrEnum):
    """A span of the calendar; a week ends on Sunday."""

    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Lasting:
    """So long from now."""

    length: timedelta


@dataclass(frozen=True, slots=True)
class Days:
    """To the end of the day that is so many days, or working days, after today."""

    count: int
    working: bool = False


@dataclass(frozen=True, slots=True)
class Ahead:
    """The day that is so many days after today: 0 is today."""

    days: int


@dataclass(frozen=True, slots=True)
class Weekday:
    """The next such day of the week (0 is Monday), or the one in the week after this."""

    number: int
    next_week: bool = False


@dataclass(frozen=True, slots=True)
class Dated:
    """A day of the month; without `month`, the next such day."""

    day: int
    month: int | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class EndOf:
    """The last day of this period, or of one so many further on."""

    period: Period
    ahead: int = 0


@dataclass(frozen=True, slots=True)
class TimeOfDay:
    """Minutes after midnight, 1440 at the end of the day, more in the small hours after it.

    `halved`: said without morning or afternoon, so that twelve hours later may be meant. `offset` is that of
    a zone named with it (WIB).
    """

    minutes: int
    halved: bool = False
    offset: timedelta | None = None


Day = Ahead | Weekday | Dated | EndOf


@dataclass(frozen=True, slots=True)
class OnDay:
    """On a day, by a time; without a day the next such time, without a time the end of the day."""

    day: Day | None
    time: TimeOfDay | None = None


Said = Lasting | Days | OnDay


@dataclass(frozen=True, slots=True)
class Estimate:
    """What the words at the half-open range [start, end) of a text say."""

    start: int
    end: int
    said: Said


@dataclass(frozen=True, slots=True)
class Named:
    """A length of time that the words at the half-open range [start, end) of a text name.

    It is one from `least` to `most`: a range ("3-5 menit"), or a month. `in_days`: whole days were counted,
    which may be shorter where only opening hours count. `aside`: it may well be no limit, but a condition,
    an age, how long the service is open, or how often something is done.
    """

    start: int
    end: int
    least: timedelta
    most: timedelta
    in_days: bool = False
    aside: bool = False
