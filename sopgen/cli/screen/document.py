"""Results for programs: one JSON document on standard output."""

import sys
from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import orjson

from sopgen.cli.screen.pipe import sending


def show_json(value: Any) -> None:
    """Print the value as one indented JSON document; lengths of time are seconds, instants RFC 3339."""
    options = orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS
    with sending():
        sys.stdout.write(orjson.dumps(value, default=_simple, option=options).decode() + "\n")


def json_text(value: Any) -> str:
    """Return the value as JSON in one line."""
    return orjson.dumps(value, default=_simple, option=orjson.OPT_NON_STR_KEYS).decode()


def _simple(value: Any) -> Any:
    match value:
        case timedelta():
            return value.total_seconds()
        case Path():
            return str(value)
        case Mapping():
            return dict(value)
        case set() | frozenset():
            return sorted(value)
        case _ if is_dataclass(value) and not isinstance(value, type):
            return asdict(value)
        case _:
            raise TypeError(f"no JSON for {type(value).__name__}")
