"""What got worse or better, clause by clause, as a page shows it."""

from collections.abc import Iterable, Sequence
from operator import attrgetter

from sopgen.quality.casework import Desk
from sopgen.quality.chart import rate_of
from sopgen.quality.clause import clause_of_facts
from sopgen.quality.figure.change import Change, Direction
from sopgen.quality.figure.clause import ClauseFigure
from sopgen.quality.figure.figures import QaFigures
from sopgen.quality.locale import signed, weekday
from sopgen.quality.page import Comparison, Shift
from sopgen.runs.summary import MOST_SEVERE_FIRST

MOVES_SHOWN = 12
"""Changes in one direction that a page shows, the greatest first (our decision, 2026-11-22)."""

Moved = tuple[ClauseFigure, Change]


def comparisons_of(figures: QaFigures, desk: Desk) -> tuple[Comparison, ...]:
    """Return the newest run against the one before, and against earlier days of the same weekday."""
    say, last = desk.wording.say, figures.scope.last
    if figures.compared is None:
        return ()
    before, newest = (each.id for each in figures.compared)
    day = weekday(last, desk.wording.language) if last else ""
    since_last = _comparison(
        figures.clauses,
        "since_last",
        desk,
        title=say("since_last"),
        note=say("since_last_note", newest=newest, before=before),
    )
    same_weekday = _comparison(
        figures.clauses,
        "same_weekday",
        desk,
        title=say("same_weekday", day=day),
        note=say("same_weekday_note", newest=newest, day=day),
    )
    return tuple(each for each in (since_last, same_weekday) if each is not None)


def _comparison(
    clauses: Sequence[ClauseFigure], since: str, desk: Desk, *, title: str, note: str
) -> Comparison | None:
    told = attrgetter(since)
    moved = [(figure, told(figure)) for figure in clauses if told(figure) is not None]
    if not moved:
        return None
    worse, better = (_sorted(moved, direction) for direction in (Direction.WORSE, Direction.BETTER))
    return Comparison(
        title=title,
        note=note,
        worse=tuple(_shift("worse", each, desk) for each in worse[:MOVES_SHOWN]),
        better=tuple(_shift("better", each, desk) for each in better[:MOVES_SHOWN]),
        more=max(0, len(worse) - MOVES_SHOWN) + max(0, len(better) - MOVES_SHOWN),
        steady=len(moved) - len(worse) - len(better),
        few=len(clauses) - len(moved),
    )


def _sorted(moved: Iterable[Moved], direction: Direction) -> list[Moved]:
    """Return the changes of one direction, those of critical clauses first, then the greatest."""

    def order(each: Moved) -> tuple[int, float]:
        return MOST_SEVERE_FIRST.index(each[0].facts.severity), -abs(each[1].difference)

    return sorted((each for each in moved if each[1].direction is direction), key=order)


def _shift(kind: str, moved: Moved, desk: Desk) -> Shift:
    figure, change = moved
    before, after = (rate_of(each, desk.wording) for each in (change.before, change.after))
    assert before is not None
    assert after is not None
    say, language = desk.wording.say, desk.wording.language
    points = [signed(100 * each, language) for each in (change.difference, change.low, change.high)]
    return Shift(
        kind=kind,
        clause=clause_of_facts(figure.facts, desk.manual),
        before=before,
        after=after,
        difference=say("points", difference=points[0]),
        range=say("range_of_change", low=points[1], high=points[2]),
        start=min(before.at, after.at),
        width=round(abs(after.at - before.at), 3),
    )
