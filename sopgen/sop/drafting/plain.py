"""Plain text into pieces: paragraphs, labelled items by indentation, tables drawn with `|` or tabs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from sopgen.sop.drafting.label import split_label
from sopgen.sop.drafting.mending import mended
from sopgen.sop.drafting.piece import Form, Piece, Runs, plain

_RULING = re.compile(r"[\s|:=_*~.·•+#–—-]{3,}|[-=_*~]{2,}")
_HEADING = re.compile(r"(#{1,6})\s+(?P<text>\S.*?)\s*#*")
_QUOTE = re.compile(r">+\s?(?P<text>.*)")
_BOLD = re.compile(r"(\*\*|__)(?P<text>[^*_].*?)\1:?")
_WRAPPED_WIDTH = range(50, 121)
"""Widths at which text is wrapped by hand or by an old program (our decision, 2026-11-22)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    number: int
    indent: int
    text: str
    apart: bool


def read_plain(text: str) -> tuple[Piece, ...]:
    """Return the pieces of a plain text, one a line, lines that were wrapped joined."""
    lines = tuple(_lines(text))
    width = _wrapped_at(lines)
    pieces: list[Piece] = []
    before: _Line | None = None
    for line in lines:
        piece = _piece(line, pieces[-1] if pieces else None)
        if before and pieces and width and _goes_on(pieces[-1], piece, before, line=line, width=width):
            pieces[-1] = _joined(pieces[-1], line)
        else:
            _name_columns(pieces, piece)
            pieces.append(piece)
        before = line
    return _with_depths(pieces, {line.number: line.indent for line in lines})


def _name_columns(pieces: list[Piece], piece: Piece) -> None:
    """Mark the first row of a table as the one that names its columns, where a ruling follows it."""
    above = pieces[-1:] if piece.form is Form.LITTER and piece.table else []
    if above and above[0].form is Form.ROW and [each.table for each in pieces[-2:]].count(piece.table) == 1:
        pieces[-1] = replace(above[0], head=True)


def _lines(text: str) -> Iterator[_Line]:
    apart = True
    for number, raw in enumerate(text.split("\n"), start=1):
        line = mended(raw.replace("\f", " ")).expandtabs(8) if "\t" not in raw.strip() else mended(raw)
        if line.strip():
            indent = len(line) - len(line.lstrip())
            yield _Line(number=number, indent=indent, text=line.strip(), apart=apart)
        apart = not line.strip()


def _piece(line: _Line, last: Piece | None) -> Piece:
    """Return the line as a piece of its own."""
    lines, apart = (line.number,), line.apart
    heading, quote = _HEADING.fullmatch(line.text), _QUOTE.fullmatch(line.text)
    if _RULING.fullmatch(line.text):
        table = last.table if last and not apart else 0
        ruling = Piece(form=Form.LITTER, lines=lines, runs=plain(line.text), reason="ruling", apart=apart)
        return replace(ruling, table=table)
    if heading:
        return Piece(form=Form.HEADING, lines=lines, runs=plain(heading["text"]), level=len(heading[1]))
    if quote and quote["text"].strip():
        return Piece(form=Form.QUOTE, lines=lines, runs=plain(quote["text"].strip()), apart=apart)
    cells = _cells(line.text)
    if cells:
        table = last.table if last and last.table and not apart else line.number
        return Piece(form=Form.ROW, lines=lines, cells=cells, table=table, apart=apart)
    label, rest = split_label(line.text)
    form = Form.ITEM if label else Form.PARAGRAPH
    bold = _BOLD.fullmatch(rest)
    runs = plain(rest)
    if bold:
        runs = (replace(plain(bold["text"])[0], bold=True),)
    return Piece(form=form, lines=lines, runs=runs, label=label, apart=apart)


def _cells(text: str) -> tuple[Runs, ...]:
    """Return the cells of a line that is drawn as a row of a table, else none."""
    if text.count("|") >= 2 and text.startswith("|"):
        parts = text.strip("|").split("|")
    elif text.count("\t") >= 1 and len(re.split(r"\t+", text)) >= 2:
        parts = re.split(r"\t+", text)
    else:
        return ()
    if split_label(text)[0] and len(parts) == 2 and not text.startswith("|"):
        return ()
    return tuple(plain(" ".join(part.split())) for part in parts) if len(parts) > 1 else ()


def _wrapped_at(lines: tuple[_Line, ...]) -> int:
    """Return the width at which most lines that go on in the next one end, or 0 when lines are whole."""
    ends = [
        line.indent + len(line.text)
        for line, after in pairwise(lines)
        if not after.apart and after.text[:1].islower()
    ]
    width = round(median(ends)) if len(ends) >= 2 else 0
    longest = max((len(line.text) for line in lines), default=0)
    return width if width in _WRAPPED_WIDTH and longest <= 2 * width else 0


def _goes_on(last: Piece, piece: Piece, before: _Line, *, line: _Line, width: int) -> bool:
    """Return whether a line only goes on with the one above it."""
    if line.apart or piece.form is not Form.PARAGRAPH or last.form not in (Form.PARAGRAPH, Form.ITEM):
        return False
    full = before.indent + len(before.text) + len(line.text.split(maxsplit=1)[0]) >= 0.8 * width
    return full and (line.text[:1].islower() or not before.text.endswith((".", ":", "?", "!")))


def _joined(last: Piece, line: _Line) -> Piece:
    runs = plain(f"{last.text} {line.text}")
    return replace(last, lines=(*last.lines, line.number), runs=runs)


def _with_depths(pieces: list[Piece], indents: dict[int, int]) -> tuple[Piece, ...]:
    """Return the pieces, items with the depth that their indentation shows among the items around them."""
    margins: list[int] = []
    placed: list[Piece] = []
    for piece in pieces:
        indent = indents[piece.lines[0]]
        if piece.form is Form.ITEM:
            while margins and indent < margins[-1]:
                margins.pop()
            if not margins or indent > margins[-1] + 1:
                margins.append(indent)
            placed.append(replace(piece, depth=len(margins) - 1))
        else:
            margins = [] if piece.form is not Form.PARAGRAPH else [each for each in margins if each <= indent]
            placed.append(piece)
    return tuple(placed)
