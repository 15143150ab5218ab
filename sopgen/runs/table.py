"""A Parquet file being written, a batch of rows at a time; what its columns are is the caller's.

Rows come as Arrow batches of any size, and are written in row groups of one size: how they were batched
leaves no trace in the file.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

import pyarrow as pa
import pyarrow.parquet as pq

from sopgen.runs.lines import whole
from sopgen.runs.trouble import storing

BATCH_ROWS = 50_000
"""Verdicts held in memory before they are written, and so the rows of a row group (our decision, 2026-11-21):
some 20 MB. It shapes the bytes of the file; it is therefore no option of a run."""

INSTANT = pa.timestamp("us", tz="UTC")
"""How an instant is stored: in UTC."""

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """A column: its name, its Arrow type, and what a row holds in it.

    `part` is what of a row decides it, if rows share that: their value is then worked out once.
    """

    name: str
    type: Any
    of: Callable[[Row], Any]
    part: Callable[[Row], object] | None = None


class Table:
    """A table being written, `batch_rows` at a time. StorageError: STO101, STO102."""

    def __init__(self, path: Path, columns: Sequence[Column[Any]], *, batch_rows: int = BATCH_ROWS) -> None:
        self._path = path
        self._batch_rows = batch_rows
        self._schema = schema_of(columns)
        self._held: list[Any] = []
        self._waiting = 0
        self.rows = 0
        with storing(path):
            self._writer = pq.ParquetWriter(path, self._schema, compression="zstd")

    def append(self, batch: Any) -> None:
        """Write the rows of an Arrow batch (`record_batch`), in their order."""
        self._held.append(batch)
        self._waiting += batch.num_rows
        if self._waiting >= self._batch_rows:
            self._write(self._waiting - self._waiting % self._batch_rows)

    def __enter__(self) -> Self:
        """Return the table itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Write what is held and the footer; after an error only let go of the file."""
        if kind is not None:
            _let_go(self._writer)
            return
        if self._waiting:
            self._write(self._waiting)
        with storing(self._path):
            self._writer.close()

    def _write(self, count: int) -> None:
        """Write the first rows that are held, each row group from one piece of memory."""
        held = pa.Table.from_batches(self._held, schema=self._schema)
        for start in range(0, count, self._batch_rows):
            group = held.slice(start, min(self._batch_rows, count - start)).combine_chunks()
            with storing(self._path):
                self._writer.write_table(group, row_group_size=self._batch_rows)
        self.rows += count
        self._waiting -= count
        self._held = held.slice(count).combine_chunks().to_batches()


def schema_of(columns: Sequence[Column[Any]]) -> Any:
    """Return the Arrow schema of the columns."""
    return pa.schema([(column.name, column.type) for column in columns])


def record_batch(columns: Sequence[Column[Row]], rows: Sequence[Row]) -> Any:
    """Return the rows as an Arrow batch; half characters, which no file can hold, are question marks."""
    parts = dict.fromkeys(column.part for column in columns if column.part is not None)
    shared = {part: _shared(part, rows) for part in parts}
    arrays = [
        _array(column, rows) if column.part is None else _taken(column, *shared[column.part])
        for column in columns
    ]
    return pa.record_batch(arrays, schema=schema_of(columns))


def _shared(part: Callable[[Row], object], rows: Sequence[Row]) -> tuple[list[Row], Any]:
    """Return a row for each part that rows share, and for each row the place of its own among them."""
    keys = list(map(id, map(part, rows)))
    examples = dict(zip(keys, rows, strict=True))
    places = dict(zip(examples, range(len(examples)), strict=True))
    return list(examples.values()), pa.array(list(map(places.__getitem__, keys)), type=pa.int32())


def _taken(column: Column[Row], examples: list[Row], places: Any) -> Any:
    return _array(column, examples).take(places)


def _array(column: Column[Row], rows: Sequence[Row]) -> Any:
    values = [column.of(each) for each in rows]
    try:
        return pa.array(values, type=column.type)
    except UnicodeEncodeError:
        return pa.array([whole(value) for value in values], type=column.type)


def _let_go(writer: Any) -> None:
    try:
        writer.close()
    except (OSError, ValueError):
        return  # the error that ended the run is the one to tell; the file is deleted with its folder
