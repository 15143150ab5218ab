"""Discord channels and threads as DiscordChatExporter writes them (JSON), also cut up into parts.

Decisions: one channel or thread is one conversation. What is no message of somebody (joins, pins, calls …) is
a notice. What bots say often stands in embeds, so these count as their words; under what people write they
are previews of links, which nobody typed. A role of the server that `roles` names tells who is staff.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath

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
from sopgen.conversation.vocabulary import role_called

_SAID = frozenset({"", "Default", "Reply", "20", "23", "ChatInputCommand", "ContextMenuCommand"})
"""Types of what somebody said. The exporter writes those that it has no name for as numbers: 20 and 23 are
answers to commands."""

_EVENTS = {
    "GuildMemberJoin": "join",
    "RecipientAdd": "join",
    "RecipientRemove": "leave",
    "Call": "call",
}
_PART = re.compile(r"(.+?)(?: \[part (\d+)\])?\.json", re.IGNORECASE)


def sniff(head: Head) -> Sniff:
    """Return how sure it is: by what the exporter writes before the messages."""
    for score, reason, paths in (
        (95, "a server and a channel beside messages", "guild.id channel.id messages"),
        (90, "messages with authors that may be bots", "messages[].author.isBot messages[].timestamp"),
    ):
        found = sniffed(head, score, reason, paths)
        if found.score:
            return found
    return NO


def bundle(names: Sequence[str]) -> Iterable[tuple[str, ...]]:
    """Yield the parts of each channel that was exported in several, in their order."""
    parts: dict[str, list[tuple[int, str]]] = {}
    for name in names:
        found = _PART.fullmatch(PurePosixPath(name).name)
        if found:
            whole = str(PurePosixPath(name).with_name(found[1]))
            parts.setdefault(whole, []).append((int(found[2] or 1), name))
    for found_parts in parts.values():
        if len(found_parts) > 1:
            yield tuple(name for _, name in sorted(found_parts))


def read(file: ExportFile, options: ImportOptions, report: Report, tick: Tick) -> Iterator[Reading]:
    """Yield the channel."""
    desk = Desk(file, options, report)
    layout = Layout(sides=("guild", "channel"))
    yield from read_chats(desk, tick, lambda beside: _begin(beside, desk), layout)


def _begin(beside: Node, desk: Desk) -> tuple[Thread, Add]:
    thread = desk.thread(id=beside.text("channel.id", "channel.name"), channel="discord")
    thread.details["title"] = beside.text("channel.name")

    def add(message: Node) -> None:
        if message.text("type") in _SAID:
            _say(thread, message, desk)
        else:
            _tell(thread, message)

    return thread, add


def _say(thread: Thread, message: Node, desk: Desk) -> None:
    author, forwarded = message.node("author"), message.node("forwardedMessage")
    role = _role_of(author, desk)
    words = [message.text("content") or forwarded.text("content")]
    if role is Role.BOT or not words[0]:
        words += [_embedded(each) for each in (*message.nodes("embeds"), *forwarded.nodes("embeds"))]
    thread.say(
        "\n".join(each for each in words if each),
        at=message.get("timestamp"),
        role=role,
        author=author.text("nickname", "name"),
        id=message.text("id"),
        files=[*_files_of(message), *_files_of(forwarded)],
        edited=message.get("timestampEdited") is not None,
        reply_to=message.text("reference.messageId") if not forwarded else "",
        forwarded=bool(forwarded),
    )


def _tell(thread: Thread, message: Node) -> None:
    thread.tell(
        _EVENTS.get(message.text("type"), "notice"),
        at=message.get("timestamp"),
        text=message.text("content"),
        id=message.text("id"),
        by=message.text("author.nickname", "author.name"),
    )


def _role_of(author: Node, desk: Desk) -> Role:
    if author.flag("isBot"):
        return Role.BOT
    words = [each.text("name") for each in author.nodes("roles")]
    told = [role_called(desk.options.roles[word]) for word in words if word in desk.options.roles]
    name = author.text("name")
    tag = f"{name}#{author.text('discriminator')}"
    return desk.role(next(iter(told), None), author.text("id"), name, author.text("nickname"), tag)


def _embedded(embed: Node) -> str:
    """Return what an embed says: title, description and fields, a line each."""
    lines = [embed.text("title"), embed.text("description")]
    for each in embed.nodes("fields"):
        lines += [each.text("name"), each.text("value")]
    return "\n".join(line for line in lines if line)


def _files_of(message: Node) -> list[str | None]:
    """Return the names of files and stickers."""
    named = [each.text("fileName") or None for each in message.nodes("attachments")]
    return named + [each.text("name") or None for each in message.nodes("stickers")]
