"""`sopgen lint`: what is wrong in the SOPs."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click

from sopgen.base.diagnostic import Level, diagnostic_record
from sopgen.base.errors import SourceError
from sopgen.cli import option
from sopgen.cli.cache import own_cache
from sopgen.cli.catalogue import all_codes
from sopgen.cli.choice import chosen_sops, moment, pack_folders
from sopgen.cli.clock import now
from sopgen.cli.screen.console import say
from sopgen.cli.screen.document import show_json
from sopgen.cli.screen.github import show_annotations
from sopgen.cli.screen.plain import counted
from sopgen.cli.screen.sarif import show_sarif
from sopgen.cli.screen.trouble import Gathered, tally
from sopgen.cli.teaching import Taught
from sopgen.compliance.pack import load_pack
from sopgen.compliance.survey import survey
from sopgen.sop.lint import Inspection
from sopgen.sop.model import SopHistory

_FORMS = ("text", "json", "sarif", "github")


@click.command(name="lint", cls=Taught)
@option.names
@option.sops
@option.checks
@click.option("--format", "form", type=click.Choice(_FORMS), default="text", help="How to print.")
@click.option(
    "--fail-on",
    type=click.Choice(list(map(str, Level))),
    default=str(Level.ERROR),
    help="The least level that makes the exit status 1.",
)
@click.option(
    "--at",
    metavar="DATE",
    default="",
    show_default=False,
    help="The day on which reviews are due or not.  [default: today]",
)
def command(
    *, names: tuple[str, ...], sops: Path, checks: tuple[Path, ...], form: str, fail_on: str, at: str
) -> int:
    """Show what is wrong in the SOPs, with place and remedy.

    SOP is the id of an SOP, its folder, or its sop.md; without any, all are read. What is looked over is the
    working draft: its form and its wording, what it lacks, whether its checks exist and its limits, quick
    replies and examples agree, what became of the ids of its releases, and whether its review is due. A flaw
    can be allowed where it stands: <!-- sopgen: allow CODE because … -->.

    Examples:
      sopgen lint
      sopgen lint cs-swin --fail-on warning
      sopgen lint --format sarif > lint.sarif
    """
    with Gathered(quiet=form != "text") as gathered:
        histories, inspection = _inspected(sops=sops, checks=checks, names=names, at=_day(at), form=form)
        gathered.take(inspection.flaws)
    _show(form, inspection, count=len(histories))
    return int(gathered.reaches(Level(fail_on)))


def look_over(
    gathered: Gathered, *, sops: Path, checks: Sequence[Path], names: Sequence[str] = ()
) -> tuple[SopHistory, ...]:
    """Return the SOPs after gathering what is wrong in them; a release, which is a review, asks for this."""
    histories, inspection = _inspected(sops=sops, checks=checks, names=names)
    gathered.take(inspection.flaws)
    return histories


def _inspected(
    *,
    sops: Path,
    checks: Sequence[Path],
    names: Sequence[str],
    at: datetime | None = None,
    form: str = "text",
) -> tuple[tuple[SopHistory, ...], Inspection]:
    with Gathered(quiet=True) as read:
        try:
            histories = chosen_sops(sops, read, names=names, forgiving=True)
        except SourceError:
            if form != "text":  # a program reads standard output, whatever the exit status
                _show(form, Inspection(flaws=tuple(read.diagnostics)), count=0)
            raise
        pack = load_pack(pack_folders(checks, sops=sops), read, cache=own_cache())
    return histories, survey(histories, pack, at=at, further=read.diagnostics)


def _day(written: str) -> datetime:
    return moment(written, tz="UTC") if written else now()


def _show(form: str, inspection: Inspection, *, count: int) -> None:
    match form:
        case "json":
            show_json([diagnostic_record(each) for each in inspection.flaws])
        case "sarif":
            show_sarif(inspection.flaws, inspection.allowed, all_codes())
        case "github":
            show_annotations(inspection.flaws)
        case _:
            told = tally(inspection.flaws) or "nothing to mend"
            reasons = f"; {len(inspection.allowed)} allowed with a reason" if inspection.allowed else ""
            say(f"{counted(count, 'SOP')} read: {told}{reasons}")
