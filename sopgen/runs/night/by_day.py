"""Results by day: of each conversation the latest verdicts, under the day on which it began.

    results/verdicts/day=2026-11-21/verdicts.parquet
    results/conversations/day=2026-11-21/conversations.parquet

The columns are those of a run's tables, and `inbox` and `run_id`. Whatever reads Parquet reads a table as a
whole, with `day` as a further column. A day's file is replaced by rename, so that it is whole at any moment.
"""

import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from sopgen.runs.check import CONVERSATIONS, VERDICTS
from sopgen.runs.database import connected
from sopgen.runs.night.person import flush_folder
from sopgen.runs.night.record import JUDGED
from sopgen.runs.night.sighting import NO_DAY
from sopgen.runs.results import literally
from sopgen.runs.trouble import damaged, storage_error, storing

RESULTS = "results"
MEMORY = "512MB"
"""What sorting a day may take before it uses the disk (our decision, 2026-11-22)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind:
    """One of the tables: the file of a run that it comes from, and how its rows are ordered."""

    name: str
    file: str
    order: str

    def of(self, results: Path, day: str) -> Path:
        """Return the file of a day."""
        return results / self.name / f"day={day}" / self.file


_KINDS = (
    _Kind(name="verdicts", file=VERDICTS, order='inbox, conversation_id, sop, version, clause, "check"'),
    _Kind(name="conversations", file=CONVERSATIONS, order="inbox, conversation_id"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayResults:
    """The results by day in a folder; `spool` is where sorting may write.

    StorageError: STO101, STO102, STO202.
    """

    folder: Path
    spool: Path

    def keep(self, run: Path) -> tuple[str, ...]:
        """Put what a run judged in the place of what was judged before, and return the days that changed."""
        shutil.rmtree(self.spool, ignore_errors=True)
        with _database(self.spool, run) as database:
            days = _load(database, run)
            for kind in _KINDS:
                _part_by_day(database, kind, run, self.spool)
                for day in days:
                    self._merge(database, kind, day)
        shutil.rmtree(self.spool, ignore_errors=True)
        return days

    def forget(self, conversations: Iterable[tuple[str, str]], days: Iterable[str]) -> int:
        """Return how many conversations (inbox, id) were taken out of the days."""
        before = 0
        with _database(self.spool, self.folder) as database:
            database.execute("CREATE TABLE judged (inbox VARCHAR, conversation_id VARCHAR)")
            rows = list(conversations)
            if rows:
                database.executemany("INSERT INTO judged VALUES (?, ?)", rows)
            for day in sorted(set(days)):
                before += _count(database, _KINDS[1].of(self.folder, day))
                for kind in _KINDS:
                    self._merge(database, kind, day)
        shutil.rmtree(self.spool, ignore_errors=True)
        return before

    def days(self) -> tuple[str, ...]:
        """Return the days that there are, the earliest first; conversations without a time come last."""
        names = {path.name.removeprefix("day=") for path in self.folder.glob("*/day=*")}
        return tuple(sorted(names))

    def files(self, kind: str) -> tuple[Path, ...]:
        """Return the files of a table, the earliest day first."""
        return tuple(sorted(self.folder.glob(f"{kind}/day=*/{kind}.parquet")))

    def remove_before(self, day: str) -> tuple[str, ...]:
        """Return the days that were removed: all before `day`."""
        gone = tuple(each for each in self.days() if each != NO_DAY and each < day)
        for each in gone:
            for kind in _KINDS:
                with storing(self.folder):
                    _remove(kind.of(self.folder, each))
        return gone

    def _merge(self, database: duckdb.DuckDBPyConnection, kind: _Kind, day: str) -> None:
        """Write a day's file again: its old rows without those judged anew, and the new ones."""
        path = kind.of(self.folder, day)
        new = sorted((self.spool / kind.name / f"day={day}").glob("*.parquet"))
        parts = [_rows(new)] if new else []
        if path.is_file():
            parts.append(f"FROM ({_rows([path])}) ANTI JOIN judged USING (inbox, conversation_id)")
        if not parts:
            return
        query = " UNION ALL BY NAME ".join(f"({part})" for part in parts)
        with storing(path):
            path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.part")
        with _sorting(path):
            copied = database.execute(
                f"COPY (FROM ({query}) ORDER BY {kind.order}) TO {_quoted(draft)} "
                "(FORMAT parquet, COMPRESSION zstd)"
            ).fetchone()
        with storing(path):
            _swap_in(draft, path, is_empty=copied is not None and copied[0] == 0)


