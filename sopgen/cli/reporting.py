"""Which runs a report is of, where it goes, and in which files."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from os import path as paths
from pathlib import Path

from sopgen.base.errors import UsageError
from sopgen.cli.choice import run_folder
from sopgen.cli.own_report import SITE
from sopgen.cli.printing import printed
from sopgen.quality.figure.figures import Reader
from sopgen.quality.hypertext import render
from sopgen.quality.report import Assignment, Pages, opened, page_name, write_page
from sopgen.runs.night.page import REPORTS, span_of
from sopgen.runs.summary import RunSummary

PAGES = ("html", "pdf")
"""The formats that are pages; the others are files of figures."""

CASES_ON_PAPER = 20
"""Conversations that a PDF works through: some forty sheets (our decision, 2026-11-22)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a report came to: the runs that it is of, oldest first, and the files that were written.

    `conversations` counts each conversation once, as the reports do.
    """

    runs: tuple[RunSummary, ...]
    conversations: int
    files: tuple[Path, ...]


def chosen_runs(runs: Sequence[Path], out: Path) -> tuple[Path, ...]:
    """Return the folders of the runs that are named, each once."""
    return tuple(dict.fromkeys(run_folder(run, out) for run in runs))


def place_of(runs: Sequence[Path], out: Path, to: Path | None) -> Path:
    """Return the folder that reports go to: as asked, else beside the run, else named by first and last."""
    if to is not None:
        if to.exists() and not to.is_dir():
            message = f"'{to}' is a file, and reports go to a folder"
            raise UsageError("CLI101", message, hint="name a folder: --to DIR")
        return to
    if len(runs) == 1:
        return runs[0]
    return out / REPORTS / span_of(run.name for run in runs)


def site_from(folder: Path, out: Path) -> str:
    """Return where the manuals lie as seen from a folder, "" when none were built."""
    site = out / SITE
    return Path(paths.relpath(site, folder)).as_posix() if (site / "index.html").is_file() else ""


def write_all(
    assignment: Assignment, readers: Sequence[Reader], formats: Sequence[str], folder: Path
) -> Written:
    """Return what was written into the folder, for each reader in each format."""
    with opened(assignment) as pages:
        files = tuple(_written(pages, readers, formats, folder))
        ((conversations,),) = pages.results.rows("SELECT count(*) FROM latest_conversations")
        summaries = tuple(run.summary for run in pages.results.runs)
        return Written(runs=summaries, conversations=conversations, files=files)


def _written(pages: Pages, readers: Sequence[Reader], formats: Sequence[str], folder: Path) -> Iterator[Path]:
    for form in formats:
        for reader in readers if form in PAGES else ():
            path = folder / page_name(reader, form)
            yield write_page(path, _page(pages, reader, form, path.name))
    files = [form for form in dict.fromkeys(formats) if form not in PAGES]
    if files:
        yield from _figures(pages, readers, files, folder)


def _page(pages: Pages, reader: Reader, form: str, name: str) -> str | bytes:
    if form == "html":
        return render(pages.page(reader))
    created = pages.results.runs[-1].summary.started_at
    return printed(pages.page(reader, limit=CASES_ON_PAPER), name=name, created=created)


def _figures(pages: Pages, readers: Sequence[Reader], forms: Sequence[str], folder: Path) -> Sequence[Path]:
    from sopgen.quality.output.writing import Format, write_figures  # noqa: PLC0415 - workbooks are rare

    assignment = pages.assignment
    return write_figures(
        pages.results,
        readers,
        tuple(map(Format, forms)),
        folder,
        veil=assignment.veil,
        known=assignment.known,
        history=pages.history,
    )
