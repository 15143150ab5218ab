"""The pieces of one part as blocks: texts, lists with what stands below items, tables, replies, talks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sopgen.sop.drafting.label import Order, order_of
from sopgen.sop.drafting.piece import Form, Piece
from sopgen.sop.drafting.template import (
    closes_quote,
    is_surely_reply,
    leads_talk,
    opens_quote,
    reply_lead,
    speech_of,
)

_LONGEST_REPLY = 15
"""Lines of a reply, above which a closing mark belongs to something else (our decision, 2026-11-22)."""


@dataclass(slots=True, kw_only=True)
class Entry:
    """An item of a list, with the items and texts below it."""

    piece: Piece
    below: "list[Entry | Piece]" = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Listed:
    """A list."""

    entries: list[Entry | Piece] = field(default_factory=list)

    @property
    def ordered(self) -> bool:
        """Return whether its items are numbered."""
        first = self.entries[0]
        return order_of(first.piece.label if isinstance(first, Entry) else first.label).ordered


@dataclass(frozen=True, slots=True, kw_only=True)
class Tabled:
    """A table, row by row."""

    rows: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A reply to copy: the line that leads it in, and the lines of it (none where the lead holds all)."""

    lead: Piece
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """A told conversation, with the line that leads it in, if any."""

    lead: Piece | None
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """Lines that the document quotes or sets as they are."""

    pieces: tuple[Piece, ...]


Block = Piece | Listed | Tabled | Reply | Talk | Quoted


def blocks_of(pieces: Sequence[Piece]) -> list[Block]:
    """Return the blocks that the pieces of one part make up, in their order."""
    blocks: list[Block] = []
    position = 0
    while position < len(pieces):
        block, position = _next(pieces, position)
        blocks.append(block)
    return blocks


def _next(pieces: Sequence[Piece], start: int) -> tuple[Block, int]:
    """Return the block that begins at `start`, and where it ends."""
    piece = pieces[start]
    if piece.form is Form.ROW:
        end = _end(pieces, start, lambda each: each.form is Form.ROW and each.table == piece.table)
        return Tabled(rows=tuple(pieces[start:end])), end
    reply_end = _reply_end(pieces, start)
    if reply_end:
        return Reply(lead=piece, pieces=tuple(pieces[start + 1 : reply_end])), reply_end
    talk_end = _talk_end(pieces, start)
    if talk_end:
        lead = piece if leads_talk(piece.text) else None
        return Talk(lead=lead, pieces=tuple(pieces[start + (lead is not None) : talk_end])), talk_end
    if piece.form is Form.QUOTE:
        end = _end(pieces, start, lambda each: each.form is Form.QUOTE)
        return Quoted(pieces=tuple(pieces[start:end])), end
    if piece.form is Form.ITEM:
        return _listed(pieces, start)
    return piece, start + 1


def _end(pieces: Sequence[Piece], start: int, holds: Callable[[Piece], bool]) -> int:
    """Return the first position from `start` on whose piece does not hold."""
    end = start
    while end < len(pieces) and holds(pieces[end]):
        end += 1
    return end


def _reply_end(pieces: Sequence[Piece], start: int) -> int:
    """Return where a reply that a line leads in ends, 0 where no reply does so for sure."""
    lead = reply_lead(pieces[start].text)
    if lead is None or pieces[start].form not in (Form.PARAGRAPH, Form.ITEM):
        return 0
    title, rest = lead
    if rest:
        return start + 1 if opens_quote(rest) and closes_quote(rest) and len(rest) > 2 else 0
    return _quoted_end(pieces, start + 1) or (_plain_end(pieces, start + 1) if is_surely_reply(title) else 0)


def _quoted_end(pieces: Sequence[Piece], start: int) -> int:
    if start >= len(pieces):
        return 0
    if pieces[start].form is Form.QUOTE:
        return _end(pieces, start, lambda each: each.form is Form.QUOTE)
    if not opens_quote(pieces[start].text):
        return 0
    for end in range(start, min(start + _LONGEST_REPLY, len(pieces))):
        if pieces[end].form is not Form.PARAGRAPH:
            return 0
        if closes_quote(pieces[end].text):
            return end + 1
    return 0


