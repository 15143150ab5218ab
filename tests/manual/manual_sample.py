"""SOPs to build manuals from: read from the case files, and released without a disk."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from sopgen.manual.build import build_manuals
from sopgen.manual.work import Order
from sopgen.sop.library import read_library
from sopgen.sop.model import Category, Edition, Release, SopHistory

CASES = Path(__file__).parent / "cases"


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
            release=Release(
                version=version,
                category=Category.SUBSTANTIVE,
                effective=datetime(2026, month, 5, tzinfo=UTC),
                approved_by="Direktur Toko",
                approved_on=date(2026, month, 2),
                summary=f"Isi versi {version}.",
                source_sha256="0" * 64,
                pdf_sha256="0" * 64,
            ),
            sop=replace(history.draft, version=version),
        )
        for month, version in enumerate(versions, start=1)
    ]
    return SopHistory(draft=history.draft, editions=tuple(editions))


def build(histories, output, **options):
    """Return what was built and the diagnostics on the way."""
    flaws = []
    order = Order(**options)
    built = build_manuals(histories, order, output=output, report=flaws.append, progress=lambda _: None)
    return built, flaws
