"""The clock that limits are held against: time as it passes, or only while the service is open.

A rule's limits and gaps count opening hours where the SOP sets `hours`, and all time where it does not,
unless the clause says `clock=always`, or the rule says so of a gap (how long a customer kept silent, for
example). A day of a limit is then a working day: as long as the service is open on an average open day.
"""

from dataclasses import dataclass
from datetime import timedelta

from sopgen.base.duration import parse_duration
from sopgen.compliance.gap import Doubt, gap_between, latest_of
from sopgen.compliance.opening import Opening
from sopgen.conversation.model import Message

_DAY = timedelta(days=1)
_WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Clock:
    """Measures the time between two messages; without `opening` it always runs."""

    opening: Opening | None = None

    def gap(self, earlier: Message, later: Message) -> tuple[timedelta, timedelta] | Doubt:
        """Return the least and greatest time that can have passed on this clock.

        Doubt: those of `gap_between`, and NO_CALENDAR.
        """
        gap = gap_between(earlier, later)
        if self.opening is None or isinstance(gap, Doubt):
            return gap
        first, last = latest_of(earlier), latest_of(later)
        assert earlier.at is not None
        assert later.at is not None
        assert first is not None
        assert last is not None
        least, greatest = self.opening.between(first, later.at), self.opening.between(earlier.at, last)
        return Doubt.NO_CALENDAR if least is None or greatest is None else (least, greatest)

    def stamped(self, earlier: Message, later: Message) -> timedelta:
        """Return the time between the two stamps, which people see beside the messages; zero without."""
        if earlier.at is None or later.at is None:
            return timedelta()
        if self.opening is None:
            return max(later.at - earlier.at, timedelta())
        return self.opening.between(earlier.at, later.at) or timedelta()

    def length(self, text: str) -> timedelta | None:
        """Return a length of time as authors write it, days and weeks as this clock counts them."""
        if self.opening is None:
            return parse_duration(text)
        return parse_duration(text, day=self.opening.day, week=self.opening.week)


ALWAYS = Clock()
"""The clock that always runs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Length:
    """A length of time for people to read: do only opening hours count, were pauses left out."""

    time: timedelta
    business: bool = False
    paused: bool = False
