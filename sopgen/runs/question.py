"""A question in SQL to stored results: one statement that reads, rows up to a limit."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import duckdb

from sopgen.base.errors import SopgenError, UsageError
from sopgen.runs.results import Results

VIEWS = (
    *("runs", "clauses", "verdicts", "latest_verdicts", "conversations", "latest_conversations"),
    *("findings", "transcripts", "set_aside"),
)
"""What a question may ask."""

_BATCH = 1000
_NEAR = re.compile(r'syntax error at or near "(\w+)"')
_FUNCTIONS = frozenset({"range", "generate_series", "unnest", "json_each", "json_tree"})
"""Functions that may stand in place of a view: those that read nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Columns with their types, rows in their order; `cut`: there were more rows than were asked for."""

    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    cut: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A view, with its columns and their types in order."""

    name: str
    columns: tuple[tuple[str, str], ...]


def views_of(results: Results) -> tuple[View, ...]:
    """Return every view with its columns."""
    return tuple(
        View(
            name=name,
            columns=tuple((column, kind) for column, kind, *_ in results.rows(f"DESCRIBE {name}")),
        )
        for name in VIEWS
    )


def answer(results: Results, question: str, *, limit: int) -> Answer:
    """Return the rows that a question gives, `limit` at most.

    UsageError: QRY101 it cannot be understood, QRY102 it is not one statement that reads the views.
    StorageError: STO202.
    """
    connection = results.connection
    with _understood(results):
        _refuse_others(connection, question)
        asked = connection.sql(question)
        columns, types = tuple(asked.columns), tuple(map(str, asked.types))
        rows: list[tuple[Any, ...]] = []
        for batch in asked.to_arrow_reader(_BATCH):
            rows += zip(*(column.to_pylist() for column in batch.columns), strict=True)
            if len(rows) > limit:
                break
    return Answer(columns=columns, types=types, rows=tuple(rows[:limit]), cut=len(rows) > limit)


def may_be_damage(error: SopgenError) -> bool:
    """Return whether results that cannot be read may be why there was no answer, and not the question."""
    misunderstood = duckdb.BinderException, duckdb.CatalogException, duckdb.ParserException
    return error.code == "STO202" or (
        error.code == "QRY101" and not isinstance(error.__cause__, misunderstood)
    )


def _refuse_others(connection: duckdb.DuckDBPyConnection, question: str) -> None:
    """Raise QRY102 unless it is one SELECT over the views."""
    kinds = [statement.type for statement in connection.extract_statements(question)]
    hint = f"write one SELECT over the views: {', '.join(VIEWS)}"
    if kinds != [duckdb.StatementType.SELECT]:
        told = ", ".join(kind.name for kind in kinds) or "nothing"
        raise UsageError("QRY102", f"a question is one SELECT, not {told}", hint=hint)
    written = connection.execute("SELECT json_serialize_sql(?)", [question]).fetchall()[0][0]
    tree = json.loads(written)
    named = {each["key"] for part in _parts(tree) for each in _named_in(part)}
    for part in _parts(tree):
        name = _asked_in(part)
        if name is not None and name not in named and name.casefold() not in {*VIEWS, *_FUNCTIONS}:
            raise UsageError("QRY102", f"'{name}' is no view", hint=hint)


def _parts(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every object in a tree."""
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            yield each
            waiting += each.values()
        elif isinstance(each, list):
            waiting += each


def _named_in(part: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the names that a WITH gives to parts of the question."""
    named = part.get("cte_map")
    return named["map"] if isinstance(named, dict) else []


def _asked_in(part: dict[str, Any]) -> str | None:
    """Return what a part of a question reads from, None where it reads from nothing by name."""
    if part.get("type") == "BASE_TABLE":
        around = [name for name in (part["catalog_name"], part["schema_name"]) if name]
        return ".".join((*around, part["table_name"]))
    if part.get("type") == "TABLE_FUNCTION":
        return str(part["function"]["function_name"])
    return None


@contextmanager
def _understood(results: Results) -> Iterator[None]:
    """Run the block; what the database does not understand, or may not do, becomes QRY101 or QRY102."""
    try:
        yield
    except duckdb.PermissionException as error:
        hint = f"ask the views alone: {', '.join(VIEWS)}"
        raise UsageError(
            "QRY102", f"a question may read the views alone: {_first(error)}", hint=hint
        ) from error
    except (duckdb.Error, OverflowError) as error:
        hint = f"{_quoting(results, error)}see the columns with: sopgen query --views"
        raise UsageError("QRY101", f"the question cannot be answered: {_first(error)}", hint=hint) from error


def _quoting(results: Results, error: Exception) -> str:
    """Return what to do with a column whose name is also a word of SQL, "" where that is not the trouble."""
    near = _NEAR.search(str(error))
    columns = {column for view in views_of(results) for column, _ in view.columns} if near else set()
    word = near[1] if near else ""
    return (
        f'write the column "{word}" in double quotes (in a shell: \\"{word}\\"); ' if word in columns else ""
    )


def _first(error: Exception) -> str:
    """Return what the database says, without the lines that show the place; they are drawn for a terminal."""
    told = str(error).split("\n\n")[0]
    return " ".join(told.split())
