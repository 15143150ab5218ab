"""SOPs to build manuals from: read from the case files, and released without a disk."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sopgen.base.diagnostic import Level
from sopgen.manual.body import render_body
from sopgen.manual.build import build_manuals
from sopgen.manual.model import Shelved, manuals_of
from sopgen.manual.work import Order
from sopgen.sop.library import read_library
from sopgen.sop.model import Category, Edition, Release, SopHistory
from sopgen.sop.reader import read_sop

CASES = Path(__file__).parent / "cases"
AS_OF = datetime(2026, 4, 1, tzinfo=UTC)
"""When the second of the three versions of tanya-toko governs, and the third is still to come."""


def read_sops(folder: Path) -> tuple[SopHistory, ...]:
    """Return the SOPs of a folder, which must be without errors or warnings."""
    flaws = []
    histories = read_library(folder, flaws.append)
    assert flaws == []
    return histories


def released(history: SopHistory, *versions: str) -> SopHistory:
    """Return the history with its draft released as each of the versions, a month apart from January 2026."""
    editions = [
        Edition(
            release=_release(version, datetime(2026, month, 5, tzinfo=UTC)),
            sop=replace(history.draft, version=version),
        )
        for month, version in enumerate(versions, start=1)
    ]
    return SopHistory(draft=history.draft, editions=tuple(editions))


def read_versions(folder: Path) -> SopHistory:
    """Return an SOP from one file a version (`1.0.md`), effective on the 5th of every second month."""
    editions = []
    for place, path in enumerate(sorted(folder.glob("*.md"))):
        sop = read_sop(path.read_text(encoding="utf-8"), file=str(path), report=_refuse)
        sop = replace(sop, version=path.stem, folder=str(folder))
        effective = datetime(2026, 1 + 2 * place, 5, tzinfo=UTC)
        editions.append(Edition(release=_release(path.stem, effective, place), sop=sop))
    return SopHistory(draft=None, editions=tuple(editions))


def shelve(histories, **options) -> list[Shelved]:
    """Return every version with its body, as the site takes them, without PDFs."""
    return [
        Shelved(
            manual=manual,
            body=render_body(manual.sop, report=lambda _: None, notes=manual.lineage.notes(manual.version)),
        )
        for history in histories
        for manual in manuals_of(history, **options)
    ]


def _refuse(flaw) -> None:
    assert flaw.level is not Level.ERROR, flaw


def _release(version: str, effective: datetime, place: int = 0) -> Release:
    return Release(
        version=version,
        category=Category.SUBSTANTIVE,
        effective=effective,
        approved_by="Direktur Toko",
        approved_on=effective.date() - timedelta(days=3),
        summary=f"Isi versi {version}.",
        source_sha256="0" * 64,
        pdf_sha256="0" * 64,
        place=place,
    )


def build(histories, output, **options):
    """Return what was built and the diagnostics on the way."""
    flaws = []
    order = Order(**options)
    built = build_manuals(histories, order, output=output, report=flaws.append, progress=lambda _: None)
    return built, flaws
