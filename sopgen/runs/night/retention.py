"""What is no longer kept: runs and days whose time is up, removed in an order that a kill cannot disturb."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sopgen.runs.night.by_day import DayResults
from sopgen.runs.night.ledger import Ledger
from sopgen.runs.night.recovery import nights_in
from sopgen.runs.night.setting import Plan
from sopgen.runs.trouble import storing


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """What was removed: the ids of runs, and days of results."""

    runs: tuple[str, ...] = ()
    days: tuple[str, ...] = ()


def remove_old(output: Path, ledger: Ledger, days: DayResults, *, plan: Plan, now: datetime) -> Removed:
    """Return what was removed because its time was up at `now`. StorageError: STO102, STO202, LDG101.

    Only runs of nights are removed: one that somebody made by hand is for them to delete.
    """
    runs: tuple[str, ...] = ()
    if plan.keep_runs is not None:
        limit = now - plan.keep_runs
        nights = nights_in(output / "runs")
        runs = remove_runs([each.folder for each in nights if each.summary.started_at < limit])
        ledger.removed(runs, now.isoformat())
    gone: tuple[str, ...] = ()
    if plan.keep_results is not None:
        first = (now - plan.keep_results).astimezone(plan.zone).date().isoformat()
        gone = days.remove_before(first)
        ledger.forget_before(first)
    return Removed(runs=runs, days=gone)


def remove_runs(folders: Sequence[Path]) -> tuple[str, ...]:
    """Return the names of the runs that were removed: out of sight by one rename, then deleted."""
    for folder in folders:
        aside = folder.with_name(f".{folder.name}.removed")
        with storing(folder):
            shutil.rmtree(aside, ignore_errors=True)
            folder.rename(aside)
            shutil.rmtree(aside)
    return tuple(folder.name for folder in folders)
