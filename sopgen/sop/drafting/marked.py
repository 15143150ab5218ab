"""Markdown into pieces, by the tokens of markdown-it; a front matter is set aside."""

import re
from dataclasses import replace
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.front_matter import front_matter_plugin

from sopgen.sop.drafting.label import split_label
from sopgen.sop.drafting.mending import mended
from sopgen.sop.drafting.picture import pictured
from sopgen.sop.drafting.piece import Form, Piece, Run, Runs, plain, squeezed, text_of
from sopgen.sop.drafting.template import is_output, is_speech, reply_lead
from sopgen.sop.drafting.web import read_web

_MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(front_matter_plugin)
_STRUCK = re.compile(r"<(?P<end>/?)(?:del|s|strike)\b[^>]*>", re.IGNORECASE)
_PICTURE = re.compile(r"<img\b.*>", re.IGNORECASE | re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def read_marked(text: str) -> tuple[Piece, ...]:
    """Return the pieces of a Markdown text; HTML inside it is read as HTML."""
    walk = _Walk(text.split("\n"))
    for token in _MARKDOWN.parse(text):
        walk.take(token)
    return tuple(walk.pieces)


class _Walk:
    """A walk along the tokens that remembers which lists, tables and quotations it is in."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.pieces: list[Piece] = []
        self.numbers: list[int] = []
        self.label = ""
        self.level = 0
        self.quotes = 0
        self.table = 0
        self.cells: list[Runs] | None = None
        self.head = False
        self.row = 0

    def take(self, token: Token) -> None:
        """Add what a token shows."""
        name = f"_{token.type}"
        if hasattr(self, name):
            getattr(self, name)(token)

    def _heading_open(self, token: Token) -> None:
        self.level = int(token.tag[1:])

    def _heading_close(self, _: Token) -> None:
        self.level = 0

    def _blockquote_open(self, _: Token) -> None:
        self.quotes += 1

    def _blockquote_close(self, _: Token) -> None:
        self.quotes -= 1

    def _bullet_list_open(self, _: Token) -> None:
        self.numbers.append(0)

    def _ordered_list_open(self, token: Token) -> None:
        self.numbers.append(int(token.attrGet("start") or 1))

    def _bullet_list_close(self, _: Token) -> None:
        self.numbers.pop()

    _ordered_list_close = _bullet_list_close

    def _list_item_open(self, _: Token) -> None:
        number = self.numbers[-1]
        self.label = f"{number}." if number else "-"
        self.numbers[-1] += 1 if number else 0

    def _table_open(self, token: Token) -> None:
        self.table = (token.map or [0])[0] + 1

    def _tr_open(self, token: Token) -> None:
        self.cells, self.row = [], (token.map or [self.row])[0] + 1

    def _tr_close(self, _: Token) -> None:
        if self.cells and any(text_of(cell) for cell in self.cells):
            cells = tuple(self.cells)
            row = Piece(form=Form.ROW, lines=(self.row,), cells=cells, table=self.table, head=self.head)
            self.pieces.append(row)
        self.cells = None

    def _thead_open(self, _: Token) -> None:
        self.head = True

    def _thead_close(self, _: Token) -> None:
        self.head = False
        self._ruling(self.row + 1)

    def _hr(self, token: Token) -> None:
        self._ruling((token.map or [0])[0] + 1)

    def _ruling(self, number: int) -> None:
        runs = plain(self.lines[number - 1].strip())
        self.pieces.append(Piece(form=Form.LITTER, lines=(number,), runs=runs, reason="ruling"))

    def _front_matter(self, token: Token) -> None:
        start, end = token.map or (0, 0)
        for number in range(start, min(end + 1, len(self.lines))):
            if self.lines[number].strip():
                runs = plain(mended(self.lines[number].strip()))
                reason = "front matter"
                self.pieces.append(Piece(form=Form.LITTER, lines=(number + 1,), runs=runs, reason=reason))

    def _fence(self, token: Token) -> None:
        start, end = token.map or (0, 0)
        for number in range(start, end):
            line = self.lines[number].strip()
            fenced = number in (start, end - 1) and line.startswith(token.markup)
            if line:
                form, reason = (Form.LITTER, "ruling") if fenced and line else (Form.QUOTE, "")
                piece = Piece(form=form, lines=(number + 1,), runs=plain(mended(line)), reason=reason)
                self.pieces.append(piece)

    def _code_block(self, token: Token) -> None:
        start, end = token.map or (0, 0)
        for number in range(start, end):
            line = self.lines[number].strip()
            if line:
                self.pieces.append(Piece(form=Form.QUOTE, lines=(number + 1,), runs=plain(mended(line))))

    def _html_block(self, token: Token) -> None:
        start = (token.map or [0])[0]
        for piece in read_web(token.content):
            self.pieces.append(replace(piece, lines=tuple(line + start for line in piece.lines)))

    def _inline(self, token: Token) -> None:
        first, end = token.map or (self.row - 1, self.row)
        struck = squeezed(_runs(token.children or [], struck=True))
        if struck:
            gone = Piece(form=Form.LITTER, lines=(first + 1,), runs=struck, reason="struck text")
            self.pieces.append(gone)
        if self.cells is not None:
            self.cells.append(squeezed(_runs(token.children or [])))
            return
        lines = tuple(number + 1 for number in range(first, end) if self.lines[number].strip())
        if self.quotes:
            self._quoted(token, first)
            return
        runs = squeezed(_runs(token.children or []))
        if not runs and struck:
            return
        if not runs:
            reason = "comment" if _COMMENT.search(token.content) else "no text"
            self.pieces.append(Piece(form=Form.LITTER, lines=lines, runs=plain(token.content), reason=reason))
            return
        told = token.content.split("\n")
        if len(told) == len(lines) > 1 and (reply_lead(told[0]) or all(map(is_speech, told))):
            self._line_by_line(told, first)
        elif len(told) == len(lines) and any(map(is_output, map(_bare, told[1:]))):
            self._output_apart(told, lines)
        else:
            self.pieces.append(self._piece(runs, lines))

    def _line_by_line(self, told: list[str], first: int) -> None:
        """Add each line of a paragraph whose line breaks mean something: a reply, a told conversation."""
        for row, line in enumerate(told):
            runs = squeezed(_runs(_MARKDOWN.parseInline(line)[0].children or []))
            if runs:
                piece = self._piece(runs, (first + row + 1,))
                self.pieces.append(replace(piece, apart=row == 0))

    def _output_apart(self, told: list[str], lines: tuple[int, ...]) -> None:
        """Add a paragraph up to the line that tells an output, and that line as one below the list."""
        cut = next(row for row, line in enumerate(told) if row and is_output(_bare(line)))
        for start, part in ((0, told[:cut]), (cut, told[cut:])):
            runs = squeezed(_runs(_MARKDOWN.parseInline("\n".join(part))[0].children or []))
            piece = self._piece(runs, lines[start : start + len(part)])
            self.pieces.append(replace(piece, depth=0) if start else piece)

    def _piece(self, runs: Runs, lines: tuple[int, ...]) -> Piece:
        if self.level:
            label, rest = split_label(text_of(runs))
            runs = plain(rest) if label else runs
            return Piece(form=Form.HEADING, lines=lines, runs=runs, level=self.level, label=label)
        label, self.label = self.label, ""
        if label:
            return Piece(form=Form.ITEM, lines=lines, runs=runs, label=label, depth=len(self.numbers) - 1)
        return Piece(form=Form.PARAGRAPH, lines=lines, runs=runs, depth=len(self.numbers))

    def _quoted(self, token: Token, first: int) -> None:
        """Add each line of a quotation, because replies keep their line breaks."""
        for row, line in enumerate(token.content.split("\n")):
            runs = squeezed(_runs((_MARKDOWN.parseInline(line)[0].children) or []))
            if runs:
                self.pieces.append(Piece(form=Form.QUOTE, lines=(first + row + 1,), runs=runs))


def _bare(line: str) -> str:
    return line.lstrip(" \t*_")


def _runs(tokens: list[Token], *, struck: bool = False) -> list[Run]:
    """Return inline tokens as runs: the text that stands, or the text that is `struck`."""
    bold, link, gone, runs = 0, "", 0, list[tuple[bool, Run]]()
    for token in tokens:
        bold += {"strong_open": 1, "strong_close": -1}.get(token.type, 0)
        if token.type in ("link_open", "link_close"):
            link = str(token.attrGet("href") or "")
        runs += [(gone > 0, replace(run, bold=bool(bold), link=link)) for run in _shown(token)]
        change = _strikes(token)
        gone += change
        if change < 0:
            runs.append((True, Run(text=" ")))
    return [run for is_struck, run in runs if is_struck is struck]


def _shown(token: Token) -> tuple[Run, ...]:
    """Return what a token inside a line shows, look and link apart."""
    match token.type:
        case "softbreak" | "hardbreak":
            return (Run(text=" "),)
        case "text" | "code_inline":
            return (Run(text=mended(token.content)),)
        case "image":
            return squeezed([pictured(unquote(str(token.attrGet("src"))), mended(token.content))])
        case "html_inline" if _PICTURE.fullmatch(token.content):
            return tuple(run for piece in read_web(token.content) for run in piece.runs)
    return ()


def _strikes(token: Token) -> int:
    """Return 1 where struck text begins, -1 where it ends, else 0."""
    tag = _STRUCK.fullmatch(token.content) if token.type == "html_inline" else None
    if tag:
        return -1 if tag["end"] else 1
    return {"s_open": 1, "s_close": -1}.get(token.type, 0)
