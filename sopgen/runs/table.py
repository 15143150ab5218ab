"""A Parquet file being written, a batch of rows at a time; what its columns are is the caller's."""

from collections.abc import Callable, Iterable, Sequence
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
about 100 MB at most. It shapes the bytes of the file; it is therefore no option of a run."""

INSTANT = pa.timestamp("us", tz="UTC")
"""How an instant is stored: in UTC."""

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """A column: its name, its Arrow type, and what a row holds in it."""

    name: str
    type: Any
    of: Callable[[Row], Any]


class Table(Generic[Row]):
    """A table being written, `batch_rows` at a time. StorageError: STO101, STO102."""

    def __init__(self, path: Path, columns: Sequence[Column[Row]], *, batch_rows: int = BATCH_ROWS) -> None:
        self._path = path
        self._columns = columns
        self._batch_rows = batch_rows
        self._schema = schema_of(columns)
        self._held: list[Row] = []
        self.rows = 0
        with storing(path):
            self._writer = pq.ParquetWriter(path, self._schema, compression="zstd")

    def add(self, rows: Iterable[Row]) -> None:
        """Write the rows, in their order."""
        self._held.extend(rows)
        while len(self._held) >= self._batch_rows:
            self._write(self._held[: self._batch_rows])
            del self._held[: self._batch_rows]

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
        if self._held:
            self._write(self._held)
            self._held = []
        with storing(self._path):
            self._writer.close()

    def _write(self, rows: list[Row]) -> None:
        batch = pa.record_batch([_array(column, rows) for column in self._columns], schema=self._schema)
        with storing(self._path):
            self._writer.write_batch(batch, row_group_size=self._batch_rows)
        self.rows += len(rows)


def schema_of(columns: Sequence[Column[Any]]) -> Any:
    """Return the Arrow schema of the columns."""
    return pa.schema([(column.name, column.type) for column in columns])


def _array(column: Column[Row], rows: list[Row]) -> Any:
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
