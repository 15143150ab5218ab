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
from sopgen.conversation.export import read_exports
from sopgen.conversation.options import ImportOptions
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
    writer = multiprocessing.get_context("spawn").Process(target=write_corpus, args=(pipe, messages), daemon=True)
    writer.start()
    pack = load_pack([default_pack_folder()], _ignore)
    checker = make_checker(read_library(check.ROOT / "sop_sources", _ignore), pack, _ignore, draft=True)
    run_check(
        read_exports([pipe], ImportOptions(format="canonical"), _ignore),
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
