"""Qiscus Omnichannel (and SDK): the comments of a room, newest first, and webhooks of messages.

Who speaks stands in the user's extras (`is_customer`, `type`); what the system tells has the type
system_event. The room's options are JSON inside a text and name the channel. A file's text is
"[file] address [/file]"; its caption is in the payload. In webhooks the customer is who the room is named
after, or whose id the room log names.
"""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

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

_CHANNELS = {
    "wa": "whatsapp",
    "whatsapp": "whatsapp",
    "waba": "whatsapp",
    "fb": "messenger",
    "facebook": "messenger",
    "ig": "instagram",
    "instagram": "instagram",
    "line": "line",
    "telegram": "telegram",
    "qiscus": "webchat",
    "webchat": "webchat",
    "widget": "webchat",
    "email": "email",
}
_ROLES = {
    "agent": Role.AGENT,
    "admin": Role.AGENT,
    "supervisor": Role.AGENT,
    "bot": Role.BOT,
    "customer": Role.CUSTOMER,
    "system": Role.SYSTEM,
}
_FILE = re.compile(r"\[file\]\s*(\S*?)\s*\[/file\]", re.IGNORECASE)
_SYSTEM = re.compile(r"(?:^sys_admin@|_admin@qismo\.com$)")
_MEDIA = ("file_attachment", "image", "video", "audio", "file", "sticker", "location", "contact_person")
_LONGEST_OPTIONS = 1 << 16


def sniff(head: Head) -> Sniff:
    """Return how sure it is: comments of a room, or a webhook's message."""
    return sniffed(
        head,
        92,
        "Qiscus comments of a room",
        "results.comments results.room",
        "results.comments[].user.user_id",
        "comments[].user.user_id",
        "rooms[].comments[].user",
        "data.comments[].user",
        "payload.room payload.message payload.from",
        "results[].comments[].user",
    )


def read(file: ExportFile, options: ImportOptions, report: Report, tick: Tick) -> Iterator[Reading]:
    """Yield the conversation of each room; a log of webhooks holds it in pieces."""
    desk = Desk(file, options, report)
    reader = read_pieces if fits(file.head, "payload.room") else read_records
    yield from reader(desk, tick, _threads, lists=("rooms",))


def _threads(record: Node, origin: Record, desk: Desk) -> Iterable[Thread]:  # noqa: ARG001 -- a Convert
    threads = Threads(desk, channel="other")
    if record.node("payload.room"):
        _add_webhook(threads, record, desk)
        return threads
    for holder in record.nodes("results") or [record.node("results", "data") or record]:
        room = holder.node("room") or holder
        name = room.text("room_id", "id", "id_str", "unique_id")
        comments = holder.nodes("comments", "room.comments", "room.last_comments")
        for comment in comments:
            _add(threads.of(name or comment.text("room_id", "room_id_str")), comment, desk, room)
        if comments:
            _describe(threads.of(name or comments[0].text("room_id")), room, desk)
    return threads


def _describe(thread: Thread, room: Node, desk: Desk) -> None:
    """Keep the channel that the room's options name."""
    options = _unpacked(room.get("room_options", "options"))
    told = options.text("channel", "source", "channel_details.source") or room.text("source", "channel")
    if told and not desk.options.channel:
        thread.channel = _CHANNELS.get(told.lower(), "other")


def _unpacked(written: Any) -> Node:
    """Return the options, which are JSON inside a text, at times twice."""
    for _ in range(2):
        if not isinstance(written, str) or len(written) > _LONGEST_OPTIONS:
            break
        try:
            written = json.loads(written)
        except (ValueError, RecursionError):
            return Node({})
    return Node(written if isinstance(written, dict) else {})


def _add(thread: Thread, comment: Node, desk: Desk, room: Node) -> None:
    kind = comment.text("type").lower()
    at = comment.get("timestamp", "unix_timestamp", "created_at")
    text, number = comment.text("message", "text"), comment.text("id", "id_str")
    name = comment.text("user.username", "username", "user.name", "email")
    if kind == "system_event" or comment.text("user.extras.type") == "system":
        notice = read_notice(text)
        thread.tell(notice.event, at=at, text=text, id=number, action=notice.action)
        return
    role = desk.role(_role(comment, room), name, comment.text("user.user_id", "user.email", "email"))
    if comment.flag("is_deleted"):
        thread.tell("deleted", at=at, text=text, role=role, author=name, id=number)
        return
    files = _files(comment, kind, text)
    caption = comment.text("payload.caption", "payload.text")
    thread.say(
        (caption or _FILE.sub("", text)) if files else comment.text("payload.text") or text,
        at=at,
        role=role,
        author=name,
        id=number,
        internal=kind in ("note", "internal_note") or comment.flag("extras.is_internal"),
        files=files,
        options=[each.text("label") for each in comment.nodes("payload.buttons") if each.text("label")],
    )


def _role(comment: Node, room: Node) -> Role | None:
    """Return who wrote: by the extras, else by an address of the system's, else the customer of the room."""
    extras = comment.node("user.extras", "user_extras")
    if extras.has("is_customer") and extras.flag("is_customer"):
        return Role.CUSTOMER
    told = _ROLES.get(extras.text("type", "role").lower())
    address = comment.text("user.user_id", "user.email", "email")
    if told is None and _SYSTEM.search(address):
        return Role.BOT
    if told is None and (extras.has("is_customer") or ("@" in address and not _is_named(room, comment))):
        return Role.AGENT
    return told


def _is_named(room: Node, comment: Node) -> bool:
    """Return whether the room is named after who wrote, as rooms are after their customers."""
    return room.text("room_name", "name") in (comment.text("user.username", "username"), "")


def _files(comment: Node, kind: str, text: str) -> list[str | None]:
    written = _FILE.search(text)
    if kind not in _MEDIA and not written:
        return []
    url = comment.text("payload.url") or (written[1] if written else "")
    return [comment.text("payload.file_name", "payload.filename") or file_named_by(url) or None]


def _add_webhook(threads: Threads, record: Node, desk: Desk) -> None:
    room, message, sender = (
        record.node("payload.room"),
        record.node("payload.message"),
        record.node("payload.from"),
    )
    thread = threads.of(room.text("id", "id_str", "topic_id") or record.text("room_log.room_id"))
    _describe(thread, room, desk)
    customer = record.text("room_log.user_id")
    extras = (
        {"is_customer": True}
        if customer and customer == sender.text("email")
        else sender.node("extras").value
    )
    user = {"user_id": sender.text("email"), "username": sender.text("name"), "extras": extras}
    _add(thread, Node({**message.value, "user": user}), desk, room)
