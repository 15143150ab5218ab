"""Clauses against teams and agents as coloured tables.

Teams stand beside one another where they work by the same SOP; agents beside those of their team. Rows are
clauses that anybody there broke. The warmth is the share of cases that break the clause, in uneven steps,
since most shares are small; cells with few cases say how many, and have no colour.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from sopgen.quality.casework import Desk
from sopgen.quality.clause import clause_of_facts
from sopgen.quality.figure.clause import ClauseFacts, ClauseKey
from sopgen.quality.figure.figures import QaFigures
from sopgen.quality.figure.heat import Column
from sopgen.quality.figure.heat import HeatMap as HeatFigure
from sopgen.quality.interval import Estimate
from sopgen.quality.locale import percent
from sopgen.quality.page import ClauseName, Heat, HeatMap, HeatRow

STEPS = (0.0, 0.02, 0.05, 0.1, 0.2)
"""Shares up to which a cell has each warmth; what is above the last has the greatest (our decision)."""

COLUMNS_SHOWN = 24
"""Columns of one map: what a wide screen holds (our decision, 2026-11-22)."""

Facts = Mapping[ClauseKey, ClauseFacts]
_Cells = Mapping[tuple[ClauseKey, Column], Estimate]


def heat_maps_of(figures: QaFigures, desk: Desk) -> tuple[HeatMap, ...]:
    """Return a map of teams for SOPs that several of them work by, then a map of agents for each team."""
    facts = {each.facts.key: each.facts for each in figures.clauses}
    teams = figures.heat_by_team
    shared = [key for key in teams.rows if len(_columns(teams, [key])) > 1]
    of_teams = _map(teams, shared, facts, _Sight(by="team", team="", desk=desk))
    return (*((of_teams,) if of_teams else ()), *agent_maps_of(figures.heat_by_agent, facts, desk))


def agent_maps_of(figure: HeatFigure, facts: Facts, desk: Desk) -> tuple[HeatMap, ...]:
    """Return a map of the agents of each team that has two or more."""
    maps = []
    for team in dict.fromkeys(column.team for column in figure.columns):
        cells = tuple(cell for cell in figure.cells if cell.column.team == team)
        columns = tuple(column for column in figure.columns if column.team == team)
        of_team = HeatFigure(rows=figure.rows, columns=columns, cells=cells)
        held = {cell.clause for cell in cells}
        keys = [key for key in figure.rows if key in held]
        maps.append(_map(of_team, keys, facts, _Sight(by="agent", team=team, desk=desk)))
    return tuple(each for each in maps if each is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sight:
    """What the columns of a map are, "team" or "agent"; of which team; and through what it is seen."""

    by: str
    team: str
    desk: Desk

    @property
    def title(self) -> str:
        """Return the map's title."""
        team = self.desk.veil.agent(self.team) or self.desk.wording.say("no_team")
        return self.desk.wording.say(f"map_{self.by}", team=team)


def _columns(figure: HeatFigure, keys: Sequence[ClauseKey]) -> tuple[Column, ...]:
    """Return the columns that have a cell for any of the clauses."""
    wanted = set(keys)
    held = {cell.column for cell in figure.cells if cell.clause in wanted}
    return tuple(column for column in figure.columns if column in held)


def _map(figure: HeatFigure, keys: Sequence[ClauseKey], facts: Facts, sight: _Sight) -> HeatMap | None:
    columns = _columns(figure, keys)
    shown = columns[:COLUMNS_SHOWN]
    cells = {(cell.clause, cell.column): cell.failing for cell in figure.cells}
    broken = [key for key in keys if _any_broken(key, columns, cells)]
    if not broken or len(columns) < 2:
        return None
    return HeatMap(
        by=sight.by,
        title=sight.title,
        columns=tuple(column.name for column in shown),
        rows=tuple(
            _row(facts[key], [(column, cells.get((key, column))) for column in shown], sight)
            for key in broken
        ),
        more=len(columns) - len(shown),
        kept=len(keys) - len(broken),
        several=len({key.sop for key in broken}) > 1,
        steps=tuple(_steps(sight.desk)),
    )


def _any_broken(key: ClauseKey, columns: Iterable[Column], cells: _Cells) -> bool:
    return any(cells[key, column].value for column in columns if (key, column) in cells)


def _row(facts: ClauseFacts, found: Iterable[tuple[Column, Estimate | None]], sight: _Sight) -> HeatRow:
    clause = clause_of_facts(facts, sight.desk.manual)
    return HeatRow(
        clause=clause,
        cells=tuple(_cell(clause, column.name, failing, sight) for column, failing in found),
    )


def _cell(clause: ClauseName, name: str, failing: Estimate | None, sight: _Sight) -> Heat:
    wording = sight.desk.wording
    if failing is None or failing.value is None:
        label = wording.say("heat_none", name=name)
        return Heat(text="", step=None, small=False, label=label, filter="")
    failed = round(failing.value * failing.of)
    share = percent(round(failing.value, 2), wording.language)
    return Heat(
        text=f"{failed}/{failing.of}" if failing.small else share,
        step=None if failing.small else bisect_left(STEPS, failing.value),
        small=failing.small,
        label=wording.say("heat_label", name=name, failed=failed, count=failing.of),
        filter=urlencode({"clause": clause.key, sight.by: name}) if failed else "",
    )


def _steps(desk: Desk) -> Iterable[str]:
    """Yield what each warmth means: "0%", "up to 2%" …, "more than 20%"."""
    written = [percent(step, desk.wording.language) for step in STEPS]
    yield written[0]
    for each in written[1:]:
        yield desk.wording.say("step_up_to", share=each)
    yield desk.wording.say("step_above", share=written[-1])
