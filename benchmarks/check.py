"""How fast conversations are judged, beside what reading them and cutting them into words costs.

    python benchmarks/check.py                    two corpora of 20,000 messages each, one process
    python benchmarks/check.py --messages 100000 --workers 2 --json

The corpora are made of the conversations in `tests/cases` and `checks/gold`, over and over, with digits and
words of each copy's own. In `half`, half of the agent's messages are pasted: they stand there word for word
as in an earlier copy. In `none`, every text differs from all others by at least one word. Each figure is
measured in a process of its own, over the same file:

    orjson      every line is parsed
    tokenizer   every line is parsed, and every message goes through spaCy's blank Indonesian tokenizer
    check       the whole default pack and its trained component: read, recognise, judge, count, write

Besides, the processor time of `sopgen check` from the start of its process to its first verdicts, on twelve
conversations: where nothing was kept by an earlier process, and the least of three where everything was.
"""

import argparse
import json
import os
import platform
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson

from sopgen.base.diagnostic import Diagnostic
from sopgen.cli.main import multiply_alone
from sopgen.conversation.canonical_form import write_record
from sopgen.conversation.export import read_exports
from sopgen.conversation.model import Conversation
from sopgen.conversation.options import ImportOptions

ROOT = Path(__file__).parents[1]
SEEDS = ("tests/cases/sample-chats.jsonl", *(f"checks/gold/blind-{number}.jsonl" for number in range(1, 5)))
WORDS = (
    "kardus",
    "kemeja",
    "teko",
    "lampu",
    "sepatu",
    "tas",
    "jaket",
    "rak",
    "kompor",
    "panci",
    "meja",
    "kursi",
)
_NUMBER = re.compile(r"\d")

multiply_alone()  # before anything here, or whatever imports this file, imports NumPy


def main() -> None:
    """Measure what the command line asks for, or one figure when called by itself."""
    asked = _asked()
    if asked.measure:
        print(json.dumps(MEASURES[asked.measure](Path(asked.file), asked.workers)))
        return
    with tempfile.TemporaryDirectory() as folder:
        start = start_up(Path(folder))
        rows = [
            row
            for kind in ("half", "none")
            for row in _measured(kind, make_corpus(Path(folder), kind, asked.messages), asked.workers)
        ]
    if asked.json:
        print(json.dumps({"machine": _machine(), "start_up": start, "rows": rows}, indent=2))
        return
    print(_machine())
    print(f"start-up to first verdicts: {start['cold']:.2f} s, {start['warm']:.2f} s with what was kept")
    print(f"{'corpus':8}{'what':12}{'workers':>8}{'messages/s':>12}{'a core':>10}{'of floor':>10}", end="")
    print(f"{'peak MB':>9}{'seconds':>9}")
    for row in rows:
        share = f"{row['of_floor']:.2f}" if row["of_floor"] else ""
        print(
            f"{row['corpus']:8}{row['what']:12}{row['workers']:>8}{row['rate']:>12,.0f}{row['rate_per_core']:>10,.0f}"
            f"{share:>10}{row['peak_mb']:>9,.0f}{row['seconds']:>9.1f}"
        )


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--messages", type=int, default=20_000, help="messages of each corpus")
    parser.add_argument("--workers", type=int, default=1, help="also measure this many processes")
    parser.add_argument("--json", action="store_true", help="one JSON document instead of a table")
    parser.add_argument("--measure", choices=sorted(MEASURES), help=argparse.SUPPRESS)
    parser.add_argument("--file", default="", help=argparse.SUPPRESS)
    return parser.parse_args()


_FIRST = """
import json, os, sys
import sopgen.cli.main as cli
cli.multiply_alone()
from sopgen.compliance.checker import Checker
examine = Checker.examine_all
def examined(checker, conversations):
    examine(checker, conversations)
    times = os.times()
    print(json.dumps(times.user + times.system), flush=True)
    os._exit(0)
Checker.examine_all = examined
cli.main()
"""
"""A check that ends when the first verdicts are there, and says what they took."""


def start_up(folder: Path) -> dict[str, float]:
    """Return the processor seconds to the first verdicts without anything kept, and the least with all."""
    path = make_corpus(folder, "start", 100)
    call = [sys.executable, "-c", _FIRST, "check", str(path), "--out", str(folder / "out")]
    call += ["--sops", str(ROOT / "sop_sources")]
    environment = {**os.environ, "SOPGEN_CACHE": str(folder / "cache")}

    def seconds() -> float:
        done = subprocess.run(call, env=environment, stdout=subprocess.PIPE, check=True)  # noqa: S603
        return float(json.loads(done.stdout))

    return {"cold": seconds(), "warm": min(seconds() for _ in range(3))}


def make_corpus(folder: Path, kind: str, messages: int) -> Path:
    """Return a file of canonical JSON Lines with at least so many messages; the same each time."""
    path = folder / f"{kind}.jsonl"
    dice, written, copy = random.Random(7), 0, 0  # noqa: S311 - a corpus that is the same each time
    patterns = list(seeds())
    with path.open("wb") as file:
        while written < messages:
            for number, seed in enumerate(patterns):
                record = varied(seed, f"{copy}-{number}", dice, pasted=kind == "half")
                file.write(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE))
                written += len(record["messages"])
                if written >= messages:
                    break
            copy += 1
    return path


