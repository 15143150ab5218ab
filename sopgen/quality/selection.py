"""Which findings a bounded page shows in full: the gravest first, and some of every clause."""

from collections.abc import Iterable, Mapping, Sequence

from sopgen.runs.finding import Finding
from sopgen.runs.summary import MOST_SEVERE_FIRST, ClauseTally

FIRST_SHARE = 5
"""Findings that every clause may show before any clause shows more (our decision, 2026-11-21): one habit that
a thousand chats share must not hide every other."""

ClauseKey = tuple[str, str, str, str]


def key_of(tally: ClauseTally) -> ClauseKey:
    """Return what tells one bound clause from another."""
    return tally.sop, tally.version, tally.clause, tally.check


def worst_first(tallies: Iterable[ClauseTally]) -> tuple[ClauseTally, ...]:
    """Return the clauses that have findings: by severity, then as they came (SOP, version, number)."""
    failed = [tally for tally in tallies if tally.counts.failed]
    return tuple(sorted(failed, key=lambda tally: MOST_SEVERE_FIRST.index(tally.severity)))


def quotas(tallies: Sequence[ClauseTally], limit: int) -> Mapping[ClauseKey, int]:
    """Return how many findings of each clause to show, `limit` in all; the clauses come worst first."""
    given = {key_of(tally): 0 for tally in tallies}
    left = limit
    for most in (FIRST_SHARE, limit):
        for tally in tallies:
            key = key_of(tally)
            more = min(left, min(most, tally.counts.failed) - given[key])
            given[key] += max(0, more)
            left -= max(0, more)
    return given


def select(findings: Iterable[Finding], wanted: Mapping[ClauseKey, int]) -> Mapping[ClauseKey, list[Finding]]:
    """Return the first findings of each clause, as many as wanted, in the order of the run."""
    chosen: dict[ClauseKey, list[Finding]] = {key: [] for key in wanted}
    missing = sum(wanted.values())
    for finding in findings:
        if not missing:
            break
        judgement = finding.judgement
        key = (judgement.sop, judgement.version, judgement.clause, judgement.check)
        if len(chosen.get(key, ())) < wanted.get(key, 0):
            chosen[key].append(finding)
            missing -= 1
    return chosen
