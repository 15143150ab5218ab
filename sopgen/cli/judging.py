"""Exports judged into a run's folder, with what a person sees meanwhile."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import sopgen
from sopgen.base.diagnostic import Report
from sopgen.base.errors import ExportError, SourceError
from sopgen.cli.bench import Bench
from sopgen.cli.engine import EngineName, batch_size_of, engine_called
from sopgen.cli.log import RunLog
from sopgen.cli.screen.aside import Aside
from sopgen.cli.screen.console import notice
from sopgen.cli.screen.progress import Gauge, ProgressStyle, progress_bar
from sopgen.cli.screen.run import NAME_CHANNEL, channels_not_governed, facts_of, how_far, messages_of
from sopgen.cli.screen.trouble import Gathered
from sopgen.cli.undisturbed import undisturbed
from sopgen.conversation.export import export_size, read_exports
from sopgen.conversation.line import Tick, no_tick
from sopgen.conversation.location import Location
from sopgen.conversation.model import Reading
from sopgen.conversation.options import ImportOptions, merged
from sopgen.conversation.session import SILENCE
from sopgen.runs.check import run_check
from sopgen.runs.summary import RunSummary
from sopgen.runs.tally import Progress
from sopgen.sop.release import DAMAGE

if TYPE_CHECKING:
    from sopgen.quality.known import Known
    from sopgen.quality.score import Evaluation
    from sopgen.runs.night.omission import Omission

SHARED_FROM = 1 << 22
"""Bytes of exports from which on several processes share the work by themselves (our choice, 2026-11-22)."""

MOST_WORKERS = 64
"""Processes that one run may have; the one that reads and writes keeps up with a few."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be judged, and where its results go; `folder` is the run's own, named by its id.

    `options` are the call's, `defaults` the project's. `workers` is how many processes judge, None for as
    many as are worth their while: with Ray, one for each core. `log` is told of what happens. `omission`
    leaves out the conversations of people who were erased. `stays`: the folder is not taken elsewhere.
    """

    exports: tuple[Path | Location, ...]
    options: ImportOptions
    defaults: ImportOptions
    folder: Path
    started_at: datetime
    workers: int | None = None
    engine: EngineName = EngineName.LOCAL
    progress: ProgressStyle = ProgressStyle.AUTO
    log: RunLog = field(default_factory=RunLog)
    omission: "Omission | None" = None
    stays: bool = True

    @property
    def erased(self) -> int:
        """Return how many conversations were left out so far, being of people who were erased."""
        return self.omission.count if self.omission else 0


def workers_for(size: int, engine: EngineName = EngineName.LOCAL) -> int:
    """Return how many processes are worth their while for exports of so many bytes."""
    if (size < SHARED_FROM and engine is EngineName.LOCAL) or not hasattr(os, "sched_getaffinity"):
        return 1
    return min(len(os.sched_getaffinity(0)), MOST_WORKERS)


def judge(
    order: Order,
    bench: Bench,
    gathered: Gathered,
    known: "Known",
    *,
    refuse: Callable[[Path], None] = lambda _: None,
) -> RunSummary:
    """Return what the run came to; results and report are in its folder.

    The report compares with the runs beside it, and tells what is `known` from what is new.

    `refuse` is called with the results before they appear; where it raises, nothing is left of the run.
    Shows how far it is, and which records were set aside. Raises what the stages raise.
    """
    size, began, log = export_size(order.exports), time.monotonic(), order.log
    workers = order.workers or workers_for(size, order.engine)
    _log_start(order, bench, size=size, workers=workers)
    with log.telling(gathered.diagnostics), Aside() as aside:
        with _saying_how_to_go_on(order), judging_gauge(size, order.progress) as gauge:
            readings = read_order(order, gathered, tick=gauge.advance)
            summary = run_check(
                log.watch(aside.watch(readings)),
                bench.checker,
                folder=order.folder,
                run_id=order.folder.name,
                started_at=order.started_at,
                pack_version=bench.pack.version,
                sops=bench.versions,
                diagnostics=gathered.diagnostics,
                progress=_both(gauge.tell, log.progress),
                erased=lambda: order.erased,
                enclose=refuse,
                workers=workers,
                engine=engine_called(order.engine, bench),
                batch_size=batch_size_of(order.engine),
            )
        with _saying_what_lacks(order):
            with undisturbed():
                from sopgen.cli.own_report import write_own_report  # noqa: PLC0415 -- heavy; verdicts come first

            write_own_report(order.folder, known)
    log.ended(summary, seconds=time.monotonic() - began)
    return summary


def _log_start(order: Order, bench: Bench, *, size: int, workers: int) -> None:
    order.log.say(
        "run.started",
        run=order.folder.name,
        engine=str(order.engine),
        workers=workers,
        bytes=size,
        sopgen=sopgen.__version__,
        pack=bench.pack.version,
        sops=[f"{sop}:{version}" for sop, versions in bench.versions.items() for version in versions],
    )


def _both(one: Callable[[Progress], None], other: Callable[[Progress], None]) -> Callable[[Progress], None]:
    def tell(state: Progress) -> None:
        one(state)
        other(state)

    return tell


def judging_gauge(size: int, style: ProgressStyle) -> AbstractContextManager[Gauge[Progress]]:
    """Return what shows how far judging is, of so many bytes."""
    return progress_bar(how_far, size=size, count=messages_of, style=style, facts=facts_of)


@contextmanager
def _saying_how_to_go_on(order: Order) -> Iterator[None]:
    """Run the block; after an interrupt say what is left of the run, and how to go on."""
    try:
        yield
    except KeyboardInterrupt:
        notice(
            f"interrupted: nothing is stored of the run '{order.folder.name}', and nothing half-written left"
        )
        notice(
            "  hint: call it again; where it takes long, for a part of the exports at a time: sopgen report"
        )
        notice("        counts any number of runs as one, and sopgen nightly judges only what is new")
        raise


@contextmanager
def _saying_what_lacks(order: Order) -> Iterator[None]:
    """Run the block, which writes the report; after an interrupt say that the results are stored."""
    try:
        yield
    except KeyboardInterrupt:
        if order.stays:
            notice(f"interrupted: the results are stored in '{order.folder}', but not their report")
            notice(f"  hint: write it now: sopgen report '{order.folder}'")
        else:
            notice("interrupted: nothing was sent to --out; call it again")
        raise


def read_order(order: Order, report: Report, *, tick: Tick = no_tick) -> Iterator[Reading]:
    """Return what the exports hold, without erased people; endless threads are cut as options say."""
    defaults = merged(order.defaults, ImportOptions(split=SILENCE))
    readings = read_exports(order.exports, order.options, report, defaults=defaults, tick=tick)
    return order.omission.rest(readings) if order.omission else readings


def refuse_unread(summary: RunSummary) -> None:
    """Raise ExportError CLI108 when every record was set aside: a run without a verdict is no clean run."""
    if summary.totals.checked or (summary.totals.erased and not summary.totals.read):
        return
    message = f"none of the {summary.totals.read} records could be read"
    raise ExportError("CLI108", message, hint="mend what is told above, or name the format: --format NAME")


def refuse_damaged(gathered: Gathered) -> None:
    """Raise SourceError CLI120 when releases were damaged: what they govern was judged by nobody."""
    codes = sorted({each.code for each in gathered.diagnostics if each.code in DAMAGE})
    if codes:
        message = f"releases are not as they were released ({', '.join(codes)}); nothing was judged by them"
        raise SourceError("CLI120", message, hint="restore the files that are told above, and check again")


def refuse_ungoverned(summary: RunSummary) -> None:
    """Raise SourceError CLI110 when no SOP governs any of the conversations: nothing was judged."""
    if summary.totals.governed or not summary.totals.checked:
        return
    channels = channels_not_governed(summary)
    message = f"no SOP governs any of the {summary.totals.checked} conversations (channels: {channels})"
    raise SourceError("CLI110", message, hint=NAME_CHANNEL)


def refuse_unlabelled(evaluation: "Evaluation") -> None:
    """Raise ExportError CLI109 when not one conversation has labels: there is nothing to score."""
    if not evaluation.conversations:
        hint = 'add "gold": {"verdicts": {"opening-greeting": "pass"}} to each conversation'
        raise ExportError("CLI109", "no conversation with labels", hint=hint)
