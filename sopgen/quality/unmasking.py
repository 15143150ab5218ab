"""The record of who was shown personal data unmasked, when, what and why: lines are added, never changed.

Each line carries the SHA-256 of the line before it, so that one taken out or altered shows.
"""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import orjson

from sopgen.base.errors import UsageError
from sopgen.quality.pseudonym import PRIVATE, private_folder
from sopgen.runs.trouble import storing

LOG = "unmasked.jsonl"

SHORTEST_REASON = 10
"""Characters of a reason: "x" or "test" says nobody why (our decision, 2026-11-22)."""

_LONGEST_REASON = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmasking:
    """One time that somebody was shown personal data: who (the machine's user), what (the call), why."""

    at: datetime
    who: str
    what: str
    reason: str


def record_unmasking(out: Path, unmasking: Unmasking) -> Path:
    """Return the log of the project that writes into `out`, with one line more, flushed to disk.

    Call it before anything is shown. UsageError MSK102 for a reason that gives none; StorageError: STO101,
    STO102: what cannot be recorded is not shown.
    """
    if len(unmasking.reason.strip()) < SHORTEST_REASON:
        raise UsageError(
            "MSK102",
            f"'{unmasking.reason.strip()}' does not say why personal data should be shown",
            hint='say it in words: --unmask --reason "customer asked for his chat, ticket 4711"',
        )
    path = out / PRIVATE / LOG
    with storing(path):
        private_folder(path.parent)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "r+b") as log:
            fcntl.flock(log, fcntl.LOCK_EX)
            log.write(_line(unmasking, before=_last_line(log.read())))
            log.flush()
            os.fsync(log.fileno())
    return path


def _line(unmasking: Unmasking, *, before: bytes) -> bytes:
    record = asdict(unmasking) | {
        "at": unmasking.at.isoformat(),
        "reason": unmasking.reason.strip()[:_LONGEST_REASON],
        "after": hashlib.sha256(before).hexdigest() if before else "",
    }
    return orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE)


def _last_line(written: bytes) -> bytes:
    return written.splitlines()[-1] if written.strip() else b""


def altered_lines(log: Path) -> Iterator[int]:
    """Yield the numbers, from 1, of the lines before which something was altered or taken out."""
    before = b""
    for number, line in enumerate(log.read_bytes().splitlines(), start=1):
        expected = hashlib.sha256(before).hexdigest() if before else ""
        if orjson.loads(line).get("after") != expected:
            yield number
        before = line
