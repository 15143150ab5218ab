"""The conversations to look at first: critical departures before all else, then what weighs most."""

from dataclasses import dataclass
from datetime import datetime

from sopgen.quality.figure.scope import ConversationKey, shown_id
from sopgen.quality.veil import Veil
from sopgen.runs.results import Results

MOST_RISKY = 25
"""Conversations that a report puts first (our decision, 2026-11-22)."""

_RISKIEST = """
    WITH broken AS (
        SELECT run, source, channel, conversation_id,
               count(*) FILTER (severity = 'critical') AS critical,
               count(*) FILTER (severity = 'major') AS major,
               count(*) FILTER (severity = 'minor') AS minor,
               sum(weight) FILTER (severity <> 'critical') AS lost,
               list(DISTINCT agent ORDER BY agent) FILTER (agent <> '') AS answerable
        FROM counted WHERE verdict = 'fail' GROUP BY ALL)
    SELECT run, source, channel, conversation_id, run_id, team, customer, answerable, opened_on_the_wall,
           critical, major, minor, coalesce(lost, 0), csat, complains, reopened
    FROM broken JOIN talks USING (run, source, channel, conversation_id)
    ORDER BY critical DESC, coalesce(lost, 0) DESC, complains DESC, csat NULLS LAST, opened_on_the_wall DESC,
             conversation_id, source
    LIMIT $most"""


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskyConversation:
    """A conversation with departures. `key` finds it in the results; `id` and `customer` are for showing.

    `agents` are the authors of the evidence. `lost` is the weight of broken clauses that are not critical.
    `opened` is on the clock of the people who wrote.
    """

    key: ConversationKey
    id: str
    run_id: str
    team: str
    customer: str
    agents: tuple[str, ...]
    opened: datetime | None
    critical: int
    major: int
    minor: int
    lost: float
    csat: float | None
    complains: bool
    reopened: int


def riskiest(results: Results, veil: Veil, *, most: int = MOST_RISKY) -> tuple[RiskyConversation, ...]:
    """Return the conversations to look at first, the gravest first."""
    return tuple(_risky(row, veil) for row in results.rows(_RISKIEST, most=most))


def _risky(row: tuple[object, ...], veil: Veil) -> RiskyConversation:
    run, source, channel, identifier, run_id, team, customer, agents, opened, *counts = row
    key = ConversationKey(run=run, source=source, channel=channel, conversation_id=identifier)  # type: ignore[arg-type]
    names = ("critical", "major", "minor", "lost", "csat", "complains", "reopened")
    return RiskyConversation(
        key=key,
        id=shown_id(veil, key, str(customer)),
        run_id=str(run_id),
        team=str(team),
        customer=veil.person(str(customer)),
        agents=tuple(veil.agent(each) for each in agents or ()),  # type: ignore[attr-defined]
        opened=opened,  # type: ignore[arg-type]
        **dict(zip(names, counts, strict=True)),  # type: ignore[arg-type]
    )
