"""How far a long command is: a bar on a terminal, else a plain line now and then, or JSON. Standard error."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from sopgen.cli.screen.console import QUIET, notice, notices
from sopgen.cli.screen.document import json_text
from sopgen.cli.screen.plain import one_line

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

    from sopgen.manual.work import Step

T = TypeVar("T")

LIVE_EVERY = 0.1
"""Seconds between two drawings of the bar: as often as an eye can follow."""

PLAIN_EVERY = 10.0
"""Seconds between the plain lines of a log that nobody watches (our decision, 2026-11-21)."""

JSON_EVERY = 1.0
"""Seconds between two lines for a machine (our decision, 2026-11-22)."""

SOONEST = 2.0
"""Seconds before a rate or a time left is told: until then they are noise."""


class ProgressStyle(StrEnum):
    """How progress is shown: as it suits standard error, as JSON Lines, or not at all."""

    AUTO = "auto"
    JSON = "json"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How long a run takes: seconds so far, the share of its input that was read, what it counts a second."""

    seconds: float
    read: int
    size: int
    count: int

    @property
    def rate(self) -> float | None:
        """Return what is counted each second, None as long as nobody can tell."""
        return self.count / self.seconds if self.count and self.seconds >= SOONEST else None

    @property
    def seconds_left(self) -> float | None:
        """Return how long it will go on at this pace, None as long as nobody can tell."""
        if not self.read or self.seconds < SOONEST:
            return None
        return self.seconds * max(self.size - self.read, 0) / self.read


class Gauge(Generic[T]):
    """How far a run is: bytes of its input, and a state that is put in words; drawn now and then only."""

    def __init__(
        self,
        draw: Callable[[Pace, T], None],
        every: float,
        *,
        size: int = 0,
        count: Callable[[T], int] = lambda _: 0,
    ) -> None:
        self._draw = draw
        self._every = every
        self._size = size
        self._count = count
        self._began = self._last = time.monotonic()
        self._bytes = 0
        self._state: T | None = None

    def advance(self, count: int) -> None:
        """Remember that so many bytes more have been read."""
        self._bytes += count

    def tell(self, state: T) -> None:
        """Draw the state, unless something was drawn a moment ago."""
        self._state = state
        now = time.monotonic()
        if now - self._last >= self._every:
            self._last = now
            self._draw(self.pace(state), state)

    def finish(self) -> None:
        """Draw the last state that was told."""
        if self._state is not None:
            self._draw(self.pace(self._state), self._state)

    def pace(self, state: T) -> Pace:
        """Return how fast the run is that has come to this state."""
        seconds = time.monotonic() - self._began
        return Pace(seconds=seconds, read=self._bytes, size=self._size, count=self._count(state))


@contextmanager
def progress_bar(
    words: Callable[[T], str],
    *,
    size: int,
    count: Callable[[T], int] = lambda _: 0,
    style: ProgressStyle = ProgressStyle.AUTO,
    facts: Callable[[T], dict[str, Any]] = lambda _: {},
) -> Iterator[Gauge[T]]:
    """Give a gauge whose bar is full after `size` bytes, with the state of the run in `words` beside it.

    `count` are the messages of a state, whose rate is told; `facts` is what a machine is told of it.
    """
    surface = notices()
    if style is ProgressStyle.NONE:
        yield Gauge(lambda *_: None, PLAIN_EVERY, size=size, count=count)
    elif style is ProgressStyle.JSON:
        gauge = Gauge(_as_json(facts), JSON_EVERY, size=size, count=count)
        yield gauge
        gauge.finish()
    elif not surface.is_terminal:
        yield Gauge(
            lambda pace, state: notice(f"{words(state)} so far{_said_pace(pace)}", style=QUIET),
            PLAIN_EVERY,
            size=size,
            count=count,
        )
    else:
        with _bar(surface) as bar:
            task = bar.add_task("", total=size)

            def draw(pace: Pace, state: T) -> None:
                rate = f", {pace.rate:,.0f} messages/s" if pace.rate else ""
                bar.update(task, completed=pace.read, description=words(state) + rate)

            yield Gauge(draw, LIVE_EVERY, size=size, count=count)


def _as_json(facts: Callable[[T], dict[str, Any]]) -> Callable[[Pace, T], None]:
    return lambda pace, state: notice(json_text({"event": "progress", **facts(state), **record_of(pace)}))


def record_of(pace: Pace) -> dict[str, Any]:
    """Return the pace for a machine: seconds, bytes, messages a second; null where nobody can tell yet."""
    return {
        "bytes_read": pace.read,
        "bytes_total": pace.size,
        "seconds": round(pace.seconds, 3),
        "messages_per_second": None if pace.rate is None else round(pace.rate, 1),
        "seconds_left": None if pace.seconds_left is None else round(pace.seconds_left, 1),
    }


def _said_pace(pace: Pace) -> str:
    """Return rate and time left in words, as far as they can be told."""
    rate = f"; {pace.rate:,.0f} messages/s" if pace.rate else ""
    return rate if pace.seconds_left is None else f"{rate}; about {_in_words(pace.seconds_left)} left"


def _in_words(seconds: float) -> str:
    """Return a length of time as people say it: 40 s, 12 min, 3 h 20 min."""
    if seconds < 100:
        return f"{seconds:.0f} s"
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"


def _bar(surface: "Console") -> "Progress":
    from rich.progress import (  # noqa: PLC0415 -- only a terminal needs it
        BarColumn,
        Progress,
        TaskProgressColumn,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (BarColumn(30), TaskProgressColumn(), TextColumn("{task.description}"), TimeRemainingColumn())
    return Progress(*columns, console=surface, transient=True)


@contextmanager
def steps(verb: str) -> Iterator[Callable[[str], None]]:
    """Give a function that shows what a command is at ("building cs-swin 1.0"); a terminal keeps the last."""
    surface = notices()
    if not surface.is_terminal:
        yield lambda step: notice(f"{verb} {step}", style=QUIET)
        return
    with surface.status("") as status:
        yield lambda step: status.update(one_line(f"{verb} {step}"))


@contextmanager
def parts(verb: str) -> Iterator[Callable[["Step"], None]]:
    """Give a function that shows how many parts of a build are done: a bar, or a plain line now and then."""
    surface = notices()
    if not surface.is_terminal:
        gauge: Gauge[Step] = Gauge(lambda _, step: notice(_said(verb, step), style=QUIET), PLAIN_EVERY)
        yield gauge.tell
        return
    with _bar(surface) as bar:
        task = bar.add_task("")
        yield lambda step: bar.update(
            task, completed=step.done, total=step.total, description=one_line(f"{verb} {step.name}")
        )


def _said(verb: str, step: "Step") -> str:
    return f"{verb} {step.name} ({step.done} of {step.total})"
