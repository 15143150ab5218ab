"""The working clock: how much of the time between two instants a service was open.

Flows in: an SOP's opening hours and the holidays of its country. Flows out: a function of two instants. What
a limit is, and who was kept waiting, do not belong here.

The service is open at an instant when the clock on its wall shows a time inside one of the day's intervals
and the date on the wall is no public holiday. So an hour that the end of summer time shows twice counts
twice, and one that its beginning leaves out counts not at all; a night shift ends at a holiday's midnight.

A year is laid out once, as the instants at which the service opens and closes and how long it had been open
by then; an answer is two bisections and a subtraction.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from sopgen.compliance.holiday import HolidaysOf
from sopgen.sop.model import BusinessHours

FIRST_YEAR, LAST_YEAR = 1970, 2100
"""The years that are laid out; no chat is older, and no calendar looks further (our decision, 2026-11-22)."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST_DAY = _EPOCH.toordinal()
_MICROSECOND = timedelta(microseconds=1)
_SECOND = 1_000_000
_DAY = 86_400
_YEARS = range(FIRST_YEAR, LAST_YEAR + 2)
_STARTS = [int(datetime(year, 1, 1, tzinfo=UTC).timestamp()) for year in _YEARS]
_BOUNDS = [start * _SECOND for start in _STARTS]


@dataclass(frozen=True, slots=True)
class _Year:
    """When the service opens and closes in a year of UTC, in microseconds since 1970.

    `before[i]` is how long it had been open in that year when it opened for the i-th time.
    """

    opens: list[int]
    closes: list[int]
    before: list[int]
    total: int

    def until(self, instant: int) -> int:
        """Return how long the service was open from the beginning of the year to the instant."""
        at = bisect_right(self.opens, instant) - 1
        if at < 0:
            return 0
        return self.before[at] + min(instant, self.closes[at]) - self.opens[at]


class Opening:
    """When a service is open; `between` measures its hours."""

    def __init__(
        self, hours: BusinessHours, holidays: HolidaysOf, tell_unknown: Callable[[int], None]
    ) -> None:
        """`tell_unknown` is called once with each year that the calendar turns out not to know."""
        self.zone = ZoneInfo(hours.timezone)
        self._weekly = tuple(tuple((a * 60, b * 60) for a, b in day) for day in hours.weekly)
        self._holidays = holidays
        self._tell_unknown = tell_unknown
        self._years: dict[int, _Year | None] = {}
        week = sum(until - since for day in self._weekly for since, until in day)
        self.week = timedelta(seconds=week)
        """How long a week without holidays is open."""
        self.day = self.week / max(1, sum(any(day) for day in self._weekly))
        """How long an average day on which it opens at all is open."""

    def between(self, start: datetime, end: datetime) -> timedelta | None:
        """Return how long it is open from `start` to `end`, aware instants; zero when `end` is earlier.

        None when a year between them is unknown to the calendar.
        """
        since, until = (start - _EPOCH) // _MICROSECOND, (end - _EPOCH) // _MICROSECOND
        if until <= since:
            return timedelta()
        first, last = bisect_right(_BOUNDS, since) - 1, bisect_right(_BOUNDS, until) - 1
        years = [self._year(FIRST_YEAR + number) for number in range(first, last + 1)]
        known = [year for year in years if year is not None]
        if len(known) < len(years):
            return None
        whole = sum(year.total for year in known[:-1])
        return (whole + known[-1].until(until) - known[0].until(since)) * _MICROSECOND

    def is_working_day(self, day: date) -> bool:
        """Return whether the service opens on that date; a date of a year not known is none."""
        holidays = self._holidays(day.year)
        return holidays is not None and day not in holidays and bool(self._weekly[day.weekday()])

    def _year(self, year: int) -> _Year | None:
        if year not in self._years:
            self._years[year] = self._laid_out(year)
            if self._years[year] is None:
                self._tell_unknown(year)
        return self._years[year]

    def _laid_out(self, year: int) -> _Year | None:
        if not FIRST_YEAR <= year <= LAST_YEAR or self._holidays(year) is None:
            return None
        opens: list[int] = []
        closes: list[int] = []
        for start, end in self._intervals(year):
            if closes and closes[-1] == start:
                closes[-1] = end
            else:
                opens.append(start)
                closes.append(end)
        before = [0]
        for start, end in zip(opens, closes, strict=True):
            before.append(before[-1] + end - start)
        return _Year(opens, closes, before, before[-1])

    def _intervals(self, year: int) -> Iterator[tuple[int, int]]:
        """Yield the open intervals of a year of UTC, in microseconds since 1970, ascending."""
        closed = [self._holidays(each) or frozenset() for each in (year - 1, year, year + 1)]
        holidays = frozenset[date]().union(*closed)
        for start, end, offset in _segments(year, self.zone):
            for day in range((start + offset) // _DAY, (end + offset - 1) // _DAY + 1):
                if date.fromordinal(_FIRST_DAY + day) in holidays:
                    continue
                midnight = day * _DAY - offset
                for since, until in self._weekly[(day + _THURSDAY) % 7]:
                    opens, closes = max(midnight + since, start), min(midnight + until, end)
                    if opens < closes:
                        yield opens * _SECOND, closes * _SECOND


_THURSDAY = _EPOCH.weekday()


def _segments(year: int, zone: ZoneInfo) -> Iterator[tuple[int, int, int]]:
    """Yield the parts of a year of UTC in which the zone keeps one offset: start, end, offset, in seconds."""
    start, end = _STARTS[year - FIRST_YEAR], _STARTS[year - FIRST_YEAR + 1]
    offset = _offset(start, zone)
    since = start
    for morning in range(start, end, _DAY):
        evening = min(morning + _DAY, end) - 1
        if _offset(evening, zone) != offset:
            changed = _change(morning, evening, zone)
            if since < changed:
                yield since, changed, offset
            since, offset = changed, _offset(changed, zone)
    yield since, end, offset


def _change(before: int, after: int, zone: ZoneInfo) -> int:
    """Return the first second from which on the offset is the one at `after`, in (before, after]."""
    offset = _offset(after, zone)
    if _offset(before, zone) == offset:
        return before
    while after - before > 1:
        middle = (before + after) // 2
        if _offset(middle, zone) == offset:
            after = middle
        else:
            before = middle
    return after


def _offset(instant: int, zone: ZoneInfo) -> int:
    """Return the zone's distance from UTC at a second since 1970, in seconds."""
    offset = datetime.fromtimestamp(instant, zone).utcoffset()
    assert offset is not None
    return round(offset.total_seconds())
