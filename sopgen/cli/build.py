"""`sopgen build`: the manuals."""

from pathlib import Path

import click

from sopgen.cli import option
from sopgen.cli.choice import chosen_sops
from sopgen.cli.screen.progress import steps
from sopgen.cli.screen.trouble import Gathered
from sopgen.manual.build import build_manuals


@click.command(name="build")
@option.names
@option.sops
@option.out
@option.as_json
def command(names: tuple[str, ...], sops: Path, out: Path, as_json: bool) -> int:  # noqa: FBT001 - click's flag
    r"""Make the manuals: an HTML site, and a PDF of each SOP.

    SOP is the id of an SOP, its folder, or its sop.md; without any, all are built. An SOP with an error is
    left out, the others are built, and the exit status is 1.

    \b
    Examples:
      sopgen build
      sopgen build cs-swin --out /tmp/manuals
    """
    gathered = Gathered()
    histories = chosen_sops(sops, gathered, names=names)
    with steps() as progress:
        built = build_manuals(histories, output=out, report=gathered, progress=progress)
    gathered.show()
    show_built(built)
    return int(gathered.has_error())
