"""`sopgen lint`: what is wrong in the SOPs."""

from pathlib import Path

import click

from sopgen.base.diagnostic import Level
from sopgen.cli import option
from sopgen.cli.choice import chosen_sops
from sopgen.cli.screen.console import say
from sopgen.cli.screen.document import show_json
from sopgen.cli.screen.trouble import Gathered, tally
from sopgen.sop.lint import lint


@click.command(name="lint")
@option.names
@option.sops
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print.")
@click.option(
    "--fail-on",
    type=click.Choice(Level),
    default=Level.ERROR,
    help="The least level that makes the exit status 1.",
)
def command(names: tuple[str, ...], sops: Path, form: str, fail_on: Level) -> int:
    r"""Show what is wrong in the SOPs, with place and remedy.

    SOP is the id of an SOP, its folder, or its sop.md; without any, all are read.

    \b
    Examples:
      sopgen lint
      sopgen lint cs-swin --fail-on warning
      sopgen lint --format json | jq '.[].message'
    """
    gathered = Gathered()
    histories = chosen_sops(sops, gathered, names=names)
    for diagnostic in lint(histories):
        gathered(diagnostic)
    if form == "json":
        show_json(gathered.in_order())
    else:
        gathered.show()
        say(f"{len(histories)} SOPs read: {tally(gathered.in_order()) or 'nothing to mend'}")
    return int(gathered.reaches(fail_on))
