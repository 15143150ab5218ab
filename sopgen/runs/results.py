"""Stored runs as one database: views that reports, queries and the manual count in, whatever lies on disk.

`open_results` gives a DuckDB connection that reads the runs' files and nothing else: no network, no other
file, no extension, no change of its settings. Its views:

- `runs`: one row a run. `run` counts from 1 in the order of their starts, `run_id` is its name, `day` the day
  of its start in UTC; the totals of its summary.
- `clauses`: what the newest run that knows it says of a clause of an SOP version under a check: number, text,
  code, severity, class, language.
- `verdicts`, `conversations`, `findings`, `set_aside`: the rows of all runs, with `run` and `run_id`.
- `transcripts`: the same, of the runs that kept whole conversations (before 2026-11-22 none did).
- `latest_conversations`: of each conversation the rows of the newest run that checked it;
  `latest_verdicts`: of each conversation and SOP those of the newest run that judged it by that SOP.
  A conversation is known again by its channel and id, whatever file it came from this time; in one run the
  same id in two sources is two conversations. It is also known again by its source, id and beginning: a later
  run under another channel corrects the earlier one, whose rows are `corrected` and not among the latest.

Rows of runs that are gone may stand behind the same views, from the results by day: their `run` is 0.

A view's columns are those of the table that a run writes (`verdict_table`, `conversation_table`).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import Any

import duckdb

from sopgen.runs.check import CONVERSATIONS, FINDINGS, SET_ASIDE, TRANSCRIPTS, VERDICTS
from sopgen.runs.database import connected
from sopgen.runs.store import StoredRun, open_run
from sopgen.runs.summary import ClauseTally, Totals
from sopgen.runs.tally import number_order
from sopgen.runs.trouble import damaged

_SPANS = 'STRUCT(message VARCHAR, start INTEGER, "end" INTEGER)[]'
_FINDING_COLUMNS = {
    "conversation": "VARCHAR", "opened_at": "TIMESTAMPTZ", "source": "VARCHAR", "channel": "VARCHAR",
    "team": "VARCHAR", "agent": "VARCHAR", "sop": "VARCHAR", "version": "VARCHAR", "clause": "VARCHAR",
    "clause_number": "VARCHAR", "clause_text": "VARCHAR", "check": "VARCHAR", "code": "VARCHAR",
    "reason": "VARCHAR", "remedy": "VARCHAR", "suggestion": "VARCHAR", "severity": "VARCHAR",
    "class": "VARCHAR", "weight": "DOUBLE", "confidence": "DOUBLE", "language": "VARCHAR",
    "pack_version": "VARCHAR", "message_ids": "VARCHAR[]", "spans": _SPANS, "words": "VARCHAR[]",
    "customers": "VARCHAR[]", "context": "JSON", "fingerprint": "VARCHAR",
}  # fmt: skip
_SET_ASIDE_COLUMNS = dict.fromkeys(("source", "position", "code", "reason", "hint", "excerpt"), "VARCHAR")
_RUNS = """CREATE TABLE runs (
    run INTEGER, run_id VARCHAR, started_at TIMESTAMPTZ, day DATE, folder VARCHAR, sopgen_version VARCHAR,
    pack_version VARCHAR, read BIGINT, checked BIGINT, unchanged BIGINT, set_aside BIGINT, governed BIGINT,
    not_governed BIGINT, with_findings BIGINT, messages BIGINT, verdicts BIGINT, findings BIGINT,
    erased BIGINT)"""
_CLAUSES = """CREATE TABLE clauses (
    position INTEGER, sop VARCHAR, version VARCHAR, clause VARCHAR, "check" VARCHAR, number VARCHAR,
    text VARCHAR, code VARCHAR, severity VARCHAR, class VARCHAR, language VARCHAR)"""
_CORRECTED = """CREATE VIEW corrected AS
    SELECT older.run, older.source, older.channel, older.conversation_id
    FROM conversations older
    JOIN (SELECT source, conversation_id, epoch(opened_at)::BIGINT % 900 AS beginning,
                 max((run, channel, epoch(opened_at)::BIGINT)) AS newest
          FROM conversations GROUP BY ALL HAVING min(channel) <> max(channel)) later
        ON older.source = later.source AND older.conversation_id = later.conversation_id
        AND epoch(older.opened_at)::BIGINT % 900 = later.beginning
        AND abs(epoch(older.opened_at)::BIGINT - later.newest[3]) <= 26 * 3600
        AND older.run < later.newest[1] AND older.channel <> later.newest[2]"""
"""A beginning is told by its second in a quarter of an hour, which a corrected time zone leaves as it is, and
moves no further than zones lie apart (26 hours)."""

NOT_CORRECTED = "ANTI JOIN corrected USING (run, source, channel, conversation_id)"
"""What leaves out rows that a later run corrected; behind a table that has these columns."""

_LATEST_CONVERSATIONS = f"""CREATE VIEW latest_conversations AS
    SELECT * FROM conversations SEMI JOIN (
        SELECT channel, conversation_id, max(run) AS run FROM conversations GROUP BY ALL
    ) USING (channel, conversation_id, run) {NOT_CORRECTED}"""  # noqa: S608 - our own
_LATEST_VERDICTS = f"""CREATE VIEW latest_verdicts AS
    SELECT * FROM verdicts SEMI JOIN (
        SELECT channel, conversation_id, sop, max(run) AS run FROM verdicts GROUP BY ALL
    ) USING (channel, conversation_id, sop, run) {NOT_CORRECTED}"""  # noqa: S608 - our own


def literally(path: str) -> str:
    """Return a pattern of names that only this path fits."""
    return "".join(f"[{each}]" if each in "[*?" else each for each in path)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _json(columns: Mapping[str, str]) -> str:
    told = ", ".join(f"{_quoted(name)}: {_quoted(kind)}" for name, kind in columns.items())
    return f"read_json({{files}}, format = 'newline_delimited', filename = true, columns = {{{{{told}}}}})"


_PARQUET = "read_parquet({files}, filename = true, union_by_name = true)"
_VIEWS = (
    ("verdicts", VERDICTS, _PARQUET),
    ("conversations", CONVERSATIONS, _PARQUET),
    ("findings", FINDINGS, _json(_FINDING_COLUMNS)),
    ("set_aside", SET_ASIDE, _json(_SET_ASIDE_COLUMNS)),
)
"""The view, the file of each run that it reads, and how."""

_TRANSCRIPTS_COLUMNS = """NULL::INTEGER AS run, NULL::VARCHAR AS run_id, NULL::VARCHAR AS conversation_id,
    NULL::VARCHAR AS source, NULL::VARCHAR AS channel, NULL::VARCHAR[] AS customers, NULL::INTEGER AS length,
    NULL::VARCHAR AS messages"""
"""The columns of a view over runs that kept no transcript."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """Runs that are open for reading, the oldest first, and the connection that has the views."""

    runs: tuple[StoredRun, ...]
    connection: duckdb.DuckDBPyConnection

    def rows(self, query: str, **parameters: object) -> list[tuple[Any, ...]]:
        """Return the rows of a query; `$name` in it is filled by the parameter of that name.

        StorageError: STO202 when a file turns out to be damaged.
        """
        with _reading(self.runs):
            return self.connection.execute(query, parameters).fetchall()


@dataclass(frozen=True, slots=True, kw_only=True)
class Dress:
    """How columns are shown: an expression for each, by view and column; `prepare` defines what they call."""

    columns: Mapping[str, Mapping[str, str]]
    prepare: Callable[[duckdb.DuckDBPyConnection], None]


AS_STORED = Dress(columns={}, prepare=lambda _: None)


@contextmanager
def open_results(
    folders: Iterable[Path], *, kept: Mapping[str, Sequence[Path]] = {}, dress: Dress = AS_STORED
) -> Iterator[Results]:
    """Give the runs that are stored in the folders as one set of results; closed when the block ends.

    There must be at least one. `kept` are files by day, by view (`sopgen.runs.night.by_day`): rows of runs
    that are not in the folders any more count as run 0. `dress` says how columns are shown.

    StorageError: STO201 no run there, STO202 damaged.
    """
    found = (open_run(folder) for folder in dict.fromkeys(folders))
    runs = tuple(sorted(found, key=lambda run: (run.summary.started_at, run.summary.run_id, run.folder)))
    with connected() as connection:
        with _reading(runs):
            dress.prepare(connection)
            _lay_out(connection, runs, kept, dress)
            _lock(connection, runs, kept)
        yield Results(runs=runs, connection=connection)


@contextmanager
def _reading(runs: Sequence[StoredRun]) -> Iterator[None]:
    """Run the block; a file that cannot be read becomes STO202. A fault in the query itself passes."""
    try:
        yield
    except (duckdb.IOException, duckdb.InvalidInputException, duckdb.SerializationException) as error:
        place = runs[0].folder if len(runs) == 1 else Path("one of the runs")
        raise damaged(place, error) from error


def _lay_out(
    connection: duckdb.DuckDBPyConnection,
    runs: Sequence[StoredRun],
    kept: Mapping[str, Sequence[Path]],
    dress: Dress,
) -> None:
    connection.execute("SET TimeZone = 'UTC'")
    for table in (_RUNS, _CLAUSES):
        connection.execute(table)
    _fill(connection, "runs", (_run_row(number, run) for number, run in enumerate(runs, 1)))
    _fill(connection, "clauses", _clause_rows(runs))
    for view, name, read in _VIEWS:
        files = [_present(run.folder / name) for run in runs]
        rows = _rows_of(name, read, files) + _rows_kept(kept.get(view, ()))
        connection.execute(f"CREATE VIEW {view} AS {_shown(connection, rows, dress.columns.get(view, {}))}")
    said = [path for run in runs if (path := run.folder / TRANSCRIPTS).is_file()]
    rows = _rows_of(TRANSCRIPTS, _PARQUET, said) if said else f"SELECT {_TRANSCRIPTS_COLUMNS} WHERE false"
    shown = _shown(connection, rows, dress.columns.get("transcripts", {}))
    connection.execute(f"CREATE VIEW transcripts AS {shown}")
    for latest in (_CORRECTED, _LATEST_CONVERSATIONS, _LATEST_VERDICTS):
        connection.execute(latest)


def _rows_of(name: str, read: str, files: Sequence[Path]) -> str:
    """Return the query of the rows of all files, each with the number and the name of its run."""
    listed = ", ".join(_quoted(literally(str(each))) for each in files)
    return f"""SELECT runs.run, runs.run_id, found.* EXCLUDE (filename)
        FROM {read.format(files=f"[{listed}]")} AS found
        JOIN runs ON found.filename = runs.folder || '/{name}'"""  # noqa: S608 - paths are quoted


def _rows_kept(files: Sequence[Path]) -> str:
    """Return what adds the rows by day of runs that are gone, nothing without such files."""
    if not files:
        return ""
    listed = ", ".join(_quoted(literally(str(each))) for each in files)
    read = f"read_parquet([{listed}], hive_partitioning = false, union_by_name = true)"
    return f""" UNION ALL BY NAME SELECT 0 AS run, * EXCLUDE (inbox)
        FROM {read} WHERE run_id NOT IN (SELECT run_id FROM runs)"""  # noqa: S608 - paths are quoted


def _shown(connection: duckdb.DuckDBPyConnection, rows: str, columns: Mapping[str, str]) -> str:
    """Return the query of the rows, those of the columns that are there shown by their expressions."""
    there = {name for name, *_ in connection.execute(f"DESCRIBE {rows}").fetchall()} if columns else set()
    columns = {name: expression for name, expression in columns.items() if name in there}
    replaced = ", ".join(f'{expression} AS "{name}"' for name, expression in columns.items())
    return f"SELECT * REPLACE ({replaced}) FROM ({rows})" if replaced else rows  # noqa: S608 - our own


def _present(path: Path) -> Path:
    if not path.is_file():
        raise damaged(path, FileNotFoundError("the file is missing"))
    return path


def _lock(
    connection: duckdb.DuckDBPyConnection, runs: Sequence[StoredRun], kept: Mapping[str, Sequence[Path]]
) -> None:
    """Let the connection reach the files of the runs, and nothing else, from now on."""
    names = [*(name for _, name, _ in _VIEWS), TRANSCRIPTS]
    files = [str(run.folder / name) for run in runs for name in names]
    files += [str(each) for listed in kept.values() for each in listed]
    allowed = ", ".join(map(_quoted, sorted({*files, *map(literally, files)})))
    connection.execute(f"SET allowed_paths = [{allowed}]")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")


def _fill(connection: duckdb.DuckDBPyConnection, table: str, rows: Iterable[tuple[object, ...]]) -> None:
    listed = list(rows)
    if listed:
        places = ", ".join("?" for _ in listed[0])
        connection.executemany(f"INSERT INTO {table} VALUES ({places})", listed)  # noqa: S608 - a name of ours


def _run_row(number: int, run: StoredRun) -> tuple[object, ...]:
    summary = run.summary
    day = summary.started_at.astimezone(UTC).date()
    told = (
        summary.run_id,
        summary.started_at,
        day,
        str(run.folder),
        summary.sopgen_version,
        summary.pack_version,
    )
    return number, *told, *(getattr(summary.totals, name) for name in Totals.__slots__)


def _clause_rows(runs: Sequence[StoredRun]) -> Iterator[tuple[object, ...]]:
    """Yield each clause once, as its newest run tells it, in reading order."""
    known = {
        (each.sop, each.version, each.clause, each.check): each
        for run in runs
        for each in run.summary.clauses
    }
    for position, each in enumerate(sorted(known.values(), key=_reading_order)):
        yield (
            position, each.sop, each.version, each.clause, each.check, each.number, each.text, each.code,
            str(each.severity), str(each.error_class), each.language,
        )  # fmt: skip


def _reading_order(clause: ClauseTally) -> tuple[object, ...]:
    return clause.sop, clause.version, number_order(clause.number), clause.clause, clause.check
