"""TOML from outside as a `shape.Document`: its values, and the line of every table and key.

The standard library reads TOML and forgets where things stood, so the lines are found by a second look at the
text. A key that only looks like one, inside a text of several lines, is not in the value and therefore not
looked up.
"""

import pathlib
import re
import tomllib
from collections.abc import Iterator

from sopgen.base.diagnostic import Diagnostic, Level, Report
from sopgen.base.shape import Document, Path
from sopgen.base.span import Span

LARGEST = 1024 * 1024
"""Bytes of a configuration file; a full one has some 2,000 (our decision, 2026-11-22)."""

_PART = r"(?:[A-Za-z0-9_-]+|\"[^\"\n]*\"|'[^'\n]*')"
_NAME = rf"{_PART}(?:\s*\.\s*{_PART})*"
_TABLE = re.compile(rf"\s*\[\[?\s*({_NAME})\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(rf"\s*({_NAME})\s*=")
_WHERE = re.compile(r"\(at line (\d+), column (\d+)\)")


def read_toml_file(path: pathlib.Path, report: Report) -> Document | None:
    """Return the document of a file, or None after reporting TML101 (not TOML) or TML102 (unreadable)."""
    try:
        data = path.read_bytes()[: LARGEST + 1]
        text = data.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        _tell(report, "TML102", Span(file=str(path)), f"this file cannot be read: {error}", _READABLE)
        return None
    if len(data) > LARGEST:
        message = f"this file is larger than {LARGEST:,} bytes"
        _tell(report, "TML102", Span(file=str(path)), message, _READABLE)
        return None
    return read_toml(text, str(path), report)


def read_toml(text: str, file: str, report: Report) -> Document | None:
    """Return the document, or None after reporting TML101 with its line."""
    try:
        value = tomllib.loads(text.replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        _tell(report, "TML101", _place(str(error), file), f"not TOML: {_plain(str(error))}", _QUOTED)
        return None
    except RecursionError:
        _tell(report, "TML101", Span(file=file), "not TOML: lists too deep inside one another", _QUOTED)
        return None
    return Document(value=value, places=dict(_places(text, file)), file=file)


_READABLE = "make it a readable text file, saved as UTF-8"
_QUOTED = 'write texts in quotes and one setting a line: name = "…"'


def _places(text: str, file: str) -> Iterator[tuple[Path, Span]]:
    """Yield the path of each table and key with its place; a list's tables share the list's path."""
    table: Path = ()
    for number, line in enumerate(text.splitlines(), start=1):
        opened, key = _TABLE.match(line), _KEY.match(line)
        if opened:
            table = _steps(opened[1])
            yield table, Span(file=file, line=number, column=opened.start(1) + 1)
        elif key:
            yield (*table, *_steps(key[1])), Span(file=file, line=number, column=key.start(1) + 1)


def _steps(name: str) -> Path:
    return tuple(part.strip("\"'") for part in re.findall(_PART, name))


def _place(message: str, file: str) -> Span:
    found = _WHERE.search(message)
    return Span(file=file, line=int(found[1]), column=int(found[2])) if found else Span(file=file)


def _plain(message: str) -> str:
    return _WHERE.sub("", message).strip()


def _tell(report: Report, code: str, span: Span, message: str, hint: str) -> None:
    report(Diagnostic(code=code, level=Level.ERROR, span=span, message=message, hint=hint))
