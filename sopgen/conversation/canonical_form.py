"""The canonical form of a conversation: a JSON object, read and written. `read(write(x)) == x`.

    {"id", "channel", "language", "opened_at", "closed_at", "team", "tags", "category", "priority", "csat",
     "nps", "messages": [{"id", "at", "role", "author", "kind", "text"}]}

Only `id`, `messages`, and a message's `role` and `text` must be there. `at` is RFC 3339, or seconds or
milliseconds since 1970. A message without id is called m1, m2 … by its place; `precision` ("minute", or
seconds) is there when the source's clock is coarser than a second; a `visibility` that is internal makes a
note of any message, and so a note is written: role and kind as for any other, `visibility` internal. An
author who is not known is null. Other keys go to `details`, as they are.
"""

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from operator import itemgetter
from reprlib import repr as short_repr
from typing import Any

import orjson

from sopgen.conversation.canonical_value import (
    called,
    instant_of,
    kind_of,
    message_text_of,
    number_of,
    precision_of,
    role_of,
    tags_of,
    text_of,
)
from sopgen.conversation.draft import ConversationDraft, MessageDraft, as_conversation
from sopgen.conversation.importer import UnreadableError
from sopgen.conversation.instant import is_reckonable
from sopgen.conversation.model import MINUTE, SECOND, Conversation, Kind, Message, Reading
from sopgen.conversation.sequence import by_time, told_apart
from sopgen.conversation.text import excerpt_of
from sopgen.conversation.vocabulary import INTERNAL, KINDS, ROLES

Remark = Callable[[str], None]
"""Told the code of what was mended in a record: CAN201 sorted by time, CAN202 a message id told apart."""

