"""`sopgen release`: a version of an SOP, frozen."""

from datetime import datetime
from pathlib import Path

import click

from sopgen.cli import option
from sopgen.cli.clock import now
from sopgen.cli.releasing import Place, release
from sopgen.cli.screen.document import show_json
from sopgen.cli.screen.progress import steps
from sopgen.cli.screen.release import release_record, show_released
from sopgen.cli.screen.trouble import Gathered
from sopgen.cli.teaching import Taught
from sopgen.sop.model import Category
from sopgen.sop.release_plan import NEXT, Order


@click.command(name="release", cls=Taught)
@click.argument("sop", metavar="SOP")
@click.argument("version", metavar="[VERSION]", default=NEXT)
@click.option("--approved-by", metavar="NAME", required=True, help="Who approved it: a person or an office.")
@click.option(
    "--approved-on",
    metavar="DATE",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day of the approval.  [default: today]",
)
@click.option(
    "--effective",
    metavar="DATE",
    required=True,
    help="When it takes effect: a date, its midnight in the SOP's timezone, or an instant.",
)
@click.option("--summary", metavar="TEXT", required=True, help="What changed, in a line for the readers.")
@click.option(
    "--category",
    type=click.Choice(list(map(str, Category))),
    help="What kind of change it is.  [default: the one that the changes show]",
)
@click.option("--dry-run", is_flag=True, help="Try everything, write nothing.")
@option.sops
@option.checks
@option.as_json
def command(
    *,
    sop: str,
    version: str,
    approved_by: str,
    approved_on: datetime | None,
    effective: str,
    summary: str,
    category: str | None,
    dry_run: bool,
    sops: Path,
    checks: tuple[Path, ...],
    as_json: bool,
) -> int:
    """Freeze a version of an SOP: its source, its pictures, and its PDF.

    SOP is the id of an SOP, its folder, or its sop.md. VERSION is numbers and dots; left out, or `next`, it
    is the one that the changes since the last release ask for. The draft must lint without errors. What is
    frozen is never made again, and a later change to it is an error wherever it is read.

    Examples:
      sopgen release cs-swin --approved-by Direksi --effective 2026-12-01 --summary "Batas 2 menit" --dry-run
      sopgen release cs-swin 1.1 --approved-by Direksi --effective 2026-12-01 --summary "Kata-kata saja"
    """
    moment = now()
    order = Order(
        version=version,
        effective=effective,
        approved_by=approved_by,
        approved_on=approved_on.date() if approved_on else moment.date(),
        summary=summary,
        category=Category(category) if category else None,
    )
    place = Place(sop=sop, sops=sops, checks=checks)
    with Gathered() as gathered, steps("releasing") as step:
        released = release(place, order, gathered, today=moment.date(), step=step, dry_run=dry_run)
    if as_json:
        show_json(release_record(released, gathered.in_order()))
    else:
        show_released(released)
    return 0
