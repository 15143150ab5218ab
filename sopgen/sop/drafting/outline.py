"""Which pieces are headings, where a document does not say so: numbered, bold, or alone above a text.

Out come the same pieces in the same order; a line such as "Tujuan: melayani …" becomes a heading and a text.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from sopgen.sop.drafting.fact import facts_of
from sopgen.sop.drafting.label import Order, order_of
from sopgen.sop.drafting.piece import Form, Piece, Run, without_start
from sopgen.sop.drafting.template import is_lead, is_speech
from sopgen.sop.drafting.wording import inline_heading, opens_replies, opens_title, section_of
from sopgen.sop.modality import modality_of
from sopgen.sop.model import Modality, SectionKind

_LONGEST = 90
_MOST_WORDS = 12
_ENOUGH_MARKED = 2
"""Headings of its own, from which on a document is taken to mark all of them (2026-11-22)."""

_ENDS = (".", ",", ";", "!")
_OUTLINE_STYLES = frozenset({"capital", "capital-roman", "chapter"})


def with_headings(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Return the pieces, those that are headings marked as such; level 0 where the document gives none."""
    found = tuple(pieces)
    body = [piece for piece in found if piece.form is not Form.LITTER]
    outline = _Outline(body)
    told = {id(piece): outline.take(position) for position, piece in enumerate(body)}
    return tuple(each for piece in found for each in told.get(id(piece), (piece,)))


class _Outline:
    """What has been met so far: the numbers of headings, and of the items below the last one."""

    def __init__(self, body: Sequence[Piece]) -> None:
        self.body = body
        self.headings: list[Order] = []
        self.items: dict[str, int] = {}
        self.dense = sum(piece.apart for piece in body) * 3 < len(body)
        self.marks_headings = sum(map(_is_marked, body)) >= _ENOUGH_MARKED

    def take(self, position: int) -> tuple[Piece, ...]:
        """Return the piece as it is, as a heading, or as a heading and the text behind its colon."""
        piece = self.body[position]
        order = order_of(piece.label) if piece.label else Order(style="")
        opens = piece.form is not Form.HEADING and self._opens(piece, order, position)
        inline = None
        if piece.form is not Form.HEADING and (opens or self._may_be_inline(piece, order)):
            inline = inline_heading(piece.text, alone=opens)
        if piece.form is Form.HEADING or (opens and not inline):
            self._note(order)
            return (replace(piece, form=Form.HEADING),)
        if inline:
            self._note(order)
            rest = without_start(piece.runs, piece.text.index(":") + 1)
            heading = replace(piece, form=Form.HEADING, runs=without_end(piece, inline[0]))
            return (heading, replace(piece, form=Form.PARAGRAPH, runs=rest, label=""))
        if piece.form is Form.ITEM and not piece.depth:
            self.items[order.style] = order.number
        return (piece,)

    def _note(self, order: Order) -> None:
        """Remember a heading: styles that came below its own begin again, and so do items."""
        self.items.clear()
        if order.style:
            styles = [each.style for each in self.headings]
            keep = styles.index(order.style) if order.style in styles else len(styles)
            self.headings = [*self.headings[:keep], order]

    def _may_be_inline(self, piece: Piece, order: Order) -> bool:
        if piece.form not in (Form.PARAGRAPH, Form.ITEM) or piece.depth or piece.reason:
            return False
        return not (piece.form is Form.ITEM and (not order.ordered or self._goes_on_in_items(order)))

    def _opens(self, piece: Piece, order: Order, position: int) -> bool:
        if piece.form not in (Form.PARAGRAPH, Form.ITEM) or piece.reason or (piece.depth and not piece.bold):
            return False
        text = piece.text
        if not _is_short(text) or _tells(piece) or order.style == "bullet":
            return False
        if _announces(text):
            return self._is_announced(piece, order, position)
        if text.endswith((*_ENDS, ":")) and not (piece.bold and text.endswith(":")):
            return False
        if order.ordered:
            return self._is_numbered(piece, order, position)
        return _is_plainly_bold(piece) or self._stands_alone(piece, position)

    def _is_announced(self, piece: Piece, order: Order, position: int) -> bool:
        if order.style:
            return piece.bold or not self._goes_on_in_items(order) or self._goes_on_in_headings(order)
        after = self._after(position)
        own = piece.apart or self.dense or piece.bold or text_is_loud(piece.text) or piece.text.endswith(":")
        return own and not (after is not None and after.text == piece.text)

    def _is_numbered(self, piece: Piece, order: Order, position: int) -> bool:
        """Return whether a numbered short line goes on with the headings, not with the items."""
        after = self._after(position)
        if after is None or self._goes_on_in_items(order):
            return False
        if _is_plainly_bold(piece):
            return True
        if after.form is Form.ITEM and not after.depth and order_of(after.label).style == order.style:
            return False
        first = order.number == 1 and order.style in _OUTLINE_STYLES
        return first or self._goes_on_in_headings(order)

    def _stands_alone(self, piece: Piece, position: int) -> bool:
        """Return whether an unnumbered short line reads as a heading above what follows."""
        after = self._after(position)
        before = self.body[position - 1] if position else None
        if after is None or not (piece.apart or self.dense) or modality_of(piece.text) is not Modality.PLAIN:
            return False
        if self.marks_headings and position:
            return False
        if position == 0:
            return True
        if (
            before is not None
            and before.form is Form.PARAGRAPH
            and _is_short(before.text)
            and not piece.apart
        ):
            return False
        longer = after.form in (Form.ITEM, Form.ROW) or len(after.text) > 1.5 * len(piece.text)
        return longer and (piece.text.endswith("?") or text_is_loud(piece.text) or _is_titled(piece.text))

    def _goes_on_in_items(self, order: Order) -> bool:
        return order.ordered and order.number > 1 and self.items.get(order.style) == order.number - 1

    def _goes_on_in_headings(self, order: Order) -> bool:
        return any(
            each.style == order.style and each.number in (order.number - 1, order.number - 2)
            for each in self.headings
        )

    def _after(self, position: int) -> Piece | None:
        return self.body[position + 1] if position + 1 < len(self.body) else None


