"""The working clock: hours of several intervals, nights, holidays, changes of summer time."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopgen.compliance.holiday import no_holidays, public_holidays
from sopgen.compliance.opening import Opening
from sopgen.sop.hours import read_week
from sopgen.sop.model import BusinessHours

DAY = 24 * 60
ALWAYS = (((0, DAY),),) * 7
ZONES = ("Asia/Jakarta", "Europe/London", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "UTC")


def opening(
    weekly: tuple[tuple[tuple[int, int], ...], ...], zone: str = "Asia/Jakarta", country: str = ""
) -> Opening:
    hours = BusinessHours(timezone=zone, weekly=weekly, holidays=country)
    holidays = public_holidays(country) if country else no_holidays
    assert holidays is not None
    return Opening(hours, holidays, lambda _: None)


def week(**weekly: list[str]) -> tuple[tuple[tuple[int, int], ...], ...]:
    names = {key.replace("_", "-"): value for key, value in weekly.items()}
    return read_week(names, lambda *flaw: pytest.fail(str(flaw)))


def at(text: str, zone: str = "Asia/Jakarta") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


SHOP = week(mon_fri=["08:00-12:00", "13:00-22:00"], sat_sun=["09:00-18:00"])


@st.composite
def weeks(draw: st.DrawFn) -> tuple[tuple[tuple[int, int], ...], ...]:
    """Return seven days of up to three intervals that do not overlap."""
    days = []
    for _ in range(7):
        cuts = sorted(draw(st.sets(st.integers(0, DAY), max_size=6)))
        days.append(tuple(zip(cuts[::2], cuts[1::2], strict=False)))
    return tuple(days)


INSTANTS = st.integers(0, 20 * 366 * 86_400).map(
    lambda seconds: datetime(2011, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)


@given(weeks(), st.sampled_from(ZONES), st.lists(INSTANTS, min_size=3, max_size=3))
def test_time_adds_up(
    weekly: tuple[tuple[tuple[int, int], ...], ...], zone: str, instants: list[datetime]
) -> None:
    """From a to c is from a to b and from b to c; nothing is negative or longer than by the wall's clock."""
    clock = opening(weekly, zone, "ID")
    a, b, c = sorted(instants)
    first, second, whole = clock.between(a, b), clock.between(b, c), clock.between(a, c)
    assert first is not None
    assert second is not None
    assert whole == first + second
    assert timedelta() <= first <= b - a
    assert clock.between(c, a) == timedelta()


@given(st.sampled_from(ZONES), INSTANTS, INSTANTS)
def test_what_is_always_open_is_the_clock_on_the_wall(zone: str, one: datetime, other: datetime) -> None:
    """Without a closed minute, working time is time, over every change of summer time."""
    start, end = sorted((one, other))
    assert opening(ALWAYS, zone).between(start, end) == end - start


@given(
    weeks(),
    st.sampled_from(ZONES),
    st.sampled_from(["2011-12-29", "2026-03-07", "2026-03-28", "2026-04-04", "2026-10-24", "2026-11-01"]),
)
def test_open_is_what_the_wall_shows(
    weekly: tuple[tuple[tuple[int, int], ...], ...], zone: str, day: str
) -> None:
    """Minute by minute around a change of clocks, it is open when the wall's time lies in an interval."""
    clock, local = opening(weekly, zone, "GB"), ZoneInfo(zone)
    holidays = public_holidays("GB")
    assert holidays is not None
    start = datetime.fromisoformat(day).replace(tzinfo=UTC)
    for number in range(0, 3 * DAY, 7):
        instant = start + timedelta(minutes=number)
        wall = instant.astimezone(local)
        minute = wall.hour * 60 + wall.minute
        is_open = any(a <= minute < b for a, b in weekly[wall.weekday()])
        closed_all_day = wall.date() in (holidays(wall.year) or ())
        expected = timedelta(minutes=1) if is_open and not closed_all_day else timedelta()
        assert clock.between(instant, instant + timedelta(minutes=1)) == expected


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2026-01-05T07:00", "2026-01-05T08:30", 0.5),  # before it opens
        ("2026-01-05T11:30", "2026-01-05T13:30", 1),  # over the lunch break
        ("2026-01-05T21:00", "2026-01-06T09:00", 2),  # over the night
        ("2026-01-09T21:30", "2026-01-10T09:30", 1),  # Friday night to Saturday morning
        ("2026-01-05T22:00", "2026-01-06T08:00", 0),  # closed all the while
        ("2026-01-15T21:00", "2026-01-17T10:00", 2),  # Isra Mikraj on the 16th
        ("2025-12-31T21:00", "2026-01-02T09:00", 2),  # New Year's Day
        ("2026-03-20T21:00", "2026-03-23T09:00", 2),  # Idulfitri on Saturday and Sunday
    ],
)
def test_a_shop_with_a_lunch_break_and_holidays(start: str, end: str, hours: float) -> None:
    """Only opening hours count, and no public holiday."""
    assert opening(SHOP, country="ID").between(at(start), at(end)) == timedelta(hours=hours)


