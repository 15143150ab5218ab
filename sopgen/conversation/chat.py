"""Files that are chats: messages read one by one, so that a broken one costs itself and not its chat.

A chat is an object with a list of messages; a file is one, holds several in a list, or is a part of one (a
Bundle). An importer says how a chat begins, from what stands beside its messages, and gets each message. What
the file holds is never in memory as a whole, only the messages that were read of the chat at hand.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from typing import Any

from sopgen.conversation.desk import Desk, written
from sopgen.conversation.document.node import Node
from sopgen.conversation.document.record import Record, Repair, records_of
from sopgen.conversation.importer import ExportFile, UnreadableError
from sopgen.conversation.line import Tick
from sopgen.conversation.model import Reading, SetAside
from sopgen.conversation.origin import Bundle, Entry
from sopgen.conversation.thread import Thread

Add = Callable[[Node], None]
"""Adds a message to its chat; UnreadableError sets that message aside."""

Begin = Callable[[Node], tuple[Thread, Add]]
"""Returns an empty chat, from what stands beside its messages, and what adds a message to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where chats stand in a file: `messages` is the name of their list, `chats` are paths to lists of chats.

    What `sides` names is read before any message, wherever it stands in the file.
    """

    messages: str = "messages"
    chats: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    repair: Repair | None = None


def read_chats(desk: Desk, tick: Tick, begin: Begin, layout: Layout) -> Iterator[Reading]:
    """Yield each chat, behind those of its messages that are broken, which are set aside one by one.

    JSN105: a record that is no chat, a message that is no object. EXP118: nothing tells who is staff.
    """
    chats = _Chats(desk, begin, layout)
    with desk.file.tree() if isinstance(desk.file.origin, Bundle) else nullcontext() as tree:
        names = tree.names if tree is not None else ()
        parts = [replace(desk.file, origin=Entry(within=tree, entry=name)) for name in names if tree]
        yield from desk.some(chats.readings(parts or [desk.file], tick))


@dataclass(slots=True)
class _Chats:
    """The chats of a file, one of them open."""

    _desk: Desk
    _begin: Begin
    _layout: Layout
    _open: tuple[str, Thread, Add] | None = field(default=None, init=False)

    def readings(self, parts: list[ExportFile], tick: Tick) -> Iterator[Reading]:
        """Yield the chats of the parts; what stands outermost in several is one chat."""
        found = False
        for part in parts:
            name = f"{part.origin.name} " if len(parts) > 1 else ""
            for record in self._records(part, tick):
                found = True
                yield from self._meet(record, name)
        if not found:  # no list holds anything: the file is a chat without messages, or none
            for record in records_of(parts[0], repair=self._layout.repair):
                yield from self._meet(record, "")
        yield from self._close()

    def _records(self, part: ExportFile, tick: Tick) -> Iterator[Record | SetAside]:
        plan = self._layout
        lists = (*plan.chats, plan.messages)
        return records_of(part, tick, lists=lists, sides=plan.sides, repair=plan.repair)

    def _meet(self, record: Record | SetAside, part: str) -> Iterator[Reading]:
        position = (part + record.position).strip()
        if isinstance(record, SetAside):
            yield replace(record, position=position)
            return
        if record.is_cut:
            self._desk.remark("JSN201", "the file breaks off; what stands before that was read")
        chat = _chat_of(record.position, self._layout.messages)
        if chat is None:
            yield from self._close()
            yield from self._whole(record, position)
            return
        if self._open is None or self._open[0] != chat:
            yield from self._close()
            self._open = (chat, *self._begin(Node(dict(record.sides))))
        yield from self._added(record.value, position, self._open[2])

    def _whole(self, record: Record, position: str) -> Iterator[Reading]:
        """Yield a chat that is a record of its own, or the record set aside when it is none."""
        value = record.value if isinstance(record.value, dict) else {}
        messages = value.get(self._layout.messages)
        if not isinstance(messages, list):
            flaw = UnreadableError("JSN105", "the record holds no chat", "leave it out")
            yield flaw.aside(written(record.value), source=self._desk.file.source, position=position)
            return
        beside = {key: each for key, each in value.items() if key != self._layout.messages}
        self._open = (position, *self._begin(Node({**record.sides, **beside})))
        for index, message in enumerate(messages):
            place = f"{position} {self._layout.messages}[{index}]".strip()
            yield from self._added(message, place, self._open[2])
        yield from self._close()

    def _added(self, message: Any, position: str, add: Add) -> Iterator[SetAside]:
        """Yield the message set aside if it cannot be added."""
        flaw = UnreadableError("JSN105", "the message is no object", "leave it out")
        if isinstance(message, dict):
            try:
                add(Node(message))
            except UnreadableError as error:
                flaw = error
            else:
                return
        yield flaw.aside(written(message), source=self._desk.file.source, position=position)

    def _close(self) -> Iterator[Reading]:
        """Yield the open chat as a conversation, or set aside when it cannot be one."""
        if self._open is None:
            return
        position, thread, _ = self._open
        self._open = None
        yield concluded(thread, self._desk, position)


def concluded(thread: Thread, desk: Desk, position: str = "") -> Reading:
    """Return the thread as a conversation; set aside under EXP118 where nothing tells who is staff."""
    try:
        desk.need_staff(thread.strangers())
        return thread.conversation(position)
    except UnreadableError as error:
        return error.aside(thread.id, source=desk.file.source, position=position)


def _chat_of(position: str, messages: str) -> str | None:
    """Return the position of the chat in whose list of messages a record stands, None when in none."""
    found = re.fullmatch(rf"(.*?)\s*{re.escape(messages)}\[\d+\]", position)
    return found[1] if found else None
