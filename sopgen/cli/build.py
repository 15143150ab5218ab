"""`sopgen build`: the manuals."""

from pathlib import Path

import click

from sopgen.base.diagnostic import diagnostic_record
from sopgen.cli import option
from sopgen.cli.choice import chosen_sops
from sopgen.cli.screen.document import show_json
from sopgen.cli.screen.manual import show_built
from sopgen.cli.screen.progress import steps
from sopgen.cli.screen.trouble import Gathered
from sopgen.cli.teaching import Taught
from sopgen.manual.build import build_manuals


@click.command(name="build", cls=Taught)
@option.names
@option.sops
@option.out
@click.option("--drafts", is_flag=True, help="Also build the working drafts of released SOPs.")
@option.as_json
def command(*, names: tuple[str, ...], sops: Path, out: Path, drafts: bool, as_json: bool) -> int:
    """Make the manuals: an HTML site, and a PDF of each SOP.

    SOP is the id of an SOP, its folder, or its sop.md; without any, all are built. An SOP with an error is
    left out, the others are built, and the exit status is 1. DIR/site and DIR/pdf are replaced as a whole.

    Examples:
      sopgen build
      sopgen build cs-swin --out manuals
    """
    with Gathered() as gathered:
        histories = chosen_sops(sops, gathered, names=names)
        with steps("building") as progress:
            built = build_manuals(histories, output=out, report=gathered, progress=progress, drafts=drafts)
    if as_json:
        show_json({"built": built, "diagnostics": [diagnostic_record(each) for each in gathered.in_order()]})
    else:
        show_built(built)
    return int(gathered.has_error() or bool(built.failed))
