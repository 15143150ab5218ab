"""Dates and clocks of a chat as instants."""

import re
from datetime import date, datetime, time, timedelta, tzinfo

from sopgen.conversation.date_order import date_in
from sopgen.conversation.instant import in_zone

_NUMBER = re.compile(r"\d+")


def read_clock(written: str) -> time:
    """Return the time of day of `14.30`, `14:30:05` or `2:30 PM`; 12 AM is midnight, and so is 00 a. m."""
    hour, minute, second = (*map(int, _NUMBER.findall(written)), 0)[:3]
    half = written.casefold()
    if "m" in half and hour <= 12:
        hour = hour % 12 + 12 * ("p" in half)
    return time(hour, minute, second)


class Calendar:
    """The dates and clocks of one chat as instants; each distinct one is worked out once."""

    def __init__(self, order: str, zone: tzinfo) -> None:
        self._order = order
        self._zone = zone
        self._days: dict[str, tuple[date, tzinfo | None]] = {}
        self._clocks: dict[str, time] = {}

    def instant(self, day: str, clock: str) -> datetime:
        """Return the instant of a date that `date_in` reads, and a clock."""
        known_day, hour = self._days.get(day), self._clocks.get(clock)
        if known_day is None:
            known_day = self._days[day] = self._read_day(day)
        if hour is None:
            hour = self._clocks[clock] = read_clock(clock)
        at, offset = known_day
        if offset is not None:
            return datetime.combine(at, hour, offset)
        return in_zone(datetime.combine(at, hour), self._zone)

    def _read_day(self, written: str) -> tuple[date, tzinfo | None]:
        """Return the date and the offset that is in force all day; None when the clocks are changed then."""
        day = date_in(written, self._order)
        assert day is not None
        midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001 -- local, its zone is added here
        offsets = {in_zone(midnight + timedelta(hours=each), self._zone).tzinfo for each in (0, 12, 23.999)}
        return day, offsets.pop() if len(offsets) == 1 else None
