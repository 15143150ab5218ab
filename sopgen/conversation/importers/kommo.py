"""Kommo (amoCRM): the history of a chat, imported messages and webhooks of its Chats API.

A message without a receiver came from the customer, one with a receiver went to the customer. Bots look like
agents: the options name them, by name or by the `ref_id` of the channel's bot. Histories run newest first and
do not name their chat.
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
from sopgen.conversation.options import ImportOptions
from sopgen.conversation.piece import Threads, read_pieces
from sopgen.conversation.thread import Thread

_FILES = ("picture", "file", "video", "audio", "voice", "sticker")
_WEBHOOK = "message.message"
_IMPORTED = "payload.message"


def sniff(head: Head) -> Sniff:
    """Return how sure it is: messages in messages, with a sender and perhaps a receiver."""
    return sniffed(
        head,
        90,
        "Kommo chat messages",
        "messages[].message.type messages[].sender",
        "chats[].messages[].message.type",
        "messages.messages[].message.type",
        "_embedded.messages[].message.type",
        "message.message.type message.conversation",
        "payload.message.type payload.conversation_id event_type",
        "message.type sender timestamp",
    )


def read(file: ExportFile, options: ImportOptions, report: Report, tick: Tick) -> Iterator[Reading]:
    """Yield the conversation of each chat; webhooks and imported messages hold it in pieces."""
    desk = Desk(file, options, report)
    in_pieces = any(fits(file.head, each) for each in (_WEBHOOK, _IMPORTED, "message.type"))
    reader = read_pieces if in_pieces else read_records
    yield from reader(desk, tick, _threads, lists=("chats",))


def _threads(record: Node, origin: Record, desk: Desk) -> Iterable[Thread]:  # noqa: ARG001 -- a Convert
    threads = Threads(desk, channel="other")
    for held in _messages(record):
        name = held.text(
            "conversation.id", "conversation_id", "conversation.client_id", "conversation_ref_id"
        )
        name = name or record.text("conversation.id", "conversation_id", "chat_id", "id")
        _add(threads.of(name), held, desk)
    return threads


def _messages(record: Node) -> list[Node]:
    """Return the messages of a history, or the one of a webhook or an import."""
    if record.node(_WEBHOOK):
        return [record.node("message")]
    if record.node(_IMPORTED):
        return [record.node("payload")]
    return record.nodes("messages", "messages.messages", "_embedded.messages") or (
        [record] if record.node("message") else []
    )


def _add(thread: Thread, held: Node, desk: Desk) -> None:
    message, sender = held.node("message"), held.node("sender")
    name = sender.text("name", "profile.name", "phone", "profile.phone")
    told = Role.AGENT if held.node("receiver") else Role.CUSTOMER
    kind = message.text("type")
    files = [message.text("file_name") or file_named_by(message.text("media"))] if kind in _FILES else []
    thread.say(
        _words(message, kind),
        at=held.get("msec_timestamp", "timestamp"),
        role=desk.role(told, name, sender.text("ref_id"), sender.text("id"), sender.text("client_id")),
        author=name,
        id=message.text("id", "client_id") or held.text("msgid"),
        files=files or ([None] if kind in ("location", "contact") and not message.text("text") else []),
        options=_options(message),
    )


def _words(message: Node, kind: str) -> str:
    """Return what the message says; a contact is its name and number."""
    if message.text("text") or kind != "contact":
        return message.text("text")
    return " ".join(filter(None, (message.text("contact.name"), message.text("contact.phone"))))


def _options(message: Node) -> list[str]:
    """Return the labels of the buttons, which stand in rows."""
    rows = message.items("markup.buttons")
    buttons = [button for row in rows for button in (row if isinstance(row, list) else [row])]
    return [label for button in buttons if (label := Node(button).text("text"))]
