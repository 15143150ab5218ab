"""The ledger: which conversation was judged in which run, and what is still due after a run. SQLite.

In WAL mode with full synchronisation a transaction is there after a power cut, or was never there.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from sopgen.base.errors import StorageError
from sopgen.runs.night.record import Seen
from sopgen.runs.night.sighting import Rank, Sighting
from sopgen.runs.trouble import storing

VERSION = 2
ASKED_AT_ONCE = 500
"""Keys in one question; SQLite takes some thousand (our decision, 2026-11-22)."""

_SCHEMA = """
CREATE TABLE run (
  id TEXT PRIMARY KEY, started_at TEXT NOT NULL, kept INTEGER NOT NULL DEFAULT 0,
  reported INTEGER NOT NULL DEFAULT 0, told INTEGER NOT NULL DEFAULT 0, removed_at TEXT
) WITHOUT ROWID;
CREATE TABLE judged (
  key BLOB PRIMARY KEY, run TEXT NOT NULL, inbox TEXT NOT NULL, conversation TEXT NOT NULL,
  content BLOB NOT NULL, standard BLOB NOT NULL, last INTEGER NOT NULL, moment INTEGER NOT NULL,
  messages INTEGER NOT NULL, open_until INTEGER, day TEXT NOT NULL, file BLOB NOT NULL DEFAULT x''
) WITHOUT ROWID;
CREATE INDEX judged_by_day ON judged (day);
CREATE TABLE person (hash BLOB NOT NULL, key BLOB NOT NULL, PRIMARY KEY (hash, key)) WITHOUT ROWID;
CREATE INDEX person_by_key ON person (key);
CREATE TABLE file (
  inbox TEXT NOT NULL, name TEXT NOT NULL, mark TEXT NOT NULL, PRIMARY KEY (inbox, name)
) WITHOUT ROWID;
CREATE TABLE fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""
_ADD_FILE = "ALTER TABLE judged ADD COLUMN file BLOB NOT NULL DEFAULT x''"
"""What makes version 2 of a ledger of version 1, which did not know the files of conversations."""

_KEEP = """
INSERT INTO judged
  (key, run, inbox, conversation, content, standard, last, moment, messages, open_until, day, file)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (key) DO UPDATE SET run = excluded.run, content = excluded.content, standard = excluded.standard,
  last = excluded.last, moment = excluded.moment, messages = excluded.messages,
  open_until = excluded.open_until, day = excluded.day, file = excluded.file
"""


class Duty(StrEnum):
    """What is due after a run, in this order."""

    KEPT = "kept"
    """Its rows stand among the results by day."""

    REPORTED = "reported"
    """Its report is written."""

    TOLD = "told"
    """The people who are to hear of it were told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the ledger knows of a conversation; as in its `Sighting`, and the run that judged it."""

    run: str
    content: bytes
    standard: bytes
    last: int
    moment: int
    messages: int
    open_until: int | None
    day: str
    file: bytes

    @property
    def rank(self) -> Rank:
        """Return what orders copies of one conversation, as in a sighting."""
        return self.last, self.moment, self.messages, self.content


