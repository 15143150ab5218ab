"""The rows of a table, whatever it is written as: JSON Lines, a JSON array, CSV, a spreadsheet, Parquet.

A Source is walked as often as needed. A row is its place and its cells by column name, or None and what stood
there where it is none.
"""

import csv
import io
from collections.abc import Iterator, Mapping
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


def source_of(file: ExportFile, options: ImportOptions) -> Source:
    """Return the table that the file is; UnreadableError ROW103 to ROW105 where it cannot be walked."""
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
    return _Delimited(file=file, layout=layout, is_one=is_one)


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

    def rows(self, tick: Tick) -> Iterator[Row]:
        """Yield each row below the header; one with more cells than columns is none (ROW104)."""
        csv.field_size_limit(LONGEST_LINE)
        layout = self.layout
        with self.file.open() as stream:
            lines = _ticked(layout.lines(stream), tick)
            reader = csv.reader(lines, delimiter=layout.delimiter)
            try:
                yield from _below(reader, layout.columns)
            except csv.Error as error:
                yield Row(f"line {reader.line_num}", None, "", _flaw("ROW104", f"no row: {error}", _MEND))


_MEND = "put cells that hold the delimiter or a line end into quotation marks"


def _below(reader: Any, columns: tuple[str, ...]) -> Iterator[Row]:
    """Yield the rows that follow the header."""
    width, started, before = len(columns), False, 0
    for cells in reader:
        position, before = f"line {before + 1}", reader.line_num
        if not started:
            started = header_in(cells) == columns
        elif any(cells):
            extra = cells[width:]
            if any(each.strip() for each in extra) or len(cells) == 1 < width:
                reason = f"{len(cells)} cells where the header has {width}"
                yield Row(position, None, ";".join(cells), _flaw("ROW104", reason, _MEND))
            else:
                yield Row(position, dict(zip(columns, cells, strict=False)), ";".join(cells))


def _ticked(lines: Iterator[str], tick: Tick) -> Iterator[str]:
    read = 0
    for line in lines:
        read += len(line)
        if read > 1 << 20:
            tick(read)
            read = 0
        if len(line) > LONGEST_LINE:
            raise csv.Error("a line is too long")
        yield line
    tick(read)


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