def _is_marked(piece: Piece) -> bool:
    """Return whether the document itself makes a heading of a piece, by style or in bold."""
    return bool(piece.level) or (
        piece.form in (Form.PARAGRAPH, Form.ITEM) and _is_plainly_bold(piece) and _is_short(piece.text)
    )


def without_end(piece: Piece, heading: str) -> tuple[Run, ...]:
    """Return the heading of a piece as runs of its own, bold or not as the piece begins."""
    return (replace(piece.runs[0], text=heading, link=""),)


def _announces(text: str) -> bool:
    return section_of(text) is not SectionKind.OTHER or opens_replies(text) or opens_title(text)


def _tells(piece: Piece) -> bool:
    """Return whether a short line is no heading: it leads in a reply, is a told message, or tells a fact."""
    return is_lead(piece.text) or is_speech(piece.text) or bool(facts_of(piece))


def _is_plainly_bold(piece: Piece) -> bool:
    return piece.bold and modality_of(piece.text) is Modality.PLAIN


def _is_short(text: str) -> bool:
    return len(text) <= _LONGEST and len(text.split()) <= _MOST_WORDS and any(map(str.isalpha, text))


def text_is_loud(text: str) -> bool:
    """Return whether all letters are capitals, of which there are at least four."""
    return text.isupper() and sum(map(str.isalpha, text)) >= 4


def _is_titled(text: str) -> bool:
    """Return whether most words of some length begin with a capital."""
    words = [word for word in text.split() if len(word) > 3]
    return bool(words) and sum(word[:1].isupper() for word in words) >= 0.7 * len(words)


def section_level(pieces: Iterable[Piece]) -> int:
    """Return the level of the headings that open sections, by the document itself, or 0."""
    levels = [piece.level for piece in _headings(pieces) if _announces(piece.text) and piece.level]
    return min(levels, default=0)


def section_style(pieces: Iterable[Piece]) -> str:
    """Return the style of the labels of the headings that open sections, "" where they have none."""
    for piece in _headings(pieces):
        if section_of(piece.text) is not SectionKind.OTHER and not piece.level:
            return order_of(piece.label).style if piece.label else ""
    return ""


def is_structured(pieces: Iterable[Piece]) -> bool:
    """Return whether a document opens at least three kinds of section: an SOP, not a text about SOPs."""
    kinds = {section_of(piece.text) for piece in _headings(pieces)} - {SectionKind.OTHER}
    return len(kinds) >= 3


def _headings(pieces: Iterable[Piece]) -> Iterator[Piece]:
    return (piece for piece in pieces if piece.form is Form.HEADING)
