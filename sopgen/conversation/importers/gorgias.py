"""Gorgias: tickets with their messages, as its API and its webhooks write them.

`from_agent` tells who wrote, `public` whether the customer saw it; what a rule sent is automatic, whoever it
was sent as. The text without quotes is `stripped_text`. Times without a zone are UTC. A message with a
failure was never delivered. The close and the survey stand at the ticket.
"""

from collections.abc import Iterator
from datetime import UTC
from typing import Any

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

_LISTS = ("data", "tickets")
_CHANNELS: tuple[tuple[str, str], ...] = (
    ("email", "email"),
    ("facebook-messenger", "messenger"),
    ("messenger", "messenger"),
    ("instagram", "instagram"),
    ("whatsapp", "whatsapp"),
    ("chat", "webchat"),
    ("contact_form", "web"),
    ("contact-form", "web"),
    ("help-center", "web"),
)
"""What is in a ticket's channel, and the channel; the first that fits counts."""

_AUTOMATIC = ("rule", "automation", "flow", "self_service", "autoresponder")
_EVENTS = {
    "ticket-assigned": ("assign", ""),
    "ticket-team-assigned": ("assign", "transferred"),
    "ticket-reopened": ("other", "reopened"),
}


def sniff(head: Head) -> Sniff:
    """Return how sure it is: messages that are from an agent or not."""
    return sniffed(
        head,
        92,
        "Gorgias messages",
        "messages[].from_agent",
        "data[].messages[].from_agent",
        "tickets[].messages[].from_agent",
        "ticket.messages[].from_agent",
        "ticket messages[].from_agent",
        "ticket messages.data[].from_agent",
        "from_agent ticket_id",
        "data[].from_agent data[].ticket_id",
        "message.from_agent",
    )


def read(file: ExportFile, options: ImportOptions, report: Report, tick: Tick) -> Iterator[Reading]:
    """Yield the conversation of each ticket; a list of messages holds it in pieces."""
    desk = Desk(file, options, report)
    in_pieces = any(
        fits(file.head, each) for each in ("from_agent", "data[].from_agent", "message.from_agent")
    )
    reader = read_pieces if in_pieces else read_records
    yield from reader(desk, tick, _threads, lists=_LISTS)


def _threads(record: Node, origin: Record, desk: Desk) -> Iterator[Thread]:  # noqa: ARG001 -- a Convert
    ticket = record.node("ticket") or record
    message = record.node("message") or record
    messages = ticket.nodes("messages") or record.nodes("messages", "messages.data")
    if message.has("from_agent"):
        name = message.text("ticket_id") or ticket.text("id")
        thread = desk.thread(id=name, channel=_channel(message), is_ticket=True, zone=UTC)
        _add(thread, message, desk)
        yield thread
    elif messages or ticket.has("messages"):
        yield _of_ticket(ticket, messages, desk)


def _of_ticket(ticket: Node, messages: list[Node], desk: Desk) -> Thread:
    thread = desk.thread(id=ticket.text("id"), channel=_channel(ticket), is_ticket=True, zone=UTC)
    thread.subject = ticket.text("subject")
    thread.status = ticket.text("status")
    thread.priority = ticket.text("priority")
    thread.assignee = _name(ticket.node("assignee_user", "assignee"))
    thread.tags = [each.text("name") for each in ticket.nodes("tags") if each.text("name")] or ticket.texts(
        "tags"
    )
    thread.opened_at = ticket.get("created_datetime")
    for message in messages:
        _add(thread, message, desk)
    for event in ticket.nodes("events"):
        _add_event(thread, event)
    if ticket.text("closed_datetime"):
        thread.tell("close", at=ticket.get("closed_datetime"))
    _add_survey(thread, ticket, desk)
    return thread


def _channel(holder: Node) -> str:
    told = holder.text("channel").lower()
    return next((channel for part, channel in _CHANNELS if part in told), "other")


def _name(person: Node) -> str:
    whole = " ".join(filter(None, (person.text("firstname"), person.text("lastname"))))
    return person.text("name") or whole or person.text("email")


def _add(thread: Thread, message: Node, desk: Desk) -> None:
    sender = message.node("sender")
    text, is_html = _words(message)
    who: dict[str, Any] = {"role": _role(message, desk), "author": _name(sender), "id": message.text("id")}
    at = message.get("created_datetime", "sent_datetime", "received_datetime")
    if message.text("deleted_datetime"):
        thread.tell("deleted", at=at, text="", **who)
        return
    thread.say(
        text,
        at=at,
        html=is_html,
        internal=_is_internal(message),
        files=[each.text("name", "url") or None for each in message.nodes("attachments")],
        failed=message.text("failed_datetime") != "",
        **who,
    )


def _words(message: Node) -> tuple[str, bool]:
    """Return what the message says without quotes, and whether that is HTML."""
    plain = message.text("stripped_text", "body_text")
    html = message.text("stripped_html", "body_html")
    if message.text("stripped_text") or not message.text("stripped_html"):
        return (plain, False) if plain else (html, True)
    return html, True


def _is_internal(message: Node) -> bool:
    kinds = (message.text("channel"), message.text("via"), message.text("source.type"))
    return "internal-note" in kinds or (message.has("public") and not message.flag("public"))


def _role(message: Node, desk: Desk) -> Role:
    told = Role.AGENT if message.flag("from_agent") else Role.CUSTOMER
    is_automatic = message.get("rule_id") is not None or message.text("via") in _AUTOMATIC
    if told is Role.AGENT and (
        is_automatic or message.text("sender.bot_type", "sender.type") in ("bot", "ai-agent")
    ):
        told = Role.BOT
    return desk.role(
        told, _name(message.node("sender")), message.text("sender.id"), message.text("sender.email")
    )


def _add_event(thread: Thread, event: Node) -> None:
    told = _EVENTS.get(event.text("type"))
    if told:
        by, to = _name(event.node("user")), event.text("data.assignee_user.name", "data.assignee_team.name")
        thread.tell(told[0], at=event.get("created_datetime"), by=by, to=to, action=told[1])


def _add_survey(thread: Thread, ticket: Node, desk: Desk) -> None:
    survey = ticket.node("satisfaction_survey")
    customer = ticket.node("customer", "requester")
    score = survey.scalar("score")
    if score is not None:
        thread.csat = survey.number("score")
        thread.tell(
            "rating",
            at=survey.get("scored_datetime", "created_datetime"),
            text=survey.text("body_text"),
            role=desk.role(Role.CUSTOMER),
            author=_name(customer),
            rating=score,
        )
    elif survey.text("sent_datetime"):
        thread.tell("rating_request", at=survey.get("sent_datetime"))
