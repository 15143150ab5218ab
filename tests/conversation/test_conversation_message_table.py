"""Conversations as a table, written and read again."""

import json

import pytest

from sopgen.conversation.canonical_form import read_record, write_record
from sopgen.conversation.message_table import write_table
from sopgen.conversation.options import ImportOptions

TIMES = {"precision": "minute", "at": "2026-01-05T02:00:00+00:00"}
SAID = {"id": "1", **TIMES, "role": "agent", "author": "Rina", "kind": "text", "text": "halo"}


@pytest.mark.parametrize(
    "message",
    [
        SAID,
        SAID | {"visibility": "internal"},
        SAID | {"edited": True, "failed": True},
        SAID | {"kind": "media", "attachments": [{"name": "nota, lama.pdf"}, {"name": None}]},
        SAID | {"options": ["Ya", "Tidak"]},
        SAID | {"kind": "event", "event": "assign", "action": "transferred", "by": "Rina", "to": "Doni"},
        SAID | {"kind": "event", "role": "customer", "event": "rating", "rating": "good", "comment": "oke"},
    ],
    ids=json.dumps,
)
def test_what_checks_see_survives_the_table(message, read_paths, tmp_path):
    """The clock's fineness, notes, edits, files, answers offered and events come back as they were."""
    record = {"id": "c", "channel": "webchat", "csat": 4.0, "tags": ["a", "b"], "messages": [message]}
    record |= {"subject": "Retur", "status": "closed", "category": "retur", "priority": "high"}
    write_table([read_record(record, source="", position="")], tmp_path / "table.parquet")
    read = read_paths([tmp_path / "table.parquet"], ImportOptions())
    assert [write_record(each) for each in read.conversations] == [record]
