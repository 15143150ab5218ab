"""Cells of tables in their columns, those over several rows or columns as in a browser."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from sopgen.base.errors import SourceError
from sopgen.sop.drafting.piece import Piece, Run, Runs, squeezed, text_of

MOST_COLUMNS = 100
"""Columns that one cell may reach over; browsers take 1,000 (our decision, 2026-11-24)."""

WIDEST = 200
"""Columns of a table, and so the cells of its rows (our decision, 2026-11-24)."""

MOST_ADDED = 1_000_000
"""Characters that cells over several columns or rows may add to a document (our decision, 2026-11-24)."""

_CELL = 10
"""Characters that a cell counts as, beside its text."""


@dataclass(slots=True)
class Added:
    """How much the cells over several columns or rows have added to a document: a bound on small bombs."""

    size: int = 0

    def count(self, laid: Iterable[Runs], written: Iterable[Runs]) -> None:
        """Count a row as laid out, less what is written. Raises SourceError IMP106 beyond the bounds."""
        row = tuple(laid)
        refuse_wide(len(row))
        self.size += _size(row) - _size(written)
        if self.size > MOST_ADDED:
            raise _too_big(f"merged cells that tell more than {MOST_ADDED} characters again")


def refuse_wide(columns: int) -> None:
    """Raise SourceError IMP106 when a row has too many columns."""
    if columns > WIDEST:
        raise _too_big(f"a row of more than {WIDEST} columns")


def _size(cells: Iterable[Runs]) -> int:
    return sum(_CELL + sum(len(run.text) for run in cell) for cell in cells)


def _too_big(what: str) -> SourceError:
    hint = "make the table smaller, or its cells single ones, and import that"
    return SourceError("IMP106", f"a table holds {what}", hint=hint)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell: how many columns and rows it reaches over."""

    runs: Runs
    columns: int = 1
    rows: int = 1


@dataclass(slots=True)
class Grid:
    """The tables of a document, laid out row by row: what reaches down into the next row, by column."""

    hanging: dict[int, tuple[int, Runs]] = field(default_factory=dict)
    added: Added = field(default_factory=Added)

    def end(self) -> None:
        """End a table, or a part of one: nothing reaches further down."""
        self.hanging.clear()

    def row(self, cells: Sequence[Cell], *, head: bool = False) -> tuple[Runs, ...]:
        """Return the next row, a cell a column; one is told in all its rows, in the first of its columns.

        In a `head` it is told in all its columns, because it names them all.

        Raises SourceError IMP106 when the row is too wide, or merged cells have added too much.
        """
        refuse_wide(sum(cell.columns for cell in cells) + len(self.hanging))
        laid: list[Runs] = []
        for cell in cells:
            self._hang(laid)
            for position in range(cell.columns):
                told = cell.runs if head or not position else ()
                if cell.rows > 1:
                    self.hanging[len(laid)] = (cell.rows - 1, told)
                laid.append(told)
        while len(laid) <= max(self.hanging, default=-1):
            if len(laid) in self.hanging:
                self._hang(laid)
            else:
                laid.append(())
        self.added.count(laid, (cell.runs for cell in cells))
        return tuple(laid)

    def _hang(self, laid: list[Runs]) -> None:
        """Add the cells that reach down from above into the next columns."""
        while len(laid) in self.hanging:
            rows, told = self.hanging.pop(len(laid))
            if rows > 1:
                self.hanging[len(laid)] = (rows - 1, told)
            laid.append(told)


def with_one_head(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Return the pieces, several rows that name the columns of one table joined into one."""
    joined: list[Piece] = []
    met: set[int] = set()
    for (table, head), group in groupby(pieces, key=lambda each: (each.table, each.head)):
        rows = list(group)
        several = head and len(rows) > 1 and table not in met
        joined += [_one_head(rows)] if several else rows
        met.add(table)
    return tuple(joined)


def _one_head(rows: Sequence[Piece]) -> Piece:
    width = max(len(row.cells) for row in rows)
    lines = tuple(dict.fromkeys(line for row in rows for line in row.lines))
    cells = tuple(
        _together([row.cells[column] for row in rows if column < len(row.cells)]) for column in range(width)
    )
    return replace(rows[0], lines=lines, cells=cells)


def _together(cells: Sequence[Runs]) -> Runs:
    """Return the cells above one column as one, what is told twice once."""
    told = {text_of(cell): cell for cell in reversed(cells)}
    return squeezed(run for cell in reversed(told.values()) for run in (*cell, Run(text=" ")))
