"""Late imports that no interrupt may cut: a library in C++ ends the process when one meets it half made."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Let what would interrupt the block wait until it ends.

    Handlers are those of the main thread; elsewhere, nothing interrupts and nothing is done.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    caught: list[tuple[int, FrameType | None]] = []
    handlers = {
        number: signal.signal(number, lambda *met: caught.append(met))
        for number in _SIGNALS
        if callable(signal.getsignal(number))
    }
    try:
        yield
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
    for met, frame in caught[:1]:
        handler = handlers[signal.Signals(met)]
        assert callable(handler), "only those that are called were put off"
        handler(met, frame)
