"""Chatwoot: conversations and their messages, as its API and its webhooks write them.

The message's type is a number or, in webhooks, a word: incoming, outgoing, activity, template. A private one
is a note. Activities are sentences in the account's language. A survey is a template; once answered, the
rating stands in its content attributes.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from sopgen.base.diagnostic import Report
from sopgen.conversation.desk import Desk, read_records
from sopgen.conversation.document.glimpse import fits, sniffed
from sopgen.conversation.document.node import Node
from sopgen.conversation.document.record import Record
from sopgen.conversation.importer import ExportFile, Head, Sniff
from sopgen.conversation.line import Tick
from sopgen.conversation.link import file_named_by
from sopgen.conversation.model import Reading, Role
from sopgen.conversation.notice import read_notice
from sopgen.conversation.options import ImportOptions
from sopgen.conversation.piece import Threads, read_pieces
from sopgen.conversation.thread import Thread

_LISTS = ("conversations", "data.payload")
_KINDS = {"0": "incoming", "1": "outgoing", "2": "activity", "3": "template"}
_SENDERS = {
    "contact": Role.CUSTOMER,
    "user": Role.AGENT,
    "agent": Role.AGENT,
    "agent_bot": Role.BOT,
    "agentbot": Role.BOT,
    "captain_assistant": Role.BOT,
    "captain::assistant": Role.BOT,
}
_CHANNELS: tuple[tuple[str, str], ...] = (
    ("whatsapp", "whatsapp"),
    ("facebook", "messenger"),
    ("instagram", "instagram"),
    ("telegram", "telegram"),
    ("line", "line"),
    ("email", "email"),
    ("webwidget", "webchat"),
    ("web_widget", "webchat"),
)
"""What is in the name of an inbox's channel (Channel::WebWidget), and the channel."""

_SURVEY = "content_attributes.submitted_values.csat_survey_response"
_MESSAGE_EVENTS = ("message_created", "message_updated")


def sniff(head: Head) -> Sniff:
    """Return how sure it is: messages with a type and content attributes."""
    return sniffed(
        head,
        92,
        "Chatwoot messages with content attributes",
        "payload[].message_type payload[].content_attributes",
        "payload[].message_type payload[].private",
        "messages[].message_type messages[].content_attributes",
        "messages[].message_type messages[].inbox_id",
        "conversation.messages[].content_type conversation.messages[].message_type",
        "messages.payload[].message_type",
        "conversations[].messages[].content_type conversations[].messages[].message_type",
        "data.payload[].messages[].message_type",
        "payload[].messages[].message_type",
        "event=message_created message_type",
        "event=message_updated message_type",
        "event=conversation_status_changed status",
        "message_type content_attributes conversation_id",
    )


def read(file: ExportFile, options: ImportOptions, report: Report, tick: Tick) -> Iterator[Reading]:
    """Yield each conversation; a log of webhooks or a list of messages holds it in pieces."""
    desk = Desk(file, options, report)
    reader = read_pieces if fits(file.head, "event") or fits(file.head, "message_type") else read_records
    yield from reader(desk, tick, _threads, lists=_LISTS)


def _threads(record: Node, origin: Record, desk: Desk) -> Iterable[Thread]:  # noqa: ARG001 -- a Convert
    threads = Threads(desk, channel="other", is_ticket=_is_mail(record))
    if record.text("event") in _MESSAGE_EVENTS or record.has("message_type"):
        about = record.node("conversation")
        thread = threads.of(about.text("id", "display_id") or record.text("conversation_id"))
        _describe(thread, about, record, desk)
        _add(thread, record, desk)
    elif record.text("event").startswith("conversation_"):
        _add_webhook(threads, record, desk)
    else:
        for holder in _holders(record):
            _add_all(threads, holder, desk)
    return threads


def _is_mail(record: Node) -> bool:
    """Return whether the inbox is one of mail, where words beside a file stay a text."""
    first = next(iter(record.nodes("data.payload", "payload")), record)
    holders = (record, first, record.node("conversation"))
    keys = ("meta.channel", "channel", "inbox.channel_type")
    return any("email" in holder.text(key).lower() for holder in holders for key in keys)


def _holders(record: Node) -> list[Node]:
    """Return what holds messages: the conversations of a list, else the record."""
    listed = record.nodes("data.payload", "payload")
    return [each for each in listed if each.nodes("messages")] or [record]


