"""Opening hours as authors write them."""

import pytest

from sopgen.base.shape import Path
from sopgen.sop.hours import read_week

Flaws = list[tuple[Path, str, str]]


def read(weekly: dict[str, list[str]]) -> tuple[object, Flaws]:
    flaws: Flaws = []
    return read_week(weekly, lambda *flaw: flaws.append(flaw)), flaws


def test_a_night_shift_goes_on_the_next_day() -> None:
    """An interval past midnight is open on both days, on Sunday night into Monday."""
    week, flaws = read({"sun": ["22:00-06:00"]})
    assert flaws == []
    assert week == (((0, 360),), (), (), (), (), (), ((1320, 1440),))


def test_a_week_may_wrap_around_sunday() -> None:
    """`sat-mon` is Saturday, Sunday and Monday."""
    week, flaws = read({"sat-mon": ["00:00-24:00"]})
    assert flaws == []
    assert week == (((0, 1440),), (), (), (), (), ((0, 1440),), ((0, 1440),))


def test_days_have_names_in_both_languages() -> None:
    """Senin is Monday, and lists of days are understood."""
    assert read({"senin, Rabu": ["9:00-10:00"]}) == read({"mon,wednesday": ["09.00 – 10.00"]})


@pytest.mark.parametrize(
    "interval", ["8-9", "25:00-26:00", "08:00", "08:60-09:00", "09:00-09:00", "24:00-08:00", ""]
)
def test_an_interval_that_no_clock_shows_is_refused(interval: str) -> None:
    """The flaw points at the interval itself."""
    _, flaws = read({"mon": ["01:00-02:00", interval]})
    assert [path for path, _, _ in flaws] == [("hours", "weekly", "mon", 1)]


@pytest.mark.parametrize("day", ["hari kerja", "mon-", "mon-xyz", "", "mon,,tue"])
def test_a_day_that_no_week_has_is_refused(day: str) -> None:
    """The flaw points at the day."""
    _, flaws = read({day: ["08:00-09:00"]})
    assert [path for path, _, _ in flaws] == [("hours", "weekly", day)]


def test_intervals_of_a_day_do_not_overlap() -> None:
    """Two keys that open the same hour are refused, a gap or a touch is not."""
    assert read({"mon": ["08:00-12:00", "12:00-13:00"]})[1] == []
    assert len(read({"mon-fri": ["08:00-12:00"], "mon": ["11:59-13:00"]})[1]) == 1


@pytest.mark.parametrize("weekly", [{}, {"mon": []}, {"mon-fri": [], "sun": []}])
def test_a_service_that_never_opens_is_refused(weekly: dict[str, list[str]]) -> None:
    """Every limit would stand still, and every clause with one would be kept."""
    assert [path for path, _, _ in read(weekly)[1]] == [("hours", "weekly")]
