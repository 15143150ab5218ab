"""A night against its limits: what it found that is news, and what the calls of one night judged."""

from dataclasses import replace
from datetime import datetime

from sopgen.cli.house import House, Night
from sopgen.cli.knowing import run_news
from sopgen.quality.known import Known, News
from sopgen.runs.night.gathering import Sorted
from sopgen.runs.night.ledger import Ledger
from sopgen.runs.night.limit import NIGHT, Limit, limits_of
from sopgen.runs.summary import RunSummary


def weighed(night: Night, known: Known, ledger: Ledger) -> Night:
    """Return the night with what is new in it, and which limits it kept; what is known breaks none."""
    news = run_news(night.folder, known) if night.folder else None
    limits = _limits(night.house, ledger, (night.summary, night.sorted), news=news, at=night.started_at)
    return replace(night, news=news, limits=limits)


def limits_then(house: House, ledger: Ledger, summary: RunSummary, known: Known) -> tuple[Limit, ...]:
    """Return which limits a stored run of an earlier call kept."""
    totals = summary.totals
    sorted_ = Sorted(read=totals.read, set_aside=totals.set_aside)
    news = run_news(house.output / "runs" / summary.run_id, known)
    return _limits(house, ledger, (summary, sorted_), news=news, at=summary.started_at)


def _limits(
    house: House,
    ledger: Ledger,
    found: tuple[RunSummary | None, Sorted],
    *,
    news: News | None,
    at: datetime,
) -> tuple[Limit, ...]:
    count = news.at_least if news else None
    judged = ledger.judged_between(at - NIGHT, at)
    return limits_of(house.settings.fail, *found, count=count, judged=judged)
