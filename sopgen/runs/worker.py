"""Readings judged, by this process or by several, in the order in which they were read.

The processes are forked, so that they have the checker without making it again. Where that is not safe
(macOS) or not possible (Windows), one process judges. Readings go out in batches, a few for each process at a
time: memory stays as flat as with one. What a batch holds, and who judges it, changes no verdict, so the
results are the same bytes.
"""

import sys
from collections.abc import Generator, Iterable, Iterator
from itertools import islice
from typing import Protocol, TypeVar

from sopgen.conversation.model import Reading
from sopgen.runs.judge import Judge
from sopgen.runs.sheaf import Sheaf, gather

T = TypeVar("T")

BATCH_SIZE = 128
"""Conversations handed to a process at once: a fraction of a second of work, enough for what is worked out of
all of them together to cost next to nothing for each (our decision, 2026-11-22)."""

BATCHES_AHEAD = 3
"""Batches of each process that are on their way, so that none waits for the one that reads."""

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
    from sopgen.runs.pool import shared  # noqa: PLC0415 -- most calls are for one process

    yield from shared(batches, checker, workers=workers, ahead=workers * BATCHES_AHEAD)


def in_batches(readings: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield the readings, or whatever comes with them, in lists of `size`, the last perhaps shorter."""
    stream = iter(readings)
    while batch := list(islice(stream, size)):
        yield batch
