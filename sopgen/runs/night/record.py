"""What a night's run tells the ledger, as files in its own folder: which conversations, and which files."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from sopgen.runs.lines import LinesFile, read_lines, whole
from sopgen.runs.night.sighting import Sighting
from sopgen.runs.trouble import damaged, storing

JUDGED = "judged.parquet"
"""One row for each conversation that the run judged, as its sighting."""

INBOX = "inbox.jsonl"
"""One line for each file that the run read."""

BATCH_ROWS = 20_000

_TYPES = {
    **dict.fromkeys(("inbox", "source", "conversation", "day", "day_before"), pa.string()),
    **dict.fromkeys(("key", "content", "standard"), pa.binary()),
    **dict.fromkeys(("last", "moment", "messages", "open_until"), pa.int64()),
    "people": pa.list_(pa.binary()),
}
SCHEMA = pa.schema([(each.name, _TYPES[each.name]) for each in fields(Sighting)])
"""The fields of a sighting, in their order: texts, fingerprints as bytes, instants in microseconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A file of an inbox that was read; `mark` says in which state, how, and under which SOPs and checks.

    "" where it has to be read again even when it stays as it is: it changed while it was read, or holds a
    conversation that was still going on.
    """

    inbox: str
    name: str
    mark: str


def write_judged(sightings: Iterable[Sighting], path: Path) -> int:
    """Return how many sightings were written, in their order. StorageError: STO101, STO102."""
    rows = 0
    stream = iter(sightings)
    with storing(path), pq.ParquetWriter(path, SCHEMA, compression="zstd") as writer:
        while batch := list(islice(stream, BATCH_ROWS)):
            writer.write_batch(pa.record_batch([_array(each, batch) for each in SCHEMA], schema=SCHEMA))
            rows += len(batch)
    return rows


def read_judged(path: Path) -> Iterator[Sighting]:
    """Yield the sightings that `write_judged` wrote. StorageError: STO202."""
    try:
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(BATCH_ROWS):
                for row in batch.to_pylist():
                    yield Sighting(**{**row, "people": tuple(row["people"])})
    except (OSError, TypeError, ValueError, pa.ArrowException) as error:
        raise damaged(path, error) from error


def write_seen(seen: Iterable[Seen], path: Path) -> None:
    """Write the files that were read, one a line. StorageError: STO101, STO102."""
    with LinesFile(path) as file:
        for each in seen:
            file.add({"inbox": each.inbox, "name": each.name, "mark": each.mark})


def read_seen(path: Path) -> Iterator[Seen]:
    """Yield the files that `write_seen` wrote. StorageError: STO202."""
    for record in read_lines(path):
        try:
            yield Seen(**record)
        except TypeError as error:
            raise damaged(path, error) from error


def _array(field: Any, batch: list[Sighting]) -> Any:
    values = [getattr(each, field.name) for each in batch]
    return pa.array([whole(value) for value in values], type=field.type)
