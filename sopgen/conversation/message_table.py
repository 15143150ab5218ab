"""Conversations as a flat table, one message a row: what a Parquet file of them holds.

The columns are those that the table importer knows, so that what is written here can be read again.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from sopgen.conversation.model import Conversation, Kind

_ROWS = 20_000
COLUMNS = (
    "conversation_id", "channel", "team", "tags", "message_id", "at", "role", "author", "kind", "text",
    "visibility", "event", "attachments",
)  # fmt: skip


def write_table(conversations: Iterable[Conversation], path: Path) -> int:
    """Return how many conversations were written to the Parquet file; OSError comes through."""
    import pyarrow as pa  # noqa: PLC0415 -- heavy
    import pyarrow.parquet as pq  # noqa: PLC0415

    kinds = {"at": pa.timestamp("us", tz="UTC")}
    schema = pa.schema([(name, kinds.get(name, pa.string())) for name in COLUMNS])
    count = 0
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        rows: list[dict[str, Any]] = []
        for conversation in conversations:
            count += 1
            rows.extend(_rows(conversation))
            if len(rows) >= _ROWS:
                writer.write_table(pa.Table.from_pylist(rows, schema))
                rows = []
        writer.write_table(pa.Table.from_pylist(rows, schema))
    return count


def _rows(conversation: Conversation) -> Iterator[dict[str, Any]]:
    shared = {
        "conversation_id": conversation.id,
        "channel": conversation.channel,
        "team": conversation.team or None,
        "tags": ", ".join(conversation.tags) or None,
    }
    for message in conversation.messages:
        is_note = message.kind is Kind.NOTE
        files = message.details.get("attachments")
        names = (
            [str(each.get("name") or "") for each in files if isinstance(each, dict)]
            if isinstance(files, list)
            else []
        )
        yield shared | {
            "message_id": message.id,
            "at": message.at,
            "role": message.role.value,
            "author": message.author or None,
            "kind": Kind.TEXT.value if is_note else message.kind.value,
            "text": message.text,
            "visibility": "internal" if is_note else None,
            "event": str(message.details["event"]) if "event" in message.details else None,
            "attachments": ", ".join(names) or None,
        }
