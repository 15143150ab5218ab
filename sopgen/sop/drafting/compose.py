"""The chapters of a draft as Markdown, and the fate of every piece."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from sopgen.sop.block import CLAUSE_SECTIONS
from sopgen.sop.drafting.arrange import Chapter, Part
from sopgen.sop.drafting.block import Block, Entry, Listed, Quoted, Reply, Tabled, Talk, blocks_of
from sopgen.sop.drafting.demand import demands_in, with_bold_modal
from sopgen.sop.drafting.escape import as_block, escaped, in_cell, in_comment, inline
from sopgen.sop.drafting.fate import Fate, Kind
from sopgen.sop.drafting.piece import Form, Piece
from sopgen.sop.drafting.reply import reply_of, titled_reply, written_reply
from sopgen.sop.drafting.table import has_head, is_data, steps_of, told_row
from sopgen.sop.drafting.talk import chat_of
from sopgen.sop.drafting.template import unquoted
from sopgen.sop.drafting.wording import UNPLACED
from sopgen.sop.heading import kind_of, usual_heading
from sopgen.sop.modality import modality_of
from sopgen.sop.model import Modality, SectionKind
from sopgen.sop.naming import Naming

Suggest = Callable[[str], Sequence[str]]
"""What checks a clause of that text may mean, as attributes: `check=first-response-time limit=2m`."""


@dataclass(slots=True, kw_only=True)
class Composer:
    """Writes chapters one after the other; ids are given out and fates gathered on the way."""

    language: str
    suggest: Suggest
    naming: Naming = field(default_factory=Naming)
    fates: list[Fate] = field(default_factory=list)
    blocks: list[str] = field(default_factory=list)
    clauses: dict[str, str] = field(default_factory=dict)
    kind: SectionKind | None = None
    demands: bool = False

    def chapter(self, chapter: Chapter) -> str:
        """Return a chapter as Markdown."""
        self.kind, self.blocks = chapter.kind, [_heading(chapter, self.language)]
        self.demands = chapter.kind in CLAUSE_SECTIONS
        for part in chapter.parts:
            self._part(part, chapter)
        return "\n\n".join(self.blocks)

    def _part(self, part: Part, chapter: Chapter) -> None:
        self._note(part.headings, at="heading")
        replied = chapter.replies and part.title and all(each.form in _TEXTS for each in part.pieces)
        if replied and part.pieces:
            self._add_reply(part.title, [each.text for each in part.pieces], part.pieces)
            return
        if part.title:
            name = f" {{#{self.naming.name(part.title, otherwise='procedure')}}}"
            self.blocks.append(
                f"### {escaped(part.title)}{name if self.kind is SectionKind.PROCEDURES else ''}"
            )
        blocks = blocks_of(part.pieces)
        numbered = any(isinstance(block, Listed) and block.ordered for block in blocks)
        for block in blocks:
            if not (chapter.replies and self._reply_in(block)):
                self._block(block, part, numbered=numbered)

    def _reply_in(self, block: Block) -> bool:
        """Write the replies that a collection tells as "Title: text", in lines, items or rows."""
        pieces = _lines_in(block)
        replies = [titled_reply(piece) for piece in pieces]
        if not pieces or not all(replies):
            return False
        for piece, reply in zip(pieces, replies, strict=True):
            assert reply is not None
            self._add_reply(reply[0], [reply[1]], [piece])
        return True

    def _block(self, block: Block, part: Part, *, numbered: bool) -> None:
        match block:
            case Listed():
                self._listed(block, numbered=numbered)
            case Tabled():
                self._tabled(block)
            case Reply():
                title, lines = reply_of(block, part.title)
                self._add_reply(title, lines, (block.lead, *block.pieces))
            case Talk():
                self._talk(block)
            case Quoted():
                self._quoted(block)
            case Piece():
                self._text(block)

    def _add_reply(self, title: str, lines: Sequence[str], pieces: Iterable[Piece]) -> None:
        self.blocks.append(
            written_reply(title, [unquoted(line) if len(lines) == 1 else line for line in lines])
        )
        self._note(pieces, at="quick reply")

    def _quoted(self, block: Quoted) -> None:
        first, *rest = (piece.text for piece in block.pieces)
        if first.upper().startswith("[!TEMPLATE]"):
            self._add_reply(first[len("[!TEMPLATE]") :].strip(), rest, block.pieces)
        else:
            self._lines(block.pieces)

    def _talk(self, talk: Talk) -> None:
        """Write a told conversation: an example of the clause above it when sure, else a quotation."""
        told = (*([talk.lead] if talk.lead else []), *talk.pieces)
        chat = chat_of(talk, self.language)
        mark = _MARK.match(self.blocks[-1])
        if not chat or mark is None or not self.clauses.get(self.blocks[-1]):
            self._lines(told)
            return
        name = self.clauses[self.blocks[-1]]
        self.blocks.append(_indented(chat, len(mark[0])))
        self._note(told, at=name)

    def _lines(self, pieces: Sequence[Piece]) -> None:
        """Write lines as a quotation that keeps its line breaks."""
        lines = [f"> {as_block(inline(piece.runs) or escaped(piece.text))}" for piece in pieces]
        self.blocks.append("\\\n".join(lines))
        self._note(pieces)

    def _picture(self, piece: Piece) -> str:
        """Return a picture, or a comment in the place of one that cannot be shown."""
        if any(run.picture for run in piece.runs):
            self._note([piece])
            return inline(piece.runs)
        self.fates.append(Fate(kind=Kind.LITTER, lines=piece.lines, where="picture", text=piece.text))
        todo = _NOT_SHOWN[self.language].format(name=piece.text, line=piece.lines[0])
        return f"<!-- TODO: {in_comment(todo)} -->"

    def _text(self, piece: Piece) -> None:
        if piece.form is Form.PICTURE:
            self.blocks.append(self._picture(piece))
            return
        demands = demands_in(piece) if self.demands or self._forbids(piece) else ()
        for demand in demands:
            self.blocks.append(self._clause("- ", with_bold_modal(demand), demand, [piece]))
        if not demands:
            self.blocks.append(as_block(inline(piece.runs)))
            self._note([piece])

    def _forbids(self, piece: Piece) -> bool:
        """Return whether a text in a procedure is a prohibition beside its steps."""
        told = modality_of(piece.text) is Modality.MUST_NOT and not piece.text.endswith(":")
        return self.kind is SectionKind.PROCEDURES and told

    def _clause(self, mark: str, markdown: str, text: str, pieces: Sequence[Piece]) -> str:
        """Return one clause: its text, its id, and in a comment the checks that it may mean."""
        name = self.naming.name(text)
        self._note(pieces, at=name)
        blanks = " " * len(mark)
        meant = self.suggest(self._demand(text))
        guesses = "".join(f"\n{blanks}<!-- TODO: {in_comment(guess)}? -->" for guess in meant)
        written = f"{mark}{as_block(markdown)} {{#{name}}}{guesses}"
        self.clauses[written] = name
        return written

    def _demand(self, text: str) -> str:
        """Return what a clause demands: a bare "meminta OTP" among prohibitions is forbidden."""
        bare = modality_of(text) is Modality.PLAIN and not _NEGATED.match(text)
        if self.kind is SectionKind.PROHIBITIONS and bare:
            return f"{_FORBIDDEN[self.language]} {text[:1].lower()}{text[1:]}"
        return text

    def _listed(self, listed: Listed, *, numbered: bool) -> None:
        steps = self.kind is SectionKind.PROCEDURES and (listed.ordered or not numbered)
        for number, entry in enumerate(listed.entries, start=1):
            assert isinstance(entry, Entry)
            mark = f"{number}. " if listed.ordered or steps else "- "
            self.blocks.append(self._entry(entry, mark, clause=steps or self.demands))

    def _entry(self, entry: Entry, mark: str, *, clause: bool) -> str:
        markdown = inline(entry.piece.runs)
        if clause:
            written = self._clause(mark, with_bold_modal(markdown), entry.piece.text, [entry.piece])
        else:
            self._note([entry.piece])
            written = f"{mark}{as_block(markdown)}"
        below = self._below(entry)
        return f"{written}\n\n{_indented(below, len(mark))}" if below else written

    def _below(self, entry: Entry) -> str:
        parts, number = [], 0
        for each in entry.below:
            if isinstance(each, Entry):
                number += 1
                ordered = Listed(entries=[each]).ordered
                parts.append(self._entry(each, f"{number}. " if ordered else "- ", clause=False))
            elif each.form is Form.PICTURE:
                parts.append(self._picture(each))
            else:
                parts.append(as_block(inline(each.runs)))
                self._note([each])
        return "\n\n".join(parts)

    def _tabled(self, tabled: Tabled) -> None:
        rows = tabled.rows
        steps = steps_of(rows) if self.kind is SectionKind.PROCEDURES else ()
        head = rows[0] if has_head(rows) else None
        body = rows[1:] if head else rows
        kept = self.kind is SectionKind.STANDARDS and is_data(body, head)
        if steps or (self.demands and len(rows[0].cells) > 1 and not kept):
            self._rows(body, head, steps)
            return
        self.blocks.append(_table(rows))
        self._note(rows)

    def _rows(self, rows: Sequence[Piece], head: Piece | None, steps: Sequence[str]) -> None:
        """Write each row as a clause; the names of the columns are kept in a comment."""
        if head:
            self.blocks.append(f"<!-- {in_comment(head.text)} -->")
            self._note([head], at="column names")
        for number, row in enumerate(rows):
            markdown = steps[number] if steps else told_row(row, head)
            mark = f"{number + 1}. " if steps else "- "
            telling = markdown.partition("(")[0].replace("*", "")
            self.blocks.append(self._clause(mark, markdown, telling, [row]))

    def _note(self, pieces: Iterable[Piece], *, at: str = "") -> None:
        where = f"{self.kind or 'unplaced'}{f'#{at}' if at else ''}"
        kind = Kind.PLACED if self.kind else Kind.UNPLACED
        for piece in pieces:
            self.fates.append(Fate(kind=kind, lines=piece.lines, where=where, text=_told(piece)))


_NOT_SHOWN = {
    "id": "gambar '{name}' di baris {line} dokumen asal tidak ikut; simpan di samping sop.md",
    "en": "the picture '{name}' at line {line} of the document is not here; save it beside sop.md",
}
_FORBIDDEN = {"id": "dilarang", "en": "never"}
_NEGATED = re.compile(r"(?:\W*)(?:tidak|tak|tanpa|no|not|without|avoid|hindari|menghindari)\b", re.IGNORECASE)
_MARK = re.compile(r"(?:-|\d+\.) ")
_TEXTS = (Form.PARAGRAPH, Form.QUOTE)


def _told(piece: Piece) -> str:
    return f"{piece.label} {piece.text}" if piece.label else piece.text


def _heading(chapter: Chapter, language: str) -> str:
    if chapter.kind is None:
        return f"## {UNPLACED[language]}"
    heading = chapter.heading or usual_heading(chapter.kind, language)
    known = chapter.kind is SectionKind.OTHER or kind_of(heading) is chapter.kind
    return f"## {escaped(heading)}{'' if known else f' {{kind={chapter.kind}}}'}"


def _lines_in(block: Block) -> list[Piece]:
    match block:
        case Piece():
            return [block]
        case Tabled():
            return list(block.rows)
        case Listed():
            plain = [each.piece for each in block.entries if isinstance(each, Entry) and not each.below]
            return plain if len(plain) == len(block.entries) else []
        case _:
            return []


def _indented(text: str, width: int) -> str:
    return "\n".join(f"{' ' * width}{line}" if line else line for line in text.split("\n"))


def _table(rows: Sequence[Piece]) -> str:
    width = max(len(row.cells) for row in rows)
    written = [[in_cell(inline(cell)) for cell in row.cells] for row in rows]
    lines = [f"| {' | '.join([*cells, *[''] * (width - len(cells))])} |" for cells in written]
    return "\n".join([lines[0], f"|{'---|' * width}", *lines[1:]])
