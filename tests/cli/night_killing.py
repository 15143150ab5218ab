"""Nights killed at points and at moments, and what must hold when they have been finished all the same."""

import json
import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import duckdb
from night_project import chat

from sopgen.cli.main import run

WITHIN = 600.0
"""Seconds after which a night that should have ended is a failure."""

POINTS: dict[str, str] = {
    "spooling": "output/.night/spool/readings.jsonl",
    "judging": "output/runs/.*.part/findings.jsonl",
    "enclosing": "output/runs/.*.part/judged.parquet",
    "renamed": "output/runs/[!.]*/summary.json",
    "by day": "output/results/verdicts/day=*/.verdicts.parquet.part",
    "kept": "output/results/conversations/day=*/conversations.parquet",
    "reporting": "output/runs/[!.]*/.report.html.part",
    "reported": "output/runs/[!.]*/report.html",
}
"""A night is killed as soon as such a file is seen that was not there before."""


class Running(Protocol):
    """A night that runs in a process of its own."""

    pid: int | None

    def is_alive(self) -> bool:
        """Return whether it still runs."""


@dataclass(frozen=True)
class Counts:
    """How many nights were killed, and how many ended before the kill came."""

    killed: int = 0
    ended: int = 0


def fill(project: Path, conversations: int, *, files: int = 4, days: int = 5) -> None:
    """Write conversations into the inbox, each once, and one record that cannot be read."""
    for file in range(files):
        chats = [chat(n, day=1 + n % days, more=n % 4) for n in range(file, conversations, files)]
        lines = "".join(json.dumps(each) + "\n" for each in chats)
        (project / f"inbox/{file}.jsonl").write_text(lines, encoding="utf-8")
    (project / "inbox/broken.jsonl").write_text('{"id": "K-x", "messages": [\n', encoding="utf-8")


def spend(config: str) -> None:
    """Run `sopgen nightly` in this process, which ends with its status."""
    with Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere), redirect_stderr(nowhere):
        status = run(["nightly", "--config", config])
    os._exit(status)


def forked(project: Path) -> Any:
    """Return a night that has begun in a process forked from one that has loaded sopgen already."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["night_killing", "sopgen.cli.night", "sopgen.cli.nightly"])
    process = context.Process(target=spend, args=(str(project / "sopgen.toml"),))
    process.start()
    return process


def killed_at(start: Callable[[], Running], project: Path, pattern: str) -> bool:
    """Return whether a night was killed when a file of that pattern appeared, rather than ended before."""
    before = _marks(project, pattern)
    night = start()
    return _kill_when(night, lambda: _marks(project, pattern) != before)


def killed_after(start: Callable[[], Running], project: Path, seconds: float) -> bool:
    """Return whether a night was killed so many seconds after its first step, or ended before."""
    began: list[float] = []

    def due() -> bool:
        if not began and (project / "output/.night").exists():
            began.append(time.monotonic())
        return bool(began) and time.monotonic() - began[0] >= seconds

    return _kill_when(start(), due)


def finished(start: Callable[[], Running]) -> float:
    """Return the seconds that a night took which nobody disturbed."""
    night, since = start(), time.monotonic()
    while night.is_alive():
        assert time.monotonic() - since < WITHIN
        time.sleep(0.01)
    return time.monotonic() - since


def _kill_when(night: Running, due: Callable[[], bool]) -> bool:
    until = time.monotonic() + WITHIN
    while night.is_alive():
        assert time.monotonic() < until
        if due():
            assert night.pid is not None
            os.kill(night.pid, signal.SIGKILL)
            while night.is_alive():
                time.sleep(0.005)
            return True
        time.sleep(0.0005)
    return False


def _marks(project: Path, pattern: str) -> set[tuple[str, int]]:
    return set(_seen(project.glob(pattern)))


def _seen(paths: Iterator[Path]) -> Iterator[tuple[str, int]]:
    for path in paths:
        try:
            yield str(path), path.stat().st_ino
        except FileNotFoundError:
            continue


def tables(pattern: str) -> str:
    """Return the table of all files that a pattern fits, for a query."""
    return f"read_parquet('{pattern}', hive_partitioning = true)"


def verdicts(project: Path) -> list[tuple[Any, ...]]:
    """Return the latest verdicts from the results by day, without the run that they come from."""
    columns = "day, inbox, conversation_id, sop, version, clause, verdict, reason, message_ids"
    return _rows(f"FROM {tables(f'{project}/output/results/verdicts/*/*.parquet')} SELECT {columns}")


def hold(project: Path, conversations: int, expected: list[tuple[Any, ...]]) -> None:
    """Hold what a project has come to against what it must be, however often its nights were killed."""
    output = project / "output"
    judged = _rows(f"FROM {tables(f'{output}/runs/*/judged.parquet')} SELECT inbox, conversation")
    assert len(judged) == conversations, "a conversation was lost, or counted twice"
    assert len(set(judged)) == conversations
    totals = [json.loads(path.read_bytes())["totals"] for path in output.glob("runs/*/summary.json")]
    for each in totals:
        assert each["read"] == each["checked"] + each["unchanged"] + each["set_aside"]
    assert sum(each["checked"] for each in totals) == conversations
    assert sum(each["set_aside"] for each in totals) == 1
    assert verdicts(project) == expected, "the results are not those of a night that nobody disturbed"
    kept = _rows(f"FROM {tables(f'{output}/results/conversations/*/*.parquet')} SELECT conversation_id")
    assert len(kept) == conversations
    assert all((folder / "report.html").is_file() for folder in output.glob("runs/*"))
    left = [path for path in output.rglob("*") if ".part" in path.name or path.name in (".night", ".removed")]
    assert left == []


def _rows(query: str) -> list[tuple[Any, ...]]:
    with duckdb.connect() as database:
        return database.execute(f"{query} ORDER BY ALL").fetchall()
