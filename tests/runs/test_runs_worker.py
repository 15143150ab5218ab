"""Several processes judge as one does: the same bytes, the same ends."""

import multiprocessing
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from small_checker import BROKEN, STARTED_AT, SmallChecker, conversations

from sopgen.base.errors import MachineError
from sopgen.compliance.model import Judgement
from sopgen.conversation.model import Conversation, Reading
from sopgen.runs.check import run_check
from sopgen.runs.judge import Judge
from sopgen.runs.worker import can_share_work, judged

pytestmark = pytest.mark.skipif(not can_share_work(), reason="processes are forked on Linux alone")
HERE = os.getpid()


def readings() -> Iterator[Reading]:
    """Yield an evening's conversations ten times over, with broken records among them."""
    for _ in range(10):
        yield from conversations()
        yield BROKEN


def results(folder: Path, *, workers: int, batch_size: int) -> dict[str, bytes]:
    """Return the files of a run by their names."""
    run_check(
        readings(),
        SmallChecker(),
        folder=folder,
        run_id="night",
        started_at=STARTED_AT,
        pack_version="p",
        sops={"cs": ("1",)},
        workers=workers,
        batch_size=batch_size,
    )
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize(("workers", "batch_size"), [(1, 1), (2, 1), (2, 7), (3, 32), (2, 1000)])
def test_any_number_of_processes_and_any_batch_give_the_same_bytes(
    tmp_path: Path, workers: int, batch_size: int
) -> None:
    """Every file of the run is the same as with one process, to the byte."""
    alone = results(tmp_path / "alone", workers=1, batch_size=32)
    assert len(alone) == 6
    assert results(tmp_path / "shared", workers=workers, batch_size=batch_size) == alone


def test_the_work_is_done_elsewhere() -> None:
    """With two workers, it is not this process that judges."""

    class Telling:
        def judge(self, conversation: Conversation) -> tuple[Judgement, ...]:  # noqa: ARG002
            raise RuntimeError(os.getpid() == HERE)

    with pytest.raises(RuntimeError, match="False"):
        list(judged(readings(), Telling(), workers=2))


class Killed:
    """Ends its own process, as a machine does that has no memory left."""

    def judge(self, conversation: Conversation) -> tuple[Judgement, ...]:  # noqa: ARG002
        """Never return."""
        assert os.getpid() != HERE
        os.kill(os.getpid(), signal.SIGKILL)
        return ()


def test_a_process_that_is_killed_ends_the_run_with_its_reason(tmp_path: Path) -> None:
    """RUN101 is raised, and no results are left that could be taken for whole ones."""
    killed: Judge = Killed()
    with pytest.raises(MachineError) as refused:
        run_check(
            readings(),
            killed,
            folder=tmp_path / "run",
            run_id="night",
            started_at=STARTED_AT,
            pack_version="p",
            sops={},
            workers=2,
        )
    assert refused.value.code == "RUN101"
    assert list(tmp_path.iterdir()) == []


def test_an_interrupt_ends_the_processes() -> None:
    """Whoever stops reading, as an interrupt does, leaves no process behind."""

    def interrupted() -> Iterator[Reading]:
        yield from readings()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(judged(interrupted(), SmallChecker(), workers=2, batch_size=2))
    stopped = judged(readings(), SmallChecker(), workers=2, batch_size=2)
    next(stopped)
    stopped.close()
    assert multiprocessing.active_children() == []
