"""From stored runs to the page that QA reads in the morning."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from sopgen.compliance.model import Verdict
from sopgen.quality.casework import Desk, cases_of
from sopgen.quality.chart import rate, stacked
from sopgen.quality.clause import clause_of_tally
from sopgen.quality.headline import fate_of, head_of, sums_of, tiles_of
from sopgen.quality.leftover import leftover_of
from sopgen.quality.overview import overview_of
from sopgen.quality.page import Case, ClauseRow, CriticalRow, QaPage, SopTable
from sopgen.runs.results import Results
from sopgen.runs.summary import ClauseTally
from sopgen.sop.model import Severity

EXAMPLES_SHOWN = 4
"""Cases that a clause's row leads to (our decision, 2026-11-22)."""

AGENTS_NAMED = 4
"""Agents that are named beside a critical clause; the others are counted."""

NOTES = ("reading_verdicts", "reading_rate", "reading_severity", "reading_mask", "reading_wrong")

Shown = Mapping[str, Sequence[Case]]
"""The cases on the page that break each clause, by the clause's key."""


def compose(results: Results, desk: Desk, *, limit: int) -> QaPage:
    """Return QA's page over the runs, with at most `limit` conversations worked through.

    StorageError STO202 where a file is damaged, or a table does not hold what its summary counted.
    """
    overview, wording = overview_of(results), desk.wording
    cases = cases_of(results, desk, limit=limit)
    shown = _by_clause(cases.shown)
    critical = tuple(_critical(each, shown, desk) for each in overview.tallies if _is_critical(each))
    tables = tuple(_tables(overview.tallies, shown, desk))
    return QaPage(
        language=wording.language,
        head=head_of(overview, wording),
        sections=("critical", "cases", "clauses", "not_judged", "reading"),
        notes=NOTES,
        read=overview.totals.read,
        tiles=tiles_of(overview, wording),
        fate=fate_of(overview, wording),
        sums=sums_of(overview, wording),
        trend=None,
        critical=tuple(sorted(critical, key=lambda row: -row.count)),
        comparisons=(),
        tables=tables,
        maps=(),
        cases=cases,
        leftover=leftover_of(overview, results.runs, desk.veil, wording),
    )


def _is_critical(tally: ClauseTally) -> bool:
    return tally.severity is Severity.CRITICAL and tally.counts.failed > 0


def _by_clause(cases: Sequence[Case]) -> Shown:
    found: dict[str, list[Case]] = {}
    for case in cases:
        for key in dict.fromkeys(each.clause.key for each in case.departures):
            found.setdefault(key, []).append(case)
    return found


def _critical(tally: ClauseTally, shown: Shown, desk: Desk) -> CriticalRow:
    clause = clause_of_tally(tally, desk.manual)
    cases = shown.get(clause.key, ())
    agents = dict.fromkeys(
        each.agent for case in cases for each in case.departures if each.clause.key == clause.key
    )
    named = tuple(agents)[:AGENTS_NAMED]
    return CriticalRow(
        clause=clause,
        count=tally.counts.failed,
        difference="",
        agents=named,
        more_agents=len(agents) - len(named),
        examples=tuple(cases[:EXAMPLES_SHOWN]),
    )


def _tables(tallies: Sequence[ClauseTally], shown: Shown, desk: Desk) -> Sequence[SopTable]:
    return [
        SopTable(sop=sop, version=version, rows=tuple(_row(tally, shown, desk) for tally in group))
        for (sop, version), group in groupby(tallies, key=lambda tally: (tally.sop, tally.version))
    ]


def _row(tally: ClauseTally, shown: Shown, desk: Desk) -> ClauseRow:
    counts, say = tally.counts.as_dict(), desk.wording.say
    order = (Verdict.PASS, Verdict.FAIL, Verdict.UNDECIDED, Verdict.NA)
    clause = clause_of_tally(tally, desk.manual)
    return ClauseRow(
        clause=clause,
        verdicts=stacked((str(each), say(f"verdict_{each}"), counts[each]) for each in order),
        rate=rate(tally.counts.passed, tally.counts.decided, desk.wording),
        trend=None,
        examples=tuple(shown.get(clause.key, ())[:EXAMPLES_SHOWN]),
    )
