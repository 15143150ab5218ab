"""`sopgen convert`: any export as canonical JSON Lines, vCon or Parquet."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from sopgen.cli import option
from sopgen.cli.importing import import_options
from sopgen.cli.lines import write_lines, write_parquet
from sopgen.cli.project import import_defaults
from sopgen.cli.screen.aside import Aside
from sopgen.cli.screen.console import notice
from sopgen.cli.screen.plain import counted
from sopgen.cli.screen.trouble import Gathered
from sopgen.cli.standard_input import with_standard_input
from sopgen.cli.teaching import Taught
from sopgen.conversation.export import read_exports
from sopgen.conversation.model import Reading
from sopgen.conversation.vcon_form import write_vcon


@click.command(name="convert", cls=Taught)
@option.exports
@option.imports
@click.option(
    "--to",
    type=click.Choice(["jsonl", "vcon", "parquet"]),
    default="jsonl",
    help="What to write: conversations or vCon containers, one a line, or a table of messages.",
)
@click.option(
    "--out",
    metavar="FILE",
    type=click.Path(path_type=Path, allow_dash=True),
    default=Path("-"),
    help="File to write; - is standard output.",
)
def command(*, exports: tuple[Path | str, ...], out: Path, to: str, **said: Any) -> int:
    """Turn any export into canonical JSON Lines, one conversation a line.

    EXPORT is a file, a folder, a pattern, an archive (zip, gz, zst), or - for standard input. Threads of
    messengers stay whole unless --split cuts them. A record that cannot be read is told with its place and
    reason and left out; the exit status is then 1.

    Examples:
      sopgen convert "Chat WhatsApp dengan Budi.txt" --agent Rina --out budi.jsonl
      sopgen convert export.zip | head -1 | jq .
      sopgen convert tickets.json --to parquet --out tickets.parquet
    """
    options = import_options(**said)
    with with_standard_input(exports) as opened, Gathered() as gathered, Aside() as aside:
        defaults = import_defaults(option.SOPS, gathered)
        readings = aside.watch(read_exports(opened, options, gathered, defaults=defaults))
        written = _write(readings, out, to)
    read, left = counted(written, "conversation"), counted(aside.count, "record")
    notice(f"{written + aside.count:,} read = {read} written + {left} set aside")
    return int(aside.count > 0)


def _write(readings: Iterable[Reading], out: Path, to: str) -> int:
    """Return how many conversations were written in the form that is asked for."""
    if to == "parquet":
        return write_parquet(readings, out)
    return write_lines(readings, out, write_vcon) if to == "vcon" else write_lines(readings, out)
