"""Conversations as a flat table, one message a row: what a Parquet file of them holds.

The columns are those that the table importer knows, so that what is written here can be read again.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from sopgen.conversation.model import MINUTE, Conversation, Kind, Message

_ROWS = 20_000
COLUMNS = (
    "conversation_id", "channel", "team", "tags", "category", "priority", "subject", "status", "csat",
    "closed_at", "message_id", "at", "precision", "role", "author", "kind", "text", "visibility", "event",
    "action", "by", "to", "rating", "comment", "edited", "failed", "attachments", "options",
)  # fmt: skip
_TOLD = ("event", "action", "by", "to", "rating", "comment")
"""Details of a message that are texts here; a rating is one on some platforms (good), a number on others."""

_MARKED = ("edited", "failed")


def write_table(conversations: Iterable[Conversation], path: Path) -> int:
    """Return how many conversations were written to the Parquet file; OSError comes through."""
    import pyarrow as pa  # noqa: PLC0415 -- heavy
    import pyarrow.parquet as pq  # noqa: PLC0415

    instant, names = pa.timestamp("us", tz="UTC"), pa.list_(pa.string())
    kinds = {"at": instant, "closed_at": instant, "csat": pa.float64(), "attachments": names}
    kinds |= {"options": names} | dict.fromkeys(_MARKED, pa.bool_())
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
        "category": conversation.category or None,
        "priority": conversation.priority or None,
        "subject": _text(conversation.details.get("subject")),
        "status": _text(conversation.details.get("status")),
        "csat": conversation.csat,
        "closed_at": conversation.closed_at,
    }
    for message in conversation.messages:
        yield shared | _row(message)


def _row(message: Message) -> dict[str, Any]:
    is_note, details = message.kind is Kind.NOTE, message.details
    row = {
        "message_id": message.id,
        "at": message.at,
        "precision": "minute" if message.precision == MINUTE else None,
        "role": message.role.value,
        "author": message.author or None,
        "kind": details.get("kind", Kind.TEXT.value) if is_note else message.kind.value,
        "text": message.text,
        "visibility": "internal" if is_note else None,
        "attachments": _names(details.get("attachments")),
        "options": _names(details.get("options")),
    }
    row |= {name: _text(details.get(name)) for name in _TOLD}
    return row | {name: details.get(name) is True or None for name in _MARKED}


def _text(value: object) -> str | None:
    return str(value) if value not in (None, "") else None


def _names(held: object) -> list[str | None] | None:
    """Return the names of files, or the answers offered; None where there are none."""
    if not isinstance(held, list) or not held:
        return None
    return [_text(each.get("name") if isinstance(each, dict) else each) for each in held]
