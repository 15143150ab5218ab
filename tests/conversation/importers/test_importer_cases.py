"""Exports beside their expected readings: tests/cases/importers/<format>/, one trap or several a file.

For each export X, `X.expected.jsonl` holds the conversations (only the keys that it names are compared, times
as instants) and `X.case.json` the options and the codes that reading it reports.
"""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from sopgen.base.diagnostic import Diagnostic
from sopgen.conversation.canonical_form import write_record
from sopgen.conversation.export import read_exports
from sopgen.conversation.model import Conversation
from sopgen.conversation.options import ImportOptions

CASES = Path(__file__).parents[2] / "cases" / "importers"
SUFFIX = ".expected.jsonl"
EXPORTS = sorted(
    path.with_name(path.name.removesuffix(SUFFIX)).relative_to(CASES) for path in CASES.rglob(f"*{SUFFIX}")
)


def beside(export: Path, suffix: str) -> str:
    return (CASES / f"{export}{suffix}").read_text(encoding="utf-8")


def options_of(told: dict[str, Any]) -> ImportOptions:
    return ImportOptions(
        **{key: tuple(value) if isinstance(value, list) else value for key, value in told.items()}
    )


def comparable(record: dict[str, Any], keys: Any) -> dict[str, Any]:
    """Return the values of those keys, times as instants."""
    values = {key: record.get(key) for key in keys}
    if "author" in values:
        values["author"] = values["author"] or None
    if values.get("at"):
        values["at"] = datetime.fromisoformat(values["at"])
    return values


@pytest.mark.parametrize("export", EXPORTS, ids=str)
def test_an_export_reads_as_expected(export: Path) -> None:
    """What the importer reads equals what is written beside the export, and so do the codes it reports."""
    told = json.loads(beside(export, ".case.json"))
    flaws: list[Diagnostic] = []
    readings = list(read_exports([CASES / export], options_of(told["options"]), flaws.append))
    assert all(isinstance(reading, Conversation) for reading in readings), readings
    assert sorted(flaw.code for flaw in flaws) == told["codes"]
    read = [write_record(reading) for reading in readings if isinstance(reading, Conversation)]
    expected = [json.loads(line) for line in beside(export, SUFFIX).split("\n") if line]
    assert [record["id"] for record in read] == [record["id"] for record in expected]
    for mine, theirs in zip(read, expected, strict=True):
        others = theirs.keys() - {"messages"}
        assert {key: mine.get(key) for key in others} == {key: theirs[key] for key in others}
        for message, wanted in zip(mine["messages"], theirs["messages"], strict=True):
            assert comparable(message, wanted) == comparable(wanted, wanted)


def test_there_are_cases() -> None:
    """The folder of cases has been found."""
    assert {export.parts[0] for export in EXPORTS} >= {"canonical", "rows", "whatsapp"}
