"""Sheets as an XLSX workbook: real types, filters, frozen heads, and no formula."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sopgen.quality.output.sheet import Head, Kind, Sheet, Value
from sopgen.quality.wording import Wording
from sopgen.runs.trouble import storing

LONGEST_TEXT = 32_767
"""Characters of a cell, which Excel sets."""

LONGEST_NAME = 31
"""Characters of a sheet's name, which Excel sets."""

_SECONDS_OF_DAY = 86_400
_NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
_FORMATS = {
    Kind.TEXT: "@",
    Kind.COUNT: "#,##0",
    Kind.NUMBER: "#,##0.00",
    Kind.SHARE: "0.0%",
    Kind.SECONDS: "[h]:mm:ss",
    Kind.DAY: "yyyy-mm-dd",
    Kind.MOMENT: "yyyy-mm-dd hh:mm",
    Kind.FLAG: "General",
}
_WIDTHS = {Kind.TEXT: 24, Kind.MOMENT: 17, Kind.DAY: 12}
_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": True,
}


def write_workbook(
    sheets: Iterable[tuple[str, Sheet]], path: Path, *, language: str, created: datetime
) -> None:
    """Write the sheets, each under the word before it, such as its reader's. StorageError: STO101, STO102."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - only this output needs it

    wording = Wording(language)
    with storing(path):
        book = Workbook(str(path), _OPTIONS)
        book.set_properties({"created": created.astimezone(UTC).replace(tzinfo=None), "author": "sopgen"})
        formats = {kind: book.add_format({"num_format": code}) for kind, code in _FORMATS.items()}
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        for prefix, sheet in sheets:
            page = book.add_worksheet(sheet_name(prefix, sheet.title.of(language)))
            _write_heads(page, sheet, bold, language)
            for number, row in enumerate(sheet.rows, 1):
                for at, (head, value) in enumerate(zip(sheet.heads, row, strict=True)):
                    told = _in_words(value, head.words, wording) if head.words and value else value
                    _write_cell(page, (number, at), head, told, formats[head.kind])
        book.close()


def sheet_name(prefix: str, title: str) -> str:
    """Return a name that Excel takes for a sheet."""
    return f"{prefix} {title}".strip().translate(_NOT_IN_NAMES)[:LONGEST_NAME].strip()


def _in_words(value: Value, beginning: str, wording: Wording) -> str:
    """Return words of ours as people read them: "false alarm" becomes "alarm palsu"."""
    each = str(value).split(", ")
    return ", ".join(wording.say_if(beginning + re.sub(r"[ -]", "_", one)) or one for one in each)


def _write_heads(page: Any, sheet: Sheet, bold: Any, language: str) -> None:
    for at, head in enumerate(sheet.heads):
        page.write_string(0, at, head.title.of(language), bold)
        page.set_column(at, at, _WIDTHS.get(head.kind, 11))
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, max(1, len(sheet.rows)), len(sheet.heads) - 1)


def _write_cell(page: Any, place: tuple[int, int], head: Head, value: Value, form: Any) -> None:
    match value:
        case None:
            return
        case bool():
            page.write_boolean(*place, value, form)
        case int() | float():
            page.write_number(*place, value / _SECONDS_OF_DAY if head.kind is Kind.SECONDS else value, form)
        case date():
            page.write_datetime(*place, value, form)
        case _:
            page.write_string(*place, _printable(str(value))[:LONGEST_TEXT], form)


def _printable(text: str) -> str:
    """Return the text without signs that XML cannot hold, and with half characters as question marks."""
    whole = text.encode("utf-8", "replace").decode()
    return "".join(each for each in whole if each >= " " or each in "\t\n")
