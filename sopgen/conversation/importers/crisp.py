"""Crisp: messages of conversations, as its API, its webhooks and its exports write them.

`from` tells user from operator, `automated` a bot. The content is a text or an object by the message's type:
file, audio, animation, picker, field, carousel, event. A note, and what an operator sent in stealth, the user
never saw. Times are milliseconds since 1970.
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

_ORIGINS = ("whatsapp", "messenger", "telegram", "instagram", "line", "email", "slack")
_EVENTS: tuple[tuple[str, str, str], ...] = (
    ("state:resolved", "close", ""),
    ("state:", "other", ""),
    ("user:blocked", "other", "blocked"),
    ("user:rated", "rating", ""),
    ("assigned", "assign", ""),
    ("routing", "assign", ""),
    ("join", "join", ""),
    ("participant:added", "join", ""),
    ("participant:has_joined", "join", ""),
    ("left", "leave", ""),
    ("call:", "call", ""),
    ("reaction", "reaction", ""),
)
"""What an event's namespace holds, and what it means; the first that fits counts."""


def sniff(head: Head) -> Sniff:
    """Return how sure it is: messages of a session with a fingerprint."""
    return sniffed(
        head,
        92,
        "Crisp messages of a session",
        "data[].session_id data[].fingerprint",
        "session_id fingerprint from",
        "data.session_id data.fingerprint",
        "data.session_id website_id event",
        "messages[].session_id messages[].fingerprint",
        "messages[].fingerprint messages[].from session_id",
        "conversations[].messages[].fingerprint",
        "data[].messages[].fingerprint",
        "messages.data[].fingerprint",
        "data.messages[].fingerprint",
    )


def read(file: ExportFile, options: ImportOptions, report: Report, tick: Tick) -> Iterator[Reading]:
    """Yield each conversation; a log of webhooks or a list of messages holds it in pieces."""
    desk = Desk(file, options, report)
    in_pieces = fits(file.head, "data.session_id") or fits(file.head, "session_id", "fingerprint")
    reader = read_pieces if in_pieces else read_records
    yield from reader(desk, tick, _threads, lists=("conversations",))


def _threads(record: Node, origin: Record, desk: Desk) -> Iterable[Thread]:  # noqa: ARG001 -- a Convert
    threads = Threads(desk, channel="webchat")
    if record.has("event") and record.node("data"):
        _add_webhook(threads, record, desk)
        return threads
    if record.has("fingerprint"):
        _add(threads.of(record.text("session_id")), record, desk)
        return threads
    for holder in _holders(record):
        _add_all(threads, holder, desk)
    return threads


def _add_all(threads: Threads, holder: Node, desk: Desk) -> None:
    """Add the messages, and what the conversation says of itself."""
    about = holder.node("conversation", "session", "data") or holder
    name = about.text("session_id", "id")
    for message in holder.nodes("messages", "messages.data", "data.messages", "data"):
        _add(threads.of(message.text("session_id") or name), message, desk)
    if name:
        thread = threads.of(name)
        thread.subject = about.text("topic", "meta.subject")
        thread.tags = about.texts("meta.segments", "segments")
        thread.status = about.text("state")


def _holders(record: Node) -> list[Node]:
    """Return what holds messages: conversations in a list, else the record."""
    return [each for each in record.nodes("data") if each.nodes("messages")] or [record]


def _add_webhook(threads: Threads, record: Node, desk: Desk) -> None:
    """Add a message that was sent or received; other events make a piece without a message."""
    data = record.node("data")
    thread = threads.of(data.text("session_id"))
    event = record.text("event")
    if event in ("message:send", "message:received"):
        _add(thread, data, desk)
    elif event == "session:set_state" and data.text("state") == "resolved":
        thread.tell("close", at=record.get("timestamp"))
    elif event == "session:set_block" and data.flag("is_blocked"):
        thread.tell("other", at=record.get("timestamp"), action="blocked")


def _add(thread: Thread, message: Node, desk: Desk) -> None:
    kind, content, at = message.text("type"), message.node("content"), message.get("timestamp")
    name, number = message.text("user.nickname"), message.text("fingerprint")
    _keep_channel(thread, message, desk)
    if kind == "event":
        _add_event(thread, message, content)
        return
    thread.say(
        _words(message, content),
        at=at,
        role=_role(message, desk, name),
        author=name,
        id=number,
        internal=kind == "note" or message.flag("stealth"),
        files=_files(kind, content),
        options=_options(content),
        cards=_cards(content),
        answer=content.text("value") if message.text("from") != "user" else "",
        edited=message.flag("edited"),
    )


def _keep_channel(thread: Thread, message: Node, desk: Desk) -> None:
    """Let the conversation have the channel that a message of it names (email, urn:…whatsapp…)."""
    origin = message.text("origin").lower()
    told = next((each for each in _ORIGINS if each in origin), "")
    if told and not desk.options.channel:
        thread.channel = told


def _role(message: Node, desk: Desk, name: str) -> Role:
    is_customer = message.text("from") == "user"
    told = Role.CUSTOMER if is_customer else Role.AGENT
    if not is_customer and (message.flag("automated") or ":bot:" in message.text("origin")):
        told = Role.BOT
    return desk.role(told, name, message.text("user.user_id"))


def _words(message: Node, content: Node) -> str:
    """Return what a message says: its text, a form's question, or what a user filled in."""
    if isinstance(message.get("content"), str):
        return message.text("content")
    filled = content.text("value") if message.text("from") == "user" else ""
    return filled or content.text("text") or "\n".join(_cards(content))


def _cards(content: Node) -> list[str]:
    """Return the words of a carousel's cards."""
    targets = content.nodes("targets")
    return ["\n".join(filter(None, (each.text("title"), each.text("description")))) for each in targets]


def _files(kind: str, content: Node) -> list[str]:
    if kind not in ("file", "audio", "animation"):
        return []
    return [content.text("name") or file_named_by(content.text("url"))]


def _options(content: Node) -> list[str]:
    labels = [each.text("label", "value") for each in content.nodes("choices")]
    actions = [each.text("label") for target in content.nodes("targets") for each in target.nodes("actions")]
    return [label for label in (*labels, *actions) if label]


def _add_event(thread: Thread, message: Node, content: Node) -> None:
    name = content.text("namespace")
    event, action = next(((event, action) for part, event, action in _EVENTS if part in name), ("other", ""))
    thread.tell(
        event,
        at=message.get("timestamp"),
        text=content.text("text"),
        by=message.text("user.nickname"),
        id=message.text("fingerprint"),
        action=action,
    )
