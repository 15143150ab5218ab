"""Microsoft Teams: messages of chats and channels as the Graph API lists them (chatMessage).

Read are a page ({"value": […]}), several pages in a list, bare messages, and JSON Lines of any of these. One
chat or channel is one conversation, be its messages mixed with others'. Decisions: a body of type text is not
HTML; what a quoted reply repeats is left out, for it was said by another; what an application posts is a
bot's; words beside a file stay a text, since Teams' files are links. A message that a policy kept from its
readers counts as failed.
"""

import re
from collections.abc import Iterator
from typing import Any

from sopgen.base.diagnostic import Report
from sopgen.conversation.chat import concluded
from sopgen.conversation.desk import Desk, written
from sopgen.conversation.document.glimpse import sniffed
from sopgen.conversation.document.node import Node
from sopgen.conversation.document.record import Record, parsed, records_of
from sopgen.conversation.hypertext import text_of_html
from sopgen.conversation.importer import ExportFile, Head, Sniff, UnreadableError
from sopgen.conversation.line import Tick
from sopgen.conversation.model import Reading, Role, SetAside
from sopgen.conversation.options import ImportOptions
from sopgen.conversation.piece import Threads
from sopgen.conversation.thread import Thread

_EVENTS = (
    ("membersadded", "join"),
    ("membersjoined", "join"),
    ("membersdeleted", "leave"),
    ("membersleft", "leave"),
    ("call", "call"),
)
"""What the type of an event begins with, and which of our events that is; everything else is a notice."""

_IMAGE = re.compile(r"<img\b([^<>]{0,4000})>", re.IGNORECASE)
_EMOJI = "schema.skype.com/Emoji"
_QUOTED = frozenset({"messageReference", "forwardedMessageReference", "meetingReference"})
_CARD = "application/vnd.microsoft.card."
_DEEPEST_CARD = 20


def sniff(head: Head) -> Sniff:
    """Return how sure it is: by messageType and createdDateTime, which Graph alone writes."""
    keys = ("messageType", "createdDateTime")
    places = [" ".join(f"{at}{key}" for key in keys) for at in ("value[].", "")]
    return sniffed(head, 95, "messages with messageType and createdDateTime", *places)


def read(file: ExportFile, options: ImportOptions, report: Report, tick: Tick) -> Iterator[Reading]:
    """Yield the broken messages, each set aside, then every chat or channel."""
    desk = Desk(file, options, report)
    yield from desk.some(_readings(desk, tick))


def _readings(desk: Desk, tick: Tick) -> Iterator[Reading]:
    threads = Threads(desk, channel="teams", is_ticket=True)
    for record in records_of(desk.file, tick, lists=("value",)):
        if isinstance(record, SetAside):
            yield record
        else:
            yield from _added(record, threads, desk)
    for thread in threads:
        yield concluded(thread, desk)


def _added(record: Record, threads: Threads, desk: Desk) -> Iterator[SetAside]:
    """Yield the record set aside when it is no message."""
    try:
        message = _message_in(record)
        thread = threads.of(message.text("chatId", "channelIdentity.channelId"))
        for each in (message, *message.nodes("replies")):
            _add(thread, each, desk)
    except UnreadableError as error:
        yield error.aside(written(record.value), source=desk.file.source, position=record.position)


def _message_in(record: Record) -> Node:
    message = Node(record.value)
    if message.has("createdDateTime") or message.has("messageType"):
        return message
    raise UnreadableError("JSN105", "the record is no message", "leave it out")


def _add(thread: Thread, message: Node, desk: Desk) -> None:
    at, name, event = message.get("createdDateTime"), message.text("id"), message.node("eventDetail")
    if event or message.text("messageType") not in ("", "message"):
        by = event.text("initiator.user.displayName", "initiator.application.displayName")
        thread.tell(_event_of(event), at=at, text=_words_of(message), id=name, by=by)
        return
    role, author = _speaker_of(message.node("from"), desk)
    if message.get("deletedDateTime") is not None:
        thread.tell("deleted", at=at, role=role, author=author, id=name)
        return
    thread.say(
        _words_of(message),
        at=at,
        role=role,
        author=author,
        id=name,
        files=_files_of(message),
        subject=message.text("subject"),
        edited=message.get("lastEditedDateTime") is not None,
        failed="blockAccess" in message.text("policyViolation.dlpAction").replace(" ", "").split(","),
        reply_to=message.text("replyToId"),
    )


def _event_of(event: Node) -> str:
    kind = str(event.value.get("@odata.type")).rpartition(".")[2].lower()
    return next((ours for start, ours in _EVENTS if kind.startswith(start)), "notice")


def _speaker_of(sender: Node, desk: Desk) -> tuple[Role, str]:
    """Return role and name of who posted: an application is a bot, a guest without account a customer."""
    person = sender.node("user", "device")
    if not person and sender.node("application"):
        return Role.BOT, sender.text("application.displayName")
    name = person.text("displayName")
    told = Role.CUSTOMER if person.text("userIdentityType") == "anonymousGuest" else None
    return desk.role(told, person.text("id"), name, person.text("userPrincipalName")), name


def _words_of(message: Node) -> str:
    """Return what is read of a message: its body, else its cards."""
    body = message.text("body.content")
    if message.text("body.contentType") == "html":
        body = text_of_html(body)
    cards = [each for each in message.nodes("attachments") if each.text("contentType").startswith(_CARD)]
    return body or "\n".join(line for each in cards for line in _card_lines(each.text("content")))


def _card_lines(content: str) -> Iterator[str]:
    """Yield title, subtitle and texts of a card, in its order."""
    try:
        yield from _texts_in(parsed(content.encode(errors="replace")), _DEEPEST_CARD)
    except ValueError:
        return


def _texts_in(value: Any, levels: int) -> Iterator[str]:
    if not isinstance(value, dict | list) or not levels:
        return
    for key, each in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(each, str) and key in ("title", "subtitle", "text"):
            yield text_of_html(each)
        yield from _texts_in(each, levels - 1)


def _files_of(message: Node) -> list[str | None]:
    """Return the names of files, None for a picture in the text."""
    files = [
        each.text("name") or None
        for each in message.nodes("attachments")
        if each.text("contentType") not in _QUOTED and not each.text("contentType").startswith(_CARD)
    ]
    body = message.text("body.content") if message.text("body.contentType") == "html" else ""
    return files + [None for attributes in _IMAGE.findall(body) if _EMOJI not in attributes]
