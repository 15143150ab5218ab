"""The rows of a table, whatever it is written as: JSON Lines, a JSON array, CSV, a spreadsheet, Parquet.

A Source is walked as often as needed. A row is its place and its cells by column name, or None and what stood
there where it is none.
"""

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

import orjson

from sopgen.conversation.column import columns_of
from sopgen.conversation.document.record import Record, is_lines, records_of
from sopgen.conversation.importer import ExportFile, UnreadableError
from sopgen.conversation.importers.rows.layout import Layout, header_in, layout_of
from sopgen.conversation.line import LONGEST_LINE, Tick, read_lines
from sopgen.conversation.options import ImportOptions
from sopgen.conversation.origin import content_of

NOT_A_ROW = UnreadableError("ROW101", "not a JSON object", "write one message a line: {…}")
_BATCH = 4096
_PARQUET = b"PAR1"


class Row(NamedTuple):
    """One row: where it stands, its cells, and what it held where it is no row."""

    position: str
    cells: Mapping[str, Any] | None
    raw: bytes | str = ""
    flaw: UnreadableError = NOT_A_ROW


class Source(Protocol):
    """A table that can be walked. `is_one`: no column names a conversation, so that the table is one."""

    @property
    def is_one(self) -> bool:
        """Return whether all rows are one conversation."""

    def rows(self, tick: Tick) -> Iterator[Row]:
        """Yield the rows, in order."""


def source_of(file: ExportFile, options: ImportOptions, remark: Callable[[str], None]) -> Source:
    """Return the table that the file is; UnreadableError ROW103 to ROW105 where it cannot be walked.

    `remark` is told, while it is walked, which characters had to be guessed.
    """
    head = file.head
    if head.start.startswith(_PARQUET):
        return _Parquet(file=file)
    if head.entries or head.start.startswith(b"\xd0\xcf\x11\xe0"):
        from sopgen.conversation.importers.rows.workbook import workbook_of  # noqa: PLC0415 -- a compiled library

        return workbook_of(file, options)
    if head.text.lstrip("\ufeff \t\r\n").startswith(("{", "[")):
        return (
            _Lines(file=file) if is_lines(head) or head.text.lstrip().startswith("{") else _Array(file=file)
        )
    layout = layout_of(file, options)
    is_one = "conversation" not in columns_of(layout.columns, options.columns)
    return _Delimited(file=file, layout=layout, is_one=is_one, remark=remark)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lines:
    """JSON Lines."""

    file: ExportFile
    is_one: bool = False

    def rows(self, tick: Tick) -> Iterator[Row]:
        """Yield each line that is not blank."""
        loads = orjson.loads
        with self.file.open() as stream:
            for number, raw in read_lines(stream, tick):
                try:
                    value = loads(raw) if len(raw) <= LONGEST_LINE else None
                except orjson.JSONDecodeError:
                    value = None
                if type(value) is dict:
                    yield Row(f"line {number}", value, raw)
                else:
                    yield Row(f"line {number}", None, raw)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Array:
    """A JSON array of objects."""

    file: ExportFile
    is_one: bool = False

    def rows(self, tick: Tick) -> Iterator[Row]:
        """Yield each element."""
        for record in records_of(self.file, tick):
            if not isinstance(record, Record):
                yield Row(
                    record.position, None, record.excerpt, _flaw(record.code, record.reason, record.hint)
                )
            elif isinstance(record.value, dict):
                yield Row(record.position, record.value)
            else:
                yield Row(record.position, None, str(record.value)[:LONGEST_LINE])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Delimited:
    """CSV, TSV and their kin."""

    file: ExportFile
    layout: Layout
    is_one: bool
    remark: Callable[[str], None]

    def rows(self, tick: Tick) -> Iterator[Row]:
        """Yield each row below the header; one with more cells than columns is none (ROW104)."""
        csv.field_size_limit(LONGEST_LINE)
        layout = self.layout
        with self.file.open() as stream:
            lines = _Ticked(layout.lines(stream, self.remark), tick)
            yield from _below(csv.reader(lines, delimiter=layout.delimiter), layout.columns, lines)
            tick(lines.read)


_MEND = "put cells that hold the delimiter or a line end into quotation marks"
_TOO_LONG = f"a line is longer than {LONGEST_LINE >> 20} MiB"


class _Ticked:
    """The lines of a text, told of as they are read; `quotes` are the quotation marks of the row so far."""

    def __init__(self, lines: Iterator[str], tick: Tick) -> None:
        self._lines = lines
        self._tick = tick
        self.read = self.quotes = 0

    def __iter__(self) -> Iterator[str]:
        """Return itself."""
        return self

    def __next__(self) -> str:
        """Return the next line; csv.Error for one too long, after which the others follow."""
        line = next(self._lines)
        self.read += len(line)
        self.quotes += line.count('"')
        if self.read > 1 << 20:
            self._tick(self.read)
            self.read = 0
        if len(line) > LONGEST_LINE:
            raise csv.Error(_TOO_LONG)
        return line


def _below(reader: Any, columns: tuple[str, ...], lines: _Ticked) -> Iterator[Row]:
    """Yield the rows that follow the header."""
    started, before = False, 0
    for cells in _rows_of(reader):
        position, spans, before = f"line {before + 1}", reader.line_num - before - 1, reader.line_num
        is_open, lines.quotes = spans > 0 and lines.quotes % 2 == 1, 0
        if isinstance(cells, csv.Error):
            yield Row(position, None, "", _flaw("ROW104", f"no row: {cells}", _MEND))
        elif not started:
            started = header_in(cells) == columns
        elif is_open:
            reason = f"a quotation mark is never closed; {spans} lines below it are part of the row"
            yield Row(position, None, ";".join(cells), _flaw("ROW104", reason, "close it, or double it"))
        elif any(cells):
            yield _row(cells, columns, position)


def _rows_of(reader: Any) -> Iterator[list[str] | csv.Error]:
    """Yield the cells of each row, or why there are none; the rows behind such a one follow."""
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield error


def _row(cells: list[str], columns: tuple[str, ...], position: str) -> Row:
    width = len(columns)
    if any(each.strip() for each in cells[width:]) or len(cells) == 1 < width:
        reason = f"{len(cells)} cells where the header has {width}"
        return Row(position, None, ";".join(cells), _flaw("ROW104", reason, _MEND))
    return Row(position, dict(zip(columns, cells, strict=False)), ";".join(cells))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parquet:
    """Parquet, read batch by batch."""

    file: ExportFile
    is_one: bool = False

    def rows(self, tick: Tick) -> Iterator[Row]:
        """Yield each row; ROW103 where the file is damaged."""
        import pyarrow as pa  # noqa: PLC0415 -- heavy
        import pyarrow.parquet as pq  # noqa: PLC0415

        number = 0
        try:
            with self.file.open() as stream:
                table = pq.ParquetFile(
                    stream if stream.seekable() else io.BytesIO(content_of(self.file.origin))
                )
                for batch in table.iter_batches(batch_size=_BATCH):
                    tick(batch.nbytes)
                    for cells in batch.to_pylist():
                        number += 1
                        yield Row(f"row {number}", cells)
        except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
            hint = "write the table again"
            yield Row(f"row {number + 1}", None, "", _flaw("ROW103", f"damaged Parquet: {error}", hint))


def held_bytes(file: ExportFile) -> bytes:
    """Return the whole file; UnreadableError EXP111 above LARGEST_ENTRY."""
    return content_of(file.origin)


def _flaw(code: str, reason: str, hint: str) -> UnreadableError:
    return UnreadableError(code, reason[:400], hint)
