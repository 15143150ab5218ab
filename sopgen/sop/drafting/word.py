"""A Word file (.docx) into pieces: headings by style, lists by numbering, tables by row.

Paragraphs and table rows are counted as lines, because a Word file has none. Text boxes, footnotes, inserted
text and content controls are read; deleted text, page headers and footers are set aside.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from sopgen.sop.drafting.label import split_label
from sopgen.sop.drafting.mending import mended
from sopgen.sop.drafting.package import open_word
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
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def read_word(data: bytes, name: str) -> tuple[Piece, ...]:
    """Return the pieces of a Word file. Raises SourceError IMP104 to IMP107, see `package`."""
    document = open_word(data, name)
    reading = _Reading(
        numbering=numbering_of(document.numbering), styles=document.styles, links=document.links
    )
    reading.blocks(document.body)
    for part, root in document.others:
        reading.outside(part, root)
    return tuple(reading.pieces)


@dataclass(slots=True)
class _Reading:
    numbering: Numbering
    styles: dict[str, Any]
    links: dict[str, str]
    pieces: list[Piece] = field(default_factory=list)
    line: int = 0

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
            runs = self._runs(paragraph)
            if not runs:
                continue
            self.line += 1
            reason = next(why for word, why in _OUTSIDE.items() if part.startswith(word))
            form = Form.LITTER if reason.startswith("page") else Form.PARAGRAPH
            self.pieces.append(Piece(form=form, lines=(self.line,), runs=runs, reason=reason))

    def _paragraph(self, element: Any) -> None:
        self.line += 1
        runs = self._runs(element)
        level, number, depth = self._shape(element)
        if runs:
            label = self.numbering.label(number, depth) if number else ""
            self.pieces.append(_shown(runs, label, level=level, depth=depth, line=self.line))
        removed = "".join(each.text or "" for each in element.iter(f"{W}delText")).strip()
        if removed:
            gone = Piece(form=Form.LITTER, lines=(self.line,), runs=(Run(text=mended(removed)),))
            self.pieces.append(replace(gone, reason="deleted text"))
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
        heavy = any(_is_bold(style.find(f"{W}rPr")) for style, _ in self._chain(paragraph))
        runs: list[Run] = []
        for run in paragraph.iter(f"{W}r"):
            if _owner(run) is not paragraph or _is_inside(run, paragraph, f"{W}del", f"{W}moveFrom"):
                continue
            text = mended(_text(run))
            if text:
                runs.append(Run(text=text, bold=_is_bold(run.find(f"{W}rPr"), heavy), link=self._link(run)))
        return squeezed(runs)

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
        name = self.line + 1
        for row in table.iter(f"{W}tr"):
            self.line += 1
            cells = tuple(self._cell(cell) for cell in row.iter(f"{W}tc"))
            if any(cells):
                self.pieces.append(Piece(form=Form.ROW, lines=(self.line,), cells=cells, table=name))

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
        if child.tag == f"{W}t":
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


def _is_bold(properties: Any, otherwise: bool = False) -> bool:  # noqa: FBT001, FBT002 - one flag, told by name
    bold = properties.find(f"{W}b") if properties is not None else None
    if bold is None:
        return otherwise
    return bold.get(f"{W}val", "1") not in ("0", "false", "off")


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
