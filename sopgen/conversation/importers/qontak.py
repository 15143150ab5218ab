"""Mekari Qontak: rooms with their messages, the pages of a room's history, and webhooks of messages.

`participant_type` (else the sender's model) tells customer, agent and bot. A room that is resolved has the
time of it. No export document is public; the fields are those of the webhooks.
"""

from collections.abc import Iterable, Iterator

from sopgen.base.diagnostic import Report
from sopgen.conversation.desk import Desk, read_records
from sopgen.conversation.document.glimpse import fits, sniffed
from sopgen.conversation.document.node import Node
from sopgen.conversation.document.record import Record
from sopgen.conversation.importer import ExportFile, Head, Sniff
from sopgen.conversation.line import Tick
from sopgen.conversation.link import file_named_by
from sopgen.conversation.model import Reading, Role
from sopgen.conversation.notice import read_notice
from sopgen.conversation.options import ImportOptions
from sopgen.conversation.piece import Threads, read_pieces
from sopgen.conversation.thread import Thread

_LISTS = ("rooms",)
_ROLES = {
    "customer": Role.CUSTOMER,
    "contact": Role.CUSTOMER,
    "models::contact": Role.CUSTOMER,
    "agent": Role.AGENT,
    "user": Role.AGENT,
    "models::user": Role.AGENT,
    "bot": Role.BOT,
    "models::bot": Role.BOT,
    "models::systemaccount": Role.BOT,
    "system": Role.SYSTEM,
    "models::system": Role.SYSTEM,
}
_CHANNELS: tuple[tuple[str, str], ...] = (
    ("wa", "whatsapp"),
    ("fb", "messenger"),
    ("facebook", "messenger"),
    ("messenger", "messenger"),
    ("ig", "instagram"),
    ("instagram", "instagram"),
    ("line", "line"),
    ("telegram", "telegram"),
    ("email", "email"),
    ("web_chat", "webchat"),
    ("webchat", "webchat"),
    ("livechat", "webchat"),
    ("live_chat", "webchat"),
    ("app_chat", "webchat"),
)
"""How a room's channel begins (wa_cloud, fb, ig …), and the channel."""

_NOTES = ("note", "internal_note", "private_note")
_EVENTS = ("event", "system", "log", "room_log", "notification", "call")


def sniff(head: Head) -> Sniff:
    """Return how sure it is: a customer service room, or messages by participants of a type."""
    return sniffed(
        head,
        92,
        "Qontak rooms or messages of participants",
        "room.type=Models::CustomerServiceRoom",
        "room messages[].participant_type",
        "room messages.data[].participant_type",
        "messages[].participant_type messages[].room_id",
        "rooms[].messages[].participant_type",
        "data[].participant_type data[].room_id",
        "data[].type=Models::CustomerServiceRoom",
        "data[].room.type=Models::CustomerServiceRoom",
        "data.messages[].participant_type",
        "participant_type room_id",
        "type=Models::CustomerServiceRoom messages",
    )


def read(file: ExportFile, options: ImportOptions, report: Report, tick: Tick) -> Iterator[Reading]:
    """Yield the conversation of each room; a log of webhooks holds it in pieces."""
    desk = Desk(file, options, report)
    reader = read_pieces if fits(file.head, "room_id") else read_records
    yield from reader(desk, tick, _threads, lists=_LISTS)


def _threads(record: Node, origin: Record, desk: Desk) -> Iterable[Thread]:  # noqa: ARG001 -- a Convert
    threads = Threads(desk, channel="other")
    if record.has("room_id") and not record.has("messages"):
        _add_room(threads, record.node("room"), [record], desk)
        return threads
    for holder in _holders(record):
        room = holder.node("room") or (holder if holder.has("channel") else Node({}))
        _add_room(threads, room, _messages(holder), desk)
    return threads


def _holders(record: Node) -> list[Node]:
    """Return what holds messages: the rooms of a list, else the record."""
    listed = [each for each in record.nodes("data") if each.has("messages")]
    return listed or [record.node("data") or record]


def _messages(holder: Node) -> list[Node]:
    return holder.nodes("messages", "messages.data", "room.messages", "data", "histories")


def _add_room(threads: Threads, room: Node, messages: list[Node], desk: Desk) -> None:
    """Add the messages, and what the room says of itself."""
    name = room.text("id", "room_id")
    for message in messages:
        thread = threads.of(message.text("room_id") or name)
        _keep_channel(thread, message.text("channel") or room.text("channel"), desk)
        _add(thread, message, desk)
    if not name:
        return
    thread = threads.of(name)
    _keep_channel(thread, room.text("channel"), desk)
    thread.tags = room.texts("tags") or [
        each.text("name") for each in room.nodes("tags") if each.text("name")
    ]
    thread.status = room.text("status")
    thread.opened_at = room.get("session_at", "created_at")
    thread.assignee = room.text("agent.name", "agent_name", "assigned_agent.name")
    if room.text("resolved_at"):
        by = room.text("resolved_by.name", "resolved_by.full_name")
        thread.tell("close", at=room.get("resolved_at"), by=by, id=f"{name} resolved")


def _keep_channel(thread: Thread, told: str, desk: Desk) -> None:
    if told and not desk.options.channel:
        thread.channel = next(
            (channel for start, channel in _CHANNELS if told.lower().startswith(start)), "other"
        )


def _add(thread: Thread, message: Node, desk: Desk) -> None:
    kind, at, number = message.text("type").lower(), message.get("created_at"), message.text("id")
    name = message.text("sender.name", "sender.full_name", "sender_name")
    text = message.text("text", "caption", "file.caption")
    told = _role(message)
    if told is Role.SYSTEM or kind in _EVENTS:
        notice = read_notice(text)
        event = "call" if kind == "call" else notice.event
        thread.tell(event, at=at, text=text, id=number, by=name, action=notice.action)
        return
    thread.say(
        text,
        at=at,
        role=desk.role(told, name, message.text("sender_id"), message.text("sender.email")),
        author=name,
        id=number,
        internal=kind in _NOTES or message.flag("is_private", "private", "is_internal"),
        files=_files(message),
        options=[
            each.text("text", "title") for each in message.nodes("buttons") if each.text("text", "title")
        ],
        failed=message.text("status") == "failed",
    )


def _role(message: Node) -> Role | None:
    by_type = _ROLES.get(message.text("participant_type").lower())
    return by_type or _ROLES.get(message.text("sender_type").lower())


def _files(message: Node) -> list[str]:
    many = message.nodes("files", "attachments")
    held = many or [each for each in (message.node("file", "media"),) if each]
    named = [
        each.text("filename", "name", "file_name") or file_named_by(each.text("url", "uri")) for each in held
    ]
    return [name for name in named if name] or ([""] if held and message.text("type") != "text" else [])
