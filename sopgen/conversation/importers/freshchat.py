"""Freshchat: messages of conversations, as its API, its webhooks and its exports write them.

A page of messages is in no order of time. A message's text is in parts, files and buttons among them. One of
type private is a note, one of type system a notice whose sentence tells what happened. Names are in the file
only where users and agents stand beside the messages.
"""

from collections.abc import Iterable, Iterator

from sopgen.base.diagnostic import Report
from sopgen.conversation.desk import Desk, read_records
from sopgen.conversation.document.glimpse import fits, sniffed
from sopgen.conversation.document.node import Node
from sopgen.conversation.document.record import Record
from sopgen.conversation.importer import ExportFile, Head, Sniff
from sopgen.conversation.line import Tick
from sopgen.conversation.model import Reading, Role
from sopgen.conversation.notice import read_notice
from sopgen.conversation.options import ImportOptions
from sopgen.conversation.piece import Threads, read_pieces
from sopgen.conversation.thread import Thread

_LISTS = ("conversations",)
_SIDES = ("users", "agents")
_ROLES = {"user": Role.CUSTOMER, "agent": Role.AGENT, "bot": Role.BOT, "system": Role.SYSTEM}
_CHANNELS = {
    "whatsapp": "whatsapp",
    "facebook": "messenger",
    "facebook_messenger": "messenger",
    "instagram": "instagram",
    "line": "line",
    "telegram": "telegram",
    "email": "email",
}
_WEBHOOKS = {
    "conversation_assignment": ("assign", ""),
    "conversation_resolution": ("close", ""),
    "conversation_reopen": ("other", "reopened"),
    "csat_response": ("rating", ""),
}
_FILES = ("image", "file", "video", "audio", "attachment", "sticker")


def sniff(head: Head) -> Sniff:
    """Return how sure it is: messages in parts, by an actor of a type."""
    return sniffed(
        head,
        92,
        "Freshchat messages in parts",
        "messages[].message_parts",
        "conversations[].messages[].message_parts",
        "conversation.messages[].message_parts",
        "message_parts actor_type",
        "data.message.message_parts",
        "messages.messages[].message_parts",
        "actor.actor_type action data",
    )


def read(file: ExportFile, options: ImportOptions, report: Report, tick: Tick) -> Iterator[Reading]:
    """Yield each conversation; a log of webhooks or a list of messages holds it in pieces."""
    desk = Desk(file, options, report)
    in_pieces = fits(file.head, "message_parts") or fits(file.head, "actor.actor_type", "action")
    reader = read_pieces if in_pieces else read_records
    yield from reader(desk, tick, _threads, lists=_LISTS, sides=_SIDES)


def _threads(record: Node, origin: Record, desk: Desk) -> Iterable[Thread]:
    conversation = record.node("conversation") or record
    people = _People(desk, [Node(dict(origin.sides)), record, conversation])
    threads = Threads(desk, channel=_channel(conversation))
    if record.has("action") and record.has("data"):
        _add_webhook(threads, record, people)
        return threads
    messages = record.nodes("messages", "conversation.messages", "messages.messages")
    if record.has("message_parts"):
        messages = [record]
    name = conversation.text("conversation_id", "id")
    for message in messages:
        _add(threads.of(message.text("conversation_id") or name), message, people)
    for thread in threads if not record.has("message_parts") else ():
        thread.status = conversation.text("status")
        thread.assignee = people.name(conversation.text("assigned_agent_id"))
    return threads


def _channel(conversation: Node) -> str:
    told = conversation.text("channel", "channel_type", "conversation_source", "source").lower()
    return _CHANNELS.get(told, "webchat")


def _add_webhook(threads: Threads, record: Node, people: "_People") -> None:
    message = record.node("data.message")
    if message:
        _add(threads.of(message.text("conversation_id")), message, people)
        return
    data = record.node("data")
    holder = data.node("assignment", "resolve", "reopen", "response", *data.keys())
    name = holder.text("conversation.conversation_id", "conversation.id", "conversation_id")
    event, action = _WEBHOOKS.get(record.text("action"), ("other", ""))
    actor = people.name(record.text("actor.actor_id")) or record.text("actor.actor_name")
    to = holder.text("to_agent_id", "conversation.assigned_agent_id")
    threads.of(name).tell(
        event,
        at=record.get("action_time"),
        by=actor,
        action=action,
        to=(people.name(to) or to) if event == "assign" else "",
        rating=holder.number("rating", "response") if event == "rating" else None,
    )


def _add(thread: Thread, message: Node, people: "_People") -> None:
    kind, actor = message.text("message_type").lower(), message.text("actor_type").lower()
    at, number = message.get("created_time"), message.text("id")
    parts = [*_flat(message.nodes("message_parts")), *_flat(message.nodes("reply_parts"))]
    text = "\n".join(filter(None, map(_text, parts)))
    name = message.text("actor_name") or people.name(message.text("actor_id"))
    if kind == "system" or actor == "system":
        notice = read_notice(text)
        thread.tell(notice.event, at=at, text=text, id=number, action=notice.action, by=name)
        return
    thread.say(
        text,
        at=at,
        role=people.desk.role(_ROLES.get(actor), name, message.text("actor_id")),
        author=name,
        id=number,
        internal=kind == "private",
        files=[file for part in parts for file in _files(part)],
        options=[label for part in parts for label in _labels(part)],
    )


def _flat(parts: list[Node]) -> Iterator[Node]:
    """Yield the parts, those of collections one by one."""
    for part in parts:
        inner = part.nodes("collection.sub_parts", "template_content.sections")
        if inner:
            yield from inner
        else:
            yield part


def _text(part: Node) -> str:
    held = part.get("text")
    return held if isinstance(held, str) else part.text("text.content", "email.content", "content")


def _files(part: Node) -> Iterator[str]:
    for key in _FILES:
        if part.has(key):
            yield part.text(f"{key}.name", f"{key}.url")


def _labels(part: Node) -> Iterator[str]:
    """Yield the labels of buttons."""
    for key in ("url_button.label", "quick_reply_button.label", "quick_reply_button.custom_reply_text"):
        if part.text(key):
            yield part.text(key)
            return


class _People:
    """Who the ids of actors are."""

    def __init__(self, desk: Desk, holders: list[Node]) -> None:
        self.desk = desk
        self._names: dict[str, str] = {}
        for holder in holders:
            for side in _SIDES:
                for person in holder.nodes(side):
                    whole = " ".join(filter(None, (person.text("first_name"), person.text("last_name"))))
                    self._names[person.text("id")] = whole or person.text("name", "email", "phone")

    def name(self, number: str) -> str:
        """Return the name of the actor with that id, "" when nobody is known by it."""
        return self._names.get(number, "")
