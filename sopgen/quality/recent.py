"""How well each clause of each version was kept lately: the figure, and the line that says it.

Lately is the days before the newest day that was judged, that day included: the clock has no part in it, so
the same results give the same lines. Counted is as for owners of SOPs (`figure`): each conversation as the
newest run judged it, and a false alarm counts against nobody.
"""

from dataclasses import dataclass
from datetime import date

from sopgen.quality.figure.scope import lay_out
from sopgen.quality.interval import Estimate, share
from sopgen.quality.known import Known
from sopgen.quality.locale import day, percent
from sopgen.quality.wording import Wording
from sopgen.runs.results import Results

DAYS = 30
"""How many days are lately: a month has enough cases for most clauses (our decision, 2026-11-22)."""

_RECENT = """SELECT sop, version, clause, newest,
        count(*) FILTER (verdict = 'pass'), count(*) FILTER (verdict IN ('pass', 'fail')) AS decided
    FROM counted, (SELECT max(day) AS newest FROM counted WHERE verdict IN ('pass', 'fail'))
    WHERE day > newest - $days GROUP BY ALL HAVING decided > 0 ORDER BY ALL"""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecentFigure:
    """The share of passes among the passes and fails of a clause in a version, up to the day `until`."""

    sop: str
    version: str
    clause: str
    until: date
    passing: Estimate


def recent_figures(results: Results, known: Known | None = None, *, days: int = DAYS) -> list[RecentFigure]:
    """Return the figures of the clauses that were decided in the last days, by SOP, version, clause."""
    lay_out(results, known)
    return [
        RecentFigure(sop=sop, version=version, clause=clause, until=until, passing=share(passed, decided))
        for sop, version, clause, until, passed, decided in results.rows(_RECENT, days=days)
    ]


def recent_line(figure: RecentFigure, language: str, *, days: int = DAYS) -> str:
    """Return the figure in words, with its 95 % interval; a small sample is called one."""
    wording, passing = Wording(language), figure.passing
    line = wording.say(
        "recent_compliance",
        days=days,
        until=day(figure.until, language),
        count=passing.of,
        rate=percent(passing.value or 0, language),
        low=percent(passing.low or 0, language),
        high=percent(passing.high or 0, language),
    )
    return f"{line}, {wording.say('small')}" if passing.small else line
