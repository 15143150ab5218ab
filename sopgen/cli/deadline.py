"""A limit in time for a whole command: what runs past it is broken off, whatever it was at."""

import io
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from types import FrameType
from typing import NoReturn

from sopgen.base.errors import UsageError
from sopgen.cli.screen.pipe import sending


class _TimeUpError(KeyboardInterrupt):
    """The time is up: raised by the clock, wherever the process is."""


class _Held(io.StringIO):
    """Standard output that waits; what it says of itself is what the real one says."""

    def __init__(self, stream: io.TextIOBase) -> None:
        super().__init__()
        self._stream = stream

    def isatty(self) -> bool:
        """Return whether the real one is a terminal."""
        return self._stream.isatty()


_GRACE = 0.5
"""Seconds after the alarm, which is for the main thread, until other threads are told."""


@contextmanager
def within(seconds: float) -> Iterator[threading.Event]:
    """Run the block; after so many seconds it is broken off with UsageError QRY103.

    It gives what tells threads of it that the time is up. What the block prints appears when it has ended: a
    reader who turns pages takes no time of it. Only the main thread is broken off wherever it is; in another
    one the event alone tells of it.
    """
    late, stream = threading.Event(), sys.stdout
    # the main thread may be waiting for a thread of the database, and hear of the alarm when that one is done
    clock = threading.Timer(seconds + _GRACE, late.set)
    clock.daemon = True
    with redirect_stdout(_Held(stream)) as held, _alarm(seconds, late):  # type: ignore[arg-type]
        clock.start()
        try:
            yield late
        except BaseException as error:
            if not late.is_set():
                raise
            hint = "ask for less (a day, a clause), or give it longer: --timeout 10m"
            raise UsageError("QRY103", f"no answer within {seconds:g} seconds", hint=hint) from error
        finally:
            clock.cancel()
    with sending():
        stream.write(held.getvalue())


@contextmanager
def _alarm(seconds: float, late: threading.Event) -> Iterator[None]:
    """Run the block; after so many seconds _TimeUpError is raised in it, where it is the main thread's."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(_: int, __: FrameType | None) -> NoReturn:
        late.set()
        raise _TimeUpError

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
