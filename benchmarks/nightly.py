"""Nights killed with SIGKILL at many moments: whether anything is lost, or counted twice.

    python benchmarks/nightly.py                        100 kills, projects of 300 conversations
    python benchmarks/nightly.py --kills 500 --seed 7 --json

Each project gets an inbox, and real `sopgen nightly` processes that are killed one after another: at the
steps of a night (when a file of that step appears), or at moments spread evenly over as long as a night takes
that nobody disturbs. The night after the last kill finishes. Then the same must hold as after a night that
nobody disturbed: each conversation judged in one run, totals that add up, the same latest verdicts, nothing
left over. Every second project judges with two processes.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from functools import partial
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "cli"))

from night_killing import POINTS, fill, finished, hold, killed_after, killed_at, verdicts  # noqa: E402
from night_project import CONFIG, NightProject  # noqa: E402

KILLS_A_PROJECT = 8


class Process:
    """A `sopgen nightly` of its own."""

    def __init__(self, project: Path) -> None:
        program = Path(sys.executable).parent / "sopgen"
        call = [str(program), "nightly", "--config", str(project / "sopgen.toml")]
        self._process = subprocess.Popen(call, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
        self.pid: int | None = self._process.pid

    def is_alive(self) -> bool:
        """Return whether it still runs."""
        return self._process.poll() is None


def main() -> None:
    """Kill nights, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--conversations", type=int, default=300)
    parser.add_argument("--seed", type=int, default=20261122)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    told = measured(asked.kills, asked.conversations, random.Random(asked.seed))  # noqa: S311 -- no secret
    if asked.json:
        print(json.dumps(told, indent=2))
    else:
        for name, value in told.items():
            print(f"{name:>24}  {value}")


def measured(kills: int, conversations: int, chance: random.Random) -> dict[str, object]:
    """Return the counts, after holding every project against the undisturbed one."""
    with tempfile.TemporaryDirectory(prefix="sopgen-nights-") as place:
        whole = project_in(Path(place) / "undisturbed", conversations, workers=1)
        seconds = finished(partial(Process, whole))
        expected = verdicts(whole)
        hold(whole, conversations, expected)
        counts: Counter[str] = Counter()
        projects, since = 0, time.monotonic()
        while counts["killed"] < kills:
            folder = project_in(Path(place) / str(projects), conversations, workers=1 + projects % 2)
            for step in range(KILLS_A_PROJECT):
                count(counts, *killed_once(folder, chance, seconds, step=step if projects % 3 == 0 else None))
            finished(partial(Process, folder))
            hold(folder, conversations, expected)
            projects += 1
    return {
        "seconds undisturbed": round(seconds, 2),
        "conversations": conversations,
        "projects": projects,
        "nights killed": counts["killed"],
        "ended before the kill": counts["ended"],
        **{
            f"killed, {name}": found
            for name, found in sorted(counts.items())
            if name not in ("killed", "ended")
        },
        "lost": 0,
        "counted twice": 0,
        "seconds": round(time.monotonic() - since),
    }


def killed_once(folder: Path, chance: random.Random, seconds: float, *, step: int | None) -> tuple[str, bool]:
    """Return where a night was to be killed, and whether it was."""
    start = partial(Process, folder)
    if step is None:
        return "at a moment", killed_after(start, folder, chance.uniform(0, seconds))
    name, pattern = list(POINTS.items())[step % len(POINTS)]
    return name, killed_at(start, folder, pattern)


def count(counts: Counter[str], where: str, killed: bool) -> None:  # noqa: FBT001 -- what came of it
    """Count a night by where it was killed."""
    counts["killed" if killed else "ended"] += 1
    counts[where] += killed


def project_in(folder: Path, conversations: int, *, workers: int) -> Path:
    """Return a new project with a full inbox."""
    config = CONFIG.replace("[nightly]", f"[nightly]\nworkers = {workers}")
    project = NightProject(folder, config=config).folder
    fill(project, conversations)
    return project


if __name__ == "__main__":
    main()
