"""What was said: conversations, messages, turns. No rule, no language, no file.

Values are frozen and slotted: a night holds millions of messages.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)


class Role(StrEnum):
    """Who speaks. `AGENT` is a human agent; a bot's words are never the agent's."""

    CUSTOMER = "customer"
    AGENT = "agent"
    BOT = "bot"
    SYSTEM = "system"


class Kind(StrEnum):
    """What a message is. A `NOTE` is internal: the customer never sees it."""

    TEXT = "text"
    MEDIA = "media"
    EVENT = "event"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message.

    `at` is an aware instant, or None when the export has no time. `precision` is how fine the export's
    clock is: a message stamped 09:00 to the minute was written within [at, at + precision).
    An event's `text` is assigned, transferred, closed, reopened, blocked or rated (or another word that the
    source uses); a media message's text is its caption.
    `details` are optional keys of the canonical form, carried along untouched.
    """

    id: str
    at: datetime | None
    role: Role
    text: str
    kind: Kind = Kind.TEXT
    author: str = ""
    precision: timedelta = SECOND
    details: Mapping[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Consecutive messages of one role; events, notes and bot messages do not split it.

    `messages` are positions in the conversation, ascending, of text and media messages only.
    """

    role: Role
    messages: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """Ordered messages of one contact, from first message to close.

    `source` is the file it came from, `position` its line or entry there. `details` are further canonical
    keys (subject, status, gold …).
    """

    id: str
    channel: str
    messages: tuple[Message, ...]
    source: str = ""
    position: str = ""
    language: str = ""
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    team: str = ""
    tags: tuple[str, ...] = ()
    category: str = ""
    priority: str = ""
    csat: float | None = None
    nps: float | None = None
    details: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def started_at(self) -> datetime | None:
        """Return when it began: the opening, else the first message that has a time."""
        if self.opened_at is not None:
            return self.opened_at
        return next((message.at for message in self.messages if message.at is not None), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """A record that could not be read: where it stood, why, and a bounded excerpt. Never dropped."""

    source: str
    position: str
    code: str
    reason: str
    hint: str = ""
    excerpt: str = ""


Reading = Conversation | SetAside
"""What an importer yields: every record of a file becomes one or the other, so that totals add up."""

EXCERPT_LENGTH = 200
"""Characters of a broken record that a SetAside keeps (our decision, 2026-11-21)."""

SPEAKING = frozenset({Kind.TEXT, Kind.MEDIA})
_PARTIES = frozenset({Role.CUSTOMER, Role.AGENT})


def turns_of(messages: tuple[Message, ...]) -> tuple[Turn, ...]:
    """Return the turns of customer and agent, in order. Bot, system, notes and events belong to no turn."""
    return tuple(_turns(messages))


def _turns(messages: tuple[Message, ...]) -> Iterator[Turn]:
    role: Role | None = None
    held: list[int] = []
    for position, message in enumerate(messages):
        if message.role not in _PARTIES or message.kind not in SPEAKING:
            continue
        if message.role is not role:
            if role is not None:
                yield Turn(role=role, messages=tuple(held))
            role, held = message.role, []
        held.append(position)
    if role is not None:
        yield Turn(role=role, messages=tuple(held))
