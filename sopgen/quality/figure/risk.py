"""The conversations to look at first, as a table has them: whose they are, who answers, how they ended."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sopgen.quality.figure.scope import ConversationKey, shown_id
from sopgen.quality.risk import Broken
from sopgen.quality.veil import Veil
from sopgen.runs.results import Results

MOST_RISKY = 25
"""Conversations that a table puts first (our decision, 2026-11-22)."""

_TOLD = """
    SELECT run, source, conversation_id, run_id, team, customer, answerable, opened_on_the_wall, csat,
           complains, reopened
    FROM talks
    JOIN (SELECT unnest($runs::INTEGER[]) AS run, unnest($sources::VARCHAR[]) AS source,
                 unnest($conversations::VARCHAR[]) AS conversation_id) USING (run, source, conversation_id)
    LEFT JOIN (SELECT run, source, conversation_id, list(DISTINCT agent ORDER BY agent) AS answerable
               FROM counted WHERE verdict = 'fail' AND agent <> '' GROUP BY ALL)
        USING (run, source, conversation_id)"""


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskyConversation:
    """A conversation with departures. `key` finds it in the results; `id` and `customer` are for showing.

    `agents` are the authors of the evidence. `weight` is that of all findings, `news` how many of them nobody
    knows yet. `opened` is on the clock of the people who wrote.
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
    weight: float
    news: int
    csat: float | None
    complains: bool
    reopened: int


def riskiest(
    results: Results, broken: Sequence[Broken], veil: Veil, *, most: int = MOST_RISKY
) -> tuple[RiskyConversation, ...]:
    """Return the first of the conversations, which stand in the order of their risk, told in full."""
    first = broken[:most]
    runs, sources, conversations = ([each.key[place] for each in first] for place in range(3))
    rows = results.rows(_TOLD, runs=runs, sources=sources, conversations=conversations)
    told = {(row[0], row[1], row[2]): row[3:] for row in rows}
    return tuple(_risky(each, told, veil) for each in first)


def _risky(
    broken: Broken, told: Mapping[tuple[int, str, str], Sequence[Any]], veil: Veil
) -> RiskyConversation:
    run_id, team, customer, agents, opened, csat, complains, reopened = told[broken.key]
    key = ConversationKey(
        run=broken.run,
        source=broken.source,
        channel=broken.channel,
        conversation_id=broken.conversation,
    )
    return RiskyConversation(
        key=key,
        id=shown_id(veil, key, customer),
        run_id=run_id,
        team=team,
        customer=veil.person(customer),
        agents=tuple(veil.agent(each) for each in agents or ()),
        opened=opened,
        critical=broken.critical,
        major=broken.major,
        minor=broken.minor,
        weight=broken.weight,
        news=broken.news,
        csat=csat,
        complains=complains,
        reopened=reopened,
    )
