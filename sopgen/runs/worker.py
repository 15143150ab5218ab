"""Readings judged, by this process or by several, in the order in which they were read.

The processes are forked, so that they have the checker without making it again. Where that is not safe
(macOS) or not possible (Windows), one process judges. Readings go out in batches, a few for each process at a
time: memory stays as flat as with one. What a batch holds, and who judges it, changes no verdict, so the
results are the same bytes.
"""

import multiprocessing
import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from typing import Protocol, TypeVar

from sopgen.base.errors import MachineError
from sopgen.conversation.model import Reading
from sopgen.runs.judge import Judge
from sopgen.runs.sheaf import Sheaf, gather

T = TypeVar("T")

BATCH_SIZE = 128
"""Conversations handed to a process at once: a fraction of a second of work, enough for what is worked out of
all of them together to cost next to nothing for each (our decision, 2026-11-22)."""

BATCHES_AHEAD = 3
"""Batches of each process that are on their way, so that none waits for the one that reads."""

LOOK_EVERY = 1.0
"""Seconds between two looks of a process whether the run that it belongs to is still there."""

Judged = tuple[int, Sheaf]
"""How many readings a batch has, counted where it came in, and what they came to."""


class Engine(Protocol):
    """What judges readings by the batch, somewhere, and hands them back in their order."""

    def __call__(
        self, readings: Iterable[Reading], checker: Judge, *, workers: int = 1, batch_size: int = ...
    ) -> Generator[Judged, None, None]:
        """Yield the batches; closed early, it ends whatever it has under way."""
        ...


def can_share_work() -> bool:
    """Return whether this machine lets several processes judge."""
    return sys.platform == "linux"


def judged(
    readings: Iterable[Reading], checker: Judge, *, workers: int = 1, batch_size: int = BATCH_SIZE
) -> Generator[Judged, None, None]:
    """Yield how many readings a batch has, and what they came to, in the order of the readings.

    MachineError RUN101 when a process was ended from outside. What the checker raises passes through.
    """
    batches = in_batches(readings, batch_size)
    if workers == 1 or not can_share_work():
        for batch in batches:
            yield len(batch), gather(batch, checker)
        return
    try:
        with _processes(checker, workers) as pool:
            yield from _shared(batches, pool, ahead=workers * BATCHES_AHEAD)
    except BrokenProcessPool as error:
        message = "a process that judged conversations was ended from outside, perhaps for want of memory"
        raise MachineError("RUN101", message, hint="free memory, or judge with fewer: --workers 1") from error


def _shared(batches: Iterable[list[Reading]], pool: ProcessPoolExecutor, *, ahead: int) -> Iterator[Judged]:
    waiting: deque[tuple[int, Future[Sheaf]]] = deque()
    for batch in batches:
        waiting.append((len(batch), pool.submit(_judge_batch, batch)))
        if len(waiting) >= ahead:
            count, future = waiting.popleft()
            yield count, future.result()
    while waiting:
        count, future = waiting.popleft()
        yield count, future.result()


def in_batches(readings: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield the readings, or whatever comes with them, in lists of `size`, the last perhaps shorter."""
    stream = iter(readings)
    while batch := list(islice(stream, size)):
        yield batch


@contextmanager
def _processes(checker: Judge, workers: int) -> Iterator[ProcessPoolExecutor]:
    """Give the processes; when the block ends, however it does, they end too, after the batch they are at."""
    fork = multiprocessing.get_context("fork")
    pool = ProcessPoolExecutor(workers, mp_context=fork, initializer=_begin, initargs=(checker, os.getpid()))
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


_held: list[Judge] = []
"""The checker of this process, where it is one of several."""


def _begin(checker: Judge, parent: int) -> None:
    """Take the checker. An interrupt is for the run to handle, which then ends its processes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_leave_when_orphaned, args=(parent,), daemon=True).start()
    _held[:] = [checker]


def _leave_when_orphaned(parent: int) -> None:
    """End this process once the run was killed: it holds the lock of the run's folder."""
    while os.getppid() == parent:
        time.sleep(LOOK_EVERY)
    os._exit(1)


def _judge_batch(batch: Sequence[Reading]) -> Sheaf:
    return gather(batch, _held[0])
