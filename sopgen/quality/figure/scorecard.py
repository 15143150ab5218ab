"""Agents and teams: a weighted score, and apart from it how many conversations had a critical error.

The score is a ratio of sums over conversations, since the verdicts of one conversation hang together. Its
interval is that of the ratio estimator, linearised (W. G. Cochran, Sampling Techniques, 3rd ed., 1977,
section 6.3), at 95 %; where every conversation scores alike it would have no width, and is Wilson's.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import sqrt
from typing import Any

from sopgen.compliance.model import ErrorClass
from sopgen.quality.figure.change import Direction, change
from sopgen.quality.figure.heat import Column
from sopgen.quality.interval import SMALL_SAMPLE, Estimate, deviations, share
from sopgen.quality.veil import Veil
from sopgen.runs.results import Results

LEAST_CONVERSATIONS = SMALL_SAMPLE
"""Conversations below which nobody is ranked (see the folder's decisions)."""

_TABLE = """CREATE OR REPLACE TEMP TABLE shares AS
    SELECT {name} AS name, team, run, source, channel, conversation_id,
           date_trunc('week', any_value(day))::DATE AS week,
           coalesce(sum(weight) FILTER (verdict = 'pass' AND severity <> 'critical'), 0) AS won,
           coalesce(sum(weight) FILTER (severity <> 'critical'), 0) AS held,
           count(*) AS decided, count(*) FILTER (verdict = 'fail') AS failed,
           bool_or(verdict = 'fail' AND severity = 'critical') AS any_critical,
           {classes}
    FROM counted WHERE verdict IN ('pass', 'fail') AND {name} <> '' GROUP BY ALL"""
_CLASSES = ", ".join(
    f"bool_or(verdict = 'fail' AND severity = 'critical' AND class = '{each}') AS {each}_critical"
    for each in ErrorClass
)
_SUMS = """count(*), sum(won), sum(held), sum(won * won), sum(won * held), sum(held * held)"""
_CARDS = f"""SELECT team, name, {_SUMS}, sum(decided)::BIGINT, sum(failed)::BIGINT,
        count(*) FILTER (any_critical),
        {", ".join(f"count(*) FILTER ({each}_critical)" for each in ErrorClass)}
    FROM shares GROUP BY ALL ORDER BY team, name"""  # noqa: S608 - words of this module
_WEEKS = f"""SELECT team, name, week, {_SUMS} FROM shares
    WHERE week IS NOT NULL GROUP BY ALL ORDER BY week"""  # noqa: S608
_RATED = """SELECT team, {name}, count(*), count(*) FILTER (csat >= 4), count(csat),
        median(first_response_seconds) FROM {talks} GROUP BY ALL"""
_BY_AGENT = "(SELECT *, unnest(agents) AS name FROM talks)"


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekScore:
    """The score of the conversations that began in one week; `week` is its Monday."""

    week: date
    score: Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorecard:
    """How one agent, or one team, did.

    `conversations` are those with a decided verdict on them, `wrote_in` all in which they wrote. `score` is
    the weighted share of passes among clauses that are not critical; `critical` the share of conversations
    with a critical error, by class and of any. `rank` counts from 1 within the team, the highest score first,
    among agents of LEAST_CONVERSATIONS and more; None for others, and for teams: their SOPs differ.
    `more_critical`: critical errors are more frequent than among the other agents of the team, beyond chance;
    never said of who is not ranked.
    `satisfied` is the share of ratings 4 and 5, `first_response` the median in seconds, both of the
    conversations in which they wrote.
    """

    who: Column
    conversations: int
    wrote_in: int
    decided: int
    failed: int
    score: Estimate
    any_critical: Estimate
    critical: Mapping[ErrorClass, Estimate]
    more_critical: bool
    rank: int | None
    weeks: tuple[WeekScore, ...]
    satisfied: Estimate
    first_response: float | None


def agent_cards(results: Results, veil: Veil) -> tuple[Scorecard, ...]:
    """Return the scorecards of agents by team, in it the ranked by rank, then the others by name."""
    return _ranked(_compared(_cards(results, "agent", _BY_AGENT, "name", veil)))


def team_cards(results: Results, veil: Veil) -> tuple[Scorecard, ...]:
    """Return the scorecards of teams by name; they count what names no agent, too."""
    return tuple(_cards(results, "team", "talks", "team", veil))


def _cards(results: Results, name: str, talks: str, rated: str, veil: Veil) -> list[Scorecard]:
    results.connection.execute(_TABLE.format(name=name, classes=_CLASSES))
    weeks: dict[tuple[str, str], list[WeekScore]] = {}
    for team, who, week, *sums in results.rows(_WEEKS):
        weeks.setdefault((team, who), []).append(WeekScore(week=week, score=score(*sums)))
    served = {(team, who): told for team, who, *told in results.rows(_RATED.format(name=rated, talks=talks))}
    return [
        _card(row, weeks.get((row[0], row[1]), []), served.get((row[0], row[1]), [0, 0, 0, None]), veil)
        for row in results.rows(_CARDS)
    ]


def _card(row: tuple[Any, ...], weeks: Iterable[WeekScore], served: list[Any], veil: Veil) -> Scorecard:
    team, name, conversations, *rest = row
    sums, (decided, failed, any_critical, *critical) = rest[:5], rest[5:]
    return Scorecard(
        who=Column(team=team, name=veil.agent(name)),
        conversations=conversations,
        wrote_in=served[0],
        decided=decided,
        failed=failed,
        score=score(conversations, *sums),
        any_critical=share(any_critical, conversations),
        critical={each: share(n, conversations) for each, n in zip(ErrorClass, critical, strict=True)},
        more_critical=False,
        rank=None,
        weeks=tuple(weeks),
        satisfied=share(served[1], served[2]),
        first_response=served[3],
    )


def _ranked(cards: list[Scorecard]) -> tuple[Scorecard, ...]:
    places: Counter[str] = Counter()
    ordered = sorted(cards, key=lambda each: (each.who.team, not _rankable(each), -_standing(each), each.who))
    return tuple(
        replace(each, rank=_next(places, each.who.team)) if _rankable(each) else each for each in ordered
    )


def _compared(cards: Sequence[Scorecard]) -> list[Scorecard]:
    """Return the cards, each beside the critical errors of the others of its team."""
    counts = {each.who: (round((each.any_critical.value or 0) * each.conversations), each) for each in cards}
    broken, all_ = Counter[str](), Counter[str]()
    for count, each in counts.values():
        broken[each.who.team] += count
        all_[each.who.team] += each.conversations
    return [
        replace(each, more_critical=_is_more(count, each, broken[each.who.team], all_[each.who.team]))
        for count, each in counts.values()
    ]


def _is_more(count: int, card: Scorecard, broken: int, all_: int) -> bool:
    """Return whether conversations with a critical error are more frequent than among the others.

    Never of too few conversations: one error in one conversation is no habit.
    """
    if not _rankable(card):
        return False
    others = all_ - card.conversations
    compared = change((others - (broken - count), others), (card.conversations - count, card.conversations))
    return compared is not None and compared.direction is Direction.WORSE


def _rankable(card: Scorecard) -> bool:
    return card.conversations >= LEAST_CONVERSATIONS and card.score.value is not None


def _standing(card: Scorecard) -> float:
    """Return by what a card is ordered in its team: the score of those who are ranked."""
    return (card.score.value or 0.0) if _rankable(card) else 0.0


def _next(places: Counter[str], team: str) -> int:
    places[team] += 1
    return places[team]


def score(of: int, won: float, held: float, *squares: float) -> Estimate:
    """Return the ratio won / held of sums over `of` conversations.

    `squares` are the sums of won², won × held, and held².
    """
    if not held:
        return Estimate(value=None, low=None, high=None, of=0)
    ratio, (won_won, won_held, held_held) = won / held, squares
    spread = max(0.0, won_won - 2 * ratio * won_held + ratio * ratio * held_held)
    if of < 2 or spread < 1e-9 * held_held:
        plain = share(round(ratio * of), of)
        return Estimate(
            value=ratio, low=min(plain.low or 0.0, ratio), high=max(plain.high or 0.0, ratio), of=of
        )
    reach = deviations() * sqrt(of / (of - 1) * spread) / held
    return Estimate(value=ratio, low=max(0.0, ratio - reach), high=min(1.0, ratio + reach), of=of)
