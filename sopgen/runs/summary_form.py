"""A run's summary as JSON, there and back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import orjson

from sopgen.base.diagnostic import Diagnostic, Level, diagnostic_record
from sopgen.base.span import Span
from sopgen.compliance.model import ErrorClass
from sopgen.runs.lines import whole
from sopgen.runs.summary import (
    MOST_SEVERE_FIRST,
    ClauseTally,
    NotGoverned,
    RunSummary,
    Totals,
    VerdictCounts,
)
from sopgen.sop.model import Severity

Record = dict[str, Any]
_CLAUSE_TEXTS = ("sop", "version", "clause", "number", "text", "check", "code", "language")


def write_summary(summary: RunSummary) -> bytes:
    """Return the summary as indented JSON, its keys always in the same order, with a line end."""
    return orjson.dumps(
        whole(summary_record(summary)), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
    )


def summary_record(summary: RunSummary) -> Record:
    """Return the summary as plain dictionaries, lists, texts and numbers."""
    return {
        "run_id": summary.run_id,
        "started_at": summary.started_at.isoformat(),
        "sopgen_version": summary.sopgen_version,
        "pack_version": summary.pack_version,
        "sops": {sop: list(summary.sops[sop]) for sop in sorted(summary.sops)},
        "totals": {name: getattr(summary.totals, name) for name in Totals.__slots__},
        "findings_by_severity": {str(each): summary.findings_by_severity[each] for each in MOST_SEVERE_FIRST},
        "checks": {check: counts.as_dict() for check, counts in summary.by_check().items()},
        "clauses": [_clause_record(tally) for tally in summary.clauses],
        "not_governed": [_not_governed_record(group) for group in summary.not_governed],
        "set_aside_by_code": dict(sorted(summary.set_aside_by_code.items())),
        "diagnostics": [diagnostic_record(each) for each in summary.diagnostics],
    }


def read_summary(record: Mapping[str, Any]) -> RunSummary:
    """Return the summary that `summary_record` wrote; KeyError, TypeError or ValueError on anything else."""
    severities = record["findings_by_severity"]
    return RunSummary(
        run_id=record["run_id"],
        started_at=datetime.fromisoformat(record["started_at"]),
        sopgen_version=record["sopgen_version"],
        pack_version=record["pack_version"],
        sops={sop: tuple(versions) for sop, versions in record["sops"].items()},
        totals=Totals(**record["totals"]),
        findings_by_severity={severity: severities[severity] for severity in Severity},
        clauses=tuple(_read_clause(each) for each in record["clauses"]),
        not_governed=tuple(
            NotGoverned(**{**each, "examples": tuple(each["examples"])}) for each in record["not_governed"]
        ),
        set_aside_by_code=record["set_aside_by_code"],
        diagnostics=tuple(_read_diagnostic(each) for each in record["diagnostics"]),
    )


def _clause_record(tally: ClauseTally) -> Record:
    return {
        "sop": tally.sop,
        "version": tally.version,
        "clause": tally.clause,
        "number": tally.number,
        "text": tally.text,
        "check": tally.check,
        "code": tally.code,
        "severity": str(tally.severity),
        "class": str(tally.error_class),
        "language": tally.language,
        "verdicts": tally.counts.as_dict(),
    }


def _read_clause(record: Mapping[str, Any]) -> ClauseTally:
    counts = record["verdicts"]
    return ClauseTally(
        **{name: record[name] for name in _CLAUSE_TEXTS},
        severity=Severity(record["severity"]),
        error_class=ErrorClass(record["class"]),
        counts=VerdictCounts(
            passed=counts["pass"], failed=counts["fail"], na=counts["na"], undecided=counts["undecided"]
        ),
    )


def _not_governed_record(group: NotGoverned) -> Record:
    return {
        "channel": group.channel,
        "team": group.team,
        "conversations": group.conversations,
        "examples": list(group.examples),
    }


def _read_diagnostic(record: Mapping[str, Any]) -> Diagnostic:
    return Diagnostic(
        code=record["code"],
        level=Level(record["level"]),
        span=Span(file=record["file"], line=record["line"], column=record["column"]),
        message=record["message"],
        hint=record["hint"],
    )
