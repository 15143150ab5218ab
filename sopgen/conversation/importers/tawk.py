"""tawk.to: transcripts, as its webhooks write them, and the other events of a log of webhooks.

`sender.t` tells who writes: v the visitor, a an agent, s the system; the visitor's name stands at the chat.
Chats that are told as start and end are put together by the chat's id; their transcript has every message.
"""

from collections.abc import Iterator

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
from sopgen.conversation.piece import read_pieces
from sopgen.conversation.thread import Thread

_CHANNEL = "webchat"
_NOTES = ("note", "whisper")
_LISTS = ("chats", "data")
_ROLES = {
    "v": Role.CUSTOMER,
    "visitor": Role.CUSTOMER,
    "a": Role.AGENT,
    "agent": Role.AGENT,
    "b": Role.BOT,
    "bot": Role.BOT,
    "ai": Role.BOT,
    "s": Role.SYSTEM,
    "system": Role.SYSTEM,
}


def sniff(head: Head) -> Sniff:
    """Return how sure it is: an event of tawk.to, or messages by senders of a kind."""
    return sniffed(
        head,
        92,
        "tawk.to transcripts",
        "event=chat:transcript_created",
        "event=chat:start property",
        "event=chat:end property",
        "event=ticket:create property",
        "chat.messages[].sender.t",
        "messages[].sender.t",
        "chats[].messages[].sender.t",
        "data[].messages[].sender.t",
    )


def read(file: ExportFile, options: ImportOptions, report: Report, tick: Tick) -> Iterator[Reading]:
    """Yield the conversation of each transcript."""
    desk = Desk(file, options, report)
    in_pieces = any(fits(file.head, f"event={name}") for name in ("chat:start", "chat:end"))
    reader = read_pieces if in_pieces else read_records
    yield from reader(desk, tick, _threads, lists=_LISTS)


def _threads(record: Node, origin: Record, desk: Desk) -> Iterator[Thread]:  # noqa: ARG001 -- a Convert
    match record.text("event"):
        case "chat:start" | "chat:end":
            yield _of_event(record, desk)
        case "ticket:create":
            yield _of_ticket(record, desk)
        case _:
            chat = record.node("chat") or record
            if chat.has("messages"):
                yield _of_transcript(chat, desk)


def _of_event(record: Node, desk: Desk) -> Thread:
    thread = desk.thread(id=record.text("chatId", "chat.id"), channel=_CHANNEL)
    if record.text("event") == "chat:end":
        thread.tell("close", at=record.get("time"))
    elif record.node("message"):
        _add(thread, record.node("message"), desk, record)
    return thread


def _of_ticket(record: Node, desk: Desk) -> Thread:
    """Return what a visitor wrote into the form for when nobody is there."""
    thread = desk.thread(id=record.text("ticket.id", "ticket.humanId"), channel="web", is_ticket=True)
    thread.subject = record.text("ticket.subject")
    name = record.text("requester.name", "requester.email")
    role = desk.role(Role.CUSTOMER, name, record.text("requester.email"))
    thread.say(record.text("ticket.message"), at=record.get("time"), role=role, author=name)
    return thread


def _of_transcript(chat: Node, desk: Desk) -> Thread:
    thread = desk.thread(id=chat.text("id", "chatId", "_id"), channel=_CHANNEL)
    thread.tags = chat.texts("tags")
    thread.rating = chat.scalar("rating")
    for message in chat.nodes("messages"):
        _add(thread, message, desk, chat)
    return thread


def _add(thread: Thread, message: Node, desk: Desk, chat: Node) -> None:
    """Add a message; that of a chat's start stands without a time of its own."""
    kind = message.text("type")
    told = _ROLES.get(message.text("sender.t", "sender.type"), Role.SYSTEM)
    name = message.text("sender.n", "sender.name")
    if told is Role.CUSTOMER:
        name = name or chat.text("visitor.name", "visitor.email")
    at, text = message.get("time", "createdOn") or chat.get("time"), message.text("msg", "text", "message")
    files = [_file(each) or None for each in message.nodes("attchs", "attachments")]
    if told is Role.SYSTEM:
        notice = read_notice(text)
        thread.tell(notice.event, at=at, text=text, action=notice.action, by=name)
    elif kind == "webrtc-call":
        thread.tell("call", at=at, text=text, by=name)
    else:
        role = desk.role(told, name, message.text("sender.id"))
        files = files or ([None] if kind == "file" else [])
        number, is_internal = message.text("id", "_id"), kind in _NOTES
        thread.say(text, at=at, role=role, author=name, id=number, internal=is_internal, files=files)


def _file(attached: Node) -> str:
    held = attached.node("content.file", "content", "file") or attached
    return held.text("name", "url")
