"""Every output shows the same figures with their types, and no text in it does anything."""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import orjson
import pyarrow.parquet as pq
import pytest
from figure_month import VEIL, asked, runs
from lxml import etree
from openpyxl.utils.datetime import to_excel

from sopgen.compliance.model import Titles
from sopgen.quality.figure.figures import QaFigures, Reader, figures
from sopgen.quality.letter import report_letter
from sopgen.quality.output.delimited import write_delimited, written
from sopgen.quality.output.sheet import Head, Kind, Sheet
from sopgen.quality.output.sheets import sheets
from sopgen.quality.output.workbook import LONGEST_TEXT, sheet_name, write_workbook
from sopgen.quality.output.writing import Format, write_figures
from sopgen.quality.wording import Wording
from sopgen.runs.results import Results, open_results

MILLISECOND = 1e-3
"""Below it a workbook knows no time."""

HOSTILE = (
    "=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "＝1", "<b>x</b>", "http://a.example/", "00123",
    '"quoted", and, more', "two\nlines", "bell\x07", "half \ud800", "'", "{=1}", "1E5", "TRUE", " =1",
)  # fmt: skip


@pytest.fixture(scope="module")
def results() -> Iterator[Results]:
    """Return the month, open for reading."""
    with open_results(runs()) as opened:
        yield opened


@pytest.fixture(scope="module")
def tables(results: Results) -> dict[tuple[str, str], Sheet]:
    """Return every sheet by reader and key."""
    return {
        (reader.value, sheet.key): sheet for reader in Reader for sheet in sheets(results, reader, veil=VEIL)
    }


def close(one: object, other: object, slack: float) -> bool:
    """Return whether two values are the same, fractions within the slack."""
    if isinstance(one, float) or isinstance(other, float):
        return one is not None and other is not None and one == pytest.approx(other, rel=0, abs=slack)
    return one == other


def rows_agree(
    found: list[tuple[object, ...]], expected: tuple[tuple[object, ...], ...], *, slack: float = 1e-12
) -> None:
    assert len(found) == len(expected)
    for got, wanted in zip(found, expected, strict=True):
        differing = [pair for pair in zip(got, wanted, strict=True) if not close(*pair, slack)]
        assert not differing


def test_the_workbook_reads_back_with_its_types(
    results: Results, tables: dict[tuple[str, str], Sheet], tmp_path: Path
) -> None:
    """A sheet for each table of each reader: numbers are numbers, days days, the head frozen, filters on."""
    (path,) = write_figures(results, tuple(Reader), [Format.XLSX], tmp_path, veil=VEIL)
    book = openpyxl.load_workbook(path)
    assert len(book.worksheets) == len(tables)
    for page, ((reader, _), sheet) in zip(book.worksheets, tables.items(), strict=True):
        assert page.title == sheet_name(reader.upper(), sheet.title.id)
        assert page.freeze_panes == "A2"
        assert page.auto_filter.ref is not None
        head, *rows = page.iter_rows(values_only=True)
        assert head == tuple(each.title.id for each in sheet.heads)
        assert not [cell for row in page.iter_rows() for cell in row if cell.data_type == "f"]
        kinds = [each.kind for each in sheet.heads]
        told = [tuple(map(_from_excel, row, kinds)) for row in rows]
        spoken = [place for place, each in enumerate(sheet.heads) if each.words]
        rows_agree(_without(told, spoken), _without(_for_excel(sheet), spoken), slack=MILLISECOND)


def _without(rows: Iterable[tuple[object, ...]], places: list[int]) -> tuple[tuple[object, ...], ...]:
    """Return the rows without the columns at some places."""
    return tuple(tuple(each for at, each in enumerate(row) if at not in places) for row in rows)


def test_a_workbook_speaks_its_readers_language(results: Results, tmp_path: Path) -> None:
    """Words of ours are Indonesian below Indonesian heads; files for machines keep the words themselves."""
    (path,) = write_figures(results, (Reader.QA,), [Format.XLSX], tmp_path, veil=VEIL)
    page = openpyxl.load_workbook(path)["Klausul"]
    head, *rows = page.iter_rows(values_only=True)
    told = {title: {row[place] for row in rows} for place, title in enumerate(head)}
    assert told["Tingkat"] <= {"kritis", "mayor", "minor"}
    assert told["Golongan"] <= {"merugikan pelanggan", "merugikan perusahaan", "melanggar aturan"}
    found = next(each for each in sheets(results, Reader.QA, veil=VEIL) if each.key == "clauses")
    place = [each.key for each in found.heads].index("severity")
    assert {row[place] for row in found.rows} <= {"critical", "major", "minor"}


