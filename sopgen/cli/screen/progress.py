"""How far a long command is: a live line on a terminal, else a plain line now and then. Standard error."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from sopgen.cli.screen.console import QUIET, notice, notices
from sopgen.cli.screen.plain import one_line

T = TypeVar("T")

LIVE_EVERY = 0.1
"""Seconds between two drawings of the live line: as often as an eye can follow."""

PLAIN_EVERY = 10.0
"""Seconds between the plain lines of a log that nobody watches (our decision, 2026-11-21)."""


@contextmanager
def progress_bar(words: Callable[[T], str]) -> Iterator[Callable[[T], None]]:
    """Give a function that shows how far a run is, in `words`; call it as often as you like.

    How many records an export holds is known only at its end, so the bar moves without a total.
    """
    surface = notices()
    if not surface.is_terminal:
        yield _now_and_then(PLAIN_EVERY, lambda state: notice(f"{words(state)} so far", style=QUIET))
        return
    with Progress(
        BarColumn(20), TextColumn("{task.description}"), TimeElapsedColumn(), console=surface, transient=True
    ) as bar:
        task = bar.add_task("", total=None)
        yield _now_and_then(LIVE_EVERY, lambda state: bar.update(task, description=words(state)))


def _now_and_then(every: float, draw: Callable[[T], None]) -> Callable[[T], None]:
    last = time.monotonic()

    def tick(state: T) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= every:
            last = now
            draw(state)

    return tick


@contextmanager
def steps() -> Iterator[Callable[[str], None]]:
    """Give a function that shows the step which a command is at; on a terminal only the latest stays."""
    surface = notices()
    if not surface.is_terminal:
        yield lambda step: notice(step, style=QUIET)
        return
    with surface.status("") as status:
        yield lambda step: status.update(one_line(step))
