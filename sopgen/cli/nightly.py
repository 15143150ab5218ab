"""`sopgen nightly`: what arrived in the inboxes, checked, kept, reported and told."""

import time
from datetime import datetime
from pathlib import Path

import click

from sopgen.base.errors import ExportError, PackError, UsageError
from sopgen.cli import option, running
from sopgen.cli.choice import instant_of
from sopgen.cli.clock import now
from sopgen.cli.engine import EngineName
from sopgen.cli.house import Errand, House, Night, read_house
from sopgen.cli.judging import refuse_damaged
from sopgen.cli.log import RunLog, open_log
from sopgen.cli.night import spend
from sopgen.cli.project import FILE
from sopgen.cli.screen.console import notice
from sopgen.cli.screen.document import show_json
from sopgen.cli.screen.night import night_record, show_night
from sopgen.cli.screen.progress import ProgressStyle
from sopgen.cli.screen.trouble import Gathered
from sopgen.cli.teaching import Taught
from sopgen.runs.night.gathering import Window
from sopgen.runs.night.lock import alone


@click.command(name="nightly", cls=Taught)
@click.option(
    "--config",
    metavar="FILE",
    type=click.Path(path_type=Path),
    default=Path(FILE),
    help="Configuration of the project; its folders are seen from where it lies.",
)
@click.option("--since", metavar="TIME", default=None, help="Only conversations that began at TIME or later.")
@click.option("--until", metavar="TIME", default=None, help="Only conversations that began before TIME.")
@click.option("--rejudge", is_flag=True, help="Judge again what an earlier night judged as it is.")
@click.option("--dry-run", is_flag=True, help="Only say what would be judged; write nothing.")
@running.engine(None)
@running.progress
@option.as_json
def command(
    *,
    config: Path,
    since: str | None,
    until: str | None,
    rejudge: bool,
    dry_run: bool,
    engine: str | None,
    progress: str,
    as_json: bool,
) -> int:
    """Check what arrived in the inboxes, and tell people.

    Reads every new or changed file of each [[nightly.inbox]] of sopgen.toml, judges the conversations that
    are new or changed (or whose SOP or checks are), writes run, report and results by day, sends the
    messages, and removes what is no longer kept. Call it as often as you like: it picks up where a call
    before it was killed, and does nothing twice.

    TIME is a day or a moment, 2026-07-01 or 2026-07-01T22:00. The exit status is 1 when a limit of
    [nightly.fail] was broken, 4 when SOPs or checks have errors (nothing is judged then), 5 when an inbox
    could not be read (the others were), 9 while another call is at work. `severity` counts new findings;
    `fewest` counts the conversations that all calls of the last 20 hours judged: a second call that finds
    nothing new breaks no limit that the night has kept, a night that brought too few does.

    Examples:
      sopgen nightly
      sopgen nightly --dry-run
      sopgen nightly --config /srv/qa/sopgen.toml --json
      sopgen nightly --since 2026-07-01 --until 2026-08-01 --rejudge
      sopgen nightly --engine ray --progress json
    """
    started_at = now()
    with Gathered() as gathered:
        house = read_house(config, gathered)

        def instant(written: str | None) -> datetime | None:
            return instant_of(written, zone=house.plan.zone) if written else None

        window = Window(since=instant(since), until=instant(until), rejudge=rejudge)
        if window.is_empty:
            hint = "name an earlier TIME with --since, or a later one with --until"
            raise UsageError("NGT109", f"nothing begins from {since} on and before {until}", hint=hint)
        errand = Errand(
            window=window,
            started_at=started_at,
            dry_run=dry_run,
            engine=EngineName(engine or house.settings.engine),
            progress=ProgressStyle(progress),
        )
        with alone(house.output, doing="sopgen nightly", at=started_at):
            night = _uninterrupted(house, errand, gathered)
    show_json(night_record(night)) if as_json else show_night(night)
    refuse_flawed(night)
    refuse_damaged(gathered)
    refuse_unreachable(night)
    return int(night.is_broken)


def _uninterrupted(house: House, errand: Errand, gathered: Gathered) -> Night:
    """Return the night, logged; where somebody interrupts it, say that the next call goes on from there."""
    began = time.monotonic()
    try:
        with open_log(None if errand.dry_run else house.log) as log, log.telling(gathered.diagnostics):
            log.say("night.started", inboxes=len(house.plan.inboxes), dry_run=errand.dry_run)
            night = spend(house, errand, gathered)
            _log_end(night, log, seconds=time.monotonic() - began)
            return night
    except KeyboardInterrupt:
        notice("interrupted: what is stored stays, and nothing half-written is left")
        notice(
            "  hint: call sopgen nightly again: it judges what is not stored yet, and nothing counts twice"
        )
        raise


def _log_end(night: Night, log: RunLog, *, seconds: float) -> None:
    """Write what a night came to, its run first."""
    if night.summary is not None:
        log.ended(night.summary, seconds=seconds)
    done, files = night.sorted, night.deliveries
    log.say(
        "night.ended",
        seconds=round(seconds, 3),
        read=done.read,
        to_judge=night.to_judge,
        unchanged=done.unchanged,
        set_aside=done.set_aside,
        outside=done.outside,
        erased=done.erased,
        files=sum(each.found for each in files),
        files_read=sum(each.read for each in files),
        inboxes_failed=sum(bool(each.trouble) for each in files),
        limits_broken=[each.kind for each in night.limits if each.broken],
        runs_removed=len(night.removed.runs),
        messages_waiting=sum(each.waiting for each in night.sent),
    )


def refuse_flawed(night: Night) -> None:
    """Raise PackError NGT108 when SOPs or checks have errors: to judge would take good verdicts away."""
    if night.flaws:
        codes = ", ".join(sorted({each.code for each in night.flaws}))
        message = (
            f"checks or SOPs have errors ({codes}); nothing was judged, and what was judged before stands"
        )
        raise PackError(
            "NGT108", message, hint="mend what is told above (sopgen test tries it), and call again"
        )


def refuse_unreachable(night: Night) -> None:
    """Raise ExportError NGT107 when an inbox could not be read; the others were, and their results stand."""
    if night.unread:
        message = f"inboxes that could not be read: {', '.join(night.unread)}"
        raise ExportError("NGT107", message, hint="mend what is told above, and call again: the rest is done")
