"""`sopgen status`: what is in force, and how much of it is checked."""

from pathlib import Path

import click

from sopgen.cli import option
from sopgen.cli.choice import chosen_sops, pack_folders
from sopgen.cli.clock import now
from sopgen.cli.screen.document import show_json
from sopgen.cli.screen.standing import show_standings
from sopgen.cli.screen.trouble import Gathered
from sopgen.cli.standing import standing_of
from sopgen.cli.teaching import Taught
from sopgen.compliance.pack import load_pack


@click.command(name="status", cls=Taught)
@option.names
@option.sops
@option.checks
@option.as_json
def command(*, names: tuple[str, ...], sops: Path, checks: tuple[Path, ...], as_json: bool) -> int:
    """Show what is in force, and how much of it is checked.

    For each SOP: the version in force now, since when, and how many of its clauses a check judges, how many
    say why no check does, and how many say nothing about it.

    Examples:
      sopgen status
      sopgen status cs-swin --json
    """
    with Gathered() as gathered:
        histories = chosen_sops(sops, gathered, names=names)
        rules = load_pack(pack_folders(checks, sops=sops), gathered).rules
    standings = tuple(standing_of(history, rules, at=now()) for history in histories)
    if as_json:
        show_json(standings)
    else:
        show_standings(standings)
    return int(gathered.has_error())
