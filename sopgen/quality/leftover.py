"""Agents, and what was not judged: the lists after the findings, each bounded."""

from collections.abc import Iterable, Sequence

from sopgen.base.diagnostic import Diagnostic, Level
from sopgen.conversation.model import SetAside
from sopgen.quality.chart import rate
from sopgen.quality.page import AgentRow, Bounded, DiagnosticRow, NotGovernedRow, Rate, SetAsideRow
from sopgen.quality.veil import Veil
from sopgen.quality.wording import Wording
from sopgen.runs.store import AgentCounts, StoredRun
from sopgen.runs.summary import NotGoverned

ROWS_SHOWN = 100
"""Rows of one list that a page shows at most (our decision, 2026-11-21)."""


def agents_of(run: StoredRun, veil: Veil, wording: Wording) -> Bounded[AgentRow]:
    """Return what stands against each agent, most critical findings first."""
    counted = run.by_agent()
    rows = tuple(
        AgentRow(
            agent=veil.agent(each.agent) or wording.say("no_agent"),
            team=veil.agent(each.team),
            conversations=each.conversations,
            with_findings=each.with_findings,
            critical=each.critical,
            major=each.major,
            minor=each.minor,
            rate=_fair_rate(each, wording),
        )
        for each in counted[:ROWS_SHOWN]
    )
    return Bounded(rows=rows, more=len(counted) - len(rows))


def _fair_rate(counts: AgentCounts, wording: Wording) -> Rate | None:
    """Return the share of conversations with findings, or None of few: "100%" of one chat says nothing."""
    found = rate(counts.with_findings, counts.conversations, wording)
    return None if found is None or found.estimate.small else found


def set_aside_of(run: StoredRun, veil: Veil) -> Bounded[SetAsideRow]:
    """Return the first records that could not be read, and how many more there are."""
    rows: list[SetAsideRow] = []
    for record in run.set_aside():
        if len(rows) >= ROWS_SHOWN:
            break
        rows.append(_set_aside_row(record, veil))
    return Bounded(rows=tuple(rows), more=run.summary.totals.set_aside - len(rows))


def _set_aside_row(record: SetAside, veil: Veil) -> SetAsideRow:
    """Return the row without the record's excerpt: what could not be read cannot be masked surely."""
    return SetAsideRow(
        place=", ".join(filter(None, (veil.place(record.source), record.position))),
        code=record.code,
        reason=veil.remark(record.reason, record.code),
        hint=veil.remark(record.hint),
    )


def not_governed_of(group: NotGoverned, veil: Veil) -> NotGovernedRow:
    """Return a channel and team that no SOP governs, with a few of the conversations."""
    return NotGovernedRow(
        channel=veil.place(group.channel),
        team=veil.agent(group.team),
        conversations=group.conversations,
        examples=tuple(veil.identifier(each, channel=group.channel) for each in group.examples),
    )


def diagnostics_of(diagnostics: Sequence[Diagnostic], veil: Veil, wording: Wording) -> Bounded[DiagnosticRow]:
    """Return the first flaws of the input, and how many more there are."""
    rows = tuple(
        DiagnosticRow(
            level=wording.say(f"level_{each.level}"),
            code=each.code,
            place=veil.place(str(each.span)),
            message=veil.remark(each.message, each.code),
            hint=veil.remark(each.hint),
        )
        for each in diagnostics[:ROWS_SHOWN]
    )
    return Bounded(rows=rows, more=len(diagnostics) - len(rows))


def levels_of(diagnostics: Sequence[Diagnostic], wording: Wording) -> Iterable[str]:
    """Yield how many diagnostics there are of each level, gravest first: "3 errors", "1 warning"."""
    for level in Level:
        count = sum(each.level is level for each in diagnostics)
        if count:
            yield wording.say(f"levels_{level}", count=count)
