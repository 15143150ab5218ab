"""LiveChat: chats with threads of events, as its API of versions 3 and 2 and its webhooks write them.

A thread is a conversation, its id chat/thread. What only agents see (visibility, in 3.1 and 3.2 recipients;
whispers of supervisors in 2) is a note. Bots are users of type agent whose id is 32 hexadecimal digits, where
a person's is an address. The rating stands in the thread's properties.
"""

from collections.abc import Iterator

from sopgen.base.diagnostic import Report
from sopgen.conversation.desk import Desk, read_records
from sopgen.conversation.document.glimpse import fits, sniffed
from sopgen.conversation.document.node import Node
from sopgen.conversation.document.record import Record
from sopgen.conversation.importer import ExportFile, Head, Sniff
from sopgen.conversation.importers.livechat.event import add_event
from sopgen.conversation.importers.livechat.user import ROLES, Users
from sopgen.conversation.line import Tick
from sopgen.conversation.model import Reading, Role
from sopgen.conversation.options import ImportOptions
from sopgen.conversation.piece import read_pieces
from sopgen.conversation.thread import Thread

_LISTS = ("chats", "threads", "chats_summary")
_SIDES = ("users", "id", "chat_id")
_CHANNEL = "webchat"


def sniff(head: Head) -> Sniff:
    """Return how sure it is: chats with threads of events, or the older messages by user types."""
    return sniffed(
        head,
        90,
        "LiveChat threads of events",
        "chats[].thread.events",
        "chats[].threads[].events",
        "chat.thread.events",
        "chat.threads[].events",
        "threads[].events[].author_id",
        "threads[].events[].type",
        "thread.events users",
        "payload.chat.thread.events",
        "payload.event.author_id payload.thread_id",
        "payload.chat_id webhook_id",
        "events[].author_id user_ids",
        "chats[].messages[].user_type",
        "messages[].user_type visitor",
    )


def read(file: ExportFile, options: ImportOptions, report: Report, tick: Tick) -> Iterator[Reading]:
    """Yield the conversation of each thread; a log of webhooks holds it in pieces."""
    desk = Desk(file, options, report)
    reader = read_pieces if fits(file.head, "payload") else read_records
    yield from reader(desk, tick, _threads, lists=_LISTS, sides=_SIDES)


def _threads(record: Node, origin: Record, desk: Desk) -> Iterator[Thread]:
    event = record.node("payload.event")
    chat = record.node("payload.chat", "chat") or record
    if event:
        users = Users(desk, [])
        thread = desk.thread(
            id=_id(record.text("payload.chat_id"), record.text("payload.thread_id")), channel=_CHANNEL
        )
        add_event(thread, event, users)
        yield thread
    elif record.text("payload.chat_id"):
        yield _deactivated(record, desk)
    elif chat.nodes("messages") and not chat.has("thread"):
        yield _of_version_2(chat, desk)
    else:
        users = Users(desk, [*Node(dict(origin.sides)).nodes("users"), *chat.nodes("users")])
        outer = Node(dict(origin.sides)).text("chat_id", "id")
        for inner in _inner(chat):
            yield _thread(chat, inner, users, outer)


def _inner(chat: Node) -> list[Node]:
    """Return the threads of a chat; what has events itself is one."""
    one = chat.node("thread", "last_thread")
    if one:
        return [one]
    return [chat] if chat.has("events") else chat.nodes("threads")


def _id(chat: str, thread: str) -> str:
    return "/".join(filter(None, (chat, thread)))


def _thread(chat: Node, inner: Node, users: Users, outer: str) -> Thread:
    outer = chat.text("id") if inner.value is not chat.value else inner.text("chat_id") or outer
    thread = users.desk.thread(id=_id(outer, inner.text("id")), channel=_CHANNEL)
    thread.tags = _tags(inner)
    thread.rating = inner.scalar("properties.rating.score.value", "properties.rating.score")
    thread.details = {
        "rating_comment": inner.text("properties.rating.comment.value", "properties.rating.comment")
    }
    thread.opened_at = inner.get("created_at", "timestamp")
    for event in inner.nodes("events"):
        add_event(thread, event, users)
    return thread


def _tags(inner: Node) -> list[str]:
    named = [each.text("name", "tag") for each in inner.nodes("tags")]
    return [*inner.texts("tags"), *filter(None, named)]


def _deactivated(record: Node, desk: Desk) -> Thread:
    """Return the piece that a webhook about a chat without words is: a close, else nothing."""
    name = _id(record.text("payload.chat_id"), record.text("payload.thread_id"))
    thread = desk.thread(id=name, channel=_CHANNEL)
    if record.text("action") in ("chat_deactivated", "thread_closed"):
        thread.tell("close", at=record.get("payload.created_at", "created_at"))
    return thread


def _of_version_2(chat: Node, desk: Desk) -> Thread:
    thread = desk.thread(id=chat.text("id"), channel=_CHANNEL)
    thread.tags = _tags(chat)
    thread.rating = None if chat.text("rate") == "not_rated" else chat.text("rate").removeprefix("rated_")
    for message in chat.nodes("messages"):
        kind = message.text("user_type")
        name = message.text("author_name")
        told = Role.BOT if message.flag("welcome_message") else ROLES.get(kind)
        thread.say(
            message.text("text"),
            at=message.get("timestamp"),
            role=desk.role(told, name, message.text("agent_id")),
            author=name,
            id=message.text("id", "event_id"),
            internal=kind == "supervisor",
        )
    for event in chat.nodes("events") if not chat.has("messages") else ():
        thread.tell("other", at=event.get("timestamp"), text=event.text("text"))
    return thread