def _from_excel(value: Any, kind: Kind) -> object:
    if value is None:
        return ""
    if kind is Kind.SECONDS:
        return float(to_excel(value)) * 86_400 if not isinstance(value, (int, float)) else value * 86_400
    if kind is Kind.DAY:
        assert isinstance(value, datetime)
        return value.date()
    return value


def _for_excel(sheet: Sheet) -> tuple[tuple[object, ...], ...]:
    """Return the rows as a workbook gives them back: texts that are empty and no value are one."""

    def shown(value: object, kind: Kind) -> object:
        if value is None:
            return ""
        if kind is Kind.SECONDS:
            assert isinstance(value, (int, float))
            return float(value)
        return value

    return tuple(
        tuple(shown(value, head.kind) for value, head in zip(row, sheet.heads, strict=True))
        for row in sheet.rows
    )


def test_the_workbook_has_the_same_bytes_again(results: Results, tmp_path: Path) -> None:
    """Its date is that of the newest run."""
    one, other = (
        write_figures(results, [Reader.LEAD], [Format.XLSX], tmp_path / name, veil=VEIL)[0] for name in "ab"
    )
    assert one.name == "report-lead.xlsx"
    assert one.read_bytes() == other.read_bytes()


def test_parquet_and_json_hold_the_same_rows(
    results: Results, tables: dict[tuple[str, str], Sheet], tmp_path: Path
) -> None:
    """Values come back as they were counted."""
    paths = write_figures(results, tuple(Reader), [Format.PARQUET], tmp_path, veil=VEIL)
    assert sorted(path.name for path in paths) == sorted(
        f"report-{reader}-{key}.parquet" for reader, key in tables
    )
    (document,) = write_figures(results, tuple(Reader), [Format.JSON], tmp_path, veil=VEIL)
    told = {each["reader"]: each["tables"] for each in orjson.loads(document.read_bytes())}
    for (reader, key), sheet in tables.items():
        stored = pq.read_table(tmp_path / f"report-{reader}-{key}.parquet").to_pylist()
        rows_agree([tuple(row.values()) for row in stored], sheet.rows)
        rows_agree([tuple(row.values()) for row in told[reader][key]], _as_text(sheet))


def _as_text(sheet: Sheet) -> tuple[tuple[object, ...], ...]:
    def shown(value: object) -> object:
        return value.isoformat() if isinstance(value, date) else value

    return tuple(tuple(map(shown, row)) for row in sheet.rows)


def test_csv_holds_the_same_rows(
    results: Results, tables: dict[tuple[str, str], Sheet], tmp_path: Path
) -> None:
    """Every cell is written by one rule, with a mark that Excel knows UTF-8 by."""
    write_figures(results, tuple(Reader), [Format.CSV], tmp_path, veil=VEIL)
    for (reader, key), sheet in tables.items():
        path = tmp_path / f"report-{reader}-{key}.csv"
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")
        with path.open(encoding="utf-8-sig", newline="") as file:
            head, *rows = csv.reader(file)
        assert head == [each.key for each in sheet.heads]
        assert rows == [[written(value) for value in row] for row in sheet.rows]


def test_junit_tells_a_case_for_each_clause(results: Results, tmp_path: Path) -> None:
    """Broken clauses fail, in the number that DuckDB finds; what was never decided is skipped."""
    (path,) = write_figures(results, [Reader.QA], [Format.JUNIT], tmp_path, veil=VEIL)
    root = etree.parse(path).getroot()
    ((clauses, broken, silent),) = asked("""
        SELECT count(*), count(*) FILTER (failed > 0), count(*) FILTER (failed + passed = 0)
        FROM (SELECT sop, clause, "check", count(*) FILTER (verdict = 'fail') AS failed,
                     count(*) FILTER (verdict = 'pass') AS passed FROM V GROUP BY ALL)""")
    assert len(root.findall(".//testcase")) == clauses == int(root.get("tests"))
    assert len(root.findall(".//failure")) == broken == int(root.get("failures"))
    assert len(root.findall(".//skipped")) == silent == int(root.get("skipped"))


