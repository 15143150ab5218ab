"""One night, or one erasure, at a time in an output folder. The lock dies with its process."""

import fcntl
import json
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sopgen.base.errors import BusyError
from sopgen.runs.trouble import storing

LOCK = ".nightly.lock"

PATIENCE = 3.0
"""Seconds for which a lock is waited for: processes that judged for a night that was killed hold it until
they notice, within a second (our decision, 2026-11-22)."""

_LONGEST = 2000
_PAUSE = 0.1


@contextmanager
def alone(output: Path, *, doing: str, at: datetime) -> Iterator[None]:
    """Run the block while nobody else changes the output folder.

    BusyError NGT103 says who holds it. StorageError: STO101, STO102. The file stays, empty of meaning once
    the process has ended: a lock file that is deleted could be held twice.
    """
    path = output / LOCK
    with storing(path):
        output.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o644)
    try:
        _claim(descriptor, output)
        holder = {
            "doing": doing,
            "process": os.getpid(),
            "host": socket.gethostname(),
            "since": at.isoformat(),
        }
        with storing(path):
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, json.dumps(holder).encode(), 0)
        yield
    finally:
        os.close(descriptor)


def _claim(descriptor: int, output: Path) -> None:
    until = time.monotonic() + PATIENCE
    while not _taken(descriptor):
        if time.monotonic() < until:
            time.sleep(_PAUSE)
            continue
        message = f"{_holder(os.pread(descriptor, _LONGEST, 0))} holds {output}"
        raise BusyError("NGT103", message, hint="wait until it ends, and call again")


def _taken(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _holder(written: bytes) -> str:
    """Return who holds the lock, in words; a holder that has not written its name yet is another process."""
    try:
        who = json.loads(written)
        return f"`{who['doing']}` (process {who['process']} on {who['host']}, since {who['since']})"
    except (ValueError, KeyError, TypeError):
        return "another process"
