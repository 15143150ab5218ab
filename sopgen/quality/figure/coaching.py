"""What to work on with each agent: three habits, what the agent said badly and well, and a way out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sopgen.quality.figure.change import Change, Direction, change
from sopgen.quality.figure.clause import ClauseFacts, ClauseKey
from sopgen.quality.figure.heat import Column
from sopgen.quality.figure.scope import ConversationKey, shown_id
from sopgen.quality.interval import Estimate, share
from sopgen.quality.veil import Veil
from sopgen.runs.results import Results
from sopgen.sop.model import Severity

HABITS = 3
"""Habits that a coaching page holds: more is not worked on at once (our decision, 2026-11-22)."""

LEAST_BROKEN = 2
"""Times that a clause must have been broken to be a habit; a critical one is one at once."""

_BROKEN = """
    WITH mine AS (
        SELECT team, agent, sop, clause, "check", any_value(severity) AS severity, max(weight) AS weight,
               count(*) FILTER (verdict = 'fail') AS failed, count(*) AS decided
        FROM counted WHERE verdict IN ('pass', 'fail') AND agent <> '' GROUP BY ALL),
    others AS (SELECT team, sop, clause, "check", sum(failed) AS failed, sum(decided) AS decided
               FROM mine GROUP BY ALL)
    SELECT mine.team, agent, sop, clause, "check", weight, mine.failed, mine.decided,
           (others.failed - mine.failed)::BIGINT, (others.decided - mine.decided)::BIGINT
    FROM mine JOIN others USING (team, sop, clause, "check")
    WHERE mine.failed >= $least OR (mine.failed > 0 AND severity = 'critical')
    ORDER BY mine.team, agent, sop, clause, "check\""""
_AGENTS = """SELECT team, agent, count(DISTINCT (run, source, channel, conversation_id))
    FROM counted WHERE verdict IN ('pass', 'fail') AND agent <> '' GROUP BY ALL ORDER BY team, agent"""
_SHOWN = """CREATE OR REPLACE TEMP TABLE shown AS
    SELECT v.team, v.agent, v.sop, v.clause, v."check", v.verdict,
           arg_max(struct_pack(run := v.run, source := v.source, channel := v.channel,
                               conversation_id := v.conversation_id, words := v.words, reason := v.reason,
                               customer := coalesce(c.customer, ''), customers := c.customers,
                               opened := c.opened_on_the_wall),
                   (v.run, v.conversation_id)) AS found
    FROM judged v
    SEMI JOIN counted USING (run, source, channel, conversation_id, sop, version, clause, "check")
    LEFT JOIN conversations c USING (run, source, channel, conversation_id)
    WHERE v.verdict IN ('pass', 'fail') AND v.agent <> '' AND len(v.words) > 0 GROUP BY ALL"""
_REMEDIES = """SELECT sop, clause, "check", arg_max(remedy, run), arg_max(suggestion, run)
    FROM findings GROUP BY ALL"""
_Who = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One conversation of the agent: the words that decided, masked, and why; `key` finds it."""

    key: ConversationKey
    id: str
    opened: datetime | None
    words: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """A clause that an agent breaks, by how often the agent does and the team's other agents do.

    `compared` is their difference as a change from the others to the agent, None without others. `bad` and
    `good` are the agent's own newest examples, None where none has words. `remedy` says what would have
    passed; `reply` is the SOP's quick reply that does, "" where it has none.
    """

    clause: ClauseFacts
    failing: Estimate
    others: Estimate
    compared: Change | None
    bad: Example | None
    good: Example | None
    remedy: str
    reply: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Coaching:
    """What to work on with one agent, the most pressing first; no habits means nothing stood out."""

    who: Column
    conversations: int
    habits: tuple[Habit, ...]


def coaching(results: Results, facts: Mapping[ClauseKey, ClauseFacts], veil: Veil) -> tuple[Coaching, ...]:
    """Return a coaching page for every agent, by team and name."""
    results.connection.execute(_SHOWN)
    remedies = {ClauseKey(sop=a, clause=b, check=c): (d, e) for a, b, c, d, e in results.rows(_REMEDIES)}
    broken: dict[_Who, list[tuple[Any, ...]]] = {}
    for row in results.rows(_BROKEN, least=LEAST_BROKEN):
        broken.setdefault((row[0], row[1]), []).append(row[2:])
    chosen = {who: _worst(rows, facts) for who, rows in broken.items()}
    shown = _examples(results, chosen, veil)
    return tuple(
        Coaching(
            who=Column(team=team, name=veil.agent(agent)),
            conversations=conversations,
            habits=tuple(
                _habit(row, facts, remedies, (team, agent), shown) for row in chosen.get((team, agent), ())
            ),
        )
        for team, agent, conversations in results.rows(_AGENTS)
    )


def _key(row: tuple[Any, ...]) -> ClauseKey:
    return ClauseKey(sop=row[0], clause=row[1], check=row[2])


def _compared(row: tuple[Any, ...]) -> Change | None:
    """Return the change from the others' share of passes to the agent's."""
    failed, decided, others_failed, others = row[4:]
    return change((others - others_failed, others), (decided - failed, decided))


def _worst(rows: Iterable[tuple[Any, ...]], facts: Mapping[ClauseKey, ClauseFacts]) -> list[tuple[Any, ...]]:
    def pressing(row: tuple[Any, ...]) -> tuple[object, ...]:
        compared = _compared(row)
        worse = compared is not None and compared.direction is Direction.WORSE
        severity = facts[_key(row)].severity
        graver = -tuple(Severity).index(severity)
        return severity is not Severity.CRITICAL, not worse, -row[3] * row[4], graver, _key(row)

    return sorted(rows, key=pressing)[:HABITS]


_Shown = dict[tuple[str, str, ClauseKey, str], Example]


def _examples(results: Results, chosen: Mapping[_Who, Iterable[tuple[Any, ...]]], veil: Veil) -> _Shown:
    """Return the newest example of every chosen habit, bad and good, by agent, clause and verdict."""
    wanted = {(*who, _key(row)) for who, rows in chosen.items() for row in rows}
    found: _Shown = {}
    for team, agent, sop, clause, check, verdict, example in results.rows("SELECT * FROM shown"):
        key = ClauseKey(sop=sop, clause=clause, check=check)
        if (team, agent, key) in wanted:
            found[team, agent, key, verdict] = _example(example, veil)
    return found


def _example(found: Mapping[str, Any], veil: Veil) -> Example:
    names = ("run", "source", "channel", "conversation_id")
    key = ConversationKey(**{name: found[name] for name in names})
    customers = found["customers"] or ()
    return Example(
        key=key,
        id=shown_id(veil, key, found["customer"]),
        opened=found["opened"],
        words=tuple(veil.text(each, customers) for each in found["words"]),
        reason=veil.text(found["reason"], customers),
    )


def _habit(
    row: tuple[Any, ...],
    facts: Mapping[ClauseKey, ClauseFacts],
    remedies: Mapping[ClauseKey, tuple[str, str]],
    who: _Who,
    shown: _Shown,
) -> Habit:
    key, (failed, decided, others_failed, others) = _key(row), row[4:]
    remedy, reply = remedies.get(key, ("", ""))
    return Habit(
        clause=facts[key],
        failing=share(failed, decided),
        others=share(others_failed, others),
        compared=_compared(row),
        bad=shown.get((*who, key, "fail")),
        good=shown.get((*who, key, "pass")),
        remedy=remedy,
        reply=reply,
    )
