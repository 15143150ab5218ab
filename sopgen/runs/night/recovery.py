"""What an earlier night left behind: runs that the ledger does not know, drafts, spools."""

import fcntl
import os
import shutil
from contextlib import suppress
from pathlib import Path

from sopgen.runs.folder import SUMMARY
from sopgen.runs.night.ledger import Ledger
from sopgen.runs.night.record import INBOX, JUDGED, read_judged, read_seen
from sopgen.runs.store import StoredRun, open_run

GONE = "somebody else"
"""What is noted in place of the time at which a run was removed when no night removed it."""

SPOOL = ".night"
"""The folder in the output folder where a night keeps what it has not finished."""


def nights_in(runs: Path) -> tuple[StoredRun, ...]:
    """Return the runs of nights that stand in a folder, oldest first. StorageError: STO202."""
    if not runs.is_dir():
        return ()
    folders = (path for path in runs.iterdir() if not path.name.startswith("."))
    nights = (path for path in folders if (path / JUDGED).is_file() and (path / SUMMARY).is_file())
    return tuple(sorted(map(open_run, nights), key=lambda each: (each.summary.started_at, each.folder.name)))


def take_in_runs(runs: Path, ledger: Ledger) -> tuple[str, ...]:
    """Return the runs whose folder is there and of which the ledger did not know; now it does."""
    known = ledger.runs()
    missing = [run for run in nights_in(runs) if run.folder.name not in known]
    ledger.removed((run for run in known if not (runs / run).is_dir()), GONE)
    for run in missing:
        take_in(run.folder, run.summary.started_at.isoformat(), ledger)
    return tuple(run.folder.name for run in missing)


def take_in(folder: Path, started_at: str, ledger: Ledger) -> None:
    """Tell the ledger of a run whose folder has just appeared."""
    seen = read_seen(folder / INBOX) if (folder / INBOX).is_file() else ()
    ledger.take_in(folder.name, started_at, read_judged(folder / JUDGED), seen)


def sweep(output: Path) -> None:
    """Delete what nights that died have left; who calls it holds the lock of nights.

    Drafts of runs that somebody writes by hand at this moment are locked, and stay.
    """
    shutil.rmtree(output / SPOOL, ignore_errors=True)
    runs = output / "runs"
    for left in sorted(runs.glob(".*.removed")) if runs.is_dir() else ():
        shutil.rmtree(left, ignore_errors=True)
    for draft in sorted(runs.glob(".*.part")) if runs.is_dir() else ():
        with suppress(OSError):
            _delete_unlocked(draft)


def _delete_unlocked(draft: Path) -> None:
    """Delete the draft of a run unless its process still lives. OSError comes through."""
    lock = os.open(draft, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(draft)
    finally:
        os.close(lock)
