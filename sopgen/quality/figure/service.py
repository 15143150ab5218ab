"""How well people were served: how long they waited, what was solved at once, ratings, who came back.

Sources: the indicators of `cs-online` (chapter Indikator Kinerja): CSAT is the share of ratings 4 and 5, NPS
the share of 9 and 10 less that of 0 to 6, the first contact resolved what brings nobody back about the same
thing within seven days. The interval of NPS is that of the mean of the scores -1, 0 and 1 at 95 %.
"""

from dataclasses import dataclass
from datetime import date
from math import sqrt
from typing import Any

from sopgen.quality.interval import Estimate, deviations, share
from sopgen.runs.results import Results

_MATTERS = """CREATE TEMP TABLE IF NOT EXISTS matters AS
    SELECT *, CASE WHEN lower(trim(customer)) <> '' THEN lower(trim(customer)) END AS person,
           opened_at <= (SELECT max(opened_at) FROM talks) - INTERVAL 7 DAY AS ripe,
           lead(opened_at) OVER (
               PARTITION BY lower(trim(customer)), coalesce(category, '')
               ORDER BY opened_at, conversation_id, source
           ) AS next_at
    FROM talks"""
_TIMES = (
    "first_response_seconds", "resolution_seconds", "business_first_response_seconds",
    "business_resolution_seconds",
)  # fmt: skip


def _spread(column: str) -> str:
    return (
        f"count({column}), avg({column}), median({column}), quantile_cont({column}, 0.9), "
        f"quantile_cont({column}, 0.95)"
    )


def _waits(prefix: str) -> str:
    """Return the mean over answers, and the spread of each conversation's mean."""
    mean = f"{prefix}mean_response_seconds"
    return f"sum({mean} * responses) / sum(responses) FILTER ({mean} IS NOT NULL), {_spread(mean)}"


_FIGURES = f"""SELECT {{group}}, count(*), count(*) FILTER (complains), {", ".join(map(_spread, _TIMES))},
    {_waits("")}, {_waits("business_")},
    count(*) FILTER (csat >= 4), count(csat), avg(csat),
    count(*) FILTER (nps >= 9), count(*) FILTER (nps <= 6), count(nps),
    count(*) FILTER (ripe AND person IS NOT NULL),
    count(*) FILTER (ripe AND person IS NOT NULL AND reopened = 0
                     AND (next_at IS NULL OR next_at > opened_at + INTERVAL 7 DAY)),
    count(*) FILTER (closed), count(*) FILTER (reopened > 0), count(*) FILTER (transfers > 0)
    FROM matters GROUP BY ALL ORDER BY 1"""  # noqa: S608 - words of this module
_RETURNING = """SELECT {group}, count(*), count(*) FILTER (days > 1)
    FROM (SELECT {inner}, person, count(DISTINCT day) AS days FROM matters
          WHERE person IS NOT NULL GROUP BY ALL)
    GROUP BY ALL"""
_DAYS = """SELECT day, count(*), count(*) FILTER (complains), median(first_response_seconds),
    count(*) FILTER (csat >= 4), count(csat) FROM matters WHERE day IS NOT NULL GROUP BY ALL ORDER BY day"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """Lengths of time in seconds: of how many, their mean, median, and what 90 and 95 of 100 stay within.

    All but `of` are None where there is none.
    """

    of: int
    mean: float | None
    median: float | None
    p90: float | None
    p95: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """Times on one clock. `mean_response` is over all answers, `response` each conversation's own mean."""

    first_response: Spread
    mean_response: float | None
    response: Spread
    resolution: Spread


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceFigure:
    """A service, or one team or channel of it, which `name` says; "" is all of it.

    `business` counts opening hours alone; its spreads are of nothing where no SOP sets `hours`. `satisfied`
    is the share of ratings 4 and 5. `promoters` is the NPS, from -1 to 1. `first_contact` is taken of
    conversations that lie seven days back and whose customer is known. `returning` is the share of customers
    who wrote on more than one day. `closed`, `reopened` and `transferred` are shares of conversations.
    """

    name: str
    conversations: int
    complaints: Estimate
    waits: Waits
    business: Waits
    satisfied: Estimate
    mean_rating: float | None
    promoters: Estimate
    first_contact: Estimate
    returning: Estimate
    closed: Estimate
    reopened: Estimate
    transferred: Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceDay:
    """The conversations that began on one day; the median of first responses in seconds."""

    day: date
    conversations: int
    complaints: int
    first_response: float | None
    satisfied: Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """The whole service, its teams and channels by name, and its days."""

    whole: ServiceFigure
    teams: tuple[ServiceFigure, ...]
    channels: tuple[ServiceFigure, ...]
    days: tuple[ServiceDay, ...]


