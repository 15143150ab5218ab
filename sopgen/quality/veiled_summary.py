"""A run's summary as people may see it: its diagnostics and its examples behind the veil."""

from dataclasses import replace

from sopgen.base.diagnostic import Diagnostic
from sopgen.base.span import Span
from sopgen.quality.mask import mask_place, mask_remark
from sopgen.quality.veil import Veil
from sopgen.runs.summary import NotGoverned, RunSummary

WRITTEN_BY_AUTHORS = (".md", ".yaml", ".toml")
"""Files that authors of SOPs and checks write: their names and places are told in full."""


def veiled_summary(summary: RunSummary, veil: Veil) -> RunSummary:
    """Return the summary without personal data."""
    if veil.open:
        return summary
    return replace(
        summary,
        not_governed=tuple(_group(each, veil) for each in summary.not_governed),
        diagnostics=tuple(veiled_diagnostic(each, veil) for each in summary.diagnostics),
    )


def veiled_diagnostic(diagnostic: Diagnostic, veil: Veil) -> Diagnostic:
    """Return a diagnostic without personal data; one about what authors wrote is as it was."""
    if veil.open or diagnostic.span.file.endswith(WRITTEN_BY_AUTHORS):
        return diagnostic
    span = diagnostic.span
    return replace(
        diagnostic,
        span=Span(file=veil.place(span.file), line=span.line, column=span.column),
        message=veil.remark(diagnostic.message, diagnostic.code),
        hint=veil.remark(diagnostic.hint),
    )


def shown_on_a_screen(diagnostic: Diagnostic) -> Diagnostic:
    """Return a diagnostic as a terminal or a log shows it: the folder stays, so that people find the file."""
    if diagnostic.span.file.endswith(WRITTEN_BY_AUTHORS):
        return diagnostic
    span = diagnostic.span
    return replace(
        diagnostic,
        span=Span(file=mask_place(span.file), line=span.line, column=span.column),
        message=mask_remark(diagnostic.message, diagnostic.code),
        hint=mask_remark(diagnostic.hint, ""),
    )


def _group(group: NotGoverned, veil: Veil) -> NotGoverned:
    return replace(
        group,
        channel=veil.agent(group.channel),
        team=veil.agent(group.team),
        examples=tuple(veil.identifier(each, channel=group.channel) for each in group.examples),
    )
