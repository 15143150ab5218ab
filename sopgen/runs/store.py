"""A stored run, read back: its summary and records, and counts that DuckDB takes from its Parquet."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from sopgen.base.errors import StorageError
from sopgen.conversation.model import SetAside
from sopgen.runs.check import CONVERSATIONS, FINDINGS, SET_ASIDE, VERDICTS
from sopgen.runs.database import connected
from sopgen.runs.finding import Finding, read_finding
from sopgen.runs.folder import SUMMARY
from sopgen.runs.lines import read_lines
from sopgen.runs.summary import RunSummary, VerdictCounts
from sopgen.runs.summary_form import read_summary
from sopgen.runs.trouble import damaged

_MOST_NAMED = 5

_BY_CLAUSE = """
    SELECT sop, version, clause, "check",
           count(*) FILTER (verdict = 'pass'), count(*) FILTER (verdict = 'fail'),
           count(*) FILTER (verdict = 'na'), count(*) FILTER (verdict = 'undecided')
    FROM read_parquet($verdicts)
    GROUP BY sop, version, clause, "check" ORDER BY sop, version, clause, "check"
"""
_BY_AGENT = """
    SELECT agent, team,
           count(DISTINCT (source, conversation_id)),
           count(DISTINCT (source, conversation_id)) FILTER (verdict = 'fail'),
           count(*) FILTER (verdict = 'fail' AND severity = 'critical'),
           count(*) FILTER (verdict = 'fail' AND severity = 'major'),
           count(*) FILTER (verdict = 'fail' AND severity = 'minor'),
           count(*) FILTER (verdict IN ('pass', 'fail'))
    FROM read_parquet($verdicts)
    GROUP BY agent, team ORDER BY 5 DESC, 6 DESC, 7 DESC, agent, team
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseCounts:
    """The verdicts of one clause of one SOP version, by one check."""

    sop: str
    version: str
    clause: str
    check: str
    counts: VerdictCounts


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentCounts:
    """What stands against one agent: conversations, those with a finding, findings by severity.

    `decided` counts the verdicts pass and fail. A conversation counts once for every agent whom at least one
    of its verdicts names.
    """

    agent: str
    team: str
    conversations: int
    with_findings: int
    critical: int
    major: int
    minor: int
    decided: int

    @property
    def findings(self) -> int:
        """Return the findings of every severity."""
        return self.critical + self.major + self.minor


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredRun:
    """A run's folder. Every method raises StorageError STO202 where a file is damaged."""

    folder: Path
    summary: RunSummary

    def is_sound(self) -> bool:
        """Return whether its files are there, and its tables whole as far as their ends tell."""
        try:
            for name in (VERDICTS, CONVERSATIONS):
                pq.read_metadata(self.folder / name)
        except (OSError, pa.ArrowException):
            return False
        return all((self.folder / name).is_file() for name in (FINDINGS, SET_ASIDE))

    def is_readable(self) -> bool:
        """Return whether everything in its files can be read; takes as long as reading all of it."""
        try:
            for _ in (*self.findings(), *self.set_aside()):
                pass
            for name in (VERDICTS, CONVERSATIONS):
                with pq.ParquetFile(self.folder / name) as table:
                    for _ in table.iter_batches():
                        pass
        except (StorageError, OSError, pa.ArrowException):
            return False
        return True

    def findings(self) -> Iterator[Finding]:
        """Yield the findings in the order of the run."""
        path = self.folder / FINDINGS
        for record in read_lines(path):
            try:
                yield read_finding(record)
            except (KeyError, TypeError, ValueError) as error:
                raise damaged(path, error) from error

    def set_aside(self) -> Iterator[SetAside]:
        """Yield the records that could not be read, in the order of the run."""
        path = self.folder / SET_ASIDE
        for record in read_lines(path):
            try:
                yield SetAside(**record)
            except TypeError as error:
                raise damaged(path, error) from error

    def by_clause(self) -> tuple[ClauseCounts, ...]:
        """Return the verdicts of each clause, by SOP, version, clause and check."""
        return tuple(
            ClauseCounts(
                sop=sop,
                version=version,
                clause=clause,
                check=check,
                counts=VerdictCounts(passed=passed, failed=failed, na=na, undecided=undecided),
            )
            for sop, version, clause, check, passed, failed, na, undecided in self._rows(_BY_CLAUSE)
        )

    def by_agent(self) -> tuple[AgentCounts, ...]:
        """Return what stands against each agent, most critical findings first."""
        names = tuple(AgentCounts.__slots__)
        return tuple(AgentCounts(**dict(zip(names, row, strict=True))) for row in self._rows(_BY_AGENT))

    def _rows(self, query: str) -> list[tuple[Any, ...]]:
        path = self.folder / VERDICTS
        if not path.is_file():
            raise damaged(path, FileNotFoundError("the file is missing"))
        with connected() as connection:
            try:
                return connection.execute(query, {"verdicts": str(path)}).fetchall()
            except duckdb.Error as error:
                raise damaged(path, error) from error


def _runs_beside(folder: Path) -> str:
    """Return what to do instead: the newest runs that lie where this one was looked for, if any do."""
    there = sorted(path.parent.name for path in folder.parent.glob(f"[!.]*/{SUMMARY}"))
    if not there:
        return "name a folder that `sopgen check EXPORT… --out DIR` wrote"
    shown = ", ".join(there[: -_MOST_NAMED - 1 : -1])
    return f"name one of {len(there)} there, newest first: {shown}" + (
        " …" if len(there) > _MOST_NAMED else ""
    )


def open_run(folder: Path) -> StoredRun:
    """Return the run that is stored in `folder`. StorageError: STO201 no run there, STO202 damaged."""
    path = folder / SUMMARY
    if not path.is_file():
        raise StorageError(
            "STO201",
            f"{folder} holds no run: it has no {SUMMARY}",
            hint=_runs_beside(folder),
        )
    try:
        summary = read_summary(orjson.loads(path.read_bytes()))
    except (OSError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise damaged(path, error) from error
    return StoredRun(folder=folder, summary=summary)
