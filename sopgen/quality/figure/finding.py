"""The findings one by one, as a table lists them: the gravest first, masked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sopgen.compliance.model import ErrorClass
from sopgen.quality.known import Standing
from sopgen.quality.veil import Veil, names_around, secrets_recorded
from sopgen.runs.results import Results
from sopgen.sop.model import Severity

MOST_FOUND = 100_000
"""Findings that a table lists: a workbook holds ten times as many, and nobody reads them (2026-11-22)."""

_FOUND = """
    SELECT f.run_id, f.source, f.channel, f.conversation, f.team, f.agent,
           coalesce(talks.customer, '') AS customer, talks.opened_on_the_wall, f.sop, f.version,
           f.clause_number, f.clause, f.clause_text, f."check", f.code, f.severity, f.class, f.weight,
           f.confidence, f.reason, f.words, f.customers, f.fingerprint, found.standing,
           CAST(f.context AS VARCHAR)
    FROM findings f
    JOIN found ON (f.run, f.source, f.conversation, f.sop, f.version, f.clause, f."check", f.fingerprint)
        = (found.run, found.source, found.conversation_id, found.sop, found.version, found.clause,
           found."check", found.fingerprint)
    LEFT JOIN talks ON (f.run, f.source, f.conversation) = (talks.run, talks.source, talks.conversation_id)
    ORDER BY list_position(['critical', 'major', 'minor'], f.severity), f.weight DESC,
             talks.opened_on_the_wall DESC NULLS LAST, f.conversation, f.source, f.sop, f.clause, f."check"
    LIMIT $most"""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundRow:
    """One finding. `opened` is on the clock of those who wrote; `words` are the evidence, masked."""

    fingerprint: str
    standing: Standing
    run_id: str
    conversation: str
    channel: str
    team: str
    agent: str
    customer: str
    opened: datetime | None
    sop: str
    version: str
    number: str
    clause: str
    text: str
    check: str
    code: str
    severity: Severity
    error_class: ErrorClass
    weight: float
    confidence: float | None
    reason: str
    words: tuple[str, ...]


def found_rows(results: Results, veil: Veil, *, most: int = MOST_FOUND) -> tuple[FoundRow, ...]:
    """Return at most so many findings, of what `sort_out` and `lay_out` left on the connection."""
    return tuple(_row(row, veil) for row in results.rows(_FOUND, most=most))


def _row(row: Iterable[Any], veil: Veil) -> FoundRow:
    (
        run_id, source, channel, conversation, team, agent, customer, opened, sop, version, number, clause,
        text, check, code, severity, error_class, weight, confidence, reason, words, customers, fingerprint,
        standing, context,
    ) = row  # fmt: skip
    names, secrets = names_around(customers or (), source, agent), secrets_recorded(context)
    return FoundRow(
        fingerprint=fingerprint or "",
        standing=Standing(standing),
        run_id=run_id,
        conversation=veil.identifier(conversation, channel=channel, names=names),
        channel=veil.place(channel),
        team=veil.agent(team),
        agent=veil.agent(agent),
        customer=veil.person(customer),
        opened=opened,
        sop=sop,
        version=version,
        number=number,
        clause=clause,
        text=text,
        check=check,
        code=code,
        severity=Severity(severity),
        error_class=ErrorClass(error_class),
        weight=weight,
        confidence=confidence,
        reason=veil.text(reason, names, secrets),
        words=tuple(veil.text(each, names, secrets) for each in words or ()),
    )
