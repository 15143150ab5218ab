"""Conversations that come in pieces: a log of webhooks holds a message a record, a list those of many.

    threads = Threads(desk, channel="webchat")
    threads.of(message.text("conversation_id")).say(…)

Within a record `Threads` puts messages to their conversations. Across records `read_pieces` does, and reads
the file twice: once to count the pieces of each conversation, once to hand each on when its last piece has
come. So only unfinished conversations are held, whatever the file's size.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from sopgen.conversation.desk import Convert, Desk
from sopgen.conversation.document.record import Record, records_of
from sopgen.conversation.importer import UnreadableError
from sopgen.conversation.line import Tick
from sopgen.conversation.model import Reading, SetAside
from sopgen.conversation.thread import Thread

_NOTHING_SAID = UnreadableError("JSN105", "the records hold no message", "leave them out")


class Threads:
    """The conversations of one record by id, in the order in which they are first met."""

    def __init__(self, desk: Desk, **made: Any) -> None:
        """`made` is what `desk.thread` gets for each of them."""
        self._desk = desk
        self._made = made
        self._held: dict[str, Thread] = {}

    def of(self, name: str) -> Thread:
        """Return the conversation of that id, new if it is not there yet."""
        if name not in self._held:
            self._held[name] = self._desk.thread(id=name, **self._made)
        return self._held[name]

    def __iter__(self) -> Iterator[Thread]:
        """Yield the conversations."""
        return iter(self._held.values())


def read_pieces(
    desk: Desk, tick: Tick, convert: Convert, *, lists: tuple[str, ...] = (), sides: tuple[str, ...] = ()
) -> Iterator[Reading]:
    """Yield each conversation when its last piece has come, and each record that cannot be used.

    A broken record costs the conversations that it is known to belong to, as a row does (see
    `sopgen.conversation.importers.rows`), else itself: what is no JSON names none. What turns out to hold no
    message at all is set aside (JSN105).
    """
    desk.is_counting = True
    counted = records_of(desk.file, _half(tick), lists=lists, sides=sides)
    pieces = (piece for record in counted for piece in _pieces(record, convert, desk))
    left = Counter(piece.id for piece in pieces if isinstance(piece, Thread))
    desk.is_counting = False
    records = records_of(desk.file, _half(tick), lists=lists, sides=sides)
    yield from desk.some(_gathered(records, convert, desk, left))


def _gathered(
    records: Iterable[Record | SetAside], convert: Convert, desk: Desk, left: Counter[str]
) -> Iterator[Reading]:
    held: dict[str, tuple[Thread, str]] = {}
    lost: set[str] = set()
    for record in records:
        for piece in _pieces(record, convert, desk):
            if isinstance(piece, SetAside):
                owners = _owners_of(record, convert, desk)
                if not owners or owners - lost:
                    has_more = any(each in held or left[each] > 1 for each in owners)
                    yield _with_the_rest(piece) if has_more else piece
                lost |= owners
                for each in owners:
                    held.pop(each, None)
                continue
            if piece.id in lost:
                continue
            whole, _ = held.setdefault(piece.id, (piece, record.position))
            if whole is not piece:
                whole.take(piece)
            left[piece.id] -= 1
            if not left[piece.id]:
                yield _finished(desk, *held.pop(piece.id))
    for name in list(held):  # the file has changed under way
        yield _finished(desk, *held.pop(name))


def _pieces(record: Record | SetAside, convert: Convert, desk: Desk) -> Sequence[Thread | SetAside]:
    """Return the pieces that a record holds, or the record set aside."""
    pieces = record if isinstance(record, SetAside) else desk.threads(record, convert)
    return (pieces,) if isinstance(pieces, SetAside) else pieces


def _owners_of(record: Record | SetAside, convert: Convert, desk: Desk) -> frozenset[str]:
    """Return the conversations that a record names which cannot be read, none where that cannot be told."""
    desk.is_counting = True
    pieces = _pieces(record, convert, desk)
    desk.is_counting = False
    return frozenset(piece.id for piece in pieces if isinstance(piece, Thread))


def _with_the_rest(piece: SetAside) -> SetAside:
    """Return the record set aside, with a word on the rest of its conversation."""
    return replace(piece, reason=f"{piece.reason}; its conversation is set aside with it")


def _finished(desk: Desk, thread: Thread, position: str) -> Reading:
    source = desk.file.source
    if not len(thread):
        return _NOTHING_SAID.aside(thread.id, source=source, position=position)
    try:
        return thread.conversation(position)
    except UnreadableError as error:
        return error.aside(thread.id, source=source, position=position)


def _half(tick: Tick) -> Tick:
    """Return a tick for one of two passes; what rounding leaves, the reading's end makes good."""
    return lambda read: tick(read // 2)
