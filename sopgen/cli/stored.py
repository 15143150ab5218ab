"""Which results lie in an output folder: the runs, and the rows by day of runs that are gone."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path

from sopgen.base.errors import StorageError
from sopgen.cli.screen.console import DOUBTFUL, notice
from sopgen.cli.screen.plain import plain
from sopgen.runs.folder import SUMMARY
from sopgen.runs.night.by_day import RESULTS, DayResults
from sopgen.runs.store import StoredRun, open_run

RUNS_COMPARED = 30
"""Runs before it that a run's report looks back to (our decision, 2026-11-22)."""


def runs_in(out: Path) -> list[Path]:
    """Return the folders of the runs in `out`/runs, by name; none is no error."""
    return sorted(path.parent for path in (out / "runs").glob(f"[!.]*/{SUMMARY}"))


def stored_runs(out: Path) -> list[Path]:
    """Return the folders of the runs in `out`/runs. StorageError STO201 when there is none."""
    found = runs_in(out)
    if not found:
        hint = "check something first: sopgen check EXPORT, or name the folder: --out DIR"
        raise StorageError("STO201", f"there is no run in '{out / 'runs'}'", hint=hint)
    return found


def readable(folders: Sequence[Path]) -> list[Path]:
    """Return the folders of the runs that can be read as a whole; the others are named on standard error."""
    found = []
    for folder in folders:
        with suppress(StorageError):
            if open_run(folder).is_readable():
                found.append(folder)
                continue
        notice(f"left out, because it is damaged or of another version: {plain(str(folder))}", style=DOUBTFUL)
        notice("  hint: delete that folder, and check the same exports again where they are still there")
    return found


def runs_before(folder: Path) -> tuple[Path, ...]:
    """Return the runs beside this one that began before it, the oldest first, at most RUNS_COMPARED.

    They judged by an SOP that it judged by. What cannot be read is left out: a report compares with what
    there is.
    """
    own = open_run(folder).summary
    mine = (own.started_at, folder.name)
    earlier = [each for each in _beside(folder) if (each.summary.started_at, each.folder.name) < mine]
    kin = [each for each in earlier if each.summary.sops.keys() & own.sops.keys()]
    kin.sort(key=lambda each: (each.summary.started_at, each.folder), reverse=True)
    sound = (each.folder for each in kin if each.is_sound())
    return tuple(islice(sound, RUNS_COMPARED))[::-1]


def _beside(folder: Path) -> Iterator[StoredRun]:
    for path in sorted(folder.parent.glob(f"[!.]*/{SUMMARY}")):
        with suppress(StorageError):
            yield open_run(path.parent)


def kept_by_day(out: Path) -> Mapping[str, Sequence[Path]]:
    """Return the files of the results by day, by view."""
    days = DayResults(folder=out / RESULTS, spool=out / RESULTS)
    return {name: days.files(name) for name in ("verdicts", "conversations")}