def _add_all(threads: Threads, holder: Node, desk: Desk) -> None:
    about = holder.node("conversation") or holder
    name = about.text("display_id", "id", "meta.conversation_id")
    met: dict[str, Thread] = {}
    for message in about.nodes("messages", "payload") or holder.nodes("messages", "messages.payload"):
        thread = threads.of(name or message.text("conversation_id"))
        met[thread.id] = thread
        _add(thread, message, desk)
    for thread in met.values():
        _describe(thread, about, holder, desk)


def _describe(thread: Thread, about: Node, beside: Node, desk: Desk) -> None:
    """Keep what the conversation says of itself."""
    thread.tags = about.texts("labels", "meta.labels") or thread.tags
    thread.assignee = about.text("meta.assignee.name", "assignee.name") or thread.assignee
    thread.status = about.text("status") or thread.status
    thread.priority = about.text("priority") or thread.priority
    told = about.text("meta.channel", "channel", "inbox.channel_type") or beside.text(
        "inbox.channel_type", "channel"
    )
    if told and not desk.options.channel:
        thread.channel = next((channel for part, channel in _CHANNELS if part in told.lower()), "other")


def _add_webhook(threads: Threads, record: Node, desk: Desk) -> None:
    """Add what a webhook about a conversation tells; its messages come in webhooks of their own."""
    thread = threads.of(record.text("id", "display_id", "conversation.id"))
    _describe(thread, record, record, desk)
    if record.text("event") == "conversation_status_changed":
        status, at = record.text("status"), record.get("updated_at", "last_activity_at", "timestamp")
        if status == "resolved":
            thread.tell("close", at=at)
        elif status == "open" and record.get("changed_attributes"):
            thread.tell("other", at=at, action="reopened")


def _add(thread: Thread, message: Node, desk: Desk) -> None:
    kind = message.text("message_type")
    kind = _KINDS.get(kind, kind)
    at, text, number = message.get("created_at"), _words(message), message.text("id")
    name, role = message.text("sender.name", "sender.available_name"), _role(message, kind, desk)
    who: dict[str, Any] = {"role": role, "author": name, "id": number}
    if message.flag("content_attributes.deleted"):
        thread.tell("deleted", at=at, text=text, **who)
    elif kind == "activity":
        notice = read_notice(text)
        thread.tell(notice.event, at=at, text=text, id=number, action=notice.action)
    elif message.text("content_type") == "input_csat":
        _add_survey(thread, message, text, **who)
    else:
        thread.say(
            text,
            at=at,
            internal=message.flag("private"),
            files=[_file(each) for each in message.nodes("attachments")],
            options=[
                each.text("title") for each in message.nodes("content_attributes.items") if each.text("title")
            ],
            failed=message.text("status") == "failed",
            edited=message.flag("content_attributes.edited"),
            **who,
        )


def _words(message: Node) -> str:
    """Return what the message says, a mail without what it quotes."""
    mail = message.node("content_attributes.email")
    return mail.text("text_content.reply") or message.text("content", "processed_message_content")


def _role(message: Node, kind: str, desk: Desk) -> Role:
    sender = message.text("sender.type", "sender_type").lower()
    told = _SENDERS.get(sender)
    if kind == "incoming":
        told = Role.CUSTOMER if told in (None, Role.AGENT) else told
    elif kind == "template" or _is_automatic(message):
        told = Role.BOT
    elif kind == "outgoing" and told in (None, Role.CUSTOMER):
        told = Role.AGENT
    return desk.role(
        told, message.text("sender.name"), message.text("sender.id"), message.text("sender.email")
    )


def _is_automatic(message: Node) -> bool:
    """Return whether a rule or a campaign wrote it."""
    holders = ("content_attributes.automation_rule_id", "additional_attributes.campaign_id")
    return any(message.get(holder) is not None for holder in holders)


def _file(attached: Node) -> str:
    return attached.text("file_name", "fallback_title") or file_named_by(
        attached.text("data_url", "external_url")
    )


def _add_survey(thread: Thread, message: Node, text: str, *, role: Role, author: str, id: str) -> None:  # noqa: A002
    answer = message.node(_SURVEY)
    thread.csat = answer.number("rating") if answer else thread.csat
    thread.tell(
        "rating" if answer else "rating_request",
        at=message.get("created_at"),
        text=text,
        role=role,
        author=author,
        id=id,
        rating=answer.scalar("rating"),
        comment=answer.text("feedback_message"),
    )
