"""A run's report, written beside its results."""

from pathlib import Path

from sopgen.base.errors import UsageError
from sopgen.quality.casework import Desk
from sopgen.quality.clause import Manual
from sopgen.quality.composition import compose
from sopgen.quality.hypertext import render
from sopgen.quality.risk import CASES_SHOWN
from sopgen.quality.veil import out_of, project_veil
from sopgen.quality.wording import Wording
from sopgen.runs.results import open_results
from sopgen.runs.trouble import storing

REPORT = "report.html"
LANGUAGES = ("id", "en")


def write_report(
    run_folder: Path,
    *,
    language: str = "id",
    manual_url: str | None = None,
    limit: int = CASES_SHOWN,
    unmasked: bool = False,
) -> Path:
    """Return the report of a stored run, written as `report.html` beside its results.

    `manual_url` is where the manuals' site lies as seen from the run's folder, such as `../../site`; without
    it nothing links to clauses. `unmasked` shows personal data: whoever asks for it records why first
    (`unmasking`). StorageError: STO101, STO102, STO201, STO202, PRV101. UsageError: RPT101.
    """
    if language not in LANGUAGES:
        raise UsageError(
            "RPT101", f"no report can be written in '{language}'", hint=f"use one of: {', '.join(LANGUAGES)}"
        )
    with open_results((run_folder,)) as results:
        veil = project_veil(out_of(run_folder), language=language, unmasked=unmasked)
        desk = Desk(wording=Wording(language), veil=veil, manual=Manual(url=manual_url or ""))
        page = compose(results, desk, limit=limit)
    return _write(run_folder / REPORT, render(page))


def _write(path: Path, html: str) -> Path:
    """Return the path, its file whole or as it was before."""
    draft = path.with_name(f".{path.name}.part")
    with storing(path):
        try:
            draft.write_text(html, encoding="utf-8", errors="replace")
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
    return path
