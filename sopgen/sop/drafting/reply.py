"""Replies to copy, as the source form writes them: `> [!TEMPLATE] Title`, then the words."""

from collections.abc import Sequence

from sopgen.sop.drafting.block import Reply
from sopgen.sop.drafting.piece import Form, Piece, text_of
from sopgen.sop.drafting.template import closes_quote, opens_quote, reply_lead, unquoted, with_fill_ins

_GENERIC = frozenset(
    {"template", "balasan", "balasan cepat", "quick reply", "skrip", "script", "canned reply"}
)
_LONGEST_TITLE = 60


def written_reply(title: str, lines: Sequence[str]) -> str:
    """Return a reply in source form; fill-ins are written `{nama}`."""
    told = [f"> {with_fill_ins(line)}" for line in lines if line.strip()]
    return "\n".join([f"> [!TEMPLATE] {title.replace('{', '(').replace('}', ')')}", *told])


def reply_of(reply: Reply, part: str) -> tuple[str, list[str]]:
    """Return title and lines of a reply that a line leads in; a bare "Template" is named after its part."""
    title, rest = reply_lead(reply.lead.text) or (reply.lead.text.rstrip(": "), "")
    if title.casefold() in _GENERIC and part:
        title = f"{title}: {part}"
    lines = [rest, *(piece.text for piece in reply.pieces)] if rest else [each.text for each in reply.pieces]
    return title, _without_marks(lines)


def _without_marks(lines: list[str]) -> list[str]:
    """Return the lines without the quotation marks around all of them."""
    if not lines or not opens_quote(lines[0]):
        return lines
    if len(lines) == 1:
        return [unquoted(lines[0])]
    last = lines[-1].rstrip(".")[:-1] if closes_quote(lines[-1]) else lines[-1]
    return [lines[0][1:], *lines[1:-1], last]


def titled_reply(piece: Piece) -> tuple[str, str] | None:
    """Return title and words of a line "Salam: Halo Kak, …" or of a row of two cells, else None."""
    if piece.form is Form.ROW:
        cells = [text for cell in piece.cells if (text := text_of(cell))]
        return (cells[0], unquoted(cells[1])) if len(cells) == 2 else None
    title, colon, words = piece.text.partition(":")
    if not colon or len(title) > _LONGEST_TITLE or len(title.split()) > 6 or len(words.split()) < 3:
        return None
    return title.strip(), unquoted(words.strip())
