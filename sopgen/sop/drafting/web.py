"""HTML into pieces: what a reader sees, in order; scripts, menus and the like set aside with a reason.

libxml2 builds the tree (bounded in depth, nothing fetched); it is walked without recursion.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from sopgen.base.errors import SourceError
from sopgen.sop.drafting.grid import MOST_COLUMNS, Cell, Grid
from sopgen.sop.drafting.mending import mended
from sopgen.sop.drafting.picture import pictured
from sopgen.sop.drafting.piece import Form, Piece, Run, Runs, plain, squeezed
from sopgen.sop.drafting.web_element import BLOCKS, DRAWN, reason_of, text_seen

DEEPEST = 250
"""Elements inside one another; pages have some thirty (our decision, 2026-11-22)."""

_MOST_ROWS = 65_534
"""Rows that a cell reaches over at most (HTML, 4.9.11)."""

_LONGEST_STAND_IN = 2000
"""Characters of an embedded picture that a page shows until the one of `data-src` has come (2026-11-24)."""

_ROLES: Mapping[str, str] = MappingProxyType(
    dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading")
    | dict.fromkeys(("table", "tr", "td", "th", "thead", "tbody", "tfoot"), "cell")
    | {"b": "bold", "strong": "bold", "a": "link", "ul": "list", "ol": "list", "li": "item"}
    | {"blockquote": "quote", "pre": "quote", "img": "picture"}
)
"""What elements do to what stands in them: the walk has a method `_open_…` and `_close_…` for each."""


def read_web(text: str) -> tuple[Piece, ...]:
    """Return the pieces of a page. Raises SourceError IMP105 when it is nested too deeply."""
    root = _tree(text)
    if root is None:
        return ()
    from lxml import etree  # noqa: PLC0415 - only imports need it

    walk = _Walk(len(text_seen(root)))
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        walk.take(event, element)
    walk.flush()
    return tuple(walk.pieces)


def _tree(text: str) -> Any:
    from lxml import etree  # noqa: PLC0415 - only imports need it

    parser = etree.HTMLParser(recover=True, no_network=True, encoding="utf-8", huge_tree=False)
    data = re.sub(r"<\?xml[^>]*\?>", "", text, count=1).encode("utf-8", errors="replace")
    root = etree.fromstring(data, parser) if data.strip() else None
    errors = " ".join(str(each.message) for each in parser.error_log if "depth" in str(each.message))
    if errors or (root is not None and _too_deep(root)):
        message = f"elements are nested more than {DEEPEST} deep"
        raise SourceError("IMP105", message, hint="open the page, copy its text, and import that")
    return root


def _too_deep(root: Any) -> bool:
    from lxml import etree  # noqa: PLC0415 - only imports need it

    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > DEEPEST:
            return True
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Aside:
    """An element that is set aside, and the text around it that goes on behind it."""

    element: Any
    reason: str
    runs: list[Run]
    start: int


class _Walk:
    """A walk through the page that remembers which lists, tables and emphasis it is in."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.pieces: list[Piece] = []
        self.runs: list[Run] = []
        self.line = 1
        self.start = 0
        self.bold = 0
        self.link = ""
        self.lists: list[int] = []
        self.label = ""
        self.level = 0
        self.quotes = 0
        self.table = 0
        self.grid = Grid()
        self.cells: list[Runs] | None = None
        self.spans: list[tuple[int, int]] = []
        self.asides: list[_Aside] = []

    def take(self, event: str, element: Any) -> None:
        """Add what an element shows where it begins or ends."""
        self.line = max(self.line, element.sourceline or 0)
        if event == "start":
            self._start(element)
            self._text(element.text, element)
        else:
            if event == "end":
                self._end(element)
            self._text(element.tail, element)

    def flush(self) -> None:
        """End the piece that is being read."""
        runs, self.runs = squeezed(self.runs), []
        if not runs:
            return
        lines = (self.start,)
        if self.asides:
            self.pieces.append(Piece(form=Form.LITTER, lines=lines, runs=runs, reason=self.asides[-1].reason))
        elif self.cells is not None:
            self.cells[-1:] = [_together(self.cells[-1], runs)] if self.cells else [runs]
        else:
            self.pieces.append(self._piece(runs, lines))

    def _piece(self, runs: Runs, lines: tuple[int, ...]) -> Piece:
        if self.level:
            return Piece(form=Form.HEADING, lines=lines, runs=runs, level=self.level)
        if self.quotes:
            return Piece(form=Form.QUOTE, lines=lines, runs=runs)
        label, self.label = self.label, ""
        if label:
            depth = max(len(self.lists) - 1, 0)
            return Piece(form=Form.ITEM, lines=lines, runs=runs, label=label, depth=depth)
        return Piece(form=Form.PARAGRAPH, lines=lines, runs=runs, depth=len(self.lists))

    def _start(self, element: Any) -> None:
        tag = element.tag
        if tag in BLOCKS or tag == "br":
            self.flush()
        reason = reason_of(element, self.size)
        if reason:
            self.asides.append(_Aside(element=element, reason=reason, runs=self.runs, start=self.start))
            self.runs = []
            if tag in DRAWN:
                self._text(f"<{tag}> {element.get('title') or element.get('aria-label') or ''}", element)
        opening = getattr(self, f"_open_{_ROLES.get(tag, 'nothing')}", None)
        if opening is not None:
            opening(element)

    def _open_bold(self, _: Any) -> None:
        self.bold += 1

    def _open_link(self, element: Any) -> None:
        target = str(element.get("href", "")).strip()
        self.link = target if target.startswith(("http://", "https://", "mailto:")) else ""

    def _open_list(self, element: Any) -> None:
        self.lists.append(_start_of(element) if element.tag == "ol" else 0)

    def _open_heading(self, element: Any) -> None:
        self.level = int(element.tag[1])

    def _open_quote(self, _: Any) -> None:
        self.quotes += 1

    def _open_picture(self, element: Any) -> None:
        late, shown = (str(element.get(name, "")).strip() for name in ("data-src", "src"))
        stands_in = shown.startswith("data:") and len(shown) < _LONGEST_STAND_IN
        instead = shown if late and not stands_in else ""
        source, described = late or shown, mended(str(element.get("alt", "")))
        if source or described.strip():
            self._text(" ", element)
            self.runs.append(pictured(source or described, described, link=self.link, instead=instead))

    def _open_item(self, _: Any) -> None:
        number = self.lists[-1] if self.lists else 0
        self.label = f"{number}." if number else "•"
        if number:
            self.lists[-1] += 1

    def _open_cell(self, element: Any) -> None:
        """Begin a row or a cell of a table of data; a table that lays out a page is no table to us."""
        if element.tag == "table" and self.cells is None:
            self.table = element.sourceline or 1 if _is_data(element) else 0
            self.grid.end()
        elif element.tag == "tr" and self.table and self.cells is None:
            self.cells, self.spans = [], []
        elif element.tag in ("td", "th") and self.cells is not None:
            self.cells.append(())
            self.spans.append(
                (_span(element, "colspan", MOST_COLUMNS), _span(element, "rowspan", _MOST_ROWS))
            )

    def _end(self, element: Any) -> None:
        tag = element.tag
        if tag in BLOCKS:
            if tag == "pre":
                self._preformatted()
            self.flush()
        closing = getattr(self, f"_close_{_ROLES.get(tag, 'nothing')}", None)
        if closing is not None:
            closing(element)
        if self.asides and self.asides[-1].element is element:
            self.flush()
            aside = self.asides.pop()
            self.runs, self.start = aside.runs, aside.start

    def _close_bold(self, _: Any) -> None:
        self.bold = max(self.bold - 1, 0)

    def _close_link(self, _: Any) -> None:
        self.link = ""

    def _close_list(self, _: Any) -> None:
        self.lists.pop()

    def _close_item(self, _: Any) -> None:
        self.label = ""

    def _close_heading(self, _: Any) -> None:
        self.level = 0

    def _close_quote(self, _: Any) -> None:
        self.quotes -= 1

    def _close_cell(self, element: Any) -> None:
        """End a row or a table; what stands in a cell has been gathered already."""
        if element.tag == "table" and self.cells is None:
            self.table = 0
        elif element.tag == "tr":
            self._row(element)
        elif element.tag in ("thead", "tbody", "tfoot"):
            self.grid.end()

    def _row(self, element: Any) -> None:
        cells, self.cells = self.cells, None
        if cells is None:
            return
        head = element.getparent().tag == "thead" or not element.xpath("boolean(td)")
        first = not self.pieces or self.pieces[-1].table != self.table
        told = [
            Cell(runs=runs, columns=columns, rows=rows)
            for runs, (columns, rows) in zip(cells, self.spans, strict=True)
        ]
        laid = self.grid.row(told, head=head)
        if not any(cells):
            return
        lines = (element.sourceline or self.line,)
        if first and len(told) == 1 and told[0].columns > 1:
            self.pieces.append(Piece(form=Form.PARAGRAPH, lines=lines, runs=cells[0]))
        else:
            self.pieces.append(Piece(form=Form.ROW, lines=lines, cells=laid, table=self.table, head=head))

    def _preformatted(self) -> None:
        """Turn the text of a `pre` into one quotation a line."""
        text, first = "".join(run.text for run in self.runs), self.start
        self.runs = []
        for row, line in enumerate(text.split("\n")):
            if line.strip():
                self.runs, self.start = [*plain(line.strip())], first + row
                self.flush()

    def _text(self, text: str | None, element: Any) -> None:
        if not text:
            return
        if not self.runs or not any(run.text.strip() for run in self.runs):
            before = len(text) - len(text.lstrip())
            self.start = self.line + (text[:before].count("\n") if element.tag != "pre" else 0)
        self.line += text.count("\n")
        whole = text if self.quotes and not self.cells else mended(text)
        self.runs.append(Run(text=mended_lines(whole), bold=self.bold > 0, link=self.link))


def mended_lines(text: str) -> str:
    """Return the text mended line by line, so that its line breaks stay."""
    return "\n".join(mended(line) for line in text.split("\n"))


def _together(before: Runs, after: Runs) -> Runs:
    return (*before, Run(text=" "), *after) if before else after


def _span(element: Any, name: str, most: int) -> int:
    """Return over how many columns or rows a cell reaches; `rowspan=0` is over all rows below."""
    text = str(element.get(name, "1")).strip()
    number = int(text) if text.isdecimal() and len(text) < 6 else 1
    return min(number or (most if name == "rowspan" else 1), most)


def _start_of(element: Any) -> int:
    start = str(element.get("start", "1"))
    return int(start) if start.isdecimal() and len(start) < 4 else 1


def _is_data(table: Any) -> bool:
    """Return whether a table holds data: several columns, and no headings, lists or tables inside."""
    if table.xpath("boolean(.//table|.//h1|.//h2|.//h3|.//h4|.//ol)"):
        return False
    return bool(table.xpath("boolean(.//tr[count(td|th) > 1])"))
