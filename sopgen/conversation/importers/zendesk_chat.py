"""Zendesk Chat (Zopim): chats with their history, and offline messages.

Read are incremental exports and lists (`chats`), chats by id (`docs`), single chats and JSON Lines. The role
is in the nick (visitor:…, agent:…, agent:trigger) or the sender type. An offline message has no history; its
words are its `message`.
"""

from collections.abc import Iterator

from sopgen.base.diagnostic import Report
from sopgen.conversation.desk import Desk, read_records
from sopgen.conversation.document.glimpse import sniffed
from sopgen.conversation.document.node import Node
from sopgen.conversation.document.record import Record
from sopgen.conversation.importer import NO, ExportFile, Head, Sniff
from sopgen.conversation.line import Tick
from sopgen.conversation.model import Reading, Role
from sopgen.conversation.options import ImportOptions
from sopgen.conversation.thread import Thread

_CHANNEL = "webchat"
_SENDERS = {
    "visitor": Role.CUSTOMER,
    "agent": Role.AGENT,
    "trigger": Role.BOT,
    "bot": Role.BOT,
    "answerbot": Role.BOT,
    "answer_bot": Role.BOT,
    "system": Role.SYSTEM,
}
_NOTICES = {
    "chat.memberjoin": "join",
    "chat.memberleave": "leave",
    "chat.request.rating": "rating_request",
    "chat.end": "close",
    "chat.ended": "close",
}


def sniff(head: Head) -> Sniff:
    """Return how sure it is: a history of nicks, or an offline message of a visitor."""
    found = sniffed(
        head,
        92,
        "Zendesk chats with a history",
        "chats[].history[].nick",
        "history[].nick history[].type",
        "chats[].type=offline_msg chats[].visitor",
        "type=offline_msg visitor message",
        "chats[].type=chat chats[].visitor chats[].history",
        "type=chat visitor history",
    )
    docs = (each for record in (head.glimpse.records if head.glimpse else ()) for each in _docs(Node(record)))
    if found is NO and any(chat.has("history") or chat.has("visitor") for chat in docs):
        return Sniff(score=90, reason="Zendesk chats by their ids")
    return found


def read(file: ExportFile, options: ImportOptions, report: Report, tick: Tick) -> Iterator[Reading]:
    """Yield the conversation of each chat."""
    yield from read_records(Desk(file, options, report), tick, _threads, lists=("chats",))


def _threads(record: Node, origin: Record, desk: Desk) -> Iterator[Thread]:  # noqa: ARG001 -- a Convert
    for chat in _docs(record) or [record.node("chat") or record]:
        if chat.has("history") or chat.has("message"):
            yield _thread(chat, desk)


def _docs(record: Node) -> list[Node]:
    """Return the chats that are listed by their ids; one that is not there is null."""
    return [Node(chat) for chat in record.node("docs").value.values()]


def _thread(chat: Node, desk: Desk) -> Thread:
    thread = desk.thread(id=chat.text("id"), channel=_CHANNEL)
    thread.tags = chat.texts("tags")
    thread.rating = chat.scalar("rating")
    thread.details = {"rating_comment": chat.text("comment"), "department": chat.text("department_name")}
    thread.opened_at, thread.closed_at = (
        chat.get("timestamp", "session.start_date"),
        chat.get("end_timestamp"),
    )
    visitor = chat.text("visitor.name", "visitor.email", "visitor.phone")
    if chat.text("message") and not chat.nodes("history"):
        role = desk.role(Role.CUSTOMER, visitor)
        thread.say(chat.text("message"), at=chat.get("timestamp"), role=role, author=visitor)
    for entry in chat.nodes("history"):
        _add(thread, entry, desk, visitor)
    return thread


def _add(thread: Thread, entry: Node, desk: Desk, visitor: str) -> None:
    role = _role(entry, desk)
    name = entry.text("name", "display_name") or (visitor if role is Role.CUSTOMER else "")
    at, number = entry.get("timestamp"), entry.text("msg_id")
    match entry.text("type"):
        case "chat.msg":
            said = entry.text("msg", "message")
            thread.say(said, at=at, role=role, author=name, id=number, options=_options(entry))
        case "chat.file" | "chat.file.upload" | "chat.file.uploaded":
            thread.say("", at=at, role=role, author=name, id=number, files=[_file(entry) or None])
        case "chat.rating" if entry.text("new_rating", "rating"):
            rating = entry.scalar("new_rating", "rating")
            thread.tell("rating", at=at, role=Role.CUSTOMER, author=name, rating=rating)
        case "chat.comment":
            comment = entry.text("new_comment", "comment")
            thread.tell("rating_comment", at=at, text=comment, role=Role.CUSTOMER, author=name)
        case "chat.transfer" | "chat.department" | "chat.department_transfer":
            to = entry.text("new_department_name", "department_name", "to")
            thread.tell("assign", at=at, by=name, to=to, action="transferred")
        case kind:
            thread.tell(_NOTICES.get(kind, "other"), at=at, text=entry.text("msg"), by=name)


def _role(entry: Node, desk: Desk) -> Role:
    kind, _, name = entry.text("nick").lower().partition(":")
    sender = entry.text("sender_type").lower().replace(" ", "")
    told = _SENDERS.get(name) or _SENDERS.get(sender) or _SENDERS.get(kind)
    return desk.role(told, entry.text("name", "display_name"), name, entry.text("sender_id"))


def _options(entry: Node) -> list[str]:
    """Return the answers that were offered; the export writes them with slashes between."""
    written = entry.get("options")
    if isinstance(written, str):
        return [each.strip() for each in written.split("/") if each.strip()]
    return list(entry.texts("options"))


def _file(entry: Node) -> str:
    return entry.text("attachment.name", "attachment.url", "file_name", "name_of_file")
