"""What was released, for people and for programs."""

from collections.abc import Iterable
from typing import Any

from sopgen.base.diagnostic import Diagnostic, diagnostic_record
from sopgen.cli.releasing import Released
from sopgen.cli.screen.console import DOUBTFUL, QUIET, notice, say
from sopgen.cli.screen.plain import counted

_SHOWN = 12
"""Reasons that are printed before the rest is only counted (our decision, 2026-11-22)."""


def show_released(released: Released) -> None:
    """Print the version, why it is that one, and the files."""
    plan, release = released.plan, released.plan.release
    for version in released.cleared:
        notice(f"took away what a release of {version} had left when it broke off", style=QUIET)
    verb = "released" if released.done else "would be released"
    say(f"{plan.draft.id} {release.version} {verb}, effective {release.effective.isoformat()}", style="bold")
    say(
        f"  {release.category}, approved by {release.approved_by} on {release.approved_on}: {release.summary}"
    )
    _show_reasons(released)
    for note in plan.notes:
        say(f"  note: {note}", style=DOUBTFUL)
    for path in released.files:
        say(f"  {path}")
    say(f"  sha256 of the PDF: {released.entry.sha256.pdf}")


def _show_reasons(released: Released) -> None:
    proposal, changes = released.plan.proposal, released.plan.changes
    told = counted(len(changes), "change") if changes else "no earlier text to compare with"
    say(f"  {told}; they ask for {proposal.version} ({proposal.step}), {proposal.category}:")
    for reason in proposal.reasons[:_SHOWN]:
        say(f"    {reason.step}: {reason.text}")
    if len(proposal.reasons) > _SHOWN:
        say(f"    and {len(proposal.reasons) - _SHOWN} more: see `sopgen diff {released.plan.draft.id}`")


def release_record(released: Released, diagnostics: Iterable[Diagnostic]) -> dict[str, Any]:
    """Return what was released as one object, as `--json` prints it."""
    plan, release, proposal = released.plan, released.plan.release, released.plan.proposal
    return {
        "sop": plan.draft.id,
        "version": release.version,
        "category": release.category,
        "effective": release.effective,
        "approved_by": release.approved_by,
        "approved_on": release.approved_on,
        "summary": release.summary,
        "released": released.done,
        "files": released.files,
        "sha256": released.entry.sha256,
        "proposed": {
            "version": proposal.version,
            "category": proposal.category,
            "step": proposal.step,
            "reasons": [{"step": each.step, "text": each.text} for each in proposal.reasons],
        },
        "changes": len(plan.changes),
        "notes": plan.notes,
        "cleared": released.cleared,
        "diagnostics": [diagnostic_record(each) for each in diagnostics],
    }
