"""Which version governs."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from sopgen.sop.model import Category, Edition, Release, Sop, SopHistory

DRAFT = Sop(id="cs", title="CS", language="id", owner="K", approver="D", review_every=timedelta(days=90))


def edition(version: str, effective: datetime) -> Edition:
    release = Release(
        version=version,
        category=Category.SUBSTANTIVE,
        effective=effective,
        approved_by="D",
        approved_on=date(2026, 1, 1),
        summary="",
        source_sha256="",
        pdf_sha256="",
    )
    return Edition(release=release, sop=replace(DRAFT, version=version))


def version_at(history: SopHistory, at: datetime | None) -> str | None:
    sop = history.in_force(at)
    return sop.version if sop else None


def test_the_version_that_took_effect_last_governs_whatever_the_order_of_the_index() -> None:
    """A release entered late with an earlier date does not push out the one after it."""
    may, june, july = (datetime(2026, month, 1, tzinfo=UTC) for month in (5, 6, 7))
    history = SopHistory(
        draft=DRAFT, editions=(edition("1.0", may), edition("2.0", july), edition("1.1", june))
    )
    instants = (may - timedelta(seconds=1), may, june, july, None)
    assert [version_at(history, at) for at in instants] == [None, "1.0", "1.1", "2.0", "2.0"]


def test_of_two_versions_effective_at_once_the_later_entry_governs() -> None:
    """A correction made for the same day replaces what it corrects."""
    may = datetime(2026, 5, 1, tzinfo=UTC)
    history = SopHistory(draft=DRAFT, editions=(edition("1.0", may), edition("1.1", may)))
    assert version_at(history, may) == "1.1"


def test_without_a_release_the_draft_governs() -> None:
    """An SOP that was never released is judged as its draft."""
    assert version_at(SopHistory(draft=DRAFT), None) == "draft"
