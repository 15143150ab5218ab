"""`sopgen lint`: what is wrong in the SOPs."""

from collections.abc import Sequence
from pathlib import Path

import click

from sopgen.base.diagnostic import Level, diagnostic_record
from sopgen.cli import option
from sopgen.cli.choice import chosen_sops, pack_folders
from sopgen.cli.screen.console import say
from sopgen.cli.screen.document import show_json
from sopgen.cli.screen.plain import counted
from sopgen.cli.screen.trouble import Gathered, tally
from sopgen.cli.teaching import Taught
from sopgen.compliance.binding import bind
from sopgen.compliance.pack import load_pack
from sopgen.sop.lint import lint
from sopgen.sop.model import SopHistory


@click.command(name="lint", cls=Taught)
@option.names
@option.sops
@option.checks
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print.")
@click.option(
    "--fail-on",
    type=click.Choice(list(map(str, Level))),
    default=str(Level.ERROR),
    help="The least level that makes the exit status 1.",
)
def command(*, names: tuple[str, ...], sops: Path, checks: tuple[Path, ...], form: str, fail_on: str) -> int:
    """Show what is wrong in the SOPs, with place and remedy.

    SOP is the id of an SOP, its folder, or its sop.md; without any, all are read. What is looked over is the
    working draft: its form, what it lacks, and whether the checks that its clauses name exist.

    Examples:
      sopgen lint
      sopgen lint cs-swin --fail-on warning
      sopgen lint --format json
    """
    with Gathered(quiet=form == "json") as gathered:
        histories = look_over(gathered, sops=sops, checks=checks, names=names)
    if form == "json":
        show_json([diagnostic_record(each) for each in gathered.in_order()])
    else:
        say(f"{counted(len(histories), 'SOP')} read: {tally(gathered.diagnostics) or 'nothing to mend'}")
    return int(gathered.reaches(Level(fail_on)))


def look_over(
    gathered: Gathered, *, sops: Path, checks: Sequence[Path], names: Sequence[str] = ()
) -> tuple[SopHistory, ...]:
    """Return the SOPs after gathering all that is wrong in them; a release asks for the same."""
    histories = chosen_sops(sops, gathered, names=names)
    pack = load_pack(pack_folders(checks, sops=sops), gathered)
    for draft in (history.draft for history in histories if history.draft):
        bind(draft, pack, gathered)
    gathered.take(lint(histories))
    return histories
