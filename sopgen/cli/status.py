"""`sopgen status`: what is in force, what comes next, and what is due."""

from datetime import datetime
from pathlib import Path

import click

from sopgen.base.errors import SourceError, UsageError
from sopgen.cli import option
from sopgen.cli.cache import own_cache
from sopgen.cli.choice import chosen_sops, pack_folders, unusable_sops
from sopgen.cli.clock import now
from sopgen.cli.screen.document import show_json
from sopgen.cli.screen.standing import show_standings
from sopgen.cli.screen.trouble import Gathered
from sopgen.cli.standing import broken_standing, standing_of
from sopgen.cli.teaching import Taught
from sopgen.compliance.pack import load_pack
from sopgen.sop.model import SopHistory
from sopgen.sop.release import effective_at, timezone_of


@click.command(name="status", cls=Taught)
@option.names
@click.option(
    "--at", metavar="DATE", default="", show_default=False, help="A date or an instant.  [default: now]"
)
@option.sops
@option.checks
@option.as_json
def command(*, names: tuple[str, ...], at: str, sops: Path, checks: tuple[Path, ...], as_json: bool) -> int:
    """Show what is in force, and how much of it is checked.

    For each SOP: the version in force and since when, the next one, when a review is due, the owner, who
    approved it, the changes in the draft that no release has yet, and how many clauses a check judges. A
    date means its midnight, in the SOP's own timezone. An SOP that cannot be used is listed as broken.

    The exit status is 1 when a review is overdue, a release was damaged, or an SOP or a check has an error;
    3 when no SOP can be used at all; the broken ones are listed then as well.

    Examples:
      sopgen status
      sopgen status cs-swin --json
      sopgen status --at 2026-12-31
    """
    with Gathered() as gathered:
        histories, trouble = _usable(sops, gathered, names)
        rules = load_pack(pack_folders(checks, sops=sops), gathered, cache=own_cache()).rules
        broken = () if names else unusable_sops(sops, histories)
        if trouble and not broken:
            raise trouble
        standings = (
            *(standing_of(history, rules, at=_instant(at, history)) for history in histories),
            *map(broken_standing, broken),
        )
    if as_json:
        show_json(standings)
    else:
        show_standings(standings)
    if trouble:
        raise trouble
    return int(gathered.has_error() or any(standing.overdue for standing in standings))


def _usable(
    sops: Path, gathered: Gathered, names: tuple[str, ...]
) -> tuple[tuple[SopHistory, ...], SourceError | None]:
    """Return the SOPs that can be used; where there is none, the error that says so."""
    try:
        return chosen_sops(sops, gathered, names=names), None
    except SourceError as error:
        return (), error


def _instant(at: str, history: SopHistory) -> datetime:
    """Return the instant that `--at` names for an SOP, or this one. UsageError CLI105."""
    if not at:
        return now()
    instant = effective_at(at, timezone_of(history.newest))
    if instant is None:
        hint = "write a date (2026-12-31) or an instant (2026-12-31T22:00:00+07:00)"
        raise UsageError("CLI105", f"'{at}' is neither a date nor an instant", hint=hint)
    return instant
