"""Spreadsheets (XLSX, XLS, ODS): every visible sheet whose header names a table, or the one asked for."""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from sopgen.base.suggestion import did_you_mean
from sopgen.conversation.column import NAME_THEM, columns_of
from sopgen.conversation.importer import ExportFile, UnreadableError
from sopgen.conversation.importers.rows.layout import header_in, is_table
from sopgen.conversation.importers.rows.source import Row, held_bytes
from sopgen.conversation.line import Tick
from sopgen.conversation.options import ImportOptions
from sopgen.conversation.origin import ARCHIVE_STARTS

_ROWS_LOOKED_AT = 15
_LARGEST_SHEET = 1 << 30
"""Bytes that the parts of a workbook may unpack to together (1 GiB; our decision, 2026-11-22)."""

_CHUNK = 1 << 20
_NO_HEADER = UnreadableError(
    "ROW105",
    "no sheet has a row that names columns for a conversation and its text",
    NAME_THEM,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbook:
    """The sheets of a workbook that hold messages: name, columns, and the number of the header's row.

    `stated` are the columns that the options name.
    """

    book: Any
    sheets: tuple[tuple[str, tuple[str, ...], int], ...]
    is_one: bool
    stated: Mapping[str, str]

    def rows(self, tick: Tick) -> Iterator[Row]:  # noqa: ARG002 -- the shape of a Source
        """Yield the rows below each header; cells merged over rows have their value in each."""
        for name, columns, header in self.sheets:
            sheet = self.book.get_sheet_by_name(name)
            merged = _Merged(sheet, columns, self.stated)
            for number, cells in enumerate(sheet.iter_rows(), start=1):
                if number > header and any(cell not in ("", None) for cell in cells):
                    values = dict(zip(columns, map(_plain, cells), strict=False))
                    merged.fill(values, number)
                    yield Row(f"{name} row {number}", values, ";".join(map(str, cells)), sheet=name)


class _Merged:
    """The cells of a sheet that are merged over several rows; a message's words and id are never repeated."""

    def __init__(self, sheet: Any, columns: Sequence[str], stated: Mapping[str, str]) -> None:
        fields = columns_of(columns, stated)
        kept = {fields.get(field) for field in ("text", "transcript", "id", "attachment")}
        left = (sheet.start or (0, 0))[1]
        self._above: dict[tuple[int, str], int] = {}
        self._held: dict[tuple[int, str], object] = {}
        for (top, first), (bottom, last) in sheet.merged_cell_ranges or ():
            for column in columns[max(0, first - left) : last - left + 1]:
                if column not in kept:
                    self._above |= {(row + 1, column): top + 1 for row in range(top, bottom + 1)}

    def fill(self, values: dict[str, Any], number: int) -> None:
        """Put into row `number`, from 1, what stands in the first row of each merged cell."""
        for column in values if self._above else ():
            top = self._above.get((number, column))
            if top == number:
                self._held[top, column] = values[column]
            elif top and values[column] in ("", None):
                values[column] = self._held.get((top, column), values[column])


def workbook_of(file: ExportFile, options: ImportOptions) -> Workbook:
    """Return the workbook; UnreadableError ROW103 damaged, ROW105 no table in it, ROW106 no such sheet."""
    if file.head.start.startswith(ARCHIVE_STARTS):
        _refuse_bomb(file)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(held_bytes(file)))
        names = _chosen(book, options.sheet)
        sheets = [(name, *_header_of(book, name, options)) for name in names]
    except CalamineError as error:
        reason = f"a spreadsheet that cannot be read: {error}"
        raise UnreadableError("ROW103", reason, "save it again, without a password") from error
    found = tuple((name, columns, header) for name, columns, header in sheets if columns)
    if not found:
        raise _NO_HEADER
    is_one = not any("conversation" in columns_of(columns, options.columns) for _, columns, _ in found)
    return Workbook(book=book, sheets=found, is_one=is_one, stated=options.columns)


def _chosen(book: Any, wanted: str) -> list[str]:
    names = [each.name for each in book.sheets_metadata if each.visible == SheetVisibleEnum.Visible]
    if not wanted:
        return names
    if wanted not in book.sheet_names:
        raise UnreadableError(
            "ROW106", f"the workbook has no sheet '{wanted}'", did_you_mean(wanted, book.sheet_names)
        )
    return [wanted]


def _header_of(book: Any, name: str, options: ImportOptions) -> tuple[tuple[str, ...], int]:
    """Return the columns of a sheet and the number of the row that names them; () when none does."""
    best: tuple[int, tuple[str, ...], int] = (0, (), 0)
    rows: Iterator[Sequence[object]] = book.get_sheet_by_name(name).iter_rows()
    for number, cells in zip(range(1, _ROWS_LOOKED_AT + 1), rows, strict=False):
        columns = header_in(cells)
        fields = columns_of(columns, options.columns)
        if is_table(fields) and len(fields) > best[0]:
            best = (len(fields), columns, number)
    return best[1:]


def _plain(cell: Any) -> Any:
    """Return a cell as the rest of the importer knows values: whole numbers without a fraction."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1 << 53:
        return int(cell)
    if isinstance(cell, datetime):
        return cell
    if isinstance(cell, date | time):
        return cell.isoformat()
    return cell


def _refuse_bomb(file: ExportFile) -> None:
    """Unpack every part once and forget it: the library that reads the workbook knows no bounds."""
    total = 0
    damages: list[UnreadableError] = []
    with file.tree() as tree:
        for name in tree.names:
            with tree.open(name, damages.append) as stream:
                while chunk := stream.read(_CHUNK):
                    total += len(chunk)
                    if total > _LARGEST_SHEET:
                        reason = f"the workbook unpacks to more than {_LARGEST_SHEET >> 30} GiB"
                        raise UnreadableError("EXP111", reason, "split it")
    if damages:
        raise damages[0]
