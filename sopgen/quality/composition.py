"""From stored runs to the page that QA reads in the morning."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from sopgen.compliance.model import Verdict
from sopgen.quality.casework import Desk, cases_of
from sopgen.quality.chart import rate_of, stacked
from sopgen.quality.clause import clause_of_facts
from sopgen.quality.figure.clause import ClauseFigure
from sopgen.quality.figure.figures import QaFigures, qa_figures
from sopgen.quality.headline import fate_of, head_of, standing_of, sums_of, tiles_of
from sopgen.quality.heat_map import heat_maps_of
from sopgen.quality.leftover import leftover_of
from sopgen.quality.line import plot, pooled, spark
from sopgen.quality.movement import comparisons_of
from sopgen.quality.overview import Overview, overview_of
from sopgen.quality.page import Case, ClauseRow, CriticalRow, QaPage, SopTable
from sopgen.runs.results import Results
from sopgen.runs.summary import RunSummary
from sopgen.sop.model import Severity

EXAMPLES_SHOWN = 4
"""Cases that a clause's row leads to (our decision, 2026-11-22)."""

AGENTS_NAMED = 4
"""Agents that are named beside a critical clause; the others are counted."""

NOTES = ("reading_verdicts", "reading_rate", "reading_severity", "reading_mask", "reading_wrong")

Shown = Mapping[str, Sequence[Case]]
"""The cases on the page that break each clause, by the clause's key."""


def compose(results: Results, desk: Desk, *, limit: int, history: Results | None = None) -> QaPage:
    """Return QA's page over the runs, with at most `limit` conversations worked through.

    `history` are the same runs and those before them: with what the page compares, and what its lines go
    back to. StorageError STO202 where a file is damaged, or a table does not hold what its summary counted.
    """
    overview, wording = overview_of(results), desk.wording
    figures = qa_figures(results, desk.veil, desk.known, history=history)
    longer = overview if history is None else overview_of(history)
    cases = cases_of(results, figures.broken, desk, limit=limit)
    shown = _by_clause(cases.shown)
    comparisons, maps = comparisons_of(figures, desk), heat_maps_of(figures, desk)
    return QaPage(
        language=wording.language,
        head=head_of(overview, wording),
        sections=_sections(changes=bool(comparisons), maps=bool(maps)),
        notes=NOTES,
        read=overview.totals.read,
        tiles=tiles_of(overview, wording, previous=_previous(overview, longer), news=figures.news),
        standing=standing_of(figures.news, wording),
        fate=fate_of(overview, wording),
        sums=sums_of(overview, wording),
        trend=plot(longer.days, wording, dotted=lambda day: day.weekday() == longer.days[-1][0].weekday()),
        others=len(longer.runs) - len(overview.runs),
        critical=_criticals(figures, shown, desk),
        comparisons=comparisons,
        tables=_tables(figures.clauses, shown, desk),
        maps=maps,
        cases=cases,
        leftover=leftover_of(overview, results.runs, desk.veil, wording),
    )


def _sections(*, changes: bool, maps: bool) -> tuple[str, ...]:
    named = {"critical": True, "changes": changes, "cases": True, "clauses": True, "maps": maps}
    return (*(name for name, there in named.items() if there), "not_judged", "reading")


def _previous(overview: Overview, longer: Overview) -> RunSummary | None:
    """Return the run before the page's only one, None where the page is over several."""
    if len(overview.runs) > 1 or len(longer.runs) < 2:
        return None
    return longer.runs[-2]


def _by_clause(cases: Sequence[Case]) -> Shown:
    found: dict[str, list[Case]] = {}
    for case in cases:
        for key in dict.fromkeys(each.clause.key for each in case.departures):
            found.setdefault(key, []).append(case)
    return found


def _criticals(figures: QaFigures, shown: Shown, desk: Desk) -> tuple[CriticalRow, ...]:
    """Return the critical clauses that were broken, the most often broken first."""
    broken = [
        each for each in figures.clauses if each.facts.severity is Severity.CRITICAL and each.counts.failed
    ]
    return tuple(
        _critical(each, figures, shown, desk) for each in sorted(broken, key=lambda each: -each.counts.failed)
    )


def _critical(figure: ClauseFigure, figures: QaFigures, shown: Shown, desk: Desk) -> CriticalRow:
    clause = clause_of_facts(figure.facts, desk.manual)
    cells = [cell for cell in figures.heat_by_agent.cells if cell.clause == figure.facts.key]
    failed = {cell.column.name: round((cell.failing.value or 0) * cell.failing.of) for cell in cells}
    agents = [name for name, count in sorted(failed.items(), key=lambda each: (-each[1], each[0])) if count]
    share = rate_of(figure.passing, desk.wording)
    return CriticalRow(
        clause=clause,
        count=figure.counts.failed,
        news="" if figure.news is None else desk.wording.say("of_which_new", count=figure.news),
        difference=desk.wording.say("of_cases", count=share.estimate.of) if share else "",
        agents=tuple(agents[:AGENTS_NAMED]),
        more_agents=max(0, len(agents) - AGENTS_NAMED),
        examples=tuple(shown.get(clause.key, ())[:EXAMPLES_SHOWN]),
    )


def _tables(figures: Sequence[ClauseFigure], shown: Shown, desk: Desk) -> tuple[SopTable, ...]:
    return tuple(
        SopTable(
            sop=sop,
            version=rows[-1].facts.version,
            rows=tuple(_row(each, shown, desk) for each in rows),
        )
        for sop, group in groupby(figures, key=lambda each: each.facts.key.sop)
        for rows in (list(group),)
    )


def _row(figure: ClauseFigure, shown: Shown, desk: Desk) -> ClauseRow:
    counts, say = figure.counts.as_dict(), desk.wording.say
    order = (Verdict.PASS, Verdict.FAIL, Verdict.UNDECIDED, Verdict.NA)
    clause = clause_of_facts(figure.facts, desk.manual)
    days = [(each.day, each.counts.passed, each.counts.decided) for each in figure.trend]
    return ClauseRow(
        clause=clause,
        verdicts=stacked((str(each), say(f"verdict_{each}"), counts[each]) for each in order),
        rate=rate_of(figure.passing, desk.wording),
        trend=spark(pooled(days), desk.wording),
        examples=tuple(shown.get(clause.key, ())[:EXAMPLES_SHOWN]),
    )
