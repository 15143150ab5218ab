"""Lengths of time as authors write them."""

from datetime import timedelta

import pytest

from sopgen.base.duration import parse_duration, say_duration


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("45s", timedelta(seconds=45)),
        ("2m", timedelta(minutes=2)),
        ("1h30m", timedelta(minutes=90)),
        ("1h 30m", timedelta(minutes=90)),
        ("90D", timedelta(days=90)),
        ("2w", timedelta(days=14)),
        ("", None),
        ("2", None),
        ("m", None),
        ("-2m", None),
        ("2,5m", None),
        ("²m", None),
        ("٣m", None),
        ("99999999999999d", None),
        ("9" * 5_000 + "d", None),
        ("1s" * 5_000, None),
    ],
)
def test_a_length_is_digits_with_a_unit(text: str, length: timedelta | None) -> None:
    """Anything else, also a number that no calendar holds, is no length of time."""
    assert parse_duration(text) == length


@pytest.mark.parametrize(
    ("seconds", "language", "words"),
    [
        (0, "en", "0 seconds"),
        (61, "en", "1 minute 1 second"),
        (90_061, "id", "1 hari 1 jam"),
        (3_605, "id", "1 jam 5 detik"),
        (-120, "id", "2 menit"),
    ],
)
def test_a_length_is_said_in_two_units(seconds: int, language: str, words: str) -> None:
    """The two largest units that are not zero are said."""
    assert say_duration(timedelta(seconds=seconds), language) == words


def test_days_and_weeks_may_be_shorter_than_the_calendars() -> None:
    """Where only opening hours count, three days are three working days, and an hour stays an hour."""
    day, week = timedelta(hours=8), timedelta(hours=40)
    assert parse_duration("1w3d1h", day=day, week=week) == timedelta(hours=40 + 24 + 1)


def test_the_largest_unit_can_be_chosen() -> None:
    """Opening hours are not said in days of 24 hours."""
    assert say_duration(timedelta(hours=26, minutes=3), "id", largest="h") == "26 jam 3 menit"
