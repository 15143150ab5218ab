"""The two surfaces: standard output for results, standard error for everything else."""

import sys
from collections.abc import Iterable, Sequence

from rich.cells import cell_len
from rich.console import Console, JustifyMethod, OverflowMethod
from rich.table import Table
from rich.text import Text

from sopgen.cli.screen.pipe import ReaderGoneError
from sopgen.cli.screen.plain import plain

_PIPE_WIDTH = 160
"""Columns of a pipe or a file: wide enough that no row of ours wraps (our decision, 2026-11-21)."""

_GAP = 2
"""Blanks between columns."""

_LEGIBLE = 12
"""Characters a line of a text in a table, below which it is spelt, not read (our decision, 2026-11-23)."""

_RULE = 60
"""Characters of a rule between rows."""

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


def show_table(
    columns: Sequence[str],
    rows: Iterable[Sequence[str | Text]],
    *,
    title: str = "",
    overflow: OverflowMethod = "ellipsis",
) -> None:
    """Print a table to standard output; a column whose name ends with `#` is numbers, set to the right.

    `overflow` is what becomes of a word that is longer than its column is wide.
    """
    if title:
        say(title, style="bold")
    table = Table(header_style="bold", box=None, pad_edge=False, padding=(0, _GAP, 0, 0))
    for name in columns:
        number = name.endswith("#")
        justify: JustifyMethod = "right" if number else "left"
        table.add_column(name.removesuffix("#"), justify=justify, no_wrap=number, overflow=overflow)
    for row in rows:
        table.add_row(*(cell if isinstance(cell, Text) else Text(plain(cell)) for cell in row))
    results().print(table)


def fits_as_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Return whether `show_table` leaves each column its name, and a number or some words of a text."""
    cells = zip(*rows, strict=True) if rows else [()] * len(columns)
    needs = (_least_width(name, column) for name, column in zip(columns, cells, strict=True))
    return sum(needs) + _GAP * len(columns) <= results().width


def _least_width(name: str, cells: Iterable[str]) -> int:
    longest = max(map(cell_len, cells), default=0)
    return max(cell_len(name.removesuffix("#")), longest if name.endswith("#") else min(longest, _LEGIBLE))


def show_rows(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print each row below a rule with its number, a line `name: value` for each column."""
    names = [plain(name.removesuffix("#")) for name in columns]
    told = Text()
    for number, row in enumerate(rows, start=1):
        told.append(f"--- row {number:,} ".ljust(_RULE, "-") + "\n", style=QUIET)
        for name, cell in zip(names, row, strict=True):
            told.append(f"{name}:", style="bold")
            told.append(f" {plain(cell)}\n" if cell else "\n")
    results().print(told, soft_wrap=True, end="")


def coloured(text: str, style: str) -> Text:
    """Return the text in a style, made harmless."""
    return Text(plain(text), style=style)
