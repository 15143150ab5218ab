"""Clauses whose words name another time than their check."""

from pathlib import Path

import pytest

from sopgen.base.diagnostic import Diagnostic, Level
from sopgen.compliance.consistency import look_for_conflicts
from sopgen.compliance.pack import Pack
from sopgen.sop.model import SopHistory
from sopgen.sop.reader import read_sop

HEAD = (
    "---\nid: cs\ntitle: T\nlanguage: id\nowner: K\napprover: D\nreview_every: 90d\n{hours}---\n\n"
    "## Standar\n\n"
)
HOURS = 'hours: {timezone: Asia/Jakarta, weekly: {mon-fri: ["08:00-17:00"]}}\n'
ROOT = Path(__file__).parents[2]
SOURCES = sorted([*ROOT.glob("sop_sources/*/sop.md"), *ROOT.glob("checks/gold/**/sops/*/sop.md")])


def flaws_of(text: str, pack: Pack) -> list[Diagnostic]:
    """Return what the lint says of times in the clauses of an SOP."""
    sop = read_sop(text, file="cs.md", report=lambda _: None)
    assert sop is not None
    return [flaw for flaw in look_for_conflicts([SopHistory(draft=sop)], pack) if flaw.code == "SOP226"]


def flaws_in(words: str, binding: str, pack: Pack, *, hours: str = "") -> list[Diagnostic]:
    """Return the same of one clause."""
    return flaws_of(f"{HEAD.format(hours=hours)}- **Wajib** {words}. {{#a check={binding}}}\n", pack)


def test_words_that_name_another_time_are_told_where_they_stand(pack: Pack) -> None:
    """The message names both, the remedy can be pasted."""
    (flaw,) = flaws_in("membalas pesan pertama dalam 2 menit", "first-response-time limit=90s", pack)
    assert flaw.level is Level.WARNING
    assert (flaw.span.line, flaw.span.column) == (12, 42)
    assert flaw.message == ("the clause 'a' says '2 menit', but first-response-time measures with limit=90s")
    assert flaw.hint == "write limit=2m, or let the words name the time of the check"


def test_a_default_in_force_counts_as_well(pack: Pack) -> None:
    """The clause sets nothing, so the check's own two minutes hold."""
    (flaw,) = flaws_in("membalas dalam dua jam", "first-response-time", pack)
    assert "limit=2m (its default)" in flaw.message
    assert flaw.hint.startswith("write limit=2h,")


@pytest.mark.parametrize(
    ("words", "binding"),
    [
        ("reply within 5 minutes", "first-response-time limit=2m"),
        ("membalas dalam 24 jam", "response-gap limit=4h"),
        ("membalas dalam 3-5 menit", "first-response-time limit=10m"),
        ("refund within three working days", "refund-within limit=5d"),
        ("meminta menunggu sebelum diam lebih dari 10 menit", "dead-air limit=5m"),
        ("menyusul paling lambat 10 menit sesudah tenggat", "promise-kept grace=5m"),
    ],
)
def test_words_and_parameter_that_differ_are_told(words: str, binding: str, pack: Pack) -> None:
    """In both languages, in digits and words, as a range, for every parameter that is a length of time."""
    assert len(flaws_in(words, binding, pack)) == 1


@pytest.mark.parametrize(
    ("words", "binding"),
    [
        ("membalas dalam 2 menit", "first-response-time limit=120s"),
        ("membalas dalam 2 menit", "first-response-time"),
        ("membalas dalam 24 jam", "response-gap limit=1d"),
        ("membalas dalam 1x24 jam", "response-gap limit=24h"),
        ("membalas dalam 3–5 menit", "first-response-time limit=4m"),
        ("membalas dalam 2 menit di chat dan 15 menit lewat surel", "first-response-time limit=15m"),
        ("membalas dalam 1 hari kerja", "response-gap limit=8h"),
        ("membalas sejak jam 9 sampai pukul 17.00", "first-response-time limit=2m"),
        ("membalas layanan 24 jam", "first-response-time limit=2m"),
        ("meminta konfirmasi bila pelanggan diam 10 menit", "confirm-before-close"),
        ("menepati janji 1x24 jam", "promise-kept"),
        ("menyebut “7 hari kerja”", "refund-within limit=3d"),
        ("meminta maaf setelah 10 menit", "complaint-apology"),
        ("membalas cepat", "first-response-time limit=2m"),
    ],
)
def test_in_doubt_nothing_is_said(words: str, binding: str, pack: Pack) -> None:
    """One time that fits is enough; what is mentioned, a condition or no length at all is left alone."""
    assert flaws_in(words, binding, pack) == []


@pytest.mark.parametrize(("limit", "count"), [("27h", 0), ("3d", 0), ("24h", 0), ("72h", 0), ("30h", 1)])
def test_a_working_day_may_be_a_day_of_opening_hours(limit: str, count: int, pack: Pack) -> None:
    """Three working days are 27 of these opening hours, three days, or three times eight hours."""
    found = flaws_in(
        "mengganti barang dalam 3 hari kerja", f"replacement-within limit={limit}", pack, hours=HOURS
    )
    assert len(found) == count


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.parent.name)
def test_the_sops_of_the_project_say_what_they_measure(path: Path, pack: Pack) -> None:
    """No false alarm where words and parameters agree."""
    assert flaws_of(path.read_text(encoding="utf-8"), pack) == []