_KEYS = frozenset(
    {"id", "channel", "language", "opened_at", "closed_at", "team", "tags", "category", "priority"}
    | {"csat", "nps", "messages"}
)
_MESSAGE_KEYS = ("id", "at", "role", "text", "kind", "author")
_FIELDS = itemgetter(*_MESSAGE_KEYS)
_CLOCK_LENGTH = len("2026-01-05T09:00:00")
_OFFSET_SIGNS = frozenset({"+", "-", "Z"})
_DEEPEST = 200
"""Levels that a further key's value may be nested: orjson reads 1,024 levels, but writes only 254."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Defaults:
    """What a record gets that names none: the zone of local times (None: set aside), channel, team."""

    zone: tzinfo | None = None
    channel: str = "other"
    team: str = ""


NO_DEFAULTS = Defaults()


def no_remark(code: str) -> None:
    """Ignore the remark."""


def read_record(
    record: object,
    *,
    source: str,
    position: str,
    defaults: Defaults = NO_DEFAULTS,
    remark: Remark = no_remark,
) -> Reading:
    """Return the conversation that a JSON value holds, or the value set aside with the reason.

    Nothing is raised, whatever the value. Codes: CAN102, CAN103, CAN105 to CAN109.
    """
    try:
        return _conversation_of(record, source, position, defaults, remark)
    except UnreadableError as error:
        return error.aside(_written_out(record), source=source, position=position)


def _written_out(record: object) -> bytes | str:
    """Return the record as JSON, or cut short where it is nested deeper than JSON can be written."""
    try:
        return orjson.dumps(record, default=str)
    except orjson.JSONEncodeError:
        return short_repr(record)


def write_record(conversation: Conversation) -> dict[str, Any]:
    """Return the conversation as a JSON object; keys without a value are left out, `messages` never is."""
    given = {
        "id": conversation.id,
        "channel": conversation.channel,
        "language": conversation.language,
        "opened_at": _written(conversation.opened_at),
        "closed_at": _written(conversation.closed_at),
        "team": conversation.team,
        "tags": list(conversation.tags),
        "category": conversation.category,
        "priority": conversation.priority,
        "csat": conversation.csat,
        "nps": conversation.nps,
    }
    written: dict[str, Any] = {key: value for key, value in given.items() if value not in ("", None, [])}
    written.setdefault("tags", [])
    written["messages"] = [_write_message(message) for message in conversation.messages]
    return written | dict(conversation.details)


def _write_message(message: Message) -> dict[str, Any]:
    written: dict[str, Any] = {
        "id": message.id,
        "at": _written(message.at),
        "role": message.role.value,
        "author": message.author or None,
        "kind": message.kind.value,
        "text": message.text,
    }
    if message.kind is Kind.NOTE:
        written |= {"kind": Kind.TEXT.value, "visibility": "internal"}
    if message.precision != SECOND:
        written["precision"] = "minute" if message.precision == MINUTE else message.precision.total_seconds()
    return written | dict(message.details)


def _written(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant is not None else None


def _conversation_of(
    record: object, source: str, position: str, defaults: Defaults, remark: Remark
) -> Conversation:
    if not isinstance(record, dict):
        raise UnreadableError(
            "CAN102", f"not a conversation but {called(record)}", 'write {"id": …, "messages": […]}'
        )
    raws = record.get("messages")
    if not isinstance(raws, list):
        raise UnreadableError(
            "CAN102", "no list of messages", 'add "messages": [{"at": …, "role": …, "text": …}]'
        )
    get, zone = record.get, defaults.zone
    draft = ConversationDraft()
    draft.id = _id_of(record)
    draft.channel = text_of(get("channel"), "channel") or defaults.channel
    draft.messages = _messages_of(raws, zone, remark)
    draft.source = source
    draft.position = position
    draft.language = text_of(get("language"), "language")
    draft.opened_at = instant_of(get("opened_at"), "opened_at", zone)
    draft.closed_at = instant_of(get("closed_at"), "closed_at", zone)
    draft.team = text_of(get("team"), "team") or defaults.team
    draft.tags = tags_of(get("tags"))
    draft.category = text_of(get("category"), "category")
    draft.priority = text_of(get("priority"), "priority")
    draft.csat = number_of(get("csat"), "csat")
    draft.nps = number_of(get("nps"), "nps")
    draft.details = {} if _KEYS.issuperset(record) else _others(record, _KEYS)
    return as_conversation(draft)


def _id_of(record: Mapping[str, Any]) -> str:
    name = text_of(record.get("id"), "id")
    if not name:
        raise UnreadableError("CAN103", "the conversation has no id", 'add "id": "…", unique in the file')
    return name


def _messages_of(raws: list[Any], zone: tzinfo | None, remark: Remark) -> tuple[Message, ...]:
    plain = _plain_messages(raws)
    if plain is not None:
        return plain
    messages = [_message_of(raw, number, zone) for number, raw in enumerate(raws, start=1)]
    if len({message.id for message in messages}) < len(messages):
        remark("CAN202")
        messages = told_apart(messages)
    ordered = by_time(messages)
    if ordered != messages:
        remark("CAN201")
    return tuple(ordered)


def _plain_messages(raws: list[Any]) -> tuple[Message, ...] | None:
    """Return the messages if all are as sopgen writes them: six keys, texts, known words, ascending times.

    This is the quick way, written for speed; None sends the conversation the careful way, which finds the
    flaw or mends it. Times are compared as texts: right where they are alike but for the clock.
    """
    messages: list[Any] = []
    roles, kinds, fromisoformat, width = ROLES, KINDS, datetime.fromisoformat, len(_MESSAGE_KEYS)
    try:
        earlier, tail = "", raws[0]["at"][_CLOCK_LENGTH:]
        for raw in raws:
            name, at, role, text, kind, author = _FIELDS(raw)
            if at < earlier or at[_CLOCK_LENGTH:] != tail or len(raw) != width:
                return None
            if author is None:
                author = ""
            if not (type(text) is str and type(author) is str and type(name) is str and name):
                return None
            earlier = at
            draft = MessageDraft()
            draft.id = name
            draft.at = fromisoformat(at)
            draft.role = roles[role]
            draft.text = text
            draft.kind = kinds[kind]
            draft.author = author
            draft.precision = SECOND
            draft.details = {}
            draft.__class__ = Message  # type: ignore[assignment]
            messages.append(draft)
    except (IndexError, KeyError, TypeError, ValueError):
        return None
    distinct = {raw["id"] for raw in raws}
    is_plain = len(distinct) == len(raws) and tail[:1] in _OFFSET_SIGNS
    reaches = is_reckonable(messages[0].at) and is_reckonable(messages[-1].at)
    return tuple(messages) if is_plain and reaches else None


def _message_of(raw: Any, number: int, zone: tzinfo | None) -> Message:
    if not isinstance(raw, dict):
        raise UnreadableError(
            "CAN109", f"message {number} is {called(raw)}", "write each message as an object"
        )
    get, details = raw.get, _others(raw, _MESSAGE_KEYS)
    kind = kind_of(get("kind"), number)
    hidden = kind is not Kind.EVENT and str(details.get("visibility")) in INTERNAL
    if hidden and details["visibility"] == "internal":
        del details["visibility"]  # what a note is; written again with it
    if hidden and kind is Kind.MEDIA:
        details["kind"] = kind.value
    return Message(
        id=text_of(get("id"), "id", number) or f"m{number}",
        at=instant_of(get("at"), "at", zone, number),
        role=role_of(get("role"), number),
        text=message_text_of(raw, number),
        kind=Kind.NOTE if hidden else kind,
        author=text_of(get("author"), "author", number),
        precision=precision_of(details.pop("precision", None), number),
        details=details,
    )


def _others(raw: Mapping[str, Any], known: Container[str]) -> dict[str, Any]:
    """Return the further keys; UnreadableError CAN109 where one could not be written again."""
    others = {key: value for key, value in raw.items() if key not in known}
    for key, value in others.items():
        if not _is_flat_enough(value, _DEEPEST):
            reason = f"'{excerpt_of(key[:80])}' is nested more than {_DEEPEST} levels deep"
            raise UnreadableError("CAN109", reason, "write it flatter, or leave it out")
    return others


def _is_flat_enough(value: object, levels: int) -> bool:
    if not isinstance(value, dict | list):
        return True
    inner = value.values() if isinstance(value, dict) else value
    return levels > 0 and all(_is_flat_enough(each, levels - 1) for each in inner)
