r"""Telegram Desktop's export as JSON: result.json of one chat, or of a whole account.

Decisions: `date_unixtime` counts, only rows older than it have local times; who owns the account is staff, as
whoever the options name; in a chat with a bot the bot is one; a channel's post is signed by who wrote it. A
row "unsupported" has neither sender, time nor words: it is left out, and said to be (TLG201). Telegram writes
control characters as \x0B and, in version 4.1, names of emoji files without quotes: both are mended.
"""

import re
from collections.abc import Iterator
from typing import Any

from sopgen.base.diagnostic import Report
from sopgen.conversation.chat import Add, Layout, read_chats
from sopgen.conversation.desk import Desk
from sopgen.conversation.document.glimpse import sniffed
from sopgen.conversation.document.node import Node
from sopgen.conversation.importer import NO, ExportFile, Head, Sniff
from sopgen.conversation.line import Tick
from sopgen.conversation.model import Reading, Role
from sopgen.conversation.options import ImportOptions
from sopgen.conversation.thread import Thread

_ESCAPE = re.compile(rb"\\(?:x([0-9A-Fa-f]{2})|.)", re.DOTALL)
_BARE = re.compile(rb'("document_id"\s*:\s*)(?![\s"])([^"\r\n]*?)(\s*,?\s*[\r\n}])')
_LEFT_OUT = re.compile(r"\s*\(File [^()]*\)$")
"""What stands in place of a path when the file was not exported, behind the file's name if it has one."""

_EVENTS = {
    "join_group_by_link": "join",
    "join_group_by_request": "join",
    "invite_members": "join",
    "remove_members": "leave",
    "phone_call": "call",
    "conference_call": "call",
    "group_call": "call",
    "group_call_scheduled": "call",
    "invite_to_group_call": "call",
}
_THINGS = ("contact_information", "location_information", "paid_stars_amount")
"""What is sent like a file but is none."""

_KINDS = [
    "personal_chat",
    "bot_chat",
    "saved_messages",
    "private_group",
    "private_supergroup",
    "public_supergroup",
]
_OWN = ("from_id", "actor_id", "date_unixtime")
_BROKEN = re.compile(
    r'"type"\s*:\s*"(?:message|service)"\s*,\s*"date"\s*:\s*"[^"]*"\s*,\s*"(?:date_unixtime|from|actor|edited)"'
)
_CHATS = ("", "chats.list[].", "left_chats.list[].")


def sniff(head: Head) -> Sniff:
    """Return how sure it is: by keys that only Telegram writes, in one chat or in a list of chats."""
    own = [
        f"{at}messages[].type {at}messages[].{key}" for at in _CHATS for key in ("from_id", "date_unixtime")
    ]
    kinds = [f"{at}messages {at}type={kind}" for at in _CHATS for kind in _KINDS]
    plain = [f"{at}messages[].type=message {at}messages[].from {at}messages[].date" for at in _CHATS]
    signs = (
        (95, "messages with from_id or date_unixtime", own),
        (90, "a chat of one of Telegram's kinds", kinds),
        (80, "an account and its contacts", ["personal_information.user_id about", "chats.list chats.about"]),
        (75, "messages with type, from and date", plain),
    )
    if head.glimpse is None and _BROKEN.search(head.text):
        return Sniff(score=90, reason="a JSON text with flaws, but Telegram's keys")
    sniffs = (sniffed(head, score, reason, *alternatives) for score, reason, alternatives in signs)
    return next((sniff for sniff in sniffs if sniff.score), NO)


def read(file: ExportFile, options: ImportOptions, report: Report, tick: Tick) -> Iterator[Reading]:
    """Yield each chat."""
    desk = Desk(file, options, report)
    layout = Layout(
        chats=("chats.list", "left_chats.list"),
        sides=("personal_information", "name", "type", "id"),
        repair=mended,
    )
    yield from read_chats(desk, tick, lambda beside: _begin(beside, desk), layout)


