"""What a run did, as JSON Lines in a file: events with counts, codes and places, for machines.

No words of a conversation and no name get in: events are written from numbers, codes and identifiers alone.
An export is called by the order in which it was read, since the name of a file may be that of a customer;
`set_aside.jsonl` of the run names it. The file is closed at MOST_BYTES and kept as `.1`, `.2`, `.3`.
"""

import logging
import re
import time
import traceback
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path

import orjson

from sopgen.base.diagnostic import Diagnostic
from sopgen.base.errors import SopgenError
from sopgen.conversation.model import Reading, SetAside
from sopgen.runs.summary import RunSummary
from sopgen.runs.tally import Progress
from sopgen.runs.trouble import storing

SECTION = "log"

MOST_BYTES = 10 << 20
KEPT = 3
PROGRESS_EVERY = 30.0
"""Seconds between two events that tell how far a run is (our decision, 2026-11-22)."""

TOLD_OF_A_CODE = 100
"""Records that were set aside for one reason and have an event of their own; all are counted at the end."""

_PLAIN = re.compile(r"[A-Za-z0-9_.:+#-]{1,120}")
_LAST_NUMBER = re.compile(r"([0-9]{1,15})\Z")

Fact = str | int | float | bool | None | dict[str, int] | list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class LogSettings:
    """`[log]` of sopgen.toml: the file to write, seen from the project's folder; none when it is empty."""

    file: str = ""


class RunLog:
    """A log that is being written; one without a logger says nothing."""

    def __init__(self, logger: logging.Logger | None = None) -> None:
        self._logger = logger
        self._told: Counter[str] = Counter()
        self._last = time.monotonic()

    def say(self, event: str, *, level: int = logging.INFO, **facts: Fact) -> None:
        """Write an event; text that is no code or identifier is told by its length alone."""
        if self._logger is not None:
            plain = {name: _plain(value) for name, value in facts.items()}
            self._logger.log(level, event, extra={"facts": plain})

    def watch(self, readings: Iterable[Reading]) -> Iterator[Reading]:
        """Yield the readings unchanged; the first of each reason that were set aside have an event."""
        export, last = 0, None
        for reading in readings:
            if reading.source != last:
                export, last = export + 1, reading.source
            if isinstance(reading, SetAside):
                self._set_aside(reading, export)
            yield reading

    def progress(self, state: Progress) -> None:
        """Write how far the run is, unless that was written a moment ago."""
        now = time.monotonic()
        if now - self._last >= PROGRESS_EVERY:
            self._last = now
            self.say("progress", **{name: getattr(state, name) for name in Progress.__slots__})

    def _set_aside(self, record: SetAside, export: int) -> None:
        self._told[record.code] += 1
        if self._told[record.code] <= TOLD_OF_A_CODE:
            number = _LAST_NUMBER.search(record.position)
            line = int(number[1]) if number else None
            self.say("record.set_aside", level=logging.WARNING, code=record.code, export=export, line=line)

    def ended(self, summary: RunSummary, *, seconds: float) -> None:
        """Write what a run came to."""
        totals = {name: getattr(summary.totals, name) for name in summary.totals.__slots__}
        self.say(
            "run.ended",
            run=summary.run_id,
            seconds=round(seconds, 3),
            **totals,
            by_severity={str(name): count for name, count in summary.findings_by_severity.items()},
            set_aside_by_code=dict(summary.set_aside_by_code),
        )

    @contextmanager
    def telling(self, diagnostics: Sequence[Diagnostic]) -> Iterator[None]:
        """Run the block; what ends it early has an event, by its code or kind, never by its words.

        The diagnostics are those that there are when it ends, each with its code and line.
        """
        try:
            yield
        except BaseException as error:
            self._diagnostics(diagnostics)
            self._stopped(error)
            raise
        self._diagnostics(diagnostics)

    def _diagnostics(self, found: Sequence[Diagnostic]) -> None:
        for each in found:
            facts: dict[str, Fact] = {"code": each.code, "kind": str(each.level), "line": each.span.line}
            self.say("diagnostic", level=logging.WARNING, **facts)

    def _stopped(self, error: BaseException) -> None:
        match error:
            case KeyboardInterrupt():
                self.say("run.interrupted", level=logging.WARNING, by=type(error).__name__)
            case SopgenError():
                self.say("run.failed", level=logging.ERROR, code=error.code)
            case _:
                place = _place_of(error)
                self.say("run.failed", level=logging.ERROR, error=type(error).__name__, place=place)


@contextmanager
def open_log(path: Path | None) -> Iterator[RunLog]:
    """Give the log that is written to `path`, or one that says nothing. StorageError: STO101, STO102."""
    if path is None:
        yield RunLog()
        return
    with storing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(path, maxBytes=MOST_BYTES, backupCount=KEPT, encoding="utf-8")
    handler.setFormatter(_Lines())
    logger = logging.Logger("sopgen", logging.INFO)
    logger.addHandler(handler)
    try:
        yield RunLog(logger)
    finally:
        handler.close()


class _Lines(logging.Formatter):
    """Writes an event as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        head = {"at": at, "level": record.levelname.lower(), "event": record.msg}
        return orjson.dumps(head | getattr(record, "facts", {})).decode()


def _plain(value: Fact) -> Fact:
    match value:
        case str():
            return value if _PLAIN.fullmatch(value) else f"<{len(value)} characters>"
        case list():
            return [str(_plain(each)) for each in value]
        case dict():
            return {str(_plain(name)): count for name, count in value.items()}
    return value


def _place_of(error: BaseException) -> str:
    """Return module and line of ours that an error came through last."""
    frames = [
        each for each in traceback.extract_tb(error.__traceback__) if "sopgen" in Path(each.filename).parts
    ]
    return f"{Path(frames[-1].filename).stem}:{frames[-1].lineno}" if frames else ""
