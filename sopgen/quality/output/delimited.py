"""Sheets as CSV files, one each: RFC 4180 in UTF-8, with a mark that Excel knows it by."""

import csv
import io
from datetime import date, datetime
from pathlib import Path

from sopgen.quality.output.sheet import Sheet, Value
from sopgen.runs.trouble import storing

_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write_delimited(sheet: Sheet, path: Path) -> None:
    """Write the sheet; numbers with a point, days by ISO 8601. StorageError: STO101, STO102."""
    held = io.StringIO(newline="")
    writer = csv.writer(held, lineterminator="\r\n")
    writer.writerow([head.key for head in sheet.heads])
    for row in sheet.rows:
        writer.writerow([written(value) for value in row])
    with storing(path):
        path.write_bytes(held.getvalue().encode("utf-8-sig", "replace"))


def written(value: Value) -> str:
    """Return a value as a cell of CSV; what a program would take for a formula gets an apostrophe."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case float():
            return repr(round(value, 6))
        case datetime():
            return value.isoformat(sep=" ", timespec="seconds")
        case int() | date():
            return str(value)
        case _:
            return _harmless(str(value).replace("\0", ""))


def _harmless(text: str) -> str:
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULAS) else text