def _plain_end(pieces: Sequence[Piece], start: int) -> int:
    """Return where the paragraph behind a lead-in ends: up to the next blank line."""
    if start >= len(pieces) or pieces[start].form is not Form.PARAGRAPH:
        return 0
    end = start + 1
    while end < len(pieces) and pieces[end].form is Form.PARAGRAPH and not pieces[end].apart:
        end += 1
    return end


def _talk_end(pieces: Sequence[Piece], start: int) -> int:
    """Return where a told conversation of both sides ends, 0 where none begins."""
    first = start + 1 if leads_talk(pieces[start].text) else start
    speeches = []
    end = first
    while end < len(pieces) and pieces[end].form is not Form.ROW:
        speech = speech_of(pieces[end].text)
        if speech is None:
            break
        speeches.append(speech)
        end += 1
    return end if len({speech.customer for speech in speeches}) == 2 else 0


@dataclass(slots=True)
class _Rung:
    """One list inside another: the depth and style of its items, the last number, where its items go."""

    depth: int
    order: Order
    entries: list[Entry | Piece]


def _listed(pieces: Sequence[Piece], start: int) -> tuple[Listed, int]:
    """Return the list that begins at `start`, with the texts between its items, and where it ends."""
    listed = Listed()
    ladder: list[_Rung] = []
    last: Entry | None = None
    position = start
    while position < len(pieces):
        piece = pieces[position]
        if piece.form is Form.ITEM:
            if ladder and _begins_again(ladder, piece):
                break
            last = _hang(listed, ladder, piece)
        elif last is not None and _is_below(pieces, position, ladder):
            last.below.append(piece)
        else:
            break
        position += 1
    return listed, position


def _begins_again(ladder: list[_Rung], piece: Piece) -> bool:
    """Return whether an item begins another list: numbers that start again, or numbers after bullets."""
    order, root = order_of(piece.label), ladder[0]
    if piece.depth > root.depth or not order.ordered:
        return False
    if order.style == root.order.style:
        return order.number <= root.order.number
    return not root.order.ordered


def _hang(listed: Listed, ladder: list[_Rung], piece: Piece) -> Entry:
    """Add an item where its depth and its label put it, and return its entry."""
    order, entry = order_of(piece.label), Entry(piece=piece)
    while len(ladder) > 1 and not _holds(ladder, piece, order):
        ladder.pop()
    if not ladder:
        ladder.append(_Rung(depth=piece.depth, order=order, entries=listed.entries))
    elif _is_deeper(ladder[-1], piece, order):
        deepest = next(each for each in reversed(ladder[-1].entries) if isinstance(each, Entry))
        ladder.append(_Rung(depth=piece.depth, order=order, entries=deepest.below))
    ladder[-1].order = order
    ladder[-1].entries.append(entry)
    return entry


def _holds(ladder: list[_Rung], piece: Piece, order: Order) -> bool:
    """Return whether an item stands in the innermost list, or below its last item."""
    rung = ladder[-1]
    if piece.depth != rung.depth or order.style == rung.order.style:
        return piece.depth >= rung.depth
    return not any(each.order.style == order.style and each.depth == piece.depth for each in ladder[:-1])


def _is_deeper(rung: _Rung, piece: Piece, order: Order) -> bool:
    return piece.depth > rung.depth or (piece.depth == rung.depth and order.style != rung.order.style)


_BETWEEN = (Form.PARAGRAPH, Form.PICTURE)
"""What may stand between two items of a list."""


def _is_below(pieces: Sequence[Piece], position: int, ladder: list[_Rung]) -> bool:
    """Return whether a text stands below the item above it: deeper, or the list goes on behind it."""
    piece = pieces[position]
    if piece.form not in _BETWEEN or not ladder or _reply_end(pieces, position):
        return False
    if piece.depth:
        return True
    after = next((each for each in pieces[position + 1 :] if each.form not in _BETWEEN), None)
    if after is None or after.form is not Form.ITEM:
        return False
    order = order_of(after.label)
    goes_on = {(rung.order.style, rung.order.number + 1) for rung in ladder if rung.order.ordered}
    return (order.style, order.number) in goes_on or (not order.ordered and _is_open(ladder, after))


def _is_open(ladder: list[_Rung], item: Piece) -> bool:
    """Return whether a bullet goes on in a list of bullets that stands inside a numbered one."""
    inside = len(ladder) > 1 and not ladder[-1].order.ordered
    return inside and item.depth == ladder[-1].depth
