#!/usr/bin/env python3
"""Hold what sopgen reads of every sample in a folder against the reading that lies beside it.

    python scripts/compare_exports.py DIR [--only WORD]

A sample X has X.expected.jsonl (one conversation a line) and, where needed, X.options.json. Compared are the
keys that the expectation names; times as instants; "" and null are the same. Prints the first difference of
each sample that differs, then the count. Exit status: 0 when all are equal, 1 else, 2 without a sample.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from sopgen.conversation.canonical_form import write_record
from sopgen.conversation.export import read_exports
from sopgen.conversation.model import Conversation, SetAside
from sopgen.conversation.options import ImportOptions, options_from

EXPECTED = ".expected.jsonl"
OPTIONS = ".options.json"


def main() -> int:
    """Compare every sample of the folder; return the exit status."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--only", default="", help="part of the paths of the samples to compare")
    called = arguments.parse_args()
    samples = sorted(path for path in called.folder.rglob(f"*{EXPECTED}") if called.only in str(path))
    told = {path: difference_of(path) for path in samples}
    for path, difference in told.items():
        if difference:
            print(f"{path.relative_to(called.folder)}: {difference}")
    equal = sum(not difference for difference in told.values())
    print(f"{equal} of {len(samples)} samples are read as expected")
    return 2 if not samples else int(equal < len(samples))


def difference_of(expected: Path) -> str:
    """Return the first difference between a sample's reading and the expected one, "" when there is none."""
    export = expected.with_name(expected.name.removesuffix(EXPECTED))
    beside = export.with_name(export.name + OPTIONS)
    said = options_from(json.loads(beside.read_text(encoding="utf-8"))) if beside.exists() else {}
    readings = list(read_exports([export], ImportOptions(**said), lambda _: None))
    for reading in readings:
        if isinstance(reading, SetAside):
            return f"set aside at '{reading.position}': {reading.code} {reading.reason}"
    read = [write_record(each) for each in readings if isinstance(each, Conversation)]
    lines = expected.read_text(encoding="utf-8").split("\n")
    return next(differences(read, [json.loads(line) for line in lines if line.strip()]), "")


def differences(read: list[dict[str, Any]], wanted: list[dict[str, Any]]) -> Iterator[str]:
    """Yield what differs, in order."""
    if len(read) != len(wanted):
        yield f"{len(read)} conversations, expected {len(wanted)}"
    for number, (mine, theirs) in enumerate(zip(read, wanted, strict=False)):
        for key in theirs.keys() - {"messages"}:
            if plain(key, mine.get(key)) != plain(key, theirs[key]):
                yield f"conversation {number} {key}: {mine.get(key)!r}, expected {theirs[key]!r}"
        yield from message_differences(mine["messages"], theirs["messages"], f"conversation {number}")


def message_differences(
    read: list[dict[str, Any]], wanted: list[dict[str, Any]], where: str
) -> Iterator[str]:
    """Yield what differs between two lists of messages."""
    for number, (mine, theirs) in enumerate(zip(read, wanted, strict=False)):
        for key in theirs:
            if plain(key, mine.get(key)) != plain(key, theirs[key]):
                yield f"{where} message {number} {key}: {mine.get(key)!r}, expected {theirs[key]!r}"
        extra = {"visibility", "event", "failed"} & mine.keys() - theirs.keys()
        if extra - {"event"} or (extra and theirs.get("kind") != "event"):
            yield f"{where} message {number}: unexpected {', '.join(sorted(extra))}"
    if len(read) != len(wanted):
        yield f"{where}: {len(read)} messages, expected {len(wanted)}"


def plain(key: str, value: Any) -> Any:
    """Return a value as it is compared: a time as an instant, nothing as None."""
    if key in ("at", "opened_at", "closed_at") and isinstance(value, str):
        return datetime.fromisoformat(value)
    return None if value in ("", None, []) else value


if __name__ == "__main__":
    sys.exit(main())
