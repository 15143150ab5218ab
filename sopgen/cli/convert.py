"""`sopgen convert`: any export as canonical JSON Lines."""

from pathlib import Path
from typing import Any

import click

from sopgen.cli import option
from sopgen.cli.importing import import_options
from sopgen.cli.lines import write_lines
from sopgen.cli.screen.aside import Aside
from sopgen.cli.screen.console import notice
from sopgen.cli.screen.trouble import Gathered
from sopgen.cli.teaching import Taught
from sopgen.conversation.export import read_exports


@click.command(name="convert", cls=Taught)
@option.exports
@option.imports
@click.option("--to", type=click.Choice(["jsonl"]), default="jsonl", help="What to turn the exports into.")
@click.option(
    "--out",
    metavar="FILE",
    type=click.Path(path_type=Path, allow_dash=True),
    default=Path("-"),
    help="File to write; - is standard output.",
)
def command(*, exports: tuple[Path, ...], out: Path, to: str, **said: Any) -> int:  # noqa: ARG001 - one form so far
    """Turn any export into canonical JSON Lines, one conversation a line.

    A record that cannot be read is told with its place and reason and left out; the exit status is then 1.

    Examples:
      sopgen convert "Chat WhatsApp dengan Budi.txt" --agent Rina --out budi.jsonl
      sopgen convert export.zip | head -1 | jq .
    """
    options = import_options(**said)
    with Gathered() as gathered, Aside() as aside:
        written = write_lines(aside.watch(read_exports(exports, options, gathered)), out)
    notice(f"{written + aside.count:,} read = {written:,} written + {aside.count:,} set aside")
    return int(aside.count > 0)
