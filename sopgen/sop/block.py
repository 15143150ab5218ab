"""Markdown nodes into the blocks of a section: clause lists, quick replies, prose."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from sopgen.sop.attribute import split_attributes
from sopgen.sop.clause import Numbering, read_clause
from sopgen.sop.example import is_chat, report_stray, report_unclosed
from sopgen.sop.model import Block, Clause, ClauseList, Prose, SectionKind
from sopgen.sop.node import Node
from sopgen.sop.quick_reply import is_quick_reply, read_quick_reply
from sopgen.sop.reading import Reading

CLAUSE_SECTIONS = frozenset(
    {
        SectionKind.RESPONSIBILITIES,
        SectionKind.STANDARDS,
        SectionKind.PROHIBITIONS,
        SectionKind.INDICATORS,
        SectionKind.ESCALATION,
        SectionKind.RECORDS,
    }
)
"""The sections in which every list holds clauses."""


@dataclass(slots=True)
class _Gathered:
    """Blocks read so far; `prose` are nodes that wait to become one Prose."""

    reading: Reading
    indent: int = 0
    blocks: list[Block] = field(default_factory=list)
    prose: list[Node] = field(default_factory=list)

    def add(self, block: Block) -> None:
        self.flush()
        self.blocks.append(block)

    def flush(self) -> None:
        if self.prose:
            self.blocks.append(prose_of(self.prose, self.reading, indent=self.indent))
            self.prose.clear()


def read_blocks(
    nodes: Iterable[Node],
    reading: Reading,
    kind: SectionKind,
    *,
    numbering: Numbering,
    leave_out: Callable[[Node], bool] = lambda _: False,
) -> tuple[Block, ...]:
    """Return the blocks that the nodes make up in a section of `kind`; clauses count on in `numbering`."""
    gathered = _Gathered(reading=reading)
    for node in nodes:
        report_unclosed(node, reading)
        if leave_out(node):
            gathered.flush()
        elif _holds_clauses(node, kind, nested=False):
            gathered.add(_clause_list(node, reading, kind, numbering=numbering))
        else:
            _add_other(node, gathered)
    gathered.flush()
    return tuple(gathered.blocks)


def prose_of(nodes: list[Node], reading: Reading, *, indent: int) -> Prose:
    """Return the nodes, which stand together `indent` columns from the left, as verbatim Markdown."""
    start, end = nodes[0].lines[0], nodes[-1].lines[1]
    span = reading.source.span(start, reading.source.indent(start) + 1)
    return Prose(markdown=reading.source.verbatim(start, end, indent=indent), span=span)


def _add_other(node: Node, gathered: _Gathered) -> None:
    """Add a node that holds no clauses."""
    if is_quick_reply(node, gathered.reading):
        gathered.add(read_quick_reply(node, gathered.reading))
    elif is_chat(node):
        gathered.flush()
        report_stray(node, gathered.reading)
    elif _is_comment(node):
        gathered.flush()
    else:
        gathered.prose.append(node)


def _clause_list(node: Node, reading: Reading, kind: SectionKind, *, numbering: Numbering) -> ClauseList:
    first = node.lines[0]
    return ClauseList(
        ordered=node.type == "ordered_list",
        clauses=tuple(_clauses(node, reading, kind, numbering)),
        span=reading.source.span(first, reading.source.indent(first) + 1),
    )


def _clauses(node: Node, reading: Reading, kind: SectionKind, numbering: Numbering) -> Iterator[Clause]:
    for item in node.children:
        clause = read_clause(item, reading, kind, number=numbering.next())
        if clause is not None:
            body = _body(item, reading, clause)
            yield replace(clause, body=body) if body else clause


def _body(item: Node, reading: Reading, clause: Clause) -> tuple[Block, ...]:
    """Return what stands below the first paragraph of a clause, its examples apart."""
    gathered = _Gathered(reading=reading, indent=reading.source.column_of(clause.span))
    numbering = Numbering(prefix=clause.number)
    for node in item.children[1:]:
        report_unclosed(node, reading)
        if _holds_clauses(node, clause.section, nested=True):
            gathered.add(_clause_list(node, reading, clause.section, numbering=numbering))
        elif is_chat(node):
            gathered.flush()
        else:
            _add_other(node, gathered)
    gathered.flush()
    return tuple(gathered.blocks)


def _holds_clauses(node: Node, kind: SectionKind, *, nested: bool) -> bool:
    if node.type not in ("bullet_list", "ordered_list"):
        return False
    if not nested and kind in CLAUSE_SECTIONS:
        return True
    if not nested and kind is SectionKind.PROCEDURES and node.type == "ordered_list":
        return True
    return any(_has_attributes(item) for item in node.children)


def _has_attributes(item: Node) -> bool:
    paragraph = next(iter(item.children), None)
    if paragraph is None or paragraph.type != "paragraph":
        return False
    return split_attributes(paragraph.inline).attributes is not None


def _is_comment(node: Node) -> bool:
    text = node.content.strip() if node.type == "html_block" else ""
    return text.startswith("<!--") and text.endswith("-->") and text.count("-->") == 1
