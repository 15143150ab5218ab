"""Which results lie in an output folder: the runs, and the rows by day of runs that are gone."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from sopgen.base.errors import StorageError
from sopgen.runs.folder import SUMMARY
from sopgen.runs.night.by_day import RESULTS, DayResults


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


def kept_by_day(out: Path) -> Mapping[str, Sequence[Path]]:
    """Return the files of the results by day, by view."""
    days = DayResults(folder=out / RESULTS, spool=out / RESULTS)
    return {name: days.files(name) for name in ("verdicts", "conversations")}
