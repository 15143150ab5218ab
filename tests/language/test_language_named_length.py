"""Lengths of time that a text names, with both ends of a range, and those that may be no limit."""

from datetime import timedelta

import pytest

from sopgen.language.estimate.named import lengths_named_in

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("text", "words", "least", "most"),
    [
        ("membalas dalam 2 menit", "2 menit", 2 * MINUTE, 2 * MINUTE),
        ("dalam dua menit", "dua menit", 2 * MINUTE, 2 * MINUTE),
        ("within 5 minutes", "5 minutes", 5 * MINUTE, 5 * MINUTE),
        ("dalam **90 detik**.", "90 detik", 1.5 * MINUTE, 1.5 * MINUTE),
        ("sembilan puluh detik", "sembilan puluh detik", 1.5 * MINUTE, 1.5 * MINUTE),
        ("dua puluh empat jam", "dua puluh empat jam", DAY, DAY),
        ("within twenty-four hours", "twenty-four hours", DAY, DAY),
        ("dalam 1x24 jam", "1x24 jam", DAY, DAY),
        ("three working days", "three working days", 3 * DAY, 3 * DAY),
        ("3–5 menit", "3–5 menit", 3 * MINUTE, 5 * MINUTE),
        ("30 menit sampai 1 jam", "30 menit sampai 1 jam", HOUR / 2, HOUR),
        ("1 jam 30 menit", "1 jam 30 menit", 1.5 * HOUR, 1.5 * HOUR),
        ("1 menit 30 detik", "1 menit 30 detik", 1.5 * MINUTE, 1.5 * MINUTE),
        ("satu setengah jam", "satu setengah jam", 1.5 * HOUR, 1.5 * HOUR),
        ("diam lebih dari 10 menit", "10 menit", 10 * MINUTE, 10 * MINUTE),
        ("within an hour", "an hour", HOUR, HOUR),
        ("dalam 1 bulan", "1 bulan", 28 * DAY, 31 * DAY),
    ],
)
def test_a_length_is_read_with_both_its_ends(
    text: str, words: str, least: timedelta, most: timedelta
) -> None:
    """In digits and in words, of both languages, a range with both ends."""
    (named,) = lengths_named_in(text)
    assert text[named.start : named.end] == words
    assert (named.least, named.most, named.aside) == (least, most, False)


@pytest.mark.parametrize(
    "text",
    [
        "bila pelanggan diam 5 menit",
        "if the customer waits 5 minutes",
        "kepada yang sudah menunggu lebih dari 5 menit",
        "layanan 24 jam",
        "24 jam sehari",
        "tiga kali sehari",
        "once an hour",
        "garansi 30 hari",
        "jam 08.00–17.00 jam kerja",
        "pukul 9-17 hari kerja",
        "30 menit sebelum tutup",
        "seratus dua puluh menit",
        "½ jam",
        "1/2 jam",
        "3 hari terakhir",
    ],
)
def test_what_may_be_no_limit_is_told_apart(text: str) -> None:
    """Conditions, ages, opening hours, how often, and numbers that are read only in part."""
    assert all(each.aside for each in lengths_named_in(text))
    assert lengths_named_in(text)


@pytest.mark.parametrize("text", ["buka jam 9 sampai pukul 17.00 WIB", "dengan 3 pilihan", "segera", ""])
def test_a_text_that_names_no_length_yields_none(text: str) -> None:
    """A time of day is no length, and neither is a number alone."""
    assert lengths_named_in(text) == ()
