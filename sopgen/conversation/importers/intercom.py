"""Intercom: conversations with their parts, as its API, its webhooks and its exports write them.

The first message is the conversation's `source`, not one of its parts. A part of type note is internal; one
that closes, assigns or snoozes may carry words, which then were said. Lists and searches give conversations
without their parts. A rating bears the time at which it was asked for.
"""

from collections.abc import Iterator

from sopgen.base.diagnostic import Report
from sopgen.conversation.desk import Desk, read_records
from sopgen.conversation.document.glimpse import fits, sniffed
from sopgen.conversation.document.node import Node
from sopgen.conversation.document.record import Record
from sopgen.conversation.hypertext import text_of_html
from sopgen.conversation.importer import ExportFile, Head, Sniff
from sopgen.conversation.line import Tick
from sopgen.conversation.model import Reading, Role
from sopgen.conversation.options import ImportOptions
from sopgen.conversation.piece import read_pieces
from sopgen.conversation.thread import Thread

_LISTS = ("conversations", "data")
_SIDES = ("admins", "teammates", "contacts", "users")
_ROLES = {
    "user": Role.CUSTOMER,
    "lead": Role.CUSTOMER,
    "contact": Role.CUSTOMER,
    "visitor": Role.CUSTOMER,
    "admin": Role.AGENT,
    "teammate": Role.AGENT,
    "team": Role.AGENT,
    "bot": Role.BOT,
    "ai_agent": Role.BOT,
    "operator": Role.BOT,
    "system": Role.SYSTEM,
}
_CHANNELS = {
    "conversation": "webchat",
    "conversation_message": "webchat",
    "user_message": "webchat",
    "admin_message": "webchat",
    "push": "webchat",
    "admin_initiated": "webchat",
    "messenger": "webchat",
    "email": "email",
    "facebook": "messenger",
    "instagram": "instagram",
    "whatsapp": "whatsapp",
    "telegram": "telegram",
    "line": "line",
    "slack": "slack",
}
_AUTOMATIC = ("automated", "campaigns_initiated", "operator_initiated")
_EVENTS = {
    "assignment": "assign",
    "default_assignment": "assign",
    "assign_and_unsnooze": "assign",
    "assign_and_reopen": "assign",
    "away_mode_assignment": "assign",
    "participant_added": "join",
    "participant_removed": "leave",
    "close": "close",
    "conversation_rating_requested": "rating_request",
    "message_reaction": "reaction",
}
_REOPENED = ("open", "note_and_reopen", "assign_and_reopen", "reopen")
_NOTES = ("note", "note_and_reopen", "note_and_unsnooze")


def sniff(head: Head) -> Sniff:
    """Return how sure it is: conversations with parts, or with a source."""
    return sniffed(
        head,
        92,
        "an Intercom conversation",
        "type=conversation conversation_parts",
        "type=conversation source",
        "type=conversation conversation_message",
        "type=conversation.list",
        "conversations[].conversation_parts",
        "conversations[].type=conversation",
        "conversation_parts source",
        "conversation_parts.conversation_parts[].part_type",
        "conversation_parts[].part_type",
        "data[].type=conversation",
        "data.item.type=conversation",
        "type=notification_event data.item",
    )


def read(file: ExportFile, options: ImportOptions, report: Report, tick: Tick) -> Iterator[Reading]:
    """Yield each conversation; a log of notifications holds it in pieces."""
    desk = Desk(file, options, report)
    reader = read_pieces if fits(file.head, "data.item") else read_records
    yield from reader(desk, tick, _threads, lists=_LISTS, sides=_SIDES)


def _threads(record: Node, origin: Record, desk: Desk) -> Iterator[Thread]:
    is_notice = bool(record.node("data.item"))
    record = record.node("data.item", "conversation") or record
    if not any(map(record.has, ("source", "conversation_message", "conversation_parts"))):
        return
    people = _People(desk, record, Node(dict(origin.sides)))
    channel = _channel(record)
    thread = desk.thread(id=record.text("id"), channel=channel, is_ticket=channel == "email")
    thread.subject = text_of_html(record.text("title", "source.subject", "conversation_message.subject"))
    thread.tags = [
        each.text("name") for each in record.nodes("tags.tags", "tags.data", "tags") if each.text("name")
    ]
    thread.status = record.text("state")
    thread.assignee = people.name(record.text("admin_assignee_id", "assignee.id"))
    thread.opened_at = record.get("created_at")
    source = record.node("source", "conversation_message")
    if source:
        _add_source(thread, source, record, people)
    for part in _parts(record):
        _add_part(thread, part, people)
    _add_rating(thread, record, people)
    if not is_notice and not _is_whole(record):
        desk.remark("JSN203", "conversations are listed without all their parts")
    yield thread


