"""The rows of a table, whatever it is written as: JSON Lines, a JSON array, CSV, a spreadsheet, Parquet.

A Source is walked as often as needed. A row is its place and its cells by column name, or None, what stood
there, and which conversations it may belong to (`remnant`) where it is none.
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
from sopgen.conversation.importers.rows.remnant import names_in_cells, names_in_object, rows_inside
from sopgen.conversation.line import LONGEST_LINE, Tick, read_lines
from sopgen.conversation.options import ImportOptions
from sopgen.conversation.origin import content_of

NOT_A_ROW = UnreadableError("ROW101", "not a JSON object", "write one message a line: {…}")
_BATCH = 4096
_PARQUET = b"PAR1"


class Row(NamedTuple):
    """One row: where it stands, its cells, and what it held where it is no row.

    `names` are then the conversations that it may belong to, likeliest first; "" is the table's only one.
    `is_inside`: another flawed row holds it, and tells of it unless it costs a conversation of its own.
    `sheet` is the name of a workbook's sheet.
    """

    position: str
    cells: Mapping[str, Any] | None
    raw: bytes | str = ""
    flaw: UnreadableError = NOT_A_ROW
    names: tuple[str, ...] = ()
    is_inside: bool = False
    sheet: str = ""


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
        written = _Lines if is_lines(head) or head.text.lstrip().startswith("{") else _Array
        return written(file=file, stated=options.columns)
    layout = layout_of(file, options)
    return _Delimited(file=file, shape=_shape_of(layout, options), layout=layout, remark=remark)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lines:
    """JSON Lines; `stated` are the columns that the options name."""

    file: ExportFile
    stated: Mapping[str, str]
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
                    yield Row(f"line {number}", None, raw, names=names_in_object(raw, self.stated))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Array:
    """A JSON array of objects; `stated` are the columns that the options name."""

    file: ExportFile
    stated: Mapping[str, str]
    is_one: bool = False

    def rows(self, tick: Tick) -> Iterator[Row]:
        """Yield each element."""
        for record in records_of(self.file, tick):
            if not isinstance(record, Record):
                flaw = _flaw(record.code, record.reason, record.hint)
                names = names_in_object(record.excerpt, self.stated)
                yield Row(record.position, None, record.excerpt, flaw, names)
            elif isinstance(record.value, dict):
                yield Row(record.position, record.value)
            else:
                yield Row(record.position, None, str(record.value)[:LONGEST_LINE])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shape:
    """What rows of text have in common.

    `place` is the column, from 0, that names a conversation, -1 where none does. `least` is how many cells a
    row has at least: those up to its text, its time and who wrote it. `shifted`: the text stands before the
    conversation, so that a delimiter in it moves that to the right.
    """

    columns: tuple[str, ...]
    delimiter: str
    place: int
    least: int
    shifted: bool

    def names_in(self, cells: list[str]) -> tuple[str, ...]:
        """Return the conversations that a flawed row may belong to; a cell alone may be a mere foot line."""
        if self.place < 0 and len(cells) > 1:
            return ("",)
        return names_in_cells(cells, len(self.columns), self.place, shifted=self.shifted)


def _shape_of(layout: Layout, options: ImportOptions) -> _Shape:
    fields = columns_of(layout.columns, options.columns)
    needed = {"conversation", "text", "transcript", "at", "date", "role" if "role" in fields else "author"}
    places = {field: layout.columns.index(name) for field, name in fields.items()}
    return _Shape(
        columns=layout.columns,
        delimiter=layout.delimiter,
        place=places.get("conversation", -1),
        least=1 + max((places[field] for field in needed & places.keys()), default=0),
        shifted=places.get("conversation", -1) > places.get("text", len(layout.columns)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Delimited:
    """CSV, TSV and their kin."""

    file: ExportFile
    layout: Layout
    shape: _Shape
    remark: Callable[[str], None]

    @property
    def is_one(self) -> bool:
        """Return whether no column names a conversation."""
        return self.shape.place < 0

    def rows(self, tick: Tick) -> Iterator[Row]:
        """Yield each row below the header; one with more cells than columns, or too few, is none (ROW104)."""
        csv.field_size_limit(LONGEST_LINE)
        layout = self.layout
        with self.file.open() as stream:
            lines = _Ticked(layout.lines(stream, self.remark), tick)
            yield from _below(csv.reader(lines, delimiter=layout.delimiter), self.shape, lines)
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


def _below(reader: Any, shape: _Shape, lines: _Ticked) -> Iterator[Row]:
    """Yield the rows that follow the header."""
    started, before = False, 0
    for cells in _rows_of(reader):
        position, spans, before = f"line {before + 1}", reader.line_num - before - 1, reader.line_num
        is_open, lines.quotes = spans > 0 and lines.quotes % 2 == 1, 0
        if isinstance(cells, csv.Error):
            yield Row(position, None, "", _flaw("ROW104", f"no row: {cells}", _MEND))
        elif not started:
            started = header_in(cells) == shape.columns
        elif is_open:
            yield from _swallowed(cells, shape, reader.line_num - spans, spans)
        elif any(cells):
            yield _row(cells, shape, position)


def _swallowed(cells: list[str], shape: _Shape, line: int, spans: int) -> Iterator[Row]:
    """Yield a row with a quotation mark that is never closed, and the lines that it swallowed."""
    flaw = _flaw(
        "ROW104",
        f"a quotation mark is never closed; {spans} lines below it are part of the row",
        "close it, or double it",
    )
    yield Row(f"line {line}", None, ";".join(cells), flaw, shape.names_in(cells))
    flaw = _flaw("ROW104", f"part of line {line}, where a quotation mark is never closed", flaw.hint)
    for number, inner in enumerate(rows_inside(cells, shape.delimiter), start=line + 1):
        yield Row(f"line {number}", None, ";".join(inner), flaw, shape.names_in(inner), is_inside=True)


def _rows_of(reader: Any) -> Iterator[list[str] | csv.Error]:
    """Yield the cells of each row, or why there are none; the rows behind such a one follow."""
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield error


def _row(cells: list[str], shape: _Shape, position: str) -> Row:
    width = len(shape.columns)
    if any(each.strip() for each in cells[width:]) or len(cells) < shape.least or len(cells) == 1 < width:
        flaw = _flaw("ROW104", f"{len(cells)} cells where the header has {width}", _MEND)
        return Row(position, None, ";".join(cells), flaw, shape.names_in(cells))
    return Row(position, dict(zip(shape.columns, cells, strict=False)), ";".join(cells))


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
