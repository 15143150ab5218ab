"""Instants are read as exports write them; what is none is refused."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopgen.base.errors import UsageError
from sopgen.conversation.instant import NotAnInstant, NoZone, in_zone, read_instant
from sopgen.conversation.options import zone_of

AT = datetime(2024, 8, 20, 7, 31, tzinfo=UTC)


@pytest.mark.parametrize(
    "value",
    [
        "2024-08-20T07:31:00Z",
        "2024-08-20T07:31:00.000+00:00",
        "2024-08-20 14:31+07:00",
        " 2024-08-20T14:31:00+07:00 ",
        1724139060,
        1724139060.0,
        1724139060000,
        "1724139060",
        "1724139060000",
        "1724139060.0",
    ],
)
def test_one_instant_in_many_writings(value):
    """RFC 3339, seconds and milliseconds, as numbers or as texts, are the same instant."""
    assert read_instant(value) == AT


@pytest.mark.parametrize(
    "value",
    [
        *("", "kemarin", "2024-08-20", "2024-13-01T00:00:00Z", True, None, [], {}, 1e300, "9" * 5000),
        *("9999-12-31T23:59:00-12:00", "0001-01-01T00:00:00Z", "0001-01-01 00:00"),
    ],
)
def test_what_is_no_instant_is_refused(value):
    """A date without a time of day, a word, a list are no instants."""
    with pytest.raises(NotAnInstant):
        read_instant(value)


def test_digits_alone_are_a_count_and_never_a_date():
    """Eight digits are seconds since 1970, thirteen are milliseconds, though ISO 8601 knows 20240820."""
    assert read_instant("20240820") == datetime(1970, 8, 23, 6, 27, tzinfo=UTC)
    assert read_instant("1712110600000").year == 2024


def test_a_local_time_needs_a_zone():
    """Without a zone a local time is no instant; with one it is."""
    with pytest.raises(NoZone):
        read_instant("2024-08-20T14:31:00")
    assert read_instant("2024-08-20T14:31:00", ZoneInfo("Asia/Jakarta")) == AT


@given(st.datetimes(datetime(1971, 1, 1), datetime(2100, 1, 1)))  # noqa: DTZ001
def test_an_offset_is_the_one_in_force(local):
    """A fixed offset says the same as the zone itself."""
    zone = ZoneInfo("America/New_York")
    assert in_zone(local, zone).utcoffset() == local.replace(tzinfo=zone).utcoffset()


@pytest.mark.parametrize(
    ("name", "hours"),
    [
        ("Asia/Jakarta", 7),
        ("WIB", 7),
        ("wita", 8),
        ("WIT", 9),
        ("Z", 0),
        ("+07:00", 7),
        ("-0330", -3.5),
        ("UTC+8", 8),
        ("GMT-5", -5),
        ("+07", 7),
    ],
)
def test_zones_go_by_many_names(name, hours):
    """IANA names, the Indonesian short names, and offsets."""
    assert zone_of(name).utcoffset(datetime(2024, 8, 20)) == timedelta(hours=hours)  # noqa: DTZ001


@pytest.mark.parametrize(
    "name", ["Jakarta/Asia", "../../etc/passwd", "", "+99999", "+24:00", "+07:60", "Asia"]
)
def test_an_unknown_zone_is_a_usage_error(name):
    """Neither a misspelt zone nor a path is taken for one."""
    with pytest.raises(UsageError, match="unknown time zone"):
        zone_of(name)


def test_offsets_are_shared():
    """Instants of one offset share it, so that comparing them is cheap."""
    one, two = (in_zone(datetime(2024, 1, day), timezone(timedelta(hours=7))) for day in (1, 2))  # noqa: DTZ001
    assert one.tzinfo is two.tzinfo
