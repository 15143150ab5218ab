"""Messages and conversations built at the speed a night needs.

A frozen dataclass sets each field through `object.__setattr__`, which costs more than parsing the JSON of the
whole message. Importers fill a writable twin with the same slots and then declare it to be the frozen class
(measured 2026-11-21: 0.3 µs a message against 1.7 µs). The result is an ordinary, frozen value.
"""

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any, cast

from sopgen.conversation.model import Conversation, Kind, Message, Role


class MessageDraft:
    """A Message that can still be written: same slots in the same order."""

    __slots__ = tuple(each.name for each in fields(Message))

    id: str
    at: datetime | None
    role: Role
    text: str
    kind: Kind
    author: str
    precision: timedelta
    details: Mapping[str, Any]


class ConversationDraft:
    """A Conversation that can still be written: same slots in the same order."""

    __slots__ = tuple(each.name for each in fields(Conversation))

    id: str
    channel: str
    messages: tuple[Message, ...]
    source: str
    position: str
    language: str
    opened_at: datetime | None
    closed_at: datetime | None
    team: str
    tags: tuple[str, ...]
    category: str
    priority: str
    csat: float | None
    nps: float | None
    details: Mapping[str, Any]


def as_message(draft: MessageDraft) -> Message:
    """Return the draft itself, now a frozen Message; every field must have been set."""
    draft.__class__ = Message  # type: ignore[assignment]
    return cast("Message", draft)


def as_conversation(draft: ConversationDraft) -> Conversation:
    """Return the draft itself, now a frozen Conversation; every field must have been set."""
    draft.__class__ = Conversation  # type: ignore[assignment]
    return cast("Conversation", draft)
