"""An erasure, step by step: what there is, what goes, and the reports that are written again."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from sopgen.cli.house import LEDGER, House
from sopgen.cli.knowing import project_known
from sopgen.cli.noting import ProjectNotes
from sopgen.cli.own_report import write_own_report
from sopgen.cli.screen.trouble import Gathered
from sopgen.runs.night.erasure import Ground, Proof, Request, counts_of, erase, finish, noted
from sopgen.runs.night.ledger import Duty, Ledger, open_ledger
from sopgen.runs.night.page import pages_that_may_tell
from sopgen.runs.night.person import open_people
from sopgen.runs.night.trace import Trace


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """What an erasure came to; without a proof it was a dry run, or there was nothing.

    `exports` are the exports, as runs name them, in which the person still stands; `pages` the reports of
    several runs and the backtests that may tell of the person, and go. `baseline` counts the lines that go
    from the baseline, `decisions` those about the findings, which stay.
    """

    dry_run: bool
    conversations: int
    runs: tuple[str, ...]
    counts: dict[str, int]
    exports: tuple[str, ...]
    pages: tuple[str, ...]
    baseline: int = 0
    decisions: int = 0
    proof: Proof | None = None
    file: Path | None = None


def erasing(house: House, request: Request, *, dry_run: bool) -> Erased:
    """Return what an erasure came to; one that a call before this one began is finished first."""
    with ground_of(house) as ground:
        if not dry_run:
            finish_erasure(house, ground)
        trace = ground.trace(request.person)
        told = _told(trace, request.person, ground, dry_run=dry_run)
        if dry_run:
            return told
        proof, file = erase(ground, request)
        write_reports_again(house, ground.ledger, proof.runs)
    return replace(told, proof=proof, file=file)


def finish_erasure(house: House, ground: Ground) -> Proof | None:
    """Return the proof of an erasure that died, finished now; None where there was none."""
    done = finish(ground)
    if done is None:
        return None
    write_reports_again(house, ground.ledger, done[0].runs)
    return done[0]


def write_reports_again(house: House, ledger: Ledger, runs: tuple[str, ...]) -> None:
    """Write the reports of runs that were changed; nights find them due where this dies."""
    known = project_known(house.sops, Gathered(quiet=True))
    for run in runs:
        write_own_report(house.output / "runs" / run, known)
        ledger.done(run, Duty.REPORTED)


@contextmanager
def ground_of(house: House) -> Iterator[Ground]:
    """Give where the project keeps what a person may stand in."""
    with open_ledger(house.output / LEDGER) as ledger:
        yield ground_with(house, ledger)


def ground_with(house: House, ledger: Ledger) -> Ground:
    """Return the same, around a ledger that is open already."""
    return Ground(
        output=house.output,
        erasures=house.erasures,
        ledger=ledger,
        people=open_people(house.erasures),
        days=house.days,
        notes=ProjectNotes(sops=house.sops, output=house.output),
    )


def _told(trace: Trace, person: str, ground: Ground, *, dry_run: bool) -> Erased:
    sources = {source for pairs in trace.runs.values() for source, _ in pairs}
    baseline, decisions = noted(ground, trace)
    return Erased(
        dry_run=dry_run,
        conversations=trace.conversations,
        runs=tuple(sorted(folder.name for folder in trace.runs)),
        counts=counts_of(trace, person),
        exports=tuple(sorted(sources | trace.asides | {name for _, name in trace.files})),
        pages=pages_that_may_tell(ground.output, (folder.name for folder in trace.runs)),
        baseline=len(baseline),
        decisions=decisions,
    )
