"""What a run holds in memory while messages go by, by the hundred thousand.

    python benchmarks/memory.py                              100,000 messages, one process
    python benchmarks/memory.py --messages 10000000 --workers 2 --json memory.jsonl &

The corpus is that of `check.py` (`none`: no text repeats), made as it is read, by a generator in a process of
its own that writes into a pipe with a name: nothing lies on the disk but the results. Resident memory is
looked at whenever another `--every` messages were judged: of the process that reads and writes, and of each
that judges; memory that processes share counts in each of them. A line is printed for each look, and written
to FILE as JSON at once, so that a run that goes on for hours can be watched, and what it showed is kept when
it is stopped. The last line holds peak and growth: the largest process, and what was added after 100,000.
"""

import argparse
import json
import multiprocessing
import os
import random
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import check
import orjson

from sopgen.compliance.checker import make_checker
from sopgen.compliance.pack import default_pack_folder, load_pack
from sopgen.conversation.importer import ExportFile, Head
from sopgen.conversation.importers import canonical
from sopgen.conversation.line import no_tick
from sopgen.conversation.options import ImportOptions
from sopgen.conversation.origin import OnDisk
from sopgen.runs.check import run_check
from sopgen.runs.tally import Progress
from sopgen.sop.library import read_library

SETTLED = 100_000
"""Messages after which memory is to stay as it is (the target)."""


def main() -> None:
    """Measure what the command line asks for."""
    asked = _asked()
    sink = open(asked.json, "w", encoding="utf-8") if asked.json else None  # noqa: SIM115, PTH123 - until the end
    looks: list[dict[str, Any]] = []

    def look(state: Progress) -> None:
        if state.messages < asked.every * (len(looks) + 1):
            return
        looks.append(_look(state, began))
        print(_said(looks[-1]), flush=True)
        if sink:
            sink.write(json.dumps(looks[-1]) + "\n")
            sink.flush()

    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        judge(Path(folder), asked.messages, workers=asked.workers, progress=look)
    end = _summed(looks)
    print(json.dumps(end))
    if sink:
        sink.write(json.dumps(end) + "\n")
        sink.close()


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--messages", type=int, default=SETTLED, help="messages to judge")
    parser.add_argument("--every", type=int, default=10_000, help="messages between two looks")
    parser.add_argument("--workers", type=int, default=1, help="processes that judge")
    parser.add_argument("--json", metavar="FILE", default="", help="also write each look as a line of JSON")
    return parser.parse_args()


def judge(folder: Path, messages: int, *, workers: int, progress: Callable[[Progress], None]) -> None:
    """Judge so many messages as `sopgen check` does, results into the folder."""
    pipe = folder / "chats.jsonl"
    os.mkfifo(pipe)
    writer = multiprocessing.get_context("spawn").Process(
        target=write_corpus, args=(pipe, messages), daemon=True
    )
    writer.start()
    pack = load_pack([default_pack_folder()], _ignore)
    checker = make_checker(read_library(check.ROOT / "sop_sources", _ignore), pack, _ignore, draft=True)
    run_check(
        canonical.read(_file_of(pipe), ImportOptions(), _ignore, no_tick),
        checker,
        folder=folder / "run",
        run_id="run",
        started_at=datetime.now(UTC),
        pack_version=pack.version,
        sops={},
        progress=progress,
        workers=workers,
    )
    writer.join()


def write_corpus(pipe: Path, messages: int) -> None:
    """Write conversations of at least so many messages into the pipe, each text unlike all others."""
    dice, written, copy = random.Random(7), 0, 0  # noqa: S311 - a corpus that is the same each time
    seeds = list(check.seeds())
    with pipe.open("wb") as stream:
        while written < messages:
            record = check.varied(seeds[copy % len(seeds)], str(copy), dice, pasted=False)
            stream.write(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE))
            written, copy = written + len(record["messages"]), copy + 1


def _file_of(pipe: Path) -> ExportFile:
    """Return the pipe as a file of canonical JSON Lines, whose beginning nobody looks at: it is read once."""
    head = Head(name=pipe.name, start=b"", text="")
    return ExportFile(source=pipe.name, head=head, origin=OnDisk(path=pipe, called=pipe.name))


def _look(state: Progress, began: float) -> dict[str, Any]:
    """Return what the processes of the run hold now, in MB (2**20 bytes)."""
    own = os.getpid()
    judging = [each for each in _children(own) if _is_fork(each)]
    seconds = time.monotonic() - began
    return {
        "messages": state.messages,
        "seconds": round(seconds, 1),
        "rate": round(state.messages / seconds, 1),
        "main_mb": _resident(own),
        "judging_mb": [_resident(each) for each in judging],
    }


def _children(process: int) -> list[int]:
    return [int(each) for each in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def _is_fork(process: int) -> bool:
    """Return whether the process judges: it was forked, where the writer of the corpus was begun anew."""
    return Path(f"/proc/{process}/cmdline").read_bytes() == Path("/proc/self/cmdline").read_bytes()


def _resident(process: int) -> float:
    status = Path(f"/proc/{process}/status").read_text()
    return round(int(status.partition("VmRSS:")[2].split()[0]) / 1024, 1)


def _summed(looks: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the peak of any process, and what the largest grew by after the first SETTLED messages."""
    largest = [max(each["main_mb"], *each["judging_mb"], 0) for each in looks]
    settled = [size for each, size in zip(looks, largest, strict=True) if each["messages"] >= SETTLED]
    return {
        "messages": looks[-1]["messages"] if looks else 0,
        "peak_mb": max(largest, default=0),
        "grown_since_settled_mb": round(max(settled) - settled[0], 1) if settled else None,
    }


def _said(look: dict[str, Any]) -> str:
    judging = "".join(f"{each:>10,.0f}" for each in look["judging_mb"])
    return f"{look['messages']:>12,} messages{look['seconds']:>10,.0f} s{look['main_mb']:>10,.0f} MB{judging}"


def _ignore(_: object) -> None:
    """Flaws of the pack and the cases are other tests' matter."""


if __name__ == "__main__":
    main()
