"""A night, step by step: recover, gather, judge, note, follow up, remove."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from sopgen.cli.bench import Bench, set_up
from sopgen.cli.choice import free_name
from sopgen.cli.engine import batch_size_of, engine_called
from sopgen.cli.erasing import finish_erasure, ground_with
from sopgen.cli.house import LEDGER, Errand, House, Night, filled
from sopgen.cli.judging import judging_gauge, workers_for
from sopgen.cli.knowing import project_known
from sopgen.cli.own_report import write_own_report
from sopgen.cli.screen.aside import Aside
from sopgen.cli.screen.trouble import Gathered
from sopgen.cli.telling import tell
from sopgen.cli.weighing import weighed
from sopgen.quality.known import Known
from sopgen.runs.check import run_check
from sopgen.runs.night.gathering import Sorter, Window, mark_of, unread
from sopgen.runs.night.ledger import Duty, Ledger, open_ledger
from sopgen.runs.night.person import open_people, read_erased
from sopgen.runs.night.post import Post
from sopgen.runs.night.record import INBOX, JUDGED, write_judged, write_seen
from sopgen.runs.night.recovery import SPOOL, sweep, take_in, take_in_runs
from sopgen.runs.night.retention import remove_old
from sopgen.runs.night.sighting import Sight
from sopgen.runs.night.spool import Spool
from sopgen.runs.night.standard import Standard


def spend(house: House, errand: Errand, gathered: Gathered) -> Night:
    """Return what a night came to; who calls it holds the lock. Raises what its steps raise."""
    sweep(house.output)
    targets = tuple(map(filled, house.settings.notify.targets))
    bench = set_up(
        gathered,
        sops=house.sops,
        checks=[house.folder / each for each in house.settings.checks],
        as_of=errand.started_at,
        thorough=house.settings.thorough,
    )
    gathered.show()
    with _ledger(house, errand) as ledger, _spool(house) as spool:
        recovered = () if errand.dry_run else _recover(house, ledger)
        night = _gather(house, errand, bench, tools=(ledger, spool, gathered))
        night = replace(night, flaws=bench.flaws)
        if errand.dry_run:
            return night
        known = project_known(house.sops, gathered)
        night = _judge(night, errand, bench, tools=(ledger, spool, gathered))
        night = night if night.flaws else weighed(night, known, ledger)
        night = replace(night, recovered=recovered)
        follow_up(house, ledger, known)
        night = replace(night, sent=tell(night, ledger, targets, gathered))
        removed = remove_old(house.output, ledger, house.days, plan=house.plan, now=errand.started_at)
    return replace(night, removed=removed)


def _recover(house: House, ledger: Ledger) -> tuple[str, ...]:
    """Return the runs of nights that died, taken in now; an erasure that died is finished."""
    taken = take_in_runs(house.output / "runs", ledger)
    finish_erasure(house, ground_with(house, ledger))
    return taken


def follow_up(house: House, ledger: Ledger, known: Known) -> None:
    """Do what is due after runs, of this night and of those before it: rows by day, reports.

    Reports tell what is `known` from what is new.
    """
    runs = house.output / "runs"
    for run in ledger.due(Duty.KEPT):
        house.days.keep(runs / run)
        ledger.done(run, Duty.KEPT)
    for run in ledger.due(Duty.REPORTED):
        write_own_report(runs / run, known)
        ledger.done(run, Duty.REPORTED)


@contextmanager
def _ledger(house: House, errand: Errand) -> Iterator[Ledger]:
    """Give the ledger; a dry run without one looks at an empty one that is thrown away."""
    path = house.output / LEDGER
    if errand.dry_run and not path.exists():
        path = house.output / SPOOL / LEDGER
    with open_ledger(path) as ledger:
        yield ledger


@contextmanager
def _spool(house: House) -> Iterator[Spool]:
    folder = house.output / SPOOL
    try:
        with Spool(folder / "spool") as spool:
            yield spool
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _gather(house: House, errand: Errand, bench: Bench, *, tools: tuple[Ledger, Spool, Gathered]) -> Night:
    """Return the night after everything that is new was sorted; nothing is read where the bench has flaws."""
    ledger, spool, gathered = tools
    standard = Standard(bench.histories, pack_version=bench.pack.version)
    post = Post(
        house.plan.inboxes,
        folder=house.folder,
        spool=house.output / SPOOL / "inbox",
        fill=filled,
        report=gathered,
    )
    window = _window(house, errand)
    with Aside() as aside:
        sorter = Sorter(
            sight=Sight(
                standard=standard,
                people=open_people(house.erasures, keep=not errand.dry_run),
                as_of=errand.started_at,
                zone=house.plan.zone,
            ),
            ledger=ledger,
            erased=read_erased(house.erasures),
            window=window,
            spool=spool,
        )
        listed = post.arrivals(now=errand.started_at, settle=house.plan.settle)
        arrivals = [] if bench.flaws else list(listed)
        is_partial = window.rejudge or not window.is_whole
        fresh = arrivals if is_partial else unread(arrivals, ledger.marks, standard.whole())
        for arrival in fresh:
            readings = post.open(arrival)
            if readings is not None:
                sorter.take(
                    arrival, aside.watch(readings), mark=mark_of(arrival, standard.whole()), close=post.close
                )
    spool.finish()
    to_judge = spool.conversations()
    sorter.result.unchanged += spool.copies - to_judge
    return Night(
        house=house,
        started_at=errand.started_at,
        dry_run=errand.dry_run,
        deliveries=() if bench.flaws else tuple(post.deliveries),
        sorted=sorter.result,
        to_judge=to_judge,
    )


def _window(house: House, errand: Errand) -> Window:
    keep = house.plan.keep_results
    if keep is None:
        return errand.window
    first = (errand.started_at - keep).astimezone(house.plan.zone)
    return replace(errand.window, earliest=first.replace(hour=0, minute=0, second=0, microsecond=0))


def _judge(night: Night, errand: Errand, bench: Bench, *, tools: tuple[Ledger, Spool, Gathered]) -> Night:
    """Return the night after what is new was judged and the ledger knows of it."""
    ledger, spool, gathered = tools
    house, sorted_ = night.house, night.sorted
    if not spool.copies and not spool.aside:
        ledger.note_files(sorted_.seen)
        return night
    runs = house.output / "runs"
    folder = runs / free_name(runs, night.started_at)

    def enclose(draft: Path) -> None:
        rows = write_judged(spool.sightings(), draft / JUDGED)
        assert rows == night.to_judge
        write_seen(sorted_.seen, draft / INBOX)

    with judging_gauge(spool.size(), errand.progress) as gauge:
        summary = run_check(
            spool.readings(tick=gauge.advance),
            bench.checker,
            folder=folder,
            run_id=folder.name,
            started_at=night.started_at,
            pack_version=bench.pack.version,
            sops=bench.versions,
            diagnostics=gathered.diagnostics,
            progress=gauge.tell,
            workers=house.settings.workers or workers_for(spool.size(), errand.engine),
            engine=engine_called(errand.engine, bench),
            batch_size=batch_size_of(errand.engine),
            unchanged=sorted_.unchanged,
            erased=lambda: sorted_.erased,
            enclose=enclose,
        )
    assert summary.totals.read == sorted_.read
    take_in(folder, summary.started_at.isoformat(), ledger)
    return replace(night, folder=folder, summary=summary)
