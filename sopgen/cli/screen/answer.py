"""Rows that a question gave: as a table or by the line for people, as CSV or JSON for programs."""

import csv
import sys
from collections.abc import Iterable
from typing import Any

import orjson

from sopgen.cli.screen.console import QUIET, fits_as_table, notice, say, show_rows, show_table
from sopgen.cli.screen.document import show_json
from sopgen.cli.screen.pipe import sending
from sopgen.cli.screen.plain import counted, one_line, plain
from sopgen.runs.question import Answer, View

FORMATS = ("table", "csv", "json")
_NUMBERS = ("INT", "DOUBLE", "FLOAT", "DECIMAL")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def show_answer(answer: Answer, form: str) -> None:
    """Print the rows in a form of FORMATS; that there were more is said beside them.

    A table that is too wide to be read is printed row by row, a line for each value.
    """
    if form == "json":
        show_json(
            {"columns": answer.columns, "types": answer.types, "rows": _plain(answer), "cut": answer.cut}
        )
        return
    if form == "csv":
        _write_csv(answer)
    else:
        numbers = [any(name in kind for name in _NUMBERS) and "[" not in kind for kind in answer.types]
        heads = [f"{name}#" if number else name for name, number in zip(answer.columns, numbers, strict=True)]
        _show_rows(heads, [[one_line(_cell(each)) for each in row] for row in answer.rows])
    if answer.cut:
        notice(f"only the first {counted(len(answer.rows), 'row')}; more with --limit N", style=QUIET)


def _show_rows(heads: list[str], rows: list[list[str]]) -> None:
    if fits_as_table(heads, rows):
        show_table(heads, rows, overflow="fold")
    elif rows:
        show_rows(heads, rows)
    else:
        notice("no rows", style=QUIET)


def show_views(views: Iterable[View], *, as_json: bool) -> None:
    """Print what can be asked."""
    if as_json:
        show_json({view.name: dict(view.columns) for view in views})
        return
    for view in views:
        say(view.name, style="bold")
        show_table(("column", "type"), view.columns)
        say("")


def _write_csv(answer: Answer) -> None:
    with sending():
        table = csv.writer(sys.stdout, lineterminator="\n")
        table.writerow(answer.columns)
        table.writerows([_harmless(each) for each in row] for row in answer.rows)


def _harmless(value: Any) -> str:
    """Return a cell as text; one that a spreadsheet would run as a formula gets an apostrophe before it."""
    text = _cell(value)
    is_text = not isinstance(value, int | float)
    return plain(f"'{text}" if is_text and text.startswith(_FORMULA) else text)


def _cell(value: Any) -> str:
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case int() | float():
            return str(value)
        case list() | dict():
            return orjson.dumps(value, default=str).decode()
        case _:
            return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _plain(answer: Answer) -> list[list[Any]]:
    return [[_simple(each) for each in row] for row in answer.rows]


def _simple(value: Any) -> Any:
    """Return a value as JSON has it; decimals and lengths of time as texts."""
    kept = isinstance(value, str | int | float | bool | list | dict) or value is None
    return value if kept else _cell(value)
