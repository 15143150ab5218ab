"""Where ids are missing, and the edits that write them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from markdown_it import MarkdownIt
from mdit_py_plugins.front_matter import front_matter_plugin

from sopgen.sop.attribute import Attributed, split_attributes
from sopgen.sop.formatting.edit import Edit
from sopgen.sop.heading import slug
from sopgen.sop.link import anchors
from sopgen.sop.model import Block, Clause, ClauseList, Procedure, Section, SectionKind, Sop
from sopgen.sop.naming import Naming
from sopgen.sop.node import Node, nodes_of
from sopgen.sop.reading import names_in
from sopgen.sop.source_text import SourceText, source_text

_MARKDOWN = MarkdownIt("commonmark").enable("table").use(front_matter_plugin)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Nameless:
    """A part that has no id of its own: the line that it begins on (from 0), and the id that it gets."""

    line: int
    id: str


def id_edits(sop: Sop, *, released: Iterable[str]) -> tuple[Edit, ...]:
    """Return the edits that give every clause, step, procedure and free section an id.

    `released` are the ids of all releases; none of them is given again.
    """
    naming = Naming({*released, *names_in(sop.source).written, *anchors(sop), *_earlier(sop)})
    nodes = _paragraphs(sop.source)
    source = source_text(sop.source, sop.span.file)
    nameless = (each for each in _nameless(sop, naming) if each.line in nodes)
    found = (_edit(nodes[each.line], each.id, source) for each in nameless)
    return tuple(edit for edit in found if edit is not None)


def _earlier(sop: Sop) -> Iterator[str]:
    for section in sop.sections:
        for part in _parts(section.blocks):
            yield from part.was


def _parts(blocks: tuple[Block, ...]) -> Iterator[Clause | Procedure]:
    """Yield clauses and procedures in reading order."""
    for block in blocks:
        if isinstance(block, Procedure):
            yield block
            yield from _parts(block.blocks)
        elif isinstance(block, ClauseList):
            for clause in block.clauses:
                yield clause
                yield from _parts(clause.body)


def _nameless(sop: Sop, naming: Naming) -> Iterator[_Nameless]:
    """Yield the parts without an id, each with one that no other part has."""
    written = names_in(sop.source).written
    for section in sop.sections:
        if _hangs_on_its_heading(section) and section.id not in written:
            yield _Nameless(line=section.span.line - 1, id=section.id)
        for part in _parts(section.blocks):
            if part.id.startswith("provisional-"):
                name = naming.name(part.text if isinstance(part, Clause) else part.title)
                yield _Nameless(line=part.span.line - 1, id=name)


def _hangs_on_its_heading(section: Section) -> bool:
    """Return whether a section's id was made from its heading, so that it would change with it."""
    return section.kind is SectionKind.OTHER and section.id == slug(section.heading)


def _paragraphs(source: str) -> Mapping[int, Node]:
    """Return the paragraphs and headings by the line that they begin on."""
    walked = (node for top in nodes_of(_MARKDOWN.parse(source)) for node in top.walk())
    return {node.lines[0]: node for node in walked if node.type in ("paragraph", "heading")}


def _edit(node: Node, name: str, source: SourceText) -> Edit | None:
    """Return the edit that writes an id behind a text, or into its attributes; None where it is not found."""
    content, line = node.inline, node.lines[0]
    opening = _opening(content, split_attributes(content))
    place = source.place(line, content, len(content) if opening is None else opening + 1)
    if not place.column:
        return None
    text = f" {{#{name}}}" if opening is None else f"#{name} "
    return Edit(line=place.line - 1, start=place.column - 1, end=place.column - 1, text=text)


def _opening(content: str, apart: Attributed) -> int | None:
    """Return where the brace stands that opens the attribute block, None without a block."""
    offsets = apart.attributes.offsets if apart.attributes else {}
    return content.rindex("{", 0, min(offsets.values())) if offsets else None
