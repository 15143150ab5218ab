"""Figures written in a format that is no page: which formats there are, and what each writes where."""

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

from sopgen.quality.figure.figures import QaFigures, Reader, qa_figures
from sopgen.quality.known import Known
from sopgen.quality.letter import report_letter
from sopgen.quality.output.columnar import write_columnar
from sopgen.quality.output.delimited import write_delimited
from sopgen.quality.output.document import write_document
from sopgen.quality.output.junit import write_junit
from sopgen.quality.output.sheet import Sheet
from sopgen.quality.output.sheets import sheets
from sopgen.quality.output.workbook import write_workbook
from sopgen.quality.veil import Veil
from sopgen.quality.wording import Wording
from sopgen.runs.results import Results
from sopgen.runs.trouble import storing


class Format(StrEnum):
    """What figures can be written as, besides pages."""

    XLSX = "xlsx"
    CSV = "csv"
    JSON = "json"
    JUNIT = "junit"
    PARQUET = "parquet"
    TEXT = "text"


_SUFFIXES = {Format.JUNIT: "xml", Format.TEXT: "txt"}


def write_figures(
    results: Results,
    readers: Sequence[Reader],
    forms: Sequence[Format],
    folder: Path,
    *,
    veil: Veil,
    known: Known | None = None,
    history: Results | None = None,
) -> tuple[Path, ...]:
    """Return the files that were written into `folder`, in the veil's language; `history` as in `figures`.

    What several formats show is counted once.

    XLSX, JSON: one file for all readers (`report.xlsx`, or `report-lead.xlsx` for one). CSV, Parquet: a file
    for each table (`report-lead-agents.csv`). JUnit and text: `report.xml` and `report.txt`, whoever reads.
    StorageError: STO101, STO102; STO202 where a stored file is damaged.
    """
    with storing(folder):
        folder.mkdir(parents=True, exist_ok=True)
    summaries = [form for form in forms if form in (Format.JUNIT, Format.TEXT)]
    tabular = [form for form in forms if form not in summaries]
    written: list[Path] = []
    if tabular:
        tables = [(each, sheets(results, each, veil=veil, known=known, history=history)) for each in readers]
        stem = f"report-{readers[0]}" if len(readers) == 1 else "report"
        for form in tabular:
            path = folder / f"{stem}.{form}"
            written += _write_tables(tables, form, path, results=results, language=veil.language)
    if summaries:
        found = qa_figures(results, veil, known, history=history)
        written += [_write_summary(found, form, folder, veil.language) for form in summaries]
    return tuple(written)


def _write_summary(found: QaFigures, form: Format, folder: Path, language: str) -> Path:
    path = folder / f"report.{_SUFFIXES[form]}"
    if form is Format.JUNIT:
        write_junit(found.clauses, found.scope, path)
    else:
        with storing(path):
            path.write_text(report_letter(found, Wording(language)).body + "\n", encoding="utf-8")
    return path


def _write_tables(
    tables: Sequence[tuple[Reader, Sequence[Sheet]]],
    form: Format,
    path: Path,
    *,
    results: Results,
    language: str,
) -> tuple[Path, ...]:
    if form is Format.XLSX:
        several = len(tables) > 1
        pages = [(reader.upper() if several else "", each) for reader, group in tables for each in group]
        write_workbook(pages, path, language=language, created=results.runs[-1].summary.started_at)
        return (path,)
    if form is Format.JSON:
        write_document(tables, path)
        return (path,)
    return tuple(_write_table(each, reader, form, path) for reader, group in tables for each in group)


def _write_table(sheet: Sheet, reader: Reader, form: Format, path: Path) -> Path:
    write = write_delimited if form is Format.CSV else write_columnar
    place = path.with_name(f"report-{reader}-{sheet.key}.{form}")
    write(sheet, place)
    return place
