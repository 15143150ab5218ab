"""The two surfaces: standard output for results, standard error for everything else."""

import sys
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from sopgen.cli.screen.pipe import ReaderGoneError
from sopgen.cli.screen.plain import plain

_PIPE_WIDTH = 160
"""Columns of a pipe or a file: wide enough that no row of ours wraps (our decision, 2026-11-21)."""

GOOD, BAD, DOUBTFUL, QUIET = "green", "bold red", "yellow", "dim"


class Surface(Console):
    """A console whose reader may go away."""

    def on_broken_pipe(self) -> None:
        """Raise ReaderGoneError; what was not read is forgotten."""
        raise ReaderGoneError


def results() -> Console:
    """Return the surface for results, standard output."""
    return _surface(stderr=False)


def notices() -> Console:
    """Return the surface for diagnostics, progress and errors, standard error."""
    return _surface(stderr=True)


def _surface(*, stderr: bool) -> Console:
    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() else _PIPE_WIDTH
    return Surface(file=stream, width=width, highlight=False, markup=False, emoji=False, soft_wrap=False)


def say(text: str, *, style: str = "") -> None:
    """Print a line of results; long lines are left whole for `grep` and for the mouse."""
    results().print(Text(plain(text), style=style), soft_wrap=True)


def notice(text: str, *, style: str = "") -> None:
    """Print a line that is no result, to standard error."""
    notices().print(Text(plain(text), style=style), soft_wrap=True)


def show_table(columns: Sequence[str], rows: Iterable[Sequence[str | Text]], *, title: str = "") -> None:
    """Print a table to standard output; a column whose name ends with `#` is numbers, set to the right."""
    if title:
        say(title, style="bold")
    table = Table(header_style="bold", box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for name in columns:
        number = name.endswith("#")
        table.add_column(name.removesuffix("#"), justify="right" if number else "left", no_wrap=number)
    for row in rows:
        table.add_row(*(cell if isinstance(cell, Text) else Text(plain(cell)) for cell in row))
    results().print(table)


def coloured(text: str, style: str) -> Text:
    """Return the text in a style, made harmless."""
    return Text(plain(text), style=style)