def test_the_stamps_zone_does_not_matter() -> None:
    """The same instants in UTC give the same working time."""
    start, end = at("2026-01-05T11:30").astimezone(UTC), at("2026-01-06T09:00").astimezone(UTC)
    assert opening(SHOP).between(start, end) == timedelta(hours=10.5)


def test_a_night_shift_over_the_change_of_clocks() -> None:
    """From ten to six is seven hours when summer time begins, and nine when it ends."""
    nights = opening(week(sat=["22:00-06:00"]), "Europe/London")
    spring = nights.between(at("2026-03-28T12:00", "Europe/London"), at("2026-03-29T12:00", "Europe/London"))
    autumn = nights.between(at("2026-10-24T12:00", "Europe/London"), at("2026-10-25T12:00", "Europe/London"))
    assert (spring, autumn) == (timedelta(hours=7), timedelta(hours=9))


def test_years_are_bridged() -> None:
    """A gap over several years counts every year between."""
    offices = opening(week(mon=["09:00-10:00"]))
    assert offices.between(at("2020-01-06T00:00"), at("2026-01-05T00:00")) == timedelta(hours=313)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2150-01-01T09:00", "2150-01-01T10:00"),
        ("0001-01-01T00:00", "2026-01-01T10:00"),
        ("2026-01-01T10:00", "9999-12-31T23:00"),
    ],
)
def test_a_year_without_a_calendar_is_unknown(start: str, end: str) -> None:
    """None is the answer, and the year is told once."""
    told: list[int] = []
    hours = BusinessHours(timezone="Asia/Jakarta", weekly=ALWAYS)
    clock = Opening(hours, no_holidays, told.append)
    assert clock.between(at(start), at(end)) is None
    assert clock.between(at(start), at(end)) is None
    assert len(told) == 1


def test_days_of_a_service() -> None:
    """A day is the average of the days that open at all; a week is all of them."""
    five = opening(week(mon_fri=["09:00-17:00"]))
    assert (five.day, five.week) == (timedelta(hours=8), timedelta(hours=40))
    assert opening(ALWAYS).day == timedelta(days=1)
    assert five.is_working_day(date(2026, 1, 5))
    assert not five.is_working_day(date(2026, 1, 4))
    assert not opening(SHOP, country="ID").is_working_day(date(2026, 1, 16))


def test_holidays_of_countries() -> None:
    """Indonesia's and Singapore's are known; a country that does not exist is None, as is a year beyond."""
    indonesian, singaporean = public_holidays("ID"), public_holidays("SG")
    assert indonesian is not None
    assert singaporean is not None
    assert date(2026, 8, 17) in (indonesian(2026) or ())
    assert date(2026, 8, 9) in (singaporean(2026) or ())
    assert date(2026, 3, 20) not in (indonesian(2026) or ())  # cuti bersama is recommended, not public
    assert indonesian(1900) is None
    assert public_holidays("QQ") is None
