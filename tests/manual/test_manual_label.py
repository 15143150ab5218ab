"""What the manual says of its own accord."""

from datetime import UTC, date, datetime, timedelta
from string import Formatter

import pytest

from sopgen.base.notation import EVENTS, Speaker
from sopgen.manual.label import labels, say_clock, say_date, say_parameter, say_week
from sopgen.manual.model import Status
from sopgen.sop.model import Category, Modality, Severity

NOTICES = {key: (labels("id")[key], labels("en")[key]) for key in labels("en")}


@pytest.mark.parametrize(("indonesian", "english"), NOTICES.values(), ids=NOTICES)
def test_both_languages_say_the_same(indonesian, english):
    """Every label is written in both languages, with the same places to fill in."""

    def places(text):
        return sorted(name for _, name, _, _ in Formatter().parse(text) if name)

    assert indonesian
    assert english
    assert places(indonesian) == places(english)


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_choice_has_a_name(language):
    """Whatever an SOP can hold has a name in the language: modality, severity, speaker, event, status."""
    named = [*Severity, *Status, *Category, *Speaker, *EVENTS.values()]
    named += [each for each in Modality if each is not Modality.PLAIN]
    assert all(labels(language)[name] for name in named)


def test_dates_are_said_in_the_language():
    """A day is said with the month's name."""
    assert say_date(date(2027, 1, 5), "id") == "5 Januari 2027"
    assert say_date(datetime(2026, 12, 31, 23, 59, tzinfo=UTC), "en") == "31 December 2026"


def test_the_clock_of_a_chat_wraps_at_midnight():
    """A line after midnight shows the time of its own day, and seconds only when there are any."""
    assert say_clock(timedelta(hours=9, minutes=5)) == "09:05"
    assert say_clock(timedelta(days=1, minutes=1, seconds=30)) == "00:01:30"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("2m", ("2 menit",)),
        ("1h30m", ("1 jam 30 menit",)),
        ("90m", ("1 jam 30 menit",)),
        ("24h", ("24 jam",)),
        ("3d", ("3 hari",)),
        ("3", ("3",)),
        ("bonus pasti cair | dijamin", ("“bonus pasti cair”", "“dijamin”")),
        (" | ", ()),
    ],
)
def test_parameters_are_said_for_people(value, said):
    """Lengths of time are said in words, several phrases each in quotes."""
    assert say_parameter(value, "id") == said


def test_neighbouring_days_with_the_same_hours_are_one():
    """A week is said in as few parts as it has."""
    work, half = ((480, 720), (780, 1320)), ((540, 1080),)
    week = (work, work, work, work, work, half, ())
    assert say_week(week, "id") == (
        ("Senin–Jumat", "08:00–12:00, 13:00–22:00"),
        ("Sabtu", "09:00–18:00"),
        ("Minggu", "tutup"),
    )


def test_a_choice_is_said_in_words():
    """What an author chooses by an English word is read in the manual's language; phrases stay."""
    assert say_parameter("complaint", "id", name="since") == ("keluhan",)
    assert say_parameter("complaint", "id", name="phrases") == ("complaint",)
