"""Sheets as one JSON document: of each reader the tables, each a list of rows by column keys."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import orjson

from sopgen.quality.output.sheet import Sheet, Value
from sopgen.runs.lines import whole
from sopgen.runs.trouble import storing


def write_document(readers: Sequence[tuple[str, Sequence[Sheet]]], path: Path) -> None:
    """Write the sheets of each reader, a list of `{"reader", "tables"}`. StorageError: STO101, STO102."""
    told = [
        {"reader": reader, "tables": {sheet.key: records(sheet) for sheet in sheets}}
        for reader, sheets in readers
    ]
    with storing(path):
        path.write_bytes(orjson.dumps(told, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))


def records(sheet: Sheet) -> list[dict[str, Any]]:
    """Return the rows as objects; days and instants by ISO 8601, lengths of time in seconds."""
    keys = [head.key for head in sheet.heads]
    return [dict(zip(keys, map(_written, row), strict=True)) for row in sheet.rows]


def _written(value: Value) -> Any:
    match value:
        case datetime():
            return value.isoformat(timespec="seconds")
        case date():
            return value.isoformat()
        case str():
            return whole(str(value))
        case _:
            return value