def service(results: Results) -> Service:
    """Return the figures of the service."""
    results.connection.execute(_MATTERS)
    whole = _figures(results, "''") or (_figure("", _NOTHING, (0, 0)),)
    return Service(
        whole=whole[0],
        teams=_figures(results, "team"),
        channels=_figures(results, "channel"),
        days=tuple(
            ServiceDay(
                day=day,
                conversations=conversations,
                complaints=complaints,
                first_response=first_response,
                satisfied=share(good, rated),
            )
            for day, conversations, complaints, first_response, good, rated in results.rows(_DAYS)
        ),
    )


def _figures(results: Results, group: str) -> tuple[ServiceFigure, ...]:
    inner = f"{group} AS part"
    returning = {
        name: (back, people)
        for name, people, back in results.rows(_RETURNING.format(group="part", inner=inner))
    }
    return tuple(
        _figure(name, told, returning.get(name, (0, 0)))
        for name, *told in results.rows(_FIGURES.format(group=group))
    )


_NOTHING: list[Any] = [0, 0, *(0, None, None, None, None) * 4, *(None, 0, None, None, None, None) * 2,
                       0, 0, None, 0, 0, 0, 0, 0, 0, 0, 0]  # fmt: skip


def _figure(name: str, told: list[Any], returning: tuple[int, int]) -> ServiceFigure:
    conversations, complaints = told[:2]
    first, whole, business_first, business_whole = (_told_spread(told[n : n + 5]) for n in range(2, 22, 5))
    good, rated, mean, for_us, against, asked, ripe, solved, closed, reopened, moved = told[34:]
    return ServiceFigure(
        name=name,
        conversations=conversations,
        complaints=share(complaints, conversations),
        waits=_waits_of(first, whole, told[22:28]),
        business=_waits_of(business_first, business_whole, told[28:34]),
        satisfied=share(good, rated),
        mean_rating=mean,
        promoters=promoters(for_us, against, asked),
        first_contact=share(solved, ripe),
        returning=share(*returning),
        closed=share(closed, conversations),
        reopened=share(reopened, conversations),
        transferred=share(moved, conversations),
    )


def _waits_of(first: Spread, resolution: Spread, told: list[Any]) -> Waits:
    response = _told_spread(told[1:])
    return Waits(first_response=first, mean_response=told[0], response=response, resolution=resolution)


def _told_spread(told: list[Any]) -> Spread:
    of, mean, median, p90, p95 = told
    return Spread(of=of, mean=mean, median=median, p90=p90, p95=p95)


def promoters(for_us: int, against: int, of: int) -> Estimate:
    """Return the share of promoters less that of detractors, between -1 and 1."""
    if not of:
        return Estimate(value=None, low=None, high=None, of=0)
    value = (for_us - against) / of
    if abs(value) == 1 or not for_us + against:
        wilson = share(for_us, of) if value > 0 else share(against, of)
        slack = (wilson.high or 0) - (wilson.low or 0)
        return Estimate(value=value, low=max(-1.0, value - slack), high=min(1.0, value + slack), of=of)
    reach = deviations() * sqrt(((for_us + against) / of - value * value) / of)
    return Estimate(value=value, low=max(-1.0, value - reach), high=min(1.0, value + reach), of=of)
