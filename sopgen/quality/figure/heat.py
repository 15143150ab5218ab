"""Where clauses are broken, and by whom: a clause a row, an agent or a team a column."""

from collections.abc import Iterable
from dataclasses import dataclass

from sopgen.quality.figure.clause import ClauseKey
from sopgen.quality.interval import Estimate, share
from sopgen.quality.veil import Veil
from sopgen.runs.results import Results

_BY_AGENT = """SELECT agent, team, sop, clause, "check", count(*) FILTER (verdict = 'fail'), count(*)
    FROM counted WHERE verdict IN ('pass', 'fail') AND agent <> '' GROUP BY ALL
    ORDER BY team, agent, sop, clause, "check\""""
_BY_TEAM = """SELECT team, team, sop, clause, "check", count(*) FILTER (verdict = 'fail'), count(*)
    FROM counted WHERE verdict IN ('pass', 'fail') GROUP BY ALL ORDER BY team, sop, clause, "check\""""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Column:
    """An agent of a team; or a team, which stands for itself in both."""

    team: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """How often one column broke one clause, of how many decided."""

    clause: ClauseKey
    column: Column
    failing: Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatMap:
    """Rows in reading order, columns by team and name, and the cells that have any decided verdict."""

    rows: tuple[ClauseKey, ...]
    columns: tuple[Column, ...]
    cells: tuple[Cell, ...]


def heat_by_agent(results: Results, clauses: Iterable[ClauseKey], veil: Veil) -> HeatMap:
    """Return clause × agent; verdicts that name no agent are in none of its cells."""
    return _heat(results, _BY_AGENT, clauses, veil)


def heat_by_team(results: Results, clauses: Iterable[ClauseKey], veil: Veil) -> HeatMap:
    """Return clause × team."""
    return _heat(results, _BY_TEAM, clauses, veil)


def _heat(results: Results, query: str, clauses: Iterable[ClauseKey], veil: Veil) -> HeatMap:
    cells = tuple(
        Cell(
            clause=ClauseKey(sop=sop, clause=clause, check=check),
            column=Column(team=team, name=veil.agent(name)),
            failing=share(failed, decided),
        )
        for name, team, sop, clause, check, failed, decided in results.rows(query)
    )
    held = {cell.clause for cell in cells}
    return HeatMap(
        rows=tuple(key for key in clauses if key in held),
        columns=tuple(sorted({cell.column for cell in cells})),
        cells=cells,
    )