def test_five_lines_say_what_matters(results: Results, tmp_path: Path) -> None:
    """Numbers are those of the files, written as the language does."""
    found = figures(results, Reader.QA, veil=VEIL)
    assert isinstance(found, QaFigures)
    ((conversations, critical),) = asked("""
        SELECT (SELECT count(*) FROM C), count(*) FROM V WHERE verdict = 'fail' AND severity = 'critical'""")
    indonesian, english = (report_letter(found, Wording(language)).lines for language in ("id", "en"))
    assert len(indonesian) == len(english) == 5
    assert f"{conversations} percakapan" in indonesian[0]
    assert f" {critical} critical" in english[1]
    assert f"{100 * (found.service.whole.satisfied.value or 0):.1f}".replace(".", ",") in indonesian[4]
    (path,) = write_figures(results, [Reader.OWNER], [Format.TEXT], tmp_path, veil=VEIL)
    assert path.read_text(encoding="utf-8").splitlines() == list(indonesian)


def hostile_sheet() -> Sheet:
    """Return a table of texts that want to be something else."""
    head = Head(key="text", title=Titles(id="=Teks", en="=Text"), kind=Kind.TEXT)
    return Sheet(
        key="x",
        title=Titles(id="a/b [c]:*?", en="x" * 40),
        heads=(head,),
        rows=(*((each,) for each in HOSTILE), ("x" * 40_000,)),
    )


def test_no_text_becomes_a_formula_or_a_link(tmp_path: Path) -> None:
    """What was said stays text in a workbook, to the letter, but for signs that no XML holds."""
    path = tmp_path / "x.xlsx"
    write_workbook([("QA", hostile_sheet())], path, language="id", created=datetime(2026, 11, 21, tzinfo=UTC))
    page = openpyxl.load_workbook(path).worksheets[0]
    cells = [row[0] for row in page.iter_rows()]
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr"}
    assert not any(cell.hyperlink for cell in cells)
    kept = [each.replace("\x07", "").replace("\ud800", "?") for each in HOSTILE]
    assert [cell.value for cell in cells] == ["=Teks", *kept, "x" * LONGEST_TEXT]


def test_csv_neutralises_what_would_be_a_formula(tmp_path: Path) -> None:
    """Such a text begins with an apostrophe; a negative number stays a number."""
    write_delimited(hostile_sheet(), tmp_path / "x.csv")
    with (tmp_path / "x.csv").open(encoding="utf-8-sig", newline="") as file:
        (_, *rows) = csv.reader(file)
    for (cell,) in rows:
        assert not cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "＝"))
    assert written(-2.5) == "-2.5"
    assert written("<b>x</b>") == "<b>x</b>"


def test_names_of_sheets_fit_excel() -> None:
    """At most 31 signs, none that Excel refuses."""
    assert sheet_name("QA", "a/b [c]:*?") == "QA a b  c"
    assert len(sheet_name("OWNER", "x" * 40)) == 31


def test_every_finding_is_listed_with_what_it_says(results: Results) -> None:
    """As many rows as DuckDB counts fails, the gravest first, each under the name by which people decide."""
    found = {sheet.key: sheet for sheet in sheets(results, Reader.QA, veil=VEIL)}
    heads = [head.key for head in found["findings"].heads]
    told = [dict(zip(heads, row, strict=True)) for row in found["findings"].rows]
    expected = asked("""
        SELECT sop, clause, "check", severity, count(*) FROM V WHERE verdict = 'fail' GROUP BY ALL""")
    counted = Counter((each["sop"], each["clause"], each["check"], each["severity"]) for each in told)
    assert counted == {tuple(key): count for *key, count in expected}
    order = ["critical", "major", "minor"]
    assert [each["severity"] for each in told] == sorted((each["severity"] for each in told), key=order.index)
    assert len({each["finding"] for each in told}) == len(told)
    assert {each["standing"] for each in told} == {"new"}
    assert found["scope"].rows[0][-1] == len(told)


def test_complaints_add_up(tables: dict[tuple[str, str], Sheet]) -> None:
    """The groups and what fits none are all complaints, and so are their weeks."""
    ((complaints,),) = asked("SELECT count(*) FROM C WHERE trim(coalesce(complaint_text, '')) <> ''")
    groups, weeks = (
        [dict(zip([head.key for head in sheet.heads], row, strict=True)) for row in sheet.rows]
        for sheet in (tables["owner", "complaints"], tables["owner", "complaint_weeks"])
    )
    assert complaints > 0
    assert sum(each["complaints"] for each in groups if not each["inside"]) == complaints
    assert sum(each["complaints"] for each in weeks) == complaints
