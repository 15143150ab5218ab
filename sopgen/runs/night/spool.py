"""What a night has to judge, written down once in canonical form, and read from there in order.

Copies of one conversation are all written; which of them counts is known only after the last file.
"""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sopgen.conversation.canonical_form import read_record
from sopgen.conversation.line import Tick, no_tick
from sopgen.conversation.model import Conversation, SetAside
from sopgen.runs.lines import LinesFile, read_lines
from sopgen.runs.night.sighting import Sighting
from sopgen.runs.trouble import storage_error, storing

_SCHEMA = """
CREATE TABLE copy (place INTEGER PRIMARY KEY, key BLOB, last INTEGER, moment INTEGER, messages INTEGER,
  content BLOB);
"""
_WINNERS = """
SELECT place FROM (SELECT place, row_number() OVER (
  PARTITION BY key ORDER BY last DESC, moment DESC, messages DESC, content DESC, place) AS number FROM copy)
WHERE number = 1 ORDER BY place
"""


class Spool:
    """A spool being written in a folder of its own. StorageError: STO101, STO102."""

    def __init__(self, folder: Path) -> None:
        self._readings = folder / "readings.jsonl"
        self._sightings = folder / "sightings.jsonl"
        with storing(folder):
            folder.mkdir(parents=True, exist_ok=True)
        with _copying(folder):
            self._copies = sqlite3.connect(folder / "copies.sqlite", isolation_level=None)
            self._copies.executescript(f"PRAGMA synchronous = OFF; {_SCHEMA} BEGIN;")
        self._lines = (LinesFile(self._readings), LinesFile(self._sightings))
        self.copies = 0
        self.aside = 0

    def add(self, sighting: Sighting, record: dict[str, Any], position: str) -> None:
        """Write a copy of a conversation."""
        readings, sightings = self._lines
        readings.add({"source": sighting.source, "position": position, "conversation": record})
        sightings.add(_written(sighting))
        row = (self.copies, sighting.key, *sighting.rank)
        with _copying(self._readings):
            self._copies.execute("INSERT INTO copy VALUES (?, ?, ?, ?, ?, ?)", row)
        self.copies += 1

    def put_aside(self, record: SetAside) -> None:
        """Write a record that could not be read."""
        self._lines[0].add({"aside": {name: getattr(record, name) for name in SetAside.__slots__}})
        self.aside += 1

    def __enter__(self) -> Self:
        """Return the spool itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of the files; who made the folder deletes it."""
        self._copies.close()
        for lines in self._lines:
            lines.__exit__(kind, error, trace)

    def finish(self) -> None:
        """Write what is held back: from now on the spool is read."""
        for lines in self._lines:
            lines.__exit__(None, None, None)

    def conversations(self) -> int:
        """Return how many different conversations were written."""
        with _copying(self._readings):
            (count,) = self._copies.execute("SELECT count(DISTINCT key) FROM copy").fetchone()
        return int(count)

    def size(self) -> int:
        """Return the bytes of what is to be judged, and of the copies that do not count."""
        with storing(self._readings):
            return self._readings.stat().st_size

    def readings(self, *, tick: Tick = no_tick) -> Iterator[Conversation | SetAside]:
        """Yield what is to be judged in the order of reading, of each conversation the copy that counts.

        `tick` is told the bytes that were read. A conversation that the canonical form cannot hold is set
        aside, with the reason.
        """
        winners = self._winners()
        winner, place = next(winners, None), 0
        for line in read_lines(self._readings, tick=tick):
            if "aside" in line:
                yield SetAside(**line["aside"])
                continue
            if place == winner:
                winner = next(winners, None)
                yield read_record(line["conversation"], source=line["source"], position=line["position"])
            place += 1

    def sightings(self) -> Iterator[Sighting]:
        """Yield the sighting of each conversation to be judged, in the same order."""
        winners = self._winners()
        winner = next(winners, None)
        for place, line in enumerate(read_lines(self._sightings)):
            if place == winner:
                winner = next(winners, None)
                yield _read(line)

    def _winners(self) -> Iterator[int]:
        with _copying(self._readings):
            for (place,) in self._copies.execute(_WINNERS):
                yield place


@contextmanager
def _copying(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        number = errno.ENOSPC if "full" in str(error) else errno.EIO
        raise storage_error(path, OSError(number, str(error))) from error


_BYTES = ("key", "content", "standard")


def _written(sighting: Sighting) -> dict[str, Any]:
    told = {name: getattr(sighting, name) for name in Sighting.__slots__}
    told |= {name: told[name].hex() for name in _BYTES}
    return told | {"people": [each.hex() for each in sighting.people]}


def _read(line: dict[str, Any]) -> Sighting:
    told = line | {name: bytes.fromhex(line[name]) for name in _BYTES}
    return Sighting(**told | {"people": tuple(map(bytes.fromhex, line["people"]))})
