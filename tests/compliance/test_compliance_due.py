"""By when something is due that an agent promised in words."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopgen.compliance.due import WEEKDAYS, Calendar, due_by
from sopgen.compliance.gap import Doubt
from sopgen.compliance.service import service_of
from sopgen.language.estimate.reader import estimates_in
from sopgen.language.estimate.value import Ahead, Days, OnDay, TimeOfDay
from sopgen.sop.model import Sop

JAKARTA = ZoneInfo("Asia/Jakarta")
MONDAY = datetime(2026, 1, 5, 10, tzinfo=JAKARTA)
PIECES = (
    "15",
    "2x24",
    "1-2",
    "menit",
    "jam",
    "hari kerja",
    "besok",
    "siang",
    "by 5 pm",
    "Jumat",
    "tgl 31",
    "the",
)
CASES = (Path(__file__).parent / "cases" / "estimates.txt").read_text(encoding="utf-8").splitlines()


def calendar_of(language: str) -> Calendar:
    """Return the calendar of an SOP without hours, in Jakarta."""
    sop = Sop(id="s", title="", language=language, owner="", approver="", review_every=timedelta())
    known = service_of(sop, lambda _: None).calendar
    return Calendar(zone=JAKARTA, is_working_day=known.is_working_day)


def due_in(text: str, at: datetime = MONDAY, known: Calendar | None = None) -> datetime | None:
    """Return the latest instant that the text promises."""
    found = (due_by(each.said, at, known or calendar_of("id")) for each in estimates_in(text))
    return max((each for each in found if isinstance(each, datetime)), default=None)


@pytest.mark.parametrize("line", [line for line in CASES if not line.startswith("#")])
def test_an_estimate_is_due_when_people_say_it_is(line: str) -> None:
    """The last instant of what the words say, in Indonesian, English and chat spelling."""
    expected, text = line.split(maxsplit=1)
    due = due_in(text)
    assert (due.astimezone(JAKARTA).strftime("%Y-%m-%dT%H:%M") if due else "-") == expected


@given(st.text(max_size=80), st.datetimes(timezones=st.sampled_from([UTC, JAKARTA])))
def test_what_is_due_lies_ahead(text: str, at: datetime) -> None:
    """Whatever the words and the time, a deadline is later than the message, and nothing breaks."""
    for estimate in estimates_in(text):
        due = due_by(estimate.said, at, WEEKDAYS)
        assert not isinstance(due, datetime) or due > at


@given(st.lists(st.sampled_from(PIECES)))
def test_estimates_stand_inside_their_text(words: list[str]) -> None:
    """Ranges are inside the text, in order, and do not overlap."""
    text = " ".join(words)
    reached = 0
    for estimate in estimates_in(text):
        assert reached <= estimate.start < estimate.end <= len(text)
        reached = estimate.end


def test_the_longest_text_is_read_at_once() -> None:
    """A hostile text costs no more than its length."""
    for piece in ("1 ", "1-", "jam ", "sudah ", "2x24", "besok ", "12:", "sebelum ", "the next "):
        assert len(estimates_in(piece * 100_000)) < 4_000


def test_working_days_skip_holidays_of_an_indonesian_service() -> None:
    """Friday the 16th is Isra Mikraj; an English SOP without hours knows no country."""
    thursday = datetime(2026, 1, 15, 10, tzinfo=JAKARTA)
    assert due_in("1 hari kerja", thursday) == datetime(2026, 1, 20, tzinfo=JAKARTA)
    assert due_in("1 hari kerja", thursday, calendar_of("en")) == datetime(2026, 1, 17, tzinfo=JAKARTA)


def test_a_service_that_never_works_has_no_working_day() -> None:
    """What nobody can compute is no deadline."""
    never = Calendar(zone=JAKARTA, is_working_day=lambda _: False)
    assert due_by(Days(2, working=True), MONDAY, never) is None


def test_stamps_in_utc_do_not_say_where_the_agent_sits() -> None:
    """A day or an hour needs a zone: of the SOP, of the words, or of the stamps; a length needs none."""
    utc, jakarta = MONDAY.astimezone(UTC), MONDAY.astimezone(timezone(timedelta(hours=7)))
    at_five = OnDay(None, TimeOfDay(17 * 60))
    assert due_by(at_five, utc, WEEKDAYS) is Doubt.NO_ZONE
    assert due_by(at_five, jakarta, WEEKDAYS) == datetime(2026, 1, 5, 17, tzinfo=JAKARTA)
    assert due_by(at_five, utc, calendar_of("id")) == datetime(2026, 1, 5, 17, tzinfo=JAKARTA)
    assert due_in("jam 5 sore WIB", utc, WEEKDAYS) == datetime(2026, 1, 5, 17, tzinfo=JAKARTA)
    assert due_in("15 menit", utc, WEEKDAYS) == MONDAY + timedelta(minutes=15)


def test_a_day_is_as_long_as_its_clock_says() -> None:
    """The end of the day on which London's clocks change is midnight there, an hour sooner."""
    london = Calendar(zone=ZoneInfo("Europe/London"), is_working_day=lambda _: True)
    saturday = datetime(2026, 3, 28, 12, tzinfo=UTC)
    assert due_by(OnDay(Ahead(1)), saturday, london) == datetime(2026, 3, 29, 23, tzinfo=UTC)