def _swap_in(draft: Path, path: Path, *, is_empty: bool) -> None:
    """Put a day's new file in the place of the old one; a day without rows is no file."""
    if is_empty:
        draft.unlink()
        _remove(path)
        return
    descriptor = os.open(draft, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    draft.replace(path)
    flush_folder(path.parent)


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)
    if path.parent.is_dir() and not any(path.parent.iterdir()):
        path.parent.rmdir()


@contextmanager
def _database(spool: Path, place: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with storing(spool):
        spool.mkdir(parents=True, exist_ok=True)
    with connected({"memory_limit": MEMORY}) as database:
        with _sorting(place):
            database.execute("SET TimeZone = 'UTC'")
            database.execute(f"SET temp_directory = {_quoted(spool / 'sorting')}")
        yield database


def _load(database: duckdb.DuckDBPyConnection, run: Path) -> tuple[str, ...]:
    """Return the days that a run touches, after making `judged` of what it judged."""
    path = run / JUDGED
    with _sorting(path):
        database.execute(
            f"CREATE TABLE judged AS FROM {_read([path])} "
            "SELECT inbox, source, conversation AS conversation_id, day, day_before"
        )
        touched = database.execute(
            "SELECT day FROM judged UNION SELECT day_before FROM judged WHERE day_before <> '' ORDER BY 1"
        ).fetchall()
    return tuple(day for (day,) in touched)


def _part_by_day(database: duckdb.DuckDBPyConnection, kind: _Kind, run: Path, spool: Path) -> None:
    path = run / kind.file
    with _sorting(path):
        database.execute(
            f"COPY (SELECT found.*, judged.inbox, {_quoted(run.name)} AS run_id, judged.day "  # noqa: S608
            f"FROM {_read([path])} AS found JOIN judged USING (source, conversation_id)) "
            f"TO {_quoted(spool / kind.name)} (FORMAT parquet, PARTITION_BY (day), OVERWRITE_OR_IGNORE)"
        )


def _count(database: duckdb.DuckDBPyConnection, path: Path) -> int:
    """Return how many rows of a day's file are of conversations in `judged`."""
    if not path.is_file():
        return 0
    with _sorting(path):
        row = database.execute(
            f"SELECT count(*) FROM ({_rows([path])}) SEMI JOIN judged USING (inbox, conversation_id)"  # noqa: S608
        ).fetchone()
    return int(row[0]) if row else 0


@contextmanager
def _sorting(path: Path) -> Iterator[None]:
    """Run the block; what the database refuses becomes STO101, STO102 or STO202."""
    try:
        yield
    except (duckdb.IOException, duckdb.OutOfMemoryException) as error:
        full = "space" in str(error).casefold()
        raise storage_error(path, OSError(28 if full else 5, str(error).partition("\n")[0])) from error
    except duckdb.Error as error:
        raise damaged(path, error) from error


def _rows(paths: Sequence[Path]) -> str:
    return f"FROM {_read(paths)}"


def _read(paths: Sequence[Path]) -> str:
    """Return the table of files, whatever signs are in their names."""
    listed = ", ".join(_quoted(literally(str(each))) for each in paths)
    return f"read_parquet([{listed}], hive_partitioning = false)"


def _quoted(text: object) -> str:
    return "'" + str(text).replace("'", "''") + "'"
