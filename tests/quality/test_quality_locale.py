"""Numbers, shares, moments and lengths of time are written as each language writes them."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from sopgen.quality import locale

JAKARTA = timezone(timedelta(hours=7))
MORNING = datetime(2026, 11, 21, 9, 5, tzinfo=JAKARTA)

WRITTEN = [
    ("number", 1234567, "1.234.567", "1,234,567"),
    ("number", 3.25, "3,2", "3.2"),
    ("percent", 0.548, "54,8%", "54.8%"),
    ("percent", 1.0, "100%", "100%"),
    ("signed", 2.5, "+2,5", "+2.5"),
    ("signed", -1234, "−1.234", "−1,234"),
    ("signed", -0.01, "0", "0"),
    ("duration", timedelta(), "0 dtk", "0 secs"),
    ("duration", timedelta(seconds=200), "3 mnt 20 dtk", "3 mins 20 secs"),
    ("duration", timedelta(hours=1, seconds=20), "1 jam", "1 hr"),
    ("duration", timedelta(days=2, hours=4, minutes=7), "2 hari 4 jam", "2 days 4 hrs"),
    ("day", MORNING, "21 November 2026", "21 November 2026"),
    ("short_day", date(2026, 8, 1), "1 Agu", "1 Aug"),
    ("weekday", MORNING, "Sabtu", "Saturday"),
    ("clock", MORNING, "09.05", "09:05"),
    ("zone", MORNING, "WIB", "UTC+7"),
    ("full_moment", MORNING.astimezone(UTC), "21 November 2026, 02.05 UTC", "21 November 2026, 02:05 UTC"),
]


@pytest.mark.parametrize(("name", "value", "indonesian", "english"), WRITTEN)
def test_a_value_is_written_as_its_reader_would(name, value, indonesian, english):
    """In Indonesian with a point for thousands, in English with a comma."""
    write = getattr(locale, name)
    assert (write(value, "id"), write(value, "en")) == (indonesian, english)


def test_a_period_says_what_its_ends_share_once():
    """The year, or the month too; one day is a day."""
    first, last = date(2026, 10, 21), date(2026, 11, 20)
    assert locale.period(first, last, "id").replace("\u2009", " ") == "21 Okt – 20 Nov 2026"
    assert locale.period(last, last, "en") == "20 November 2026"
