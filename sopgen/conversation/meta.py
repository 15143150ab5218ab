r"""Threads as Meta hands them out (Download Your Information): the layout that Messenger and Instagram share.

Two generations. Older: sender_name, timestamp_ms, message_1.json with the newest 10,000 messages, newest
first, and each byte of UTF-8 written as a character of its own (\u00e2\u0098\u0095), which is undone text by
text; a text that is no such bytes stays. Newer, of end-to-end encrypted chats: senderName, timestamp, one
file a thread. Decisions: the sentences that the app writes for a like, a reaction or an attachment are no
words of the sender; a call keeps who called; an unsent message keeps its sender and loses its words.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath
from typing import Any

from sopgen.base.diagnostic import Report
from sopgen.conversation.chat import Add, Layout, read_chats
from sopgen.conversation.desk import Desk
from sopgen.conversation.document.glimpse import fits
from sopgen.conversation.document.node import Node
from sopgen.conversation.importer import ExportFile, Head
from sopgen.conversation.line import Tick
from sopgen.conversation.model import Reading
from sopgen.conversation.options import ImportOptions
from sopgen.conversation.thread import Thread

_OLDER = ("messages[].sender_name", "messages[].timestamp_ms")
_NEWER = ("messages[].senderName", "messages[].timestamp", "participants")
_PART = re.compile(r"message_(\d+)\.json", re.IGNORECASE)
_SIDES = ("participants", "title", "thread_path", "thread_type", "threadName")

_PRODUCTS = (("instagram", "instagram"), ("facebook", "messenger"), ("messenger", "messenger"))
_OF_INSTAGRAM = re.compile(
    r'"uri"\s*:\s*"[^"]{0,200}your_instagram_activity|"(?:original_content_owner|profile_share_username)"\s*:'
)
_OF_MESSENGER = re.compile(
    r'"uri"\s*:\s*"[^"]{0,200}(?:_facebook|facebook_|stickers_used|messenger)'
    r'|"(?:thread_type|is_unsent|gifs|sender_id_INTERNAL|threadName)"\s*:'
)

_LISTS = ("photos", "videos", "audio_files", "files", "gifs", "media")
_REACTION = re.compile(
    r"(?:.{0,80} )?(?:liked a message|reacted \S{1,24} to (?:your|a|.{1,80}'s) message)\.?"
    r"|menyukai (?:sebuah )?pesan(?: anda)?\.?"
    r"|(?:menanggapi|bereaksi) \S{1,24} (?:ke|pada|untuk|terhadap) pesan anda\.?",
    re.IGNORECASE,
)
_SENT = re.compile(
    r"(.{1,120}) (?:sent an attachment|mengirim(?:kan)? (?:sebuah )?lampiran)\.?", re.IGNORECASE
)
_MOVES = {"Subscribe": "join", "Unsubscribe": "leave"}
_BYTES = re.compile(
    "[\u00c2-\u00df][\u0080-\u00bf]|[\u00e0-\u00ef][\u0080-\u00bf]{2}|[\u00f0-\u00f4][\u0080-\u00bf]{3}"
)


def is_thread(head: Head) -> bool:
    """Return whether the file is a thread of either generation."""
    return fits(head, *_OLDER) or fits(head, *_NEWER) or fits(head, "participants", "messages", "thread_path")


def product_of(head: Head) -> str:
    """Return messenger or instagram, by its folders or by what it names; "" when neither tells."""
    for folder in reversed(PurePosixPath(head.place.lower()).parts[:-1]):
        for word, product in _PRODUCTS:
            if word in folder:
                return product
    if _OF_INSTAGRAM.search(head.text):
        return "instagram"
    return "messenger" if _OF_MESSENGER.search(head.text) else ""


def bundle(names: Sequence[str]) -> Iterable[tuple[str, ...]]:
    """Yield the files of each thread that has several, newest first as Meta numbers them."""
    folders: dict[str, list[tuple[int, str]]] = {}
    for name in names:
        folder, _, last = name.rpartition("/")
        found = _PART.fullmatch(last)
        if found:
            folders.setdefault(folder, []).append((int(found[1][:9]), name))
    for parts in folders.values():
        if len(parts) > 1:
            yield tuple(name for _, name in sorted(parts))


def read_threads(
    file: ExportFile, options: ImportOptions, report: Report, tick: Tick, *, channel: str
) -> Iterator[Reading]:
    """Yield the thread as one of that channel."""
    desk = Desk(file, options, report)
    if not options.platform and not options.format and not product_of(file.head):
        desk.remark("MET201", f"nothing tells Messenger from Instagram; read as {channel}")
    yield from read_chats(desk, tick, lambda beside: _begin(beside, desk, channel), Layout(sides=_SIDES))


def _begin(beside: Node, desk: Desk, channel: str) -> tuple[Thread, Add]:
    title = decoded(beside.get("title", "threadName"))
    thread = desk.thread(id=decoded(beside.get("thread_path")) or title, channel=channel)
    thread.details["title"] = title if beside.text("thread_path") else ""
    return thread, lambda message: _add(thread, message, desk)


def _add(thread: Thread, message: Node, desk: Desk) -> None:
    name = decoded(message.get("sender_name", "senderName"))
    who: dict[str, Any] = {
        "at": message.get("timestamp_ms", "timestamp"),
        "role": desk.role(None, name),
        "author": name,
    }
    words = decoded(message.get("content", "text")).strip()
    files = _files_of(message)
    event = _event_of(message, words)
    if event:
        thread.tell(event, text="" if event == "deleted" else words, **who)
        return
    sent = _SENT.fullmatch(words)
    if sent and (sent[1] == name or sent[1].lower() in ("you", "anda")):
        words, files = "", files or [decoded(message.get("share.link")) or None]
    thread.say(words or ("" if files else _shared(message)), files=files, **who)


def _event_of(message: Node, words: str) -> str:
    """Return which event a message is, "" when it is words or files."""
    if message.flag("is_unsent", "isUnsent"):
        return "deleted"
    kind = message.text("type")
    if kind.lower() == "call" or message.number("call_duration") is not None:
        return "call"
    if kind in _MOVES:
        return _MOVES[kind]
    return "reaction" if len(words) < 250 and _REACTION.fullmatch(words) else ""


def _shared(message: Node) -> str:
    """Return what a share without words of its own says: its text, else its link."""
    return decoded(message.get("share.share_text")) or decoded(message.get("share.link"))


def _files_of(message: Node) -> list[str | None]:
    """Return the names of all files, as paths in the download."""
    held = [each for key in _LISTS for each in message.nodes(key)]
    if message.node("sticker"):
        held.append(message.node("sticker"))
    return [decoded(each.get("uri")) or None for each in held]


def decoded(text: object) -> str:
    """Return the text whose bytes were written as characters; what was not stays as it is; "" for no text."""
    if not isinstance(text, str) or text.isascii():
        return text if isinstance(text, str) else ""
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeEncodeError:
        return text
    except UnicodeDecodeError:  # cut off in a character, or only partly bytes
        return _BYTES.sub(lambda found: _decoded_piece(found[0]), text)


def _decoded_piece(piece: str) -> str:
    try:
        return piece.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return piece
