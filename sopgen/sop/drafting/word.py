"""A Word file (.docx) into pieces: headings by style, lists by numbering, tables by row.

Paragraphs and table rows are counted as lines, because a Word file has none. Text boxes, footnotes, inserted
text and content controls are read; deleted, struck and hidden text, page headers and footers are set aside.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from sopgen.sop.drafting.grid import MOST_COLUMNS, Added
from sopgen.sop.drafting.label import split_label
from sopgen.sop.drafting.mending import mended
from sopgen.sop.drafting.package import open_word
from sopgen.sop.drafting.picture import pictured
from sopgen.sop.drafting.piece import Form, Piece, Run, Runs, squeezed, text_of, without_start
from sopgen.sop.drafting.word_numbering import Numbering, W, numbering_of

_OUTSIDE = {
    "header": "page header",
    "footer": "page footer",
    "footnotes": "footnote",
    "endnotes": "endnote",
    "comments": "comment",
}
_BOXES = frozenset({f"{W}txbxContent"})
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_OFFICE = "{urn:schemas-microsoft-com:office:office}"
_VML = "{urn:schemas-microsoft-com:vml}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_LISTED = re.compile(r"list (?:bullet|number) ([2-5])")
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def read_word(data: bytes, name: str) -> tuple[tuple[Piece, ...], dict[str, bytes]]:
    """Return the pieces of a Word file, and its pictures by the names that runs have for them.

    Raises SourceError IMP104 to IMP107, see `package`.
    """
    document = open_word(data, name)
    reading = _Reading(
        numbering=numbering_of(document.numbering),
        styles=document.styles,
        links=document.links,
        pictures=document.pictures,
    )
    reading.blocks(document.body)
    reading.pictures = {}
    for part, root in document.others:
        reading.outside(part, root)
    return tuple(reading.pieces), document.media


@dataclass(slots=True)
class _Reading:
    numbering: Numbering
    styles: dict[str, Any]
    links: dict[str, str]
    pictures: dict[str, str]
    pieces: list[Piece] = field(default_factory=list)
    line: int = 0
    added: Added = field(default_factory=Added)

    def blocks(self, parent: Any) -> None:
        """Add the paragraphs and tables below an element, content controls opened."""
        for child in parent:
            if child.tag == f"{W}p":
                self._paragraph(child)
            elif child.tag == f"{W}tbl":
                self._table(child)
            elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml", f"{W}smartTag"):
                self.blocks(child)

    def outside(self, part: str, root: Any) -> None:
        """Add a part beside the text: notes are kept, headers and footers set aside."""
        for paragraph in root.iter(f"{W}p"):
            runs, gone = self._runs(paragraph), list(self._gone(paragraph, self.line + 1))
            self.line += bool(runs or gone)
            reason = next(why for word, why in _OUTSIDE.items() if part.startswith(word))
            form = Form.LITTER if reason.startswith("page") else Form.PARAGRAPH
            if runs:
                self.pieces.append(Piece(form=form, lines=(self.line,), runs=runs, reason=reason))
            self.pieces += gone

    def _paragraph(self, element: Any) -> None:
        self.line += 1
        runs = self._runs(element)
        level, number, depth = self._shape(element)
        if runs:
            label = self.numbering.label(number, depth) if number else ""
            depth = depth or self._named_depth(element)
            self.pieces.append(_shown(runs, label, level=level, depth=depth, line=self.line))
        self.pieces += self._gone(element, self.line)
        for box in element.iter(*_BOXES):
            if not any(ancestor.tag == _FALLBACK for ancestor in box.iterancestors()):
                self.blocks(box)

    def _shape(self, element: Any) -> tuple[int, str, int]:
        """Return heading level (0: none), list number ("" for none) and list level, styles included."""
        level, number, depth = 0, "", -1
        for properties in self._properties(element):
            outline = properties.find(f"{W}outlineLvl")
            if not level and outline is not None:
                value = str(outline.get(f"{W}val", "9"))
                level = int(value) + 1 if value in set("012345678") else 0
            listed = properties.find(f"{W}numPr")
            if listed is not None and not number:
                number = _attribute(listed, "numId")
            if listed is not None and depth < 0:
                text = _attribute(listed, "ilvl")
                depth = int(text) if text in set("012345678") else -1
        return level or self._named_level(element), number, max(depth, 0)

    def _named_level(self, element: Any) -> int:
        """Return the level of a heading whose style says it only by its name."""
        for _, name in self._chain(element):
            word, _, digit = name.casefold().rpartition(" ")
            if word in ("heading", "judul") and digit in set("123456789"):
                return int(digit)
            if name.casefold() in ("title", "judul"):
                return 1
        return 0

    def _named_depth(self, element: Any) -> int:
        """Return how many lists a paragraph is in, less one, by its style: 2 for "List Bullet 3"."""
        names = (_LISTED.fullmatch(name.casefold()) for _, name in self._chain(element))
        return next((int(match[1]) - 1 for match in names if match), 0)

    def _properties(self, element: Any) -> Iterator[Any]:
        own = element.find(f"{W}pPr")
        if own is not None:
            yield own
        for style, _ in self._chain(element):
            properties = style.find(f"{W}pPr")
            if properties is not None:
                yield properties

    def _chain(self, element: Any) -> Iterator[tuple[Any, str]]:
        """Yield the style of a paragraph and those it is based on, with their names; a circle ends."""
        own = element.find(f"{W}pPr")
        name, met = _attribute(own, "pStyle") if own is not None else "", set[str]()
        while name in self.styles and name not in met:
            met.add(name)
            style = self.styles[name]
            yield style, _attribute(style, "name")
            name = _attribute(style, "basedOn")

    def _runs(self, paragraph: Any) -> Runs:
        heavy = any(_is_on(style.find(f"{W}rPr"), "b") for style, _ in self._chain(paragraph))
        runs: list[Run] = []
        for run in paragraph.iter(f"{W}r"):
            if _owner(run) is not paragraph or self._reason(run, paragraph):
                continue
            text = mended(_text(run))
            bold = bool(_is_on(run.find(f"{W}rPr"), "b", otherwise=heavy))
            if text:
                runs.append(Run(text=text, bold=bold, link=self._link(run)))
            runs += self._drawn(run, paragraph)
        return squeezed(runs)

    def _gone(self, paragraph: Any, line: int) -> Iterator[Piece]:
        """Yield what is deleted, struck through or hidden in a paragraph, one litter a stretch."""
        runs = [
            (self._reason(run, paragraph), run) for run in paragraph.iter(f"{W}r") if _owner(run) is paragraph
        ]
        for reason, group in groupby(runs, key=lambda each: each[0]):
            told = squeezed(
                each
                for _, run in group
                for each in (Run(text=mended(_text(run))), *self._drawn(run, paragraph))
            )
            if reason and told:
                yield Piece(form=Form.LITTER, lines=(line,), runs=told, reason=reason)

    def _reason(self, run: Any, paragraph: Any) -> str:
        """Return why a run is no text that stands, "" when it is."""
        if _is_inside(run, paragraph, f"{W}del", f"{W}moveFrom"):
            return "deleted text"
        own = run.find(f"{W}rPr")
        named = self.styles.get(_attribute(own, "rStyle")) if own is not None else None
        looks = [
            own,
            *(
                style.find(f"{W}rPr")
                for style in (named, *(each for each, _ in self._chain(paragraph)))
                if style is not None
            ),
        ]
        for mark, reason in _MARKS:
            if next((on for look in looks if (on := _is_on(look, mark)) is not None), False):
                return reason
        return ""

    def _drawn(self, run: Any, paragraph: Any) -> Iterator[Run]:
        """Yield the pictures of a run, those in its text boxes apart; a chart is one that nobody has."""
        for drawn in run.iter(f"{_A}blip", f"{_VML}imagedata", f"{_A}graphicData"):
            if _owner(drawn) is not paragraph or any(each.tag == _FALLBACK for each in drawn.iterancestors()):
                continue
            frame = next(drawn.iterancestors(f"{_DRAWING}inline", f"{_DRAWING}anchor"), None)
            about = frame.find(f"{_DRAWING}docPr") if frame is not None else None
            described = (
                mended(about.get("descr", "")) if about is not None else drawn.get(f"{_OFFICE}title", "")
            )
            name = about.get("name", "") if about is not None else ""
            if drawn.tag != f"{_A}graphicData":
                keys = (drawn.get(f"{_RELATION}{each}", "") for each in ("embed", "link", "id"))
                found = next((self.pictures[key] for key in keys if key in self.pictures), name)
                yield pictured(found or "picture", described)
            elif drawn.get("uri", "").rpartition("/")[2] in ("chart", "diagram"):
                yield pictured(name or "chart", described)

    def _link(self, run: Any) -> str:
        parent = run.getparent()
        if parent is None or parent.tag != f"{W}hyperlink":
            return ""
        return self.links.get(parent.get(_LINK, ""), "")

    def _table(self, table: Any) -> None:
        """Add a table: one piece a row, or the paragraphs in it where it only lays out a page."""
        if _lays_out(table):
            for cell in table.iterchildren(f"{W}tr", f"{W}sdt"):
                for inner in cell.iter(f"{W}tc"):
                    if _nearest_table(inner) is table:
                        self.blocks(inner)
            return
        name, above = self.line + 1, tuple[Runs, ...]()
        for row in table.iter(f"{W}tr"):
            self.line += 1
            for paragraph in row.iter(f"{W}p"):
                self.pieces += self._gone(paragraph, self.line)
            head = row.find(f"{W}trPr/{W}tblHeader") is not None
            cells = [(self._cell(cell), cell.find(f"{W}tcPr")) for cell in row.iter(f"{W}tc")]
            above = _laid(cells, above, head=head)
            self.added.count(above, (runs for runs, _ in cells))
            if any(runs for runs, _ in cells):
                row_ = Piece(form=Form.ROW, lines=(self.line,), cells=above, table=name, head=head)
                self.pieces.append(row_)

    def _cell(self, cell: Any) -> Runs:
        runs: list[Run] = []
        for paragraph in cell.iter(f"{W}p"):
            runs.extend((*self._runs(paragraph), Run(text=" ")))
        return squeezed(runs)


def _shown(runs: Runs, label: str, *, level: int, depth: int, line: int) -> Piece:
    """Return a paragraph as what it looks like, with the label that Word counts or that somebody typed."""
    if not label:
        label, rest = split_label(text_of(runs))
        runs = without_start(runs, len(text_of(runs)) - len(rest)) if label else runs
        depth = 0
    if level:
        return Piece(form=Form.HEADING, lines=(line,), runs=runs, level=level, label=label)
    form = Form.ITEM if label else Form.PARAGRAPH
    return Piece(form=form, lines=(line,), runs=runs, label=label, depth=depth)


def _text(run: Any) -> str:
    parts = []
    for child in run:
        if child.tag in (f"{W}t", f"{W}delText"):
            parts.append(child.text or "")
        elif child.tag in (f"{W}tab", f"{W}br", f"{W}cr"):
            parts.append(" ")
        elif child.tag == f"{W}noBreakHyphen":
            parts.append("-")
    return "".join(parts)


def _owner(run: Any) -> Any:
    return next(each for each in run.iterancestors(f"{W}p"))


def _is_inside(run: Any, paragraph: Any, *tags: str) -> bool:
    for ancestor in run.iterancestors():
        if ancestor is paragraph:
            return False
        if ancestor.tag in tags:
            return True
    return False


_MARKS = (
    ("vanish", "hidden text"),
    ("strike", "struck text"),
    ("dstrike", "struck text"),
)


def _is_on(properties: Any, mark: str, *, otherwise: bool | None = None) -> bool | None:
    """Return whether the properties of a text turn a mark on or off, `otherwise` where they do not say."""
    found = properties.find(f"{W}{mark}") if properties is not None else None
    if found is None:
        return otherwise
    return found.get(f"{W}val", "1") not in ("0", "false", "off")


def _laid(cells: Sequence[tuple[Runs, Any]], above: tuple[Runs, ...], *, head: bool) -> tuple[Runs, ...]:
    """Return a row, a cell a column; `cells` come with their properties, `above` is the row above.

    A cell that goes on from above is told again; one of several columns in the first, in a `head` in all.
    """
    laid: list[Runs] = []
    for runs, properties in cells:
        told = runs
        merged = properties.find(f"{W}vMerge") if properties is not None else None
        if merged is not None and merged.get(f"{W}val") != "restart" and not runs:
            told = above[len(laid)] if len(laid) < len(above) else ()
        span = _attribute(properties, "gridSpan") if properties is not None else ""
        columns = min(int(span), MOST_COLUMNS) if span.isdecimal() and len(span) < 4 else 1
        laid += [told if head or not position else () for position in range(columns)]
    return tuple(laid)


def _attribute(element: Any, name: str) -> str:
    child = element.find(f"{W}{name}")
    return str(child.get(f"{W}val", "")) if child is not None else ""


def _nearest_table(cell: Any) -> Any:
    return next(iter(cell.iterancestors(f"{W}tbl")))


def _lays_out(table: Any) -> bool:
    """Return whether a table holds tables, or only one column."""
    nested = next(iter(table.iterdescendants(f"{W}tbl")), None) is not None
    widest = max((sum(1 for _ in row.iterchildren(f"{W}tc")) for row in table.iter(f"{W}tr")), default=0)
    return nested or widest < 2