class Ledger:
    """An open ledger. Every method raises StorageError: LDG101 it cannot be written, LDG102 it is damaged."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path

    def known(self, keys: Sequence[bytes]) -> Mapping[bytes, Known]:
        """Return what is known of the conversations, those that are not known left out."""
        found: dict[bytes, Known] = {}
        names = ", ".join(Known.__slots__)
        for start in range(0, len(keys), ASKED_AT_ONCE):
            some = keys[start : start + ASKED_AT_ONCE]
            marks = ", ".join("?" * len(some))
            query = f"SELECT key, {names} FROM judged WHERE key IN ({marks})"  # noqa: S608 -- our own names
            for key, *values in self._rows(query, some):
                found[key] = Known(**dict(zip(Known.__slots__, values, strict=True)))
        return found

    def marks(self, inbox: str) -> Mapping[str, str]:
        """Return the mark of each file of an inbox as it was read last, by name."""
        return dict(self._rows("SELECT name, mark FROM file WHERE inbox = ?", (inbox,)))

    def runs(self) -> frozenset[str]:
        """Return the ids of all runs that were ever taken in."""
        return frozenset(run for (run,) in self._rows("SELECT id FROM run"))

    def take_in(self, run: str, started_at: str, judged: Iterable[Sighting], seen: Iterable[Seen]) -> None:
        """Note a run whose folder is there, and everything in it, in one transaction."""
        with self.changing() as connection:
            connection.execute("INSERT OR IGNORE INTO run (id, started_at) VALUES (?, ?)", (run, started_at))
            for each in judged:
                connection.execute(_KEEP, _row(each, run))
                connection.execute("DELETE FROM person WHERE key = ?", (each.key,))
                pairs = [(person, each.key) for person in each.people]
                connection.executemany("INSERT OR IGNORE INTO person (hash, key) VALUES (?, ?)", pairs)
            _note_files(connection, seen)

    def note_files(self, seen: Iterable[Seen]) -> None:
        """Note files that were read and brought nothing new."""
        with self.changing() as connection:
            _note_files(connection, seen)

    def judged_between(self, first: datetime, last: datetime) -> int:
        """Return how many conversations were judged last by runs that began after `first`, up to `last`."""
        query = """SELECT count(*) FROM judged WHERE run IN (
                     SELECT id FROM run WHERE CAST(strftime('%s', started_at) AS INTEGER) > ?
                                          AND CAST(strftime('%s', started_at) AS INTEGER) <= ?)"""
        return int(self._rows(query, (int(first.timestamp()), int(last.timestamp())))[0][0])

    def due(self, duty: Duty) -> tuple[str, ...]:
        """Return the runs for which it is still due, oldest first; not those whose folder was removed."""
        query = f"SELECT id FROM run WHERE {duty} = 0 AND removed_at IS NULL ORDER BY started_at, id"  # noqa: S608
        return tuple(run for (run,) in self._rows(query))

    def done(self, run: str, duty: Duty) -> None:
        """Note that it is done."""
        with self.changing() as connection:
            connection.execute(f"UPDATE run SET {duty} = 1 WHERE id = ?", (run,))  # noqa: S608

    def due_again(self, run: str, duty: Duty) -> None:
        """Note that it has to be done once more: what the run holds was changed."""
        with self.changing() as connection:
            connection.execute(f"UPDATE run SET {duty} = 0 WHERE id = ?", (run,))  # noqa: S608

    def removed(self, runs: Iterable[str], at: str) -> None:
        """Note that the folders of these runs are gone."""
        with self.changing() as connection:
            connection.executemany(
                "UPDATE run SET removed_at = ? WHERE id = ? AND removed_at IS NULL",
                [(at, run) for run in runs],
            )

    def of_people(self, hashes: Iterable[bytes]) -> Mapping[bytes, tuple[str, str, str]]:
        """Return the conversations of people, by key: the inbox, the id and the day."""
        query = """SELECT key, inbox, conversation, day FROM judged
                   WHERE key IN (SELECT key FROM person WHERE hash = ?) ORDER BY inbox, conversation"""
        return {
            key: (inbox, conversation, day)
            for each in hashes
            for key, inbox, conversation, day in self._rows(query, (each,))
        }

    def forget_files(self, names: Iterable[tuple[str, str]]) -> None:
        """Forget files (inbox, name): they are read again where they are still there."""
        with self.changing() as connection:
            connection.executemany("DELETE FROM file WHERE inbox = ? AND name = ?", list(names))

    def files(self) -> tuple[tuple[str, str], ...]:
        """Return every file that is known: its inbox and name."""
        rows = self._rows("SELECT inbox, name FROM file ORDER BY inbox, name")
        return tuple((inbox, name) for inbox, name in rows)

    def forget(self, keys: Iterable[bytes]) -> None:
        """Forget conversations, and overwrite on the disk what was noted of them."""
        listed = [(key,) for key in keys]
        self._connection.execute("PRAGMA secure_delete = ON")
        with self.changing() as connection:
            connection.executemany("DELETE FROM person WHERE key = ?", listed)
            connection.executemany("DELETE FROM judged WHERE key = ?", listed)
        self._rows("PRAGMA wal_checkpoint(TRUNCATE)")

    def forget_before(self, day: str) -> None:
        """Forget the conversations that began before a day."""
        with self.changing() as connection:
            connection.execute(
                "DELETE FROM person WHERE key IN (SELECT key FROM judged WHERE day < ?)", (day,)
            )
            connection.execute("DELETE FROM judged WHERE day < ?", (day,))

    def fact(self, name: str) -> str:
        """Return a fact that was noted, "" without."""
        rows = self._rows("SELECT value FROM fact WHERE name = ?", (name,))
        return rows[0][0] if rows else ""

    def note(self, name: str, value: str) -> None:
        """Note a fact in place of the one noted before."""
        with self.changing() as connection:
            connection.execute("INSERT OR REPLACE INTO fact (name, value) VALUES (?, ?)", (name, value))

    def __len__(self) -> int:
        """Return how many conversations are known."""
        return int(self._rows("SELECT count(*) FROM judged")[0][0])

    @contextmanager
    def changing(self) -> Iterator[sqlite3.Connection]:
        """Run the block in one transaction: all of it is noted, or nothing."""
        with _trouble(self._path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def _rows(self, query: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        with _trouble(self._path):
            return self._connection.execute(query, values).fetchall()


@contextmanager
def open_ledger(path: Path) -> Iterator[Ledger]:
    """Give the ledger, made where there is none. StorageError: LDG101, LDG102, STO101, STO102."""
    with storing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
    with _trouble(path):
        connection = sqlite3.connect(path, isolation_level=None, timeout=30)
    with closing(connection):
        with _trouble(path):
            _prepare(connection)
        yield Ledger(connection, path)


def _prepare(connection: sqlite3.Connection) -> None:
    """Set the connection up, and lay out a ledger that is new."""
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version == 0:
        connection.executescript(f"BEGIN IMMEDIATE; {_SCHEMA} PRAGMA user_version = {VERSION}; COMMIT;")
    elif version == 1:
        connection.executescript(f"BEGIN IMMEDIATE; {_ADD_FILE}; PRAGMA user_version = {VERSION}; COMMIT;")
    elif version != VERSION:
        raise sqlite3.DatabaseError(f"made by another version ({version}, not {VERSION})")


def _row(each: Sighting, run: str) -> tuple[object, ...]:
    return (
        each.key, run, each.inbox, each.conversation, each.content, each.standard, each.last, each.moment,
        each.messages, each.open_until, each.day, each.file,
    )  # fmt: skip


def _note_files(connection: sqlite3.Connection, seen: Iterable[Seen]) -> None:
    rows = [(each.inbox, each.name, each.mark) for each in seen]
    connection.executemany("INSERT OR REPLACE INTO file (inbox, name, mark) VALUES (?, ?, ?)", rows)


@contextmanager
def _trouble(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        message = f"the ledger {path} cannot be used: {error}"
        hint = "free space on that disk and make the folder writable; what was noted before is kept"
        raise StorageError("LDG101", message, hint=hint) from error
    except sqlite3.DatabaseError as error:
        message = f"the ledger {path} is damaged: {error}"
        hint = f"delete {path.name} and its -wal and -shm: the next night makes it again from the runs"
        raise StorageError("LDG102", message, hint=hint) from error
