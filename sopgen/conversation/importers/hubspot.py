"""HubSpot: messages of conversation threads, as its API writes them, newest first.

The first letter of an actor's id tells who it is: A an agent, V a visitor, E an address, S the system, B a
bot, I an integration. A comment is a note; it has no direction. Changes of status, assignment and inbox stand
among the messages.
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
from sopgen.conversation.options import ImportOptions
from sopgen.conversation.piece import Threads, read_pieces
from sopgen.conversation.thread import Thread

_LISTS = ("threads",)
_SIDES = ("actors",)
_ACTORS = {
    "A": Role.AGENT,
    "V": Role.CUSTOMER,
    "E": Role.CUSTOMER,
    "L": Role.CUSTOMER,
    "S": Role.BOT,
    "B": Role.BOT,
    "I": Role.BOT,
}
"""What an actor is whose message goes out; what the system writes to a visitor is automatic."""

_CHANNELS = {
    "1000": "webchat",
    "1001": "messenger",
    "1002": "email",
    "1003": "web",
    "1004": "other",
    "1007": "whatsapp",
}
_WORDED = ("MESSAGE", "WELCOME_MESSAGE", "COMMENT")


def sniff(head: Head) -> Sniff:
    """Return how sure it is: messages of a conversations thread."""
    return sniffed(
        head,
        92,
        "HubSpot messages of a thread",
        "results[].conversationsThreadId",
        "messages[].conversationsThreadId",
        "messages.results[].conversationsThreadId",
        "threads[].messages[].createdBy",
        "threads[].messages.results[].createdBy",
        "results[].messages[].conversationsThreadId",
        "results[].messages.results[].conversationsThreadId",
        "conversationsThreadId createdBy",
        "results[].senders[].actorId",
        "messages[].senders[].actorId",
        "message.conversationsThreadId",
    )


def read(file: ExportFile, options: ImportOptions, report: Report, tick: Tick) -> Iterator[Reading]:
    """Yield the conversation of each thread; a list of messages holds it in pieces."""
    desk = Desk(file, options, report)
    in_pieces = fits(file.head, "conversationsThreadId") or fits(file.head, "message.conversationsThreadId")
    reader = read_pieces if in_pieces else read_records
    yield from reader(desk, tick, _threads, lists=_LISTS, sides=_SIDES)


def _threads(record: Node, origin: Record, desk: Desk) -> Iterable[Thread]:
    record = record.node("message") or record
    holders = _holders(record)
    channel = next(
        filter(None, map(_channel, (each for one in holders for each in _messages(one)))), "webchat"
    )
    threads = Threads(desk, channel=channel, is_ticket=channel == "email")
    for holder in holders:
        about = holder.node("thread", "conversation") or holder
        messages = _messages(holder)
        name = "" if holder.has("conversationsThreadId") else about.text("threadId", "id")
        actors = _Actors(desk, messages, [holder, about, Node(dict(origin.sides))])
        for message in messages:
            thread = threads.of(message.text("conversationsThreadId", "threadId") or name)
            _add(thread, message, actors)
        if name and messages:
            _describe(threads.of(messages[0].text("conversationsThreadId") or name), about, messages, actors)
    return threads


def _holders(record: Node) -> list[Node]:
    """Return what holds messages: the threads of a list, else the record."""
    return [each for each in record.nodes("results") if each.has("messages")] or [record]


def _messages(holder: Node) -> list[Node]:
    if holder.has("conversationsThreadId"):
        return [holder]
    return holder.nodes("messages.results", "messages", "results")


def _describe(thread: Thread, about: Node, messages: list[Node], actors: "_Actors") -> None:
    """Keep what the thread says of itself; its close has a time even where no message tells it."""
    thread.status = about.text("status").lower()
    thread.assignee = actors.name(about.text("assignedTo"))
    thread.opened_at = about.get("createdAt")
    is_told = any(each.text("newStatus") == "CLOSED" for each in messages)
    if about.text("closedAt") and not is_told:
        thread.tell("close", at=about.get("closedAt"))


def _add(thread: Thread, message: Node, actors: "_Actors") -> None:
    kind, actor = message.text("type").upper(), message.text("createdBy")
    _keep_channel(thread, message, actors.desk)
    thread.subject = thread.subject or message.text("subject")
    if kind not in _WORDED:
        _add_change(thread, message, kind, actors)
        return
    sender = next((each.text("actorId") for each in message.nodes("senders") if each.text("actorId")), actor)
    attached = message.nodes("attachments")
    rich, plain = message.text("richText"), message.text("text")
    thread.say(
        plain or rich,
        at=message.get("createdAt"),
        role=_role(message, kind, sender, actors),
        author=actors.name(sender),
        id=message.text("id"),
        html=not plain,
        internal=kind == "COMMENT",
        files=[
            each.text("name", "fileName", "url") or None for each in attached if each.text("type") in _FILES
        ],
        options=[each.text("label", "value") for holder in attached for each in holder.nodes("quickReplies")],
        failed=message.text("status.statusType") == "FAILED",
    )


_FILES = ("FILE", "UNSUPPORTED_CONTENT", "LOCATION", "CONTACT", "STICKER", "")


def _role(message: Node, kind: str, sender: str, actors: "_Actors") -> Role:
    told = _ACTORS.get(sender[:1])
    direction = message.text("direction")
    if kind == "COMMENT":
        told = Role.AGENT
    elif kind == "WELCOME_MESSAGE":
        told = Role.BOT
    elif direction == "INCOMING":
        told = Role.CUSTOMER
    elif direction == "OUTGOING" and told in (None, Role.CUSTOMER):
        told = Role.AGENT
    return actors.desk.role(told, actors.name(sender), sender, sender[2:])


def _channel(message: Node) -> str:
    return _CHANNELS.get(message.text("channelId"), "")


def _keep_channel(thread: Thread, message: Node, desk: Desk) -> None:
    if _channel(message) and not desk.options.channel:
        thread.channel = _channel(message)


def _add_change(thread: Thread, message: Node, kind: str, actors: "_Actors") -> None:
    told = {
        "at": message.get("createdAt"),
        "id": message.text("id"),
        "by": actors.name(message.text("createdBy")),
    }
    match kind, message.text("newStatus").upper():
        case "THREAD_STATUS_CHANGE", "CLOSED":
            thread.tell("close", **told)
        case "THREAD_STATUS_CHANGE", "OPEN":
            thread.tell("other", action="reopened", **told)
        case "ASSIGNMENT", _:
            to = message.text("assignedTo")
            action = "transferred" if to and message.text("assignedFrom") else None
            thread.tell("assign" if to else "other", to=actors.name(to), action=action, **told)
        case "THREAD_INBOX_CHANGE", _:
            thread.tell("assign", action="transferred", **told)
        case _:
            thread.tell("other", text=message.text("text"), **told)


class _Actors:
    """The names of the actors, which only some of their messages have."""

    def __init__(self, desk: Desk, messages: list[Node], holders: list[Node]) -> None:
        self.desk = desk
        self._names: dict[str, str] = {}
        people = [
            each for message in messages for key in ("senders", "recipients") for each in message.nodes(key)
        ]
        people += [each for holder in holders for each in holder.nodes("actors", "actors.results")]
        for person in people:
            name = person.text("name") or person.text("deliveryIdentifier.value", "email")
            if name:
                self._names.setdefault(person.text("actorId", "id"), name)

    def name(self, actor: str) -> str:
        """Return the actor's name, "" when no message tells it."""
        return self._names.get(actor, "")
