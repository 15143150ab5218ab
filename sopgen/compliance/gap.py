"""The time between two messages, as far as their stamps can tell it."""

from datetime import datetime, timedelta
from enum import StrEnum

from sopgen.conversation.model import SECOND, Message


class Doubt(StrEnum):
    """Why a length of time cannot be told."""

    NO_TIME = "no-time"
    COARSE = "coarse-clock"
    BACKWARDS = "clock-backwards"
    NO_CALENDAR = "no-calendar"
    NO_ZONE = "no-time-zone"


_NO_TIME = timedelta()


def gap_between(earlier: Message, later: Message) -> tuple[timedelta, timedelta] | Doubt:
    """Return the least and greatest time that can have passed between two messages.

    Both are the same for clocks of a second or finer. Doubt: NO_TIME or BACKWARDS.
    """
    if earlier.at is None or later.at is None:
        return Doubt.NO_TIME
    measured = later.at - earlier.at
    if measured < -max(earlier.precision, later.precision):
        return Doubt.BACKWARDS
    least = measured - _slack(earlier.precision)
    greatest = measured + _slack(later.precision)
    return max(least, _NO_TIME), max(greatest, _NO_TIME)


def latest_of(message: Message) -> datetime | None:
    """Return the latest instant at which the message can have been written, None when it has no time."""
    return None if message.at is None else message.at + _slack(message.precision)


def _slack(precision: timedelta) -> timedelta:
    """Return how much later than its stamp a message may have been written."""
    return _NO_TIME if precision <= SECOND else precision - SECOND
