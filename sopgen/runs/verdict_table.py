"""`verdicts.parquet`: one row per conversation and bound clause. The columns are a literal one can read."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pyarrow as pa
import pyarrow.parquet as pq

from sopgen.compliance.model import Judgement
from sopgen.runs.lines import whole
from sopgen.runs.trouble import storing

BATCH_ROWS = 50_000
"""Rows held in memory before they are written, and so the rows of a row group (our decision, 2026-11-21):
about 100 MB at most. It shapes the bytes of the file; it is therefore no option."""

_SPAN = pa.struct([("message", pa.string()), ("start", pa.int32()), ("end", pa.int32())])


def _message_ids(judgement: Judgement) -> list[str]:
    return list(dict.fromkeys(each.message for each in judgement.evidence))


def _spans(judgement: Judgement) -> list[dict[str, Any]]:
    return [{"message": each.message, "start": each.start, "end": each.end} for each in judgement.evidence]


@dataclass(frozen=True, slots=True)
class _Column:
    name: str
    type: Any
    of: Callable[[Judgement], Any]


COLUMNS = (
    _Column("conversation_id", pa.string(), lambda each: each.conversation),
    _Column("source", pa.string(), lambda each: each.source),
    _Column("channel", pa.string(), lambda each: each.channel),
    _Column("team", pa.string(), lambda each: each.team),
    _Column("agent", pa.string(), lambda each: each.agent),
    _Column("opened_at", pa.timestamp("us", tz="UTC"), lambda each: each.opened_at),
    _Column("sop", pa.string(), lambda each: each.sop),
    _Column("version", pa.string(), lambda each: each.version),
    _Column("clause", pa.string(), lambda each: each.clause),
    _Column("check", pa.string(), lambda each: each.check),
    _Column("code", pa.string(), lambda each: each.code),
    _Column("verdict", pa.string(), lambda each: each.verdict.value),
    _Column("severity", pa.string(), lambda each: each.severity.value),
    _Column("class", pa.string(), lambda each: each.error_class.value),
    _Column("weight", pa.float64(), lambda each: each.weight),
    _Column("message_ids", pa.list_(pa.string()), _message_ids),
    _Column("spans", pa.list_(_SPAN), _spans),
    _Column("reason", pa.string(), lambda each: each.reason),
    _Column("confidence", pa.float64(), lambda each: each.confidence),
    _Column("pack_version", pa.string(), lambda each: each.pack_version),
)
"""The columns in their order. `opened_at` is in UTC; `message_ids` holds each message of the evidence once,
`spans` every piece of it as a half-open range of characters."""

SCHEMA = pa.schema([(column.name, column.type) for column in COLUMNS])


class VerdictTable:
    """A verdict table being written, in batches of BATCH_ROWS. StorageError: STO101, STO102."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._held: list[Judgement] = []
        self.rows = 0
        with storing(path):
            self._writer = pq.ParquetWriter(path, SCHEMA, compression="zstd")

    def add(self, judgements: Iterable[Judgement]) -> None:
        """Write the judgements, in their order."""
        self._held.extend(judgements)
        while len(self._held) >= BATCH_ROWS:
            self._write(self._held[:BATCH_ROWS])
            del self._held[:BATCH_ROWS]

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

    def _write(self, judgements: list[Judgement]) -> None:
        batch = pa.record_batch([_array(column, judgements) for column in COLUMNS], schema=SCHEMA)
        with storing(self._path):
            self._writer.write_batch(batch, row_group_size=BATCH_ROWS)
        self.rows += len(judgements)


def _array(column: _Column, judgements: list[Judgement]) -> Any:
    values = [column.of(each) for each in judgements]
    try:
        return pa.array(values, type=column.type)
    except UnicodeEncodeError:
        return pa.array([whole(value) for value in values], type=column.type)


def _let_go(writer: Any) -> None:
    try:
        writer.close()
    except (OSError, ValueError):
        return  # the error that ended the run is the one to tell; the file is deleted with its folder
