"""A Ray cluster judges as one process does: the same bytes, and nothing lost when a worker dies."""

import os
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from small_checker import STARTED_AT

from sopgen.base.diagnostic import Diagnostic
from sopgen.base.errors import MachineError
from sopgen.compliance.checker import Checker, make_checker
from sopgen.compliance.pack import default_pack_folder, load_pack
from sopgen.conversation.export import read_exports
from sopgen.conversation.model import Reading
from sopgen.conversation.options import ImportOptions
from sopgen.runs.check import run_check
from sopgen.runs.cluster import LOCAL, connected, ray_engine
from sopgen.runs.shipment import Shipment, ship, unpack
from sopgen.runs.summary import RunSummary
from sopgen.runs.tally import Progress
from sopgen.sop.library import read_library

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "tests" / "cases" / "sample-chats.jsonl"


def ignore(_: Diagnostic) -> None:
    """Flaws of the pack and the SOPs are other tests' matter."""


@dataclass(frozen=True)
class Desk:
    """The project's own SOPs and checks: a checker of this process, and what a cluster makes of it."""

    checker: Checker
    shipment: Shipment


@pytest.fixture(scope="module")
def desk() -> Desk:
    """Return the desk of `sop_sources`."""
    folders = [default_pack_folder()]
    histories, pack = read_library(ROOT / "sop_sources", ignore), load_pack(folders, ignore)
    checker = make_checker(histories, pack, ignore)
    return Desk(checker=checker, shipment=ship(histories, folders, pack))


@pytest.fixture(scope="module")
def cluster() -> Iterator[None]:
    """Run a cluster of two worker processes on the loopback address."""
    with connected(LOCAL, 2):
        yield


def readings(copies: int) -> Iterator[Reading]:
    """Yield the sample's conversations so many times over, each copy with ids of its own."""
    for copy in range(copies):
        for reading in read_exports([SAMPLE], ImportOptions(), ignore):
            yield replace(reading, id=f"{reading.id}-{copy}") if hasattr(reading, "id") else reading


def judged(folder: Path, desk: Desk, *, copies: int, **options: object) -> RunSummary:
    return run_check(
        readings(copies),
        desk.checker,
        folder=folder,
        run_id="night",
        started_at=STARTED_AT,
        pack_version=desk.checker.pack_version,
        sops={},
        **options,  # type: ignore[arg-type]
    )


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_cluster_that_is_not_there_is_an_error_with_a_remedy(desk: Desk) -> None:
    """An address where nobody listens ends the run before anything is read."""
    with pytest.raises(MachineError) as refused:
        list(ray_engine(desk.shipment, address="127.0.0.1:9")(readings(1), desk.checker))
    assert refused.value.code == "RUN102"


@pytest.mark.usefixtures("cluster")
@pytest.mark.parametrize(("workers", "batch_size"), [(1, 32), (2, 1), (2, 7), (4, 128)])
def test_engines_workers_and_batches_give_the_same_bytes(
    tmp_path: Path, desk: Desk, workers: int, batch_size: int
) -> None:
    """Every file of the run is the same, whoever judged it in whatever batches."""
    judged(tmp_path / "alone", desk, copies=1)
    shared = {"workers": workers, "batch_size": batch_size}
    judged(tmp_path / "processes", desk, copies=1, **shared)
    judged(tmp_path / "cluster", desk, copies=1, engine=ray_engine(desk.shipment), **shared)
    alone = files(tmp_path / "alone")
    assert sorted(alone) == [
        "conversations.parquet", "findings.jsonl", "set_aside.jsonl", "summary.json", "transcripts.parquet",
            "verdicts.parquet",
    ]  # fmt: skip
    assert files(tmp_path / "processes") == alone
    assert files(tmp_path / "cluster") == alone


class Killer:
    """Kills a worker process of the cluster in the middle of its work, once a batch has come in."""

    def __init__(self) -> None:
        self.killed: list[int] = []

    def __call__(self, _: Progress) -> None:
        """Kill the first process that is seen at work, once."""
        give_up = time.monotonic() + 20
        while not self.killed and time.monotonic() < give_up:
            at_work = processes_called("ray::_judge_batch")
            if at_work:
                os.kill(at_work[0], signal.SIGKILL)
                self.killed.append(at_work[0])


def processes_called(name: str) -> list[int]:
    """Return the processes of our cluster whose title begins so."""
    found = []
    for path in sorted(Path("/proc").glob("[0-9]*/cmdline")):
        try:
            title = path.read_bytes()
        except OSError:
            continue
        if title.startswith(name.encode()) and os.getpid() in ancestors(int(path.parent.name)):
            found.append(int(path.parent.name))
    return found


def ancestors(process: int) -> Iterator[int]:
    """Yield the processes that began the process, the nearest first."""
    while process > 1:
        try:
            process = int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            return
        yield process


@pytest.mark.usefixtures("cluster")
def test_nothing_is_lost_when_a_worker_is_killed(tmp_path: Path, desk: Desk) -> None:
    """A worker dies by `kill -9` while it judges; its batch is judged again, and every byte is the same."""
    judged(tmp_path / "alone", desk, copies=6)
    kill = Killer()
    engine = ray_engine(desk.shipment)
    summary = judged(
        tmp_path / "cluster", desk, copies=6, engine=engine, workers=2, batch_size=10, progress=kill
    )
    assert len(kill.killed) == 1
    assert not Path(f"/proc/{kill.killed[0]}").exists()
    assert summary.totals.read == summary.totals.checked == 180
    assert files(tmp_path / "cluster") == files(tmp_path / "alone")


@pytest.mark.usefixtures("cluster")
def test_a_machine_with_another_sopgen_is_refused(desk: Desk) -> None:
    """Verdicts of two versions never stand in one run."""
    other = replace(desk.shipment, sopgen_version="0.0.0", digest="other")
    with pytest.raises(MachineError) as refused:
        list(ray_engine(other)(readings(1), desk.checker, batch_size=8))
    assert refused.value.code == "RUN103"


def test_what_is_shipped_judges_the_same(tmp_path: Path, desk: Desk) -> None:
    """Unpacked elsewhere, SOPs and checks give the same verdicts, by the same version of the pack."""
    unpacked = unpack(desk.shipment, tmp_path)
    conversations = [each for each in readings(1) if hasattr(each, "messages")]
    assert unpacked.pack_version == desk.checker.pack_version
    assert [unpacked.judge(each) for each in conversations] == [
        desk.checker.judge(each) for each in conversations
    ]
