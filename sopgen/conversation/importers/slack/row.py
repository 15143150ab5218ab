"""One row of a day's file: a message of somebody, or a notice."""

from sopgen.conversation.desk import Desk
from sopgen.conversation.document.node import Node
from sopgen.conversation.importers.slack.directory import Directory
from sopgen.conversation.importers.slack.words import attached, blocks, plain
from sopgen.conversation.model import Role
from sopgen.conversation.thread import Thread

_SAID = frozenset(
    {"", "me_message", "thread_broadcast", "reply_broadcast", "bot_message", "file_share", "file_comment"}
    | {"slackbot_response", "assistant_app_thread"}
)
"""Subtypes of what somebody said; every other one is a notice."""

_EVENTS = {
    "channel_join": "join",
    "group_join": "join",
    "channel_leave": "leave",
    "group_leave": "leave",
    "tombstone": "deleted",
    "message_deleted": "deleted",
    "huddle_thread": "call",
    "sh_room_created": "call",
    "message_changed": "other",
}
_GONE = frozenset({"tombstone", "hidden_by_limit"})


def add_row(row: Node, thread: Thread, directory: Directory, desk: Desk) -> None:
    """Add the row to its channel. UnreadableError JSN104 when its time is none."""
    subtype = row.text("subtype")
    if subtype in _SAID:
        _say(row, thread, directory, desk)
        return
    actor = row.text("user")
    thread.tell(
        _EVENTS.get(subtype, "notice"),
        at=row.get("ts"),
        text=plain(row.text("text"), directory),
        id=row.text("ts"),
        by=directory.name_of(actor) if actor != "USLACKBOT" else "",
    )


def _say(row: Node, thread: Thread, directory: Directory, desk: Desk) -> None:
    role, author = _speaker_of(row, directory, desk)
    words = row.text("text") or row.text("comment.comment")
    if not words:
        said = [*(attached(row) if role is Role.BOT else ()), *blocks(row)]
        words = "\n".join(said)
    root = row.text("thread_ts")
    thread.say(
        plain(words, directory),
        at=row.get("ts"),
        role=role,
        author=author,
        id=row.text("ts"),
        files=_files_of(row),
        edited=bool(row.node("edited")),
        reply_to=root if root != row.text("ts") else "",
    )


def _speaker_of(row: Node, directory: Directory, desk: Desk) -> tuple[Role, str]:
    """Return role and name: a bot where the row or the list says so, else whom the options name."""
    key = row.text("user", "comment.user")
    person = directory.person(key, row)
    named = row.text("username", "bot_profile.name")
    if person.is_bot or row.text("subtype") == "bot_message" or (row.has("bot_id") and not person.names):
        return Role.BOT, named or person.name or row.text("bot_id")
    return desk.role(None, key, *person.names, named), person.name or named


def _files_of(row: Node) -> list[str | None]:
    """Return the names of files, None for one that is gone or has none."""
    files = row.nodes("files") or ([row.node("file")] if row.node("file") else [])
    return [each.text("name", "title") or None if each.text("mode") not in _GONE else None for each in files]
