"""What was not judged, with reasons: the lists at a report's end, each bounded."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice

from sopgen.base.diagnostic import Diagnostic, Level
from sopgen.conversation.model import SetAside
from sopgen.quality.overview import Overview
from sopgen.quality.page import Bounded, DiagnosticRow, Leftover, NotGovernedRow, SetAsideRow
from sopgen.quality.remark import line_in_words, position_in_words, sentence_of
from sopgen.quality.veil import Veil
from sopgen.quality.wording import Wording
from sopgen.runs.store import StoredRun
from sopgen.runs.summary import NotGoverned

EXAMPLES_SHOWN = 5
"""Conversations that are named of those that no SOP governs."""

ROWS_SHOWN = 100
"""Rows of one list that a page shows at most (our decision, 2026-11-21)."""


def leftover_of(overview: Overview, runs: Sequence[StoredRun], veil: Veil, wording: Wording) -> Leftover:
    """Return what was not judged in any of the runs, and what was wrong with their input."""
    diagnostics = [each for run in runs for each in run.summary.diagnostics]
    groups = [group for run in runs for group in run.summary.not_governed]
    return Leftover(
        set_aside_count=overview.totals.set_aside,
        set_aside=set_aside_of(runs, overview.totals.set_aside, veil, wording),
        not_governed=tuple(not_governed_of(group, veil) for group in _joined(groups)),
        diagnostics=diagnostics_of(diagnostics, veil, wording),
        levels=tuple(levels_of(diagnostics, wording)),
    )


def _joined(groups: Iterable[NotGoverned]) -> tuple[NotGoverned, ...]:
    """Return one group for each channel and team, by their names."""
    joined: dict[tuple[str, str], NotGoverned] = {}
    for group in groups:
        before = joined.get((group.channel, group.team))
        joined[group.channel, group.team] = (
            group
            if before is None
            else replace(
                group,
                conversations=before.conversations + group.conversations,
                examples=tuple(dict.fromkeys((*before.examples, *group.examples)))[:EXAMPLES_SHOWN],
            )
        )
    return tuple(joined[key] for key in sorted(joined))


def set_aside_of(runs: Sequence[StoredRun], count: int, veil: Veil, wording: Wording) -> Bounded[SetAsideRow]:
    """Return the first records that could not be read, and how many more there are."""
    records = (record for run in runs for record in run.set_aside())
    rows = tuple(_set_aside_row(record, veil, wording) for record in islice(records, ROWS_SHOWN))
    return Bounded(rows=rows, more=count - len(rows))


def _set_aside_row(record: SetAside, veil: Veil, wording: Wording) -> SetAsideRow:
    """Return the row without the record's excerpt: what could not be read cannot be masked surely."""
    return SetAsideRow(
        place=_place(veil.place(record.source), position_in_words(record.position, wording)),
        code=record.code,
        told=sentence_of(record.code, wording),
        reason=veil.remark(record.reason, record.code),
        hint=veil.remark(record.hint),
    )


def _place(file: str, position: str) -> str:
    return ", ".join(filter(None, (file, position)))


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
            place=_place(veil.place(each.span.file), line_in_words(each.span, wording)),
            told=sentence_of(each.code, wording),
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
