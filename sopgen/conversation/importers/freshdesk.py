"""Freshdesk: tickets with their conversations, as its API and its account export write them.

The first message is the ticket's description. `incoming` tells who wrote, `private` what the customer never
saw. Names of agents are in the file only where a list of agents stands beside the tickets; satisfaction
ratings likewise. Conversations listed without their ticket are put together by its id.
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
from sopgen.conversation.options import ImportOptions
from sopgen.conversation.piece import read_pieces
from sopgen.conversation.thread import Thread

_LISTS = ("tickets", "results", "helpdesk_tickets")
_SIDES = ("agents", "contacts", "requesters", "satisfaction_ratings", "surveys", "users")
_STATUS = {"2": "open", "3": "pending", "4": "resolved", "5": "closed", "6": "waiting", "7": "waiting"}
_PRIORITY = {"1": "low", "2": "medium", "3": "high", "4": "urgent"}
_CHANNELS = {
    "1": "email",
    "2": "web",
    "6": "messenger",
    "7": "webchat",
    "9": "web",
    "10": "email",
    "12": "webchat",
    "13": "whatsapp",
}
"""The channel of a ticket's `source`; phone, forum and Twitter are others."""

_OUTBOUND = "10"
"""The `source` of a ticket that an agent began."""


def sniff(head: Head) -> Sniff:
    """Return how sure it is: conversations that are incoming or not, with a body as text."""
    return sniffed(
        head,
        90,
        "Freshdesk conversations",
        "conversations[].incoming",
        "ticket conversations[].incoming",
        "tickets[].conversations[].incoming",
        "tickets[].conversations requester_id description_text",
        "tickets[].description_text tickets[].requester_id",
        "results[].description_text results[].requester_id",
        "description_text requester_id responder_id",
        "description_text requester_id status",
        "body_text incoming private",
        "helpdesk_ticket",
    )


def read(file: ExportFile, options: ImportOptions, report: Report, tick: Tick) -> Iterator[Reading]:
    """Yield the conversation of each ticket."""
    desk = Desk(file, options, report)
    reader = read_pieces if fits(file.head, "body_text", "incoming") else read_records
    yield from reader(desk, tick, _threads, lists=_LISTS, sides=_SIDES)


def _threads(record: Node, origin: Record, desk: Desk) -> Iterator[Thread]:
    sides = Node(dict(origin.sides))
    ticket = record.node("helpdesk_ticket", "ticket", "freshdesk_webhook") or record
    notes = record.nodes("conversations", "ticket.conversations") or ticket.nodes("conversations", "notes")
    if record.has("incoming") and record.has("ticket_id"):
        thread = desk.thread(id=record.text("ticket_id"), channel="other", is_ticket=True)
        _add(thread, record, _People(desk, Node({}), [sides]))
        yield thread
    elif notes or any(map(ticket.has, ("description", "description_text", "requester_id"))):
        yield _of_ticket(ticket, notes, _People(desk, ticket, [record, sides]), [record, ticket, sides])


def _of_ticket(ticket: Node, notes: list[Node], people: "_People", holders: list[Node]) -> Thread:
    name = ticket.text("display_id", "id")
    source = ticket.text("source")
    thread = people.desk.thread(id=name, channel=_CHANNELS.get(source, "other"), is_ticket=True)
    thread.subject = ticket.text("subject")
    thread.status = ticket.text("status_name") or _STATUS.get(ticket.text("status"), ticket.text("status"))
    thread.priority = _PRIORITY.get(ticket.text("priority"), "")
    thread.tags = ticket.texts("tags") or [
        each.text("name") for each in ticket.nodes("tags") if each.text("name")
    ]
    thread.assignee = people.name(ticket.text("responder_id")) or ticket.text(
        "responder.name", "responder_name"
    )
    thread.opened_at = ticket.get("created_at")
    _add_description(thread, ticket, people, is_outbound=source == _OUTBOUND)
    for note in notes:
        _add(thread, note.node("helpdesk_note", "note", "conversation") or note, people)
    closed = ticket.get("stats.resolved_at", "stats.closed_at", "ticket_states.resolved_at")
    if closed:
        thread.tell("close", at=closed)
    for rating in _ratings(holders, name):
        _add_rating(thread, rating, people)
    return thread


def _add_description(thread: Thread, ticket: Node, people: "_People", *, is_outbound: bool) -> None:
    plain = ticket.text("description_text")
    text = plain or ticket.text("description_html", "description")
    files = _files(ticket)
    if not text and not files:
        return
    writer = ticket.text("responder_id") if is_outbound else people.requester
    role = Role.AGENT if is_outbound else Role.CUSTOMER
    name = people.name(writer)
    thread.say(
        text,
        at=ticket.get("created_at"),
        role=people.desk.role(role, name, writer),
        author=name,
        id="description",
        html=not plain,
        files=files,
    )


def _add(thread: Thread, note: Node, people: "_People") -> None:
    writer = note.text("user_id")
    is_incoming = note.flag("incoming") and not note.flag("private")
    told = Role.CUSTOMER if is_incoming or (writer and writer == people.requester) else Role.AGENT
    name = people.name(writer)
    plain = note.text("body_text")
    thread.say(
        plain or note.text("body_html", "body"),
        at=note.get("created_at"),
        role=people.desk.role(told, name, writer, note.text("from_email")),
        author=name,
        id=note.text("id"),
        html=not plain,
        internal=note.flag("private"),
        files=_files(note),
    )


def _files(holder: Node) -> list[str]:
    found = holder.nodes("attachments")
    return [each.text("name", "content_file_name", "attachment_url") for each in found]


def _ratings(holders: list[Node], name: str) -> list[Node]:
    """Return the satisfaction ratings of the ticket, which stand in it or beside all tickets."""
    for holder in holders:
        found = holder.nodes("satisfaction_ratings", "satisfaction_rating")
        if found:
            return [each for each in found if each.text("ticket_id") in ("", name)]
    return []


def _add_rating(thread: Thread, rating: Node, people: "_People") -> None:
    given = rating.node("ratings")
    keys = given.keys()
    score = given.scalar("default_question", *keys[:1]) if keys else rating.scalar("rating", "score")
    thread.tell(
        "rating",
        at=rating.get("created_at"),
        text=rating.text("feedback"),
        role=Role.CUSTOMER,
        author=people.name(rating.text("user_id")) or people.name(people.requester),
        rating=score,
    )


class _People:
    """Who the ids of a ticket are."""

    def __init__(self, desk: Desk, ticket: Node, holders: list[Node]) -> None:
        self.desk = desk
        self.requester = ticket.text("requester_id", "requester.id")
        self._names: dict[str, str] = {}
        for holder in holders:
            for side in ("agents", "contacts", "requesters", "users"):
                for person in holder.nodes(side):
                    self._know(person.text("id", "user_id"), person)
        self._know(self.requester, ticket.node("requester", "contact"))
        self._know(ticket.text("responder_id"), ticket.node("responder"))
        self._names.setdefault(self.requester, ticket.text("requester_name", "requester.email", "email"))
        self._names.setdefault(ticket.text("responder_id"), ticket.text("responder_name"))

    def _know(self, number: str, person: Node) -> None:
        name = person.text("name", "contact.name", "user.name")
        if number and name:
            self._names[number] = name

    def name(self, number: str) -> str:
        """Return the name of the person with that id, "" when nobody is known by it."""
        return self._names.get(number, "")