def seeds() -> Iterator[dict[str, Any]]:
    """Yield the conversations that corpora are made of, as canonical records."""
    for reading in read_exports([ROOT / seed for seed in SEEDS], ImportOptions(), _ignore):
        if isinstance(reading, Conversation):
            yield {key: value for key, value in write_record(reading).items() if key != "gold"}


def varied(seed: dict[str, Any], name: str, dice: random.Random, *, pasted: bool) -> dict[str, Any]:
    """Return a copy with its own id, digits and words; if `pasted`, half of the agent's texts stay."""
    messages = []
    for number, message in enumerate(seed["messages"]):
        keep = message["kind"] != "text" or (pasted and message["role"] == "agent" and number % 4 < 2)
        messages.append(message if keep else message | {"text": _reworded(message["text"], dice)})
    return seed | {"id": f"{seed['id']}-{name}", "messages": messages}


def _reworded(text: str, dice: random.Random) -> str:
    """Return the text with other digits, and a word more that occurs in no other message."""
    changed = _NUMBER.sub(lambda _: str(dice.randrange(10)), text)
    return f"{changed} {dice.choice(WORDS)} {_name(dice)}"


def _name(dice: random.Random) -> str:
    return "".join(dice.choice("bdgjklmnprst") + dice.choice("aeiou") for _ in range(4))


def _measured(kind: str, path: Path, workers: int) -> Iterator[dict[str, Any]]:
    """Yield a row for each figure; the share of the tokenizer's rate goes by processor time."""
    floor = 0.0
    for what, processes in (("orjson", 1), ("tokenizer", 1), *(("check", n) for n in sorted({1, workers}))):
        call = [sys.executable, __file__, "--measure", what, "--file", str(path), "--workers", str(processes)]
        told = json.loads(subprocess.run(call, stdout=subprocess.PIPE, check=True).stdout)  # noqa: S603
        per_core = told["messages"] / told["processor_seconds"]
        floor = per_core if what == "tokenizer" else floor
        yield {
            "corpus": kind,
            "what": what,
            "workers": processes,
            "rate": told["messages"] / told["seconds"],
            "rate_per_core": per_core,
            "of_floor": per_core / floor if what == "check" else None,
            **told,
        }


def _parsed(path: Path) -> Iterator[list[dict[str, Any]]]:
    with path.open("rb") as file:
        for line in file:
            yield orjson.loads(line)["messages"]


def _measure_orjson(path: Path, workers: int) -> dict[str, float]:  # noqa: ARG001 - one process
    return _timed(lambda: sum(map(len, _parsed(path))))


def _measure_tokenizer(path: Path, workers: int) -> dict[str, float]:  # noqa: ARG001 - one process
    import spacy  # noqa: PLC0415 - only this figure needs it

    cut = spacy.blank("id").tokenizer
    return _timed(
        lambda: sum(1 for messages in _parsed(path) for each in messages if cut(each["text"]) is not None)
    )


def _measure_check(path: Path, workers: int) -> dict[str, float]:
    """Return the figures of a whole run, and how long it took from the start of the process to be ready."""
    from sopgen.compliance.checker import make_checker  # noqa: PLC0415 - the floors must not pay for it
    from sopgen.compliance.pack import default_pack_folder, load_pack  # noqa: PLC0415
    from sopgen.runs.check import run_check  # noqa: PLC0415
    from sopgen.sop.library import read_library  # noqa: PLC0415

    began = time.perf_counter()
    pack = load_pack([default_pack_folder()], _ignore)
    checker = make_checker(read_library(ROOT / "sop_sources", _ignore), pack, _ignore, draft=True)
    ready = time.perf_counter() - began
    with tempfile.TemporaryDirectory() as folder:

        def judge() -> int:
            summary = run_check(
                read_exports([path], ImportOptions(), _ignore),
                checker,
                folder=Path(folder) / "run",
                run_id="run",
                started_at=datetime.now(UTC),
                pack_version=pack.version,
                sops={},
                workers=workers,
            )
            return summary.totals.messages

        return _timed(judge) | {"ready_seconds": ready}


MEASURES: dict[str, Callable[[Path, int], dict[str, float]]] = {
    "orjson": _measure_orjson,
    "tokenizer": _measure_tokenizer,
    "check": _measure_check,
}


def _timed(work: Callable[[], int]) -> dict[str, float]:
    """Return messages, wall and processor seconds (those of ended children too), and the peak of memory."""
    began, used = time.perf_counter(), _processor_seconds()
    messages = work()
    seconds, processor = time.perf_counter() - began, _processor_seconds() - used
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return {"messages": messages, "seconds": seconds, "processor_seconds": processor, "peak_mb": peak / 1024}


def _processor_seconds() -> float:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


def _machine() -> str:
    return f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"


def _ignore(_: Diagnostic) -> None:
    """Flaws of the pack and the cases are other tests' matter."""


if __name__ == "__main__":
    main()
