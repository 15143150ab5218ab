"""Pages that tell of several runs, or of exports: which of them may hold somebody who stands in a run.

A report of several runs is called after the first and the last of them, so that any run in between may be in
it. A backtest does not say whose chats it shows, and is quickly made again, so that it always may.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

REPORTS = "reports"
"""Where reports over several runs go, in the folder that holds `runs`."""

BACKTESTS = "backtests"
"""Where the pages of backtests go, in the same folder."""


def pages_that_may_tell(output: Path, runs: Iterable[str]) -> tuple[str, ...]:
    """Return the files, as seen from `output`, that may tell of somebody in one of the runs."""
    wanted = sorted(runs)
    found = _pages(output, wanted) if wanted else ()
    return tuple(sorted(path.relative_to(output).as_posix() for path in found))


def span_of(runs: Iterable[str]) -> str:
    """Return the name of the folder for a report of these runs."""
    names = sorted(runs)
    return f"{names[0]}_{names[-1]}"


def _pages(output: Path, runs: list[str]) -> Iterator[Path]:
    for path in (output / BACKTESTS).rglob("*"):
        if path.is_file():
            yield path
    for folder in (output / REPORTS).glob("*"):
        if any(_may_span(folder.name, run) for run in runs):
            yield from (path for path in folder.rglob("*") if path.is_file())


def _may_span(name: str, run: str) -> bool:
    """Return whether a report of that name may be of the run, also where names of runs hold `_`."""
    parts = name.split("_")
    ends = (("_".join(parts[:cut]), "_".join(parts[cut:])) for cut in range(1, len(parts)))
    return any(first <= run <= last for first, last in ends)
