"""Processes of this machine that judge together (`worker`): forked, so that they have the checker already."""

import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager

from sopgen.base.errors import MachineError
from sopgen.conversation.model import Reading
from sopgen.runs.judge import Judge
from sopgen.runs.sheaf import Sheaf, gather

LOOK_EVERY = 1.0
"""Seconds between two looks of a process whether the run that it belongs to is still there."""

_Judged = tuple[int, Sheaf]


def shared(
    batches: Iterable[list[Reading]], checker: Judge, *, workers: int, ahead: int
) -> Generator[_Judged, None, None]:
    """Yield how many readings each batch has, and what they came to, in order; `ahead` are on their way.

    MachineError RUN101 when a process was ended from outside. What the checker raises passes through.
    """
    try:
        with _processes(checker, workers) as pool:
            yield from _shared(batches, pool, ahead=ahead)
    except BrokenProcessPool as error:
        message = "a process that judged conversations was ended from outside, perhaps for want of memory"
        raise MachineError("RUN101", message, hint="free memory, or judge with fewer: --workers 1") from error


def _shared(batches: Iterable[list[Reading]], pool: ProcessPoolExecutor, *, ahead: int) -> Iterator[_Judged]:
    waiting: deque[tuple[int, Future[Sheaf]]] = deque()
    for batch in batches:
        waiting.append((len(batch), pool.submit(_judge_batch, batch)))
        if len(waiting) >= ahead:
            count, future = waiting.popleft()
            yield count, future.result()
    while waiting:
        count, future = waiting.popleft()
        yield count, future.result()


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
