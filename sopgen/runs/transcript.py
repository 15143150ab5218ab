"""`transcripts.parquet`: the whole of each conversation that has findings, one a row.

Findings carry a few messages around their evidence, and are understood by themselves. Whoever works a
conversation through wants all of it: it is kept once for all its findings, with the names by which its words
can be masked. Conversations without findings are not kept.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa

from sopgen.compliance.model import Evidence
from sopgen.conversation.model import Conversation, Message
from sopgen.language.personal.name import NAME_LENGTH
from sopgen.runs.finding import TEXT_LENGTH, Said, kept_range, named_in, read_said
from sopgen.runs.lines import whole
from sopgen.runs.table import Column, Table

MESSAGES_KEPT = 400
"""Messages of one conversation that are kept, those nearest to evidence (our decision, 2026-11-22)."""

BATCH_ROWS = 1_000
"""Transcripts held in memory before they are written: some 4 MB (our decision, 2026-11-22)."""


Record = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What a run keeps of a conversation: some of its messages, and who may be named in them.

    `messages` are records for JSON, in their order; they are made for every conversation with findings, and
    read for few of them.
    """

    conversation: Conversation
    customers: tuple[str, ...]
    messages: list[Record]


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """What was said in a conversation, as `said` of its `length` messages; `customers` mask its words."""

    conversation: str
    source: str
    channel: str
    customers: tuple[str, ...]
    length: int
    said: tuple[Said, ...]

    @property
    def is_whole(self) -> bool:
        """Return whether every message is there."""
        return len(self.said) == self.length


def kept_of(conversation: Conversation, evidence: Iterable[Evidence], customers: tuple[str, ...]) -> Kept:
    """Return what is kept of a conversation; a long message is cut around words of the evidence.

    `customers` are all whom the conversation names; of many, those stay who are named in what is kept.
    """
    starts: dict[str, int] = {}
    for each in evidence:
        starts[each.message] = starts.get(each.message) or each.start
    messages = conversation.messages
    places = range(len(messages)) if len(messages) <= MESSAGES_KEPT else _nearest(messages, starts)
    records = [_record(messages[place], place, starts) for place in places]
    told = (text for each in records for text in (each["text"], each["author"]))
    return Kept(conversation=conversation, customers=named_in(customers, told), messages=records)


def _nearest(messages: Sequence[Message], starts: Mapping[str, int]) -> Sequence[int]:
    """Return the places to keep of a long conversation, in order."""
    marked = [place for place, each in enumerate(messages) if each.id in starts] or [0]
    places = range(len(messages))
    by_distance = sorted(places, key=lambda place: (min(abs(place - each) for each in marked), place))
    return sorted(by_distance[:MESSAGES_KEPT])


def _record(message: Message, place: int, starts: Mapping[str, int]) -> Record:
    text = message.text
    record = {
        "id": message.id,
        "position": place,
        "at": message.at,
        "role": message.role,
        "kind": message.kind,
        "author": message.author[:NAME_LENGTH],
        "text": text,
    }
    if len(text) > TEXT_LENGTH:
        start, end = kept_range(text, starts.get(message.id, 0))
        record |= {"text": text[start:end], "offset": start, "length": len(text)}
    return record


def _written(kept: Kept) -> str:
    try:
        return orjson.dumps(kept.messages).decode()
    except orjson.JSONEncodeError:
        plain = [{**each, "at": each["at"] and each["at"].isoformat()} for each in kept.messages]
        return orjson.dumps(whole(plain)).decode()


COLUMNS: tuple[Column[Kept], ...] = (
    Column("conversation_id", pa.string(), lambda each: each.conversation.id),
    Column("source", pa.string(), lambda each: each.conversation.source),
    Column("channel", pa.string(), lambda each: each.conversation.channel),
    Column("customers", pa.list_(pa.string()), lambda each: list(each.customers)),
    Column("length", pa.int32(), lambda each: len(each.conversation.messages)),
    Column("messages", pa.string(), _written),
)
"""The columns in their order. `messages` is JSON: a list of what was said, in the form of a finding's
`context`; a message that was cut has `offset` and `length`. `length` counts all messages of the conversation,
also those that are not kept."""


def read_transcript(record: Mapping[str, Any]) -> Transcript:
    """Return the transcript of a row; KeyError, TypeError or ValueError where it does not hold one."""
    messages = orjson.loads(record["messages"])
    return Transcript(
        conversation=record["conversation_id"],
        source=record["source"],
        channel=record["channel"],
        customers=tuple(record["customers"]),
        length=record["length"],
        said=tuple(read_said({"offset": 0, "length": len(each["text"]), **each}) for each in messages),
    )


def new_transcript_table(path: Path) -> Table:
    """Return an empty table of transcripts, to be filled inside a `with` block."""
    return Table(path, COLUMNS, batch_rows=BATCH_ROWS)