def mended(raw: bytes) -> bytes:
    r"""Return the record as JSON: control characters as \u000B, names of files in quotes."""
    escaped = _ESCAPE.sub(lambda found: b"\\u00" + found[1] if found[1] else found[0], raw)
    return _BARE.sub(rb'\1"\2"\3', escaped)


def _begin(chat: Node, desk: Desk) -> tuple[Thread, Add]:
    thread = desk.thread(id=chat.text("id", "name"), channel="telegram")
    thread.details["title"] = chat.text("name") if chat.text("id") else ""
    return thread, _Chat(chat, thread, desk).add


class _Chat:
    """One chat: who is who in it, and what its rows are."""

    def __init__(self, chat: Node, thread: Thread, desk: Desk) -> None:
        self._thread = thread
        self._desk = desk
        self._owner = _bare_id(chat.get("personal_information.user_id"))
        is_bot = chat.text("type") == "bot_chat"
        self._bot = {_bare_id(chat.get("id")), chat.text("name")} - {""} if is_bot else set()

    def add(self, row: Node) -> None:
        """Add a row of any type."""
        match row.text("type"):
            case "unsupported":
                self._desk.remark("TLG201", "rows without sender, time and words left out")
            case "service":
                self._tell(row)
            case _:
                self._say(row)

    def _say(self, row: Node) -> None:
        name, told = row.text("from"), _bare_id(row.get("from_id"))
        poll = row.node("poll")
        words = _text_of(row) or _joined(poll.get("question")) or row.text("game_title")
        self._thread.say(
            words,
            at=_time_of(row),
            role=self._role(name, told, row.text("from_id"), row.text("author")),
            author=name or row.text("author"),
            id=row.text("id"),
            files=_files_of(row),
            edited=row.get("edited_unixtime", "edited") is not None,
            options=[_joined(each.get("text")) for each in poll.nodes("answers")],
            reply_to=row.text("reply_to_message_id"),
            forwarded_from=row.text("forwarded_from"),
        )

    def _tell(self, row: Node) -> None:
        name, told = row.text("actor", "from"), _bare_id(row.get("actor_id", "from_id"))
        event = _EVENTS.get(row.text("action"), "notice")
        self._thread.tell(
            event,
            at=_time_of(row),
            text=_text_of(row) or row.text("information_text"),
            role=self._role(name, told) if name or told else Role.SYSTEM,
            author=name,
            id=row.text("id"),
            to=", ".join(row.texts("members")),
        )

    def _role(self, name: str, told: str, *others: str) -> Role:
        platform = Role.BOT if self._bot & {name, told} else None
        if told and told == self._owner:
            platform = Role.AGENT
        return self._desk.role(platform, name, told, *others)


def _bare_id(value: Any) -> str:
    """Return an id without its kind (user, channel, chat): newer rows write user11 for the older 11."""
    return str(value).lstrip("abcdefghijklmnopqrstuvwxyz") if isinstance(value, str | int) else ""


def _time_of(row: Node) -> Any:
    """Return seconds since 1970 where the row has them, else its local time."""
    seconds = row.number("date_unixtime")
    return row.get("date") if seconds is None else seconds


def _text_of(row: Node) -> str:
    return _joined(row.get("text")) or _joined(row.get("text_entities"))


def _joined(parts: Any) -> str:
    """Return the text of strings and objects with text, which stand without anything between them."""
    if isinstance(parts, str):
        return parts
    if not isinstance(parts, list):
        return ""
    texts = (each.get("text") if isinstance(each, dict) else each for each in parts)
    return "".join(each for each in texts if isinstance(each, str))


def _files_of(row: Node) -> list[str | None]:
    """Return the names of what was sent; None for what has no name."""
    for key in ("file", "photo"):
        if row.has(key):
            name = row.text("file_name") or _LEFT_OUT.sub("", row.text(key))
            return [name or None]
    if row.has("media_type") or any(row.has(key) for key in _THINGS):
        return [row.text("place_name", "contact_information.first_name") or None]
    return []
