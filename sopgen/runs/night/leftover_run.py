"""A run without some of its conversations: what its summary then says, and its files written so."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from sopgen.runs.check import CONVERSATIONS, FINDINGS, SET_ASIDE, TRANSCRIPTS, VERDICTS
from sopgen.runs.folder import SUMMARY
from sopgen.runs.lines import json_line, read_lines
from sopgen.runs.night.person import write_whole
from sopgen.runs.night.record import INBOX, JUDGED
from sopgen.runs.night.trace import Pair, names
from sopgen.runs.store import open_run
from sopgen.runs.summary import NotGoverned, RunSummary, VerdictCounts
from sopgen.runs.trouble import damaged, storing
from sopgen.sop.model import Severity

KEPT = frozenset({VERDICTS, CONVERSATIONS, FINDINGS, TRANSCRIPTS, SET_ASIDE, SUMMARY, JUDGED, INBOX})
"""The files that are written without the conversations; all others tell of them, and are deleted."""

_Clause = tuple[str, str, str, str]


def summary_without(folder: Path, gone: frozenset[Pair], name: str) -> RunSummary:
    """Return what the summary of a run says without these conversations, and without naming the person.

    StorageError: STO201, STO202.
    """
    summary = open_run(folder).summary
    clauses, failing, governed = _counted(folder / VERDICTS, gone)
    rows = _rows(folder / CONVERSATIONS, ("source", "conversation_id", "channel", "team", "messages"))
    left = [row for row in rows if (row[0], row[1]) not in gone]
    severities: Counter[Severity] = Counter()
    for tally in summary.clauses:
        severities[tally.severity] += clauses[tally.sop, tally.version, tally.clause, tally.check]["fail"]
    totals = replace(
        summary.totals,
        read=summary.totals.read - (len(rows) - len(left)),
        checked=len(left),
        governed=len(governed),
        not_governed=len(left) - len(governed),
        with_findings=len(failing),
        messages=sum(row[4] for row in left),
        verdicts=sum(each.total() for each in clauses.values()),
        findings=severities.total(),
        erased=summary.totals.erased + len(rows) - len(left),
    )
    ungoverned = Counter((row[2], row[3]) for row in left if (row[0], row[1]) not in governed)
    tallies = (
        replace(tally, counts=_counts(clauses[tally.sop, tally.version, tally.clause, tally.check]))
        for tally in summary.clauses
    )
    return replace(
        summary,
        totals=totals,
        findings_by_severity={severity: severities[severity] for severity in Severity},
        clauses=tuple(tally for tally in tallies if tally.counts.total),
        not_governed=tuple(_groups(summary.not_governed, ungoverned, {id_ for _, id_ in gone})),
        diagnostics=tuple(
            each for each in summary.diagnostics if not names(f"{each.span.file} {each.message}", name)
        ),
    )


def write_without(folder: Path, gone: frozenset[Pair], name: str, summary: bytes) -> None:
    """Write a run's files without these conversations; doing it again changes nothing.

    StorageError: STO101, STO102, STO202.
    """
    for file, columns in _TABLES:
        if (folder / file).is_file():
            _filter_table(folder / file, columns, gone)
    _filter_lines(folder / FINDINGS, lambda each: _without(each, gone))
    _filter_lines(folder / SET_ASIDE, lambda each: _blanked(each, name))
    if (folder / INBOX).is_file():
        _filter_lines(folder / INBOX, lambda each: None if names(each["name"], name) else each)
    with storing(folder / SUMMARY):
        write_whole(folder / SUMMARY, summary)
        for path in sorted(folder.iterdir()):
            if path.name not in KEPT and path.is_file():
                path.unlink()


_IN_RESULTS = ("source", "conversation_id")
_IN_JUDGED = ("source", "conversation")
_TABLES = (
    (VERDICTS, _IN_RESULTS),
    (CONVERSATIONS, _IN_RESULTS),
    (TRANSCRIPTS, _IN_RESULTS),
    (JUDGED, _IN_JUDGED),
)
"""The tables of a run, and by which columns each tells a conversation."""


def _counted(
    path: Path, gone: frozenset[Pair]
) -> tuple[Mapping[_Clause, Counter[str]], set[Pair], set[Pair]]:
    """Return the verdicts by clause, the conversations with findings, and those with any verdict."""
    clauses: dict[_Clause, Counter[str]] = {}
    failing: set[Pair] = set()
    governed: set[Pair] = set()
    for source, id_, sop, version, clause, check, verdict in _rows(path, _VERDICT):
        if (source, id_) in gone:
            continue
        clauses.setdefault((sop, version, clause, check), Counter())[verdict] += 1
        governed.add((source, id_))
        if verdict == "fail":
            failing.add((source, id_))
    return _Missing(clauses), failing, governed


_VERDICT = ("source", "conversation_id", "sop", "version", "clause", "check", "verdict")


class _Missing(dict[_Clause, Counter[str]]):
    """Counts by clause; nothing was counted of a clause that is not there."""

    def __missing__(self, key: _Clause) -> Counter[str]:
        """Return an empty count."""
        return Counter()


def _counts(counted: Counter[str]) -> VerdictCounts:
    return VerdictCounts(
        passed=counted["pass"], failed=counted["fail"], na=counted["na"], undecided=counted["undecided"]
    )


def _groups(
    groups: Iterable[NotGoverned], left: Counter[tuple[str, str]], gone: set[str]
) -> Iterable[NotGoverned]:
    told = {(group.channel, group.team) for group in groups}
    for group in groups:
        count = left[group.channel, group.team]
        if (group.channel, group.team) == ("*", "*"):
            count = sum(found for key, found in left.items() if key not in told)
        if count:
            examples = tuple(each for each in group.examples if each not in gone)
            yield replace(group, conversations=count, examples=examples)


def _rows(path: Path, columns: tuple[str, ...]) -> list[tuple[Any, ...]]:
    try:
        table = pq.read_table(path, columns=list(columns))
    except (OSError, ValueError, pa.ArrowException) as error:
        raise damaged(path, error) from error
    return list(zip(*(table.column(name).to_pylist() for name in columns), strict=True))


def _filter_table(path: Path, columns: tuple[str, str], gone: frozenset[Pair]) -> None:
    draft = path.with_name(f".{path.name}.part")
    with storing(path), pq.ParquetFile(path) as file:
        with pq.ParquetWriter(draft, file.schema_arrow, compression="zstd") as writer:
            for batch in file.iter_batches():
                pairs = zip(*(batch.column(name).to_pylist() for name in columns), strict=True)
                writer.write_batch(batch.filter(pa.array([pair not in gone for pair in pairs], pa.bool_())))
        write_whole(path, draft.read_bytes())
        draft.unlink(missing_ok=True)


def _filter_lines(path: Path, keep: Callable[[dict[str, Any]], dict[str, Any] | None]) -> None:
    left = [kept for kept in map(keep, read_lines(path)) if kept is not None]
    with storing(path):
        write_whole(path, b"".join(map(json_line, left)))


def _without(finding: dict[str, Any], gone: frozenset[Pair]) -> dict[str, Any] | None:
    return None if (finding["source"], finding["conversation"]) in gone else finding


def _blanked(record: dict[str, Any], name: str) -> dict[str, Any]:
    """Return a record that was set aside without the words that name the person; it stays counted."""
    return {key: "" if names(str(value), name) else value for key, value in record.items()}
