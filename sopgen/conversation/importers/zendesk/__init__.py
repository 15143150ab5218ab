"""Zendesk Support: tickets with their comments, audits and users, as its API and account export write them.

Read are a ticket object with lists beside it, tickets with comments inside (JSON Lines of an account export),
lists of tickets or search results, lists of comments or audits of a ticket, and ticket events. A comment also
stands in its audit and is counted once. A comment that is not public is a note. A ticket listed without its
comments begins with its description, which is the first of them.
"""

from collections.abc import Iterable, Iterator

from sopgen.base.diagnostic import Report
from sopgen.conversation.desk import Desk, read_records
from sopgen.conversation.document.glimpse import fits, sniffed
from sopgen.conversation.document.node import Node
from sopgen.conversation.document.record import Record
from sopgen.conversation.hypertext import unescaped
from sopgen.conversation.importer import ExportFile, Head, Sniff
from sopgen.conversation.importers.zendesk.people import People
from sopgen.conversation.importers.zendesk.update import (
    UNRATED,
    add_all,
    add_audit,
    add_comment,
    author_of,
    is_comment,
)
from sopgen.conversation.line import Tick
from sopgen.conversation.model import Reading
from sopgen.conversation.options import ImportOptions
from sopgen.conversation.piece import Threads, read_pieces
from sopgen.conversation.thread import Thread

_LISTS = ("tickets", "ticket_events", "results")
_SIDES = ("users",)
_PIECES = ("ticket_id events[].type", "ticket_events[].child_events", "child_events ticket_id")
_CHANNELS = {
    "email": "email",
    "web": "web",
    "web_form": "web",
    "web_widget": "web",
    "help_center": "web",
    "chat": "webchat",
    "native_messaging": "webchat",
    "messaging": "webchat",
    "chat_transcript": "webchat",
    "whatsapp": "whatsapp",
    "facebook": "messenger",
    "messenger": "messenger",
    "facebook_messenger": "messenger",
    "instagram_dm": "instagram",
    "instagram": "instagram",
    "line": "line",
    "telegram": "telegram",
    "slack": "slack",
}


def sniff(head: Head) -> Sniff:
    """Return how sure it is: comments by author ids, audits, or what only a ticket of Zendesk has."""
    return sniffed(
        head,
        90,
        "a Zendesk ticket with comments or audits",
        "ticket comments[].author_id",
        "ticket.comments[].author_id",
        "ticket comments.comments[].author_id",
        "comments[].author_id requester_id",
        "comments[].author_id requester",
        "comments[].author_id comments[].html_body",
        "tickets[].requester_id tickets[].via",
        "tickets[].comments[].author_id",
        "audits[].events[].type audits[].author_id",
        "results[].result_type=ticket",
        "ticket.requester_id ticket.via",
        "ticket audits[].events",
        "requester_id submitter_id via",
        "ticket_events[].child_events",
        "child_events[].event_type ticket_id",
        "ticket_id events[].type author_id via",
    )


def read(file: ExportFile, options: ImportOptions, report: Report, tick: Tick) -> Iterator[Reading]:
    """Yield the conversation of each ticket."""
    desk = Desk(file, options, report)
    in_pieces = any(fits(file.head, *paths.split()) for paths in _PIECES)
    reader = read_pieces if in_pieces else read_records
    yield from reader(desk, tick, _threads, lists=_LISTS, sides=_SIDES)


def _threads(record: Node, origin: Record, desk: Desk) -> Iterable[Thread]:
    if record.text("result_type") not in ("", "ticket"):
        return []
    people = People(desk, [*Node(dict(origin.sides)).nodes("users"), *record.nodes("users", "users.users")])
    ticket = record.node("ticket.ticket", "ticket") or record
    comments = record.nodes("comments", "ticket.comments", "comments.comments")
    audits = record.nodes("audits", "ticket.audits", "audits.audits")
    if any(map(ticket.has, ("requester_id", "requester", "description", "subject"))):
        if not any(each.has(key) for each in (record, ticket) for key in ("comments", "audits")):
            desk.remark("JSN203", "tickets are listed without their comments")
        return [_of_ticket(ticket, comments, audits, people)]
    if comments:
        return [_of_comments(comments, record.text("ticket_id"), people)]
    is_update = record.has("child_events") or record.has("events")
    return _of_audits([record] if is_update else audits, people)


def _of_comments(comments: list[Node], name: str, people: People) -> Thread:
    """Return the ticket whose comments are listed without it."""
    people.need_staff(map(author_of, comments))
    thread = people.desk.thread(id=name, channel=_channel(comments[0]), is_ticket=True)
    for comment in comments:
        add_comment(thread, comment, people)
    return thread


def _of_audits(audits: list[Node], people: People) -> Iterable[Thread]:
    """Return the tickets whose audits or events are listed without them."""
    threads = Threads(people.desk, channel="other", is_ticket=True)
    for audit in audits:
        people.know_update(audit)
    people.need_staff(map(author_of, audits))
    for audit in audits:
        thread = threads.of(audit.text("ticket_id"))
        if not len(thread):
            thread.channel = people.desk.options.channel or _channel(audit)
        add_audit(thread, audit, people)
    return threads


def _of_ticket(ticket: Node, comments: list[Node], audits: list[Node], people: People) -> Thread:
    people.know_ticket(ticket)
    thread = people.desk.thread(id=ticket.text("id"), channel=_channel(ticket), is_ticket=True)
    thread.subject = ticket.text("subject", "raw_subject")
    thread.status = ticket.text("status")
    thread.priority = ticket.text("priority")
    thread.assignee = ticket.text("assignee.name") or people.name(ticket.text("assignee_id"))
    thread.tags = ticket.texts("tags")
    thread.opened_at = ticket.get("created_at")
    add_all(thread, comments, audits, people)
    if not comments and not any(is_comment(event) for audit in audits for event in audit.nodes("events")):
        _add_description(thread, ticket, people)
    _rate(thread, ticket)
    return thread


def _add_description(thread: Thread, ticket: Node, people: People) -> None:
    requester = ticket.text("requester_id", "requester.id")
    thread.say(
        unescaped(ticket.text("description")),
        at=ticket.get("created_at"),
        role=people.role(requester),
        author=people.name(requester),
    )


def _rate(thread: Thread, ticket: Node) -> None:
    """Keep the ticket's rating; it has a time only in the audits."""
    score = ticket.text("satisfaction_rating.score")
    if score and score not in UNRATED:
        thread.rating = score
        thread.details = {"rating_comment": ticket.text("satisfaction_rating.comment")}


def _channel(holder: Node) -> str:
    return _CHANNELS.get(holder.text("via.channel").lower(), "other")
