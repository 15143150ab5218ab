"""What a Ray cluster costs beside processes of one machine: its start, its batches, who leads it.

    python benchmarks/cluster.py                       4,000 messages, two worker processes on this machine
    python benchmarks/cluster.py --messages 40000 --workers 8 --json

The same corpus (`check.py`, kind `none`) is judged by processes and by a Ray cluster begun on this machine.

    start          seconds from nothing to a cluster that takes work
    first          seconds until the first batch is judged: workers begin and load the checks
    rate           messages a second, once every worker has judged a batch
    lead           processor milliseconds a message of the process that reads, hands out and writes: what
                   bounds how many workers it can keep busy
    out, back      bytes a message that travel to a worker and back
    batch          milliseconds that one batch takes when there is nothing to judge: Ray's own part
"""

import argparse
import json
import os
import pickle
import tempfile
import time
from collections.abc import Callable, Generator, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import check

from sopgen.compliance.checker import Checker, make_checker
from sopgen.compliance.pack import default_pack_folder, load_pack
from sopgen.conversation.export import read_exports
from sopgen.conversation.model import Conversation, Reading, SetAside
from sopgen.conversation.options import ImportOptions
from sopgen.runs.check import run_check
from sopgen.runs.cluster import BATCH_SIZE, LOCAL, connected, ray_engine
from sopgen.runs.sheaf import gather
from sopgen.runs.shipment import Shipment, ship
from sopgen.runs.worker import Engine, Judged, in_batches, judged
from sopgen.sop.library import read_library

EMPTY_BATCHES = 200


def main() -> None:
    """Measure what the command line asks for."""
    asked = _asked()
    folders = [default_pack_folder()]
    histories, pack = read_library(check.ROOT / "sop_sources", _ignore), load_pack(folders, _ignore)
    checker = make_checker(histories, pack, _ignore, draft=True)
    shipment = ship(histories, folders, pack, draft=True)
    with tempfile.TemporaryDirectory() as folder:
        corpus = check.make_corpus(Path(folder), "none", asked.messages)
        rows = [
            _row("local", judged, corpus, checker, asked.workers),
            *_on_ray(corpus, checker, shipment, asked.workers),
        ]
        rows.append(_travelling(corpus, checker))
    for row in rows:
        print(json.dumps(row) if asked.json else "  ".join(f"{name} {value}" for name, value in row.items()))
    print(f"load {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores")


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--messages", type=int, default=4_000, help="messages of the corpus")
    parser.add_argument("--workers", type=int, default=2, help="worker processes")
    parser.add_argument("--json", action="store_true", help="a JSON object for each row")
    return parser.parse_args()


def _on_ray(corpus: Path, checker: Checker, shipment: Shipment, workers: int) -> list[dict[str, Any]]:
    began = time.perf_counter()
    with connected(LOCAL, workers):
        start = time.perf_counter() - began
        engine = ray_engine(shipment)
        row = _row("ray", engine, corpus, checker, workers)
        return [row | {"start_s": round(start, 1)}, _empty_batches(engine, checker, workers)]


def _row(name: str, engine: Engine, corpus: Path, checker: Checker, workers: int) -> dict[str, Any]:
    """Return the figures of a whole run; the rate without the first batches, in which workers begin."""
    marks: list[tuple[float, int]] = []

    def noting(
        readings: Iterable[Reading], checker: Checker, *, workers: int = 1, batch_size: int = BATCH_SIZE
    ) -> Generator[Judged, None, None]:
        messages = 0
        for count, sheaf in engine(readings, checker, workers=workers, batch_size=batch_size):
            messages += sheaf.counts.messages
            marks.append((time.perf_counter(), messages))
            yield count, sheaf

    began, used = time.perf_counter(), time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        _run(corpus, checker, Path(folder) / "run", noting, workers)
    lead = time.process_time() - used
    settled, messages = marks[workers - 1], marks[-1][1]
    return {
        "engine": name,
        "workers": workers,
        "messages": messages,
        "first_s": round(marks[0][0] - began, 1),
        "rate": round((messages - settled[1]) / (marks[-1][0] - settled[0])),
        "lead_ms_a_message": round(1000 * lead / messages, 3),
    }


def _run(corpus: Path, checker: Checker, folder: Path, engine: Callable[..., Any], workers: int) -> None:
    run_check(
        read_exports([corpus], ImportOptions(), _ignore),
        checker,
        folder=folder,
        run_id="run",
        started_at=datetime.now(UTC),
        pack_version="",
        sops={},
        workers=workers,
        batch_size=32,
        engine=engine,
    )


def _empty_batches(engine: Engine, checker: Checker, workers: int) -> dict[str, Any]:
    """Return what batches cost in which one record was set aside and nothing is judged."""
    nothing = SetAside(source="x", position="line 1", code="CAN101", reason="no JSON")
    began = time.perf_counter()
    for _ in engine([nothing] * EMPTY_BATCHES, checker, workers=workers, batch_size=1):
        pass
    return {"batch_ms": round(1000 * (time.perf_counter() - began) / EMPTY_BATCHES, 2)}


def _travelling(corpus: Path, checker: Checker) -> dict[str, Any]:
    """Return the bytes of a message on its way to a worker and back, of one batch."""
    batch = next(in_batches(read_exports([corpus], ImportOptions(), _ignore), 32))
    messages = sum(len(each.messages) for each in batch if isinstance(each, Conversation))
    out, back = len(pickle.dumps(batch, 5)), len(pickle.dumps(gather(batch, checker), 5))
    return {"out_bytes_a_message": out // messages, "back_bytes_a_message": back // messages}


def _ignore(_: object) -> None:
    """Flaws of the pack and the cases are other tests' matter."""


if __name__ == "__main__":
    main()
