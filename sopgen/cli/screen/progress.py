"""How far a long command is: a bar on a terminal, else a plain line now and then. Standard error."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Generic, TypeVar

from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from sopgen.cli.screen.console import QUIET, notice, notices
from sopgen.cli.screen.plain import one_line
from sopgen.manual.work import Step

T = TypeVar("T")

LIVE_EVERY = 0.1
"""Seconds between two drawings of the bar: as often as an eye can follow."""

PLAIN_EVERY = 10.0
"""Seconds between the plain lines of a log that nobody watches (our decision, 2026-11-21)."""


class Gauge(Generic[T]):
    """How far a run is: bytes of its input, and a state that is put in words; drawn now and then only."""

    def __init__(self, draw: Callable[[int, T], None], every: float) -> None:
        self._draw = draw
        self._every = every
        self._last = time.monotonic()
        self._bytes = 0

    def advance(self, count: int) -> None:
        """Remember that so many bytes more have been read."""
        self._bytes += count

    def tell(self, state: T) -> None:
        """Draw the state, unless something was drawn a moment ago."""
        now = time.monotonic()
        if now - self._last >= self._every:
            self._last = now
            self._draw(self._bytes, state)


@contextmanager
def progress_bar(words: Callable[[T], str], *, size: int) -> Iterator[Gauge[T]]:
    """Give a gauge whose bar is full after `size` bytes, with the state of the run in `words` beside it."""
    surface = notices()
    if not surface.is_terminal:
        yield Gauge(lambda _, state: notice(f"{words(state)} so far", style=QUIET), PLAIN_EVERY)
        return
    columns = (BarColumn(30), TaskProgressColumn(), TextColumn("{task.description}"), TimeRemainingColumn())
    with Progress(*columns, console=surface, transient=True) as bar:
        task = bar.add_task("", total=size)
        yield Gauge(
            lambda read, state: bar.update(task, completed=read, description=words(state)), LIVE_EVERY
        )


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
def parts(verb: str) -> Iterator[Callable[[Step], None]]:
    """Give a function that shows how many parts of a build are done: a bar, or a plain line now and then."""
    surface = notices()
    if not surface.is_terminal:
        gauge: Gauge[Step] = Gauge(lambda _, step: notice(_said(verb, step), style=QUIET), PLAIN_EVERY)
        yield gauge.tell
        return
    columns = (BarColumn(30), TaskProgressColumn(), TextColumn("{task.description}"), TimeRemainingColumn())
    with Progress(*columns, console=surface, transient=True) as bar:
        task = bar.add_task("")
        yield lambda step: bar.update(
            task, completed=step.done, total=step.total, description=one_line(f"{verb} {step.name}")
        )


def _said(verb: str, step: Step) -> str:
    return f"{verb} {step.name} ({step.done} of {step.total})"