def _parts(record: Node) -> list[Node]:
    return record.nodes(
        "conversation_parts.conversation_parts", "conversation_parts.data", "conversation_parts"
    )


def _is_whole(record: Node) -> bool:
    """Return whether the parts are there, as many as are told."""
    told = record.number("conversation_parts.total_count")
    return record.has("conversation_parts") and (told is None or told <= len(_parts(record)))


def _channel(record: Node) -> str:
    source = record.node("source", "conversation_message")
    return _CHANNELS.get(source.text("type").lower(), "webchat" if not source.text("type") else "other")


def _add_source(thread: Thread, source: Node, record: Node, people: "_People") -> None:
    author = source.node("author") or record.node("user", "customer")
    role = people.role(author)
    if source.text("delivered_as") in _AUTOMATIC and role is Role.AGENT:
        role = Role.BOT
    _say(thread, source, people, role=role, at=record.get("created_at"), author=author)


def _add_part(thread: Thread, part: Node, people: "_People") -> None:
    kind, at, author = part.text("part_type"), part.get("created_at"), part.node("author")
    role = people.role(author)
    if part.flag("redacted"):
        thread.tell("deleted", at=at, role=role, author=people.name_of(author), id=part.text("id"))
        return
    said = bool(text_of_html(part.text("body")) or part.nodes("attachments"))
    if kind in ("comment", "note", "quick_reply", "") or (said and _is_spoken(kind)):
        _say(thread, part, people, role=role, at=at, author=author)
    if kind in ("comment", "note", "quick_reply", ""):
        return
    thread.tell(
        _EVENTS.get(kind, "other"),
        at=at,
        text="" if said and _is_spoken(kind) else text_of_html(part.text("body")),
        by=people.name_of(author),
        to=people.name(part.text("assigned_to.id", "assigned_to")) or part.text("assigned_to.name"),
        action="reopened" if kind in _REOPENED else None,
    )


def _is_spoken(kind: str) -> bool:
    """Return whether words of such a part are somebody's, not a sentence of Intercom's."""
    return (
        kind in _NOTES or kind in _REOPENED or _EVENTS.get(kind) in ("assign", "close") or kind == "snoozed"
    )


def _say(thread: Thread, part: Node, people: "_People", *, role: Role, at: object, author: Node) -> None:
    thread.say(
        part.text("body"),
        at=at,
        role=role,
        author=people.name_of(author),
        id=part.text("id"),
        html=True,
        internal=part.text("part_type") in _NOTES,
        files=[each.text("name", "url") or None for each in part.nodes("attachments")] or _images(part),
    )


def _images(part: Node) -> list[str]:
    """Return the pictures that are nothing but a tag of the body."""
    body = part.text("body")
    return [] if "<img" not in body or text_of_html(body) else [""]


def _add_rating(thread: Thread, record: Node, people: "_People") -> None:
    rating = record.node("conversation_rating")
    score = rating.scalar("rating")
    if score is None:
        return
    who = people.name(rating.text("contact.id", "customer.id")) or people.customer
    thread.csat = rating.number("rating")
    thread.tell(
        "rating",
        at=rating.get("created_at"),
        text=rating.text("remark"),
        role=Role.CUSTOMER,
        author=who,
        rating=score,
    )


class _People:
    """Who the ids of a conversation are: its authors, and whoever else it or the list names."""

    def __init__(self, desk: Desk, record: Node, sides: Node) -> None:
        self._desk = desk
        self._names: dict[str, str] = {}
        self.customer = ""
        lists = [record.nodes("teammates.teammates", "teammates.admins", "teammates", "contacts.contacts")]
        lists += [sides.nodes(side, f"{side}.{side}", f"{side}.data") for side in _SIDES]
        authors = [record.node("source.author", "conversation_message.author")]
        authors += [part.node("author") for part in _parts(record)]
        authors += [record.node("user"), record.node("assignee")]
        for each in (*(one for many in lists for one in many), *authors):
            self._know(each)

    def _know(self, person: Node) -> None:
        name = person.text("name", "email")
        if name and person.text("id"):
            self._names[person.text("id")] = name
            if not self.customer and _ROLES.get(person.text("type").lower()) is Role.CUSTOMER:
                self.customer = name

    def name(self, name: str) -> str:
        """Return the name of the person with that id."""
        return self._names.get(name, "")

    def name_of(self, author: Node) -> str:
        """Return an author's name."""
        return author.text("name") or self.name(author.text("id")) or author.text("email")

    def role(self, author: Node) -> Role:
        """Return who an author is."""
        told = _ROLES.get(author.text("type").lower())
        if author.flag("from_ai_agent", "is_ai_answer"):
            told = Role.BOT
        return self._desk.role(told, self.name_of(author), author.text("id"), author.text("email"))
