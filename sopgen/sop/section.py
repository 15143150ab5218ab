"""Level-2 parts into sections, level-3 parts of the procedures into procedures."""

import re
from collections.abc import Sequence
from itertools import count, pairwise

from sopgen.base.diagnostic import Level
from sopgen.base.span import Span
from sopgen.base.suggestion import did_you_mean
from sopgen.sop.attribute import WAS, Attributed
from sopgen.sop.block import read_blocks
from sopgen.sop.clause import Numbering, provisional_id
from sopgen.sop.heading import kind_of, letter, slug, strip_numbering
from sopgen.sop.inline import plain_text
from sopgen.sop.model import Block, ClauseList, Procedure, Section, SectionKind
from sopgen.sop.node import Node
from sopgen.sop.reading import Reading

_OUTPUT = re.compile(
    r"^(?:\*\*|__)?(?:keluaran|luaran|hasil|output|result|outcome)(?:\*\*|__)?\s*:(?:\*\*|__)?\s*",
    re.IGNORECASE,
)
_Part = tuple[Node, Sequence[Node]]


def read_sections(nodes: Sequence[Node], reading: Reading, title: str) -> tuple[Section, ...]:
    """Return the sections of a document, numbered from 1 in their order.

    Diagnostics: SOP105 text before the first section, SOP116 unknown kind, SOP118 an attribute that means
    nothing on a heading; those of the blocks.
    """
    before, parts = split_at(nodes, "h2")
    _report_preamble(before, reading, title)
    return tuple(_section(part, reading, str(number)) for number, part in enumerate(parts, start=1))


def split_at(nodes: Sequence[Node], tag: str) -> tuple[Sequence[Node], tuple[_Part, ...]]:
    """Return the nodes before the first heading `tag`, then each such heading with the nodes below it."""
    starts = [position for position, node in enumerate(nodes) if node.type == "heading" and node.tag == tag]
    bounds = [*starts, len(nodes)]
    parts = tuple((nodes[start], nodes[start + 1 : end]) for start, end in pairwise(bounds))
    return nodes[: bounds[0]], parts


def _report_preamble(nodes: Sequence[Node], reading: Reading, title: str) -> None:
    for node in nodes:
        first = node.lines[0]
        if node.type == "front_matter" or (node.type == "html_block" and node.content.startswith("<!--")):
            continue
        if node.type == "heading" and plain_text(node.inline).casefold() == title.casefold():
            continue
        hint = "put it below a heading of level 2, such as '## Tujuan' or '## Purpose'"
        message = "text before the first section is left out"
        reading.flaw("SOP105", reading.source.span(first, 1), message, hint, level=Level.WARNING)
        return


def _section(part: _Part, reading: Reading, number: str) -> Section:
    heading, below = part
    apart = reading.take_apart(heading)
    _refuse_attributes(heading, apart, reading, known=("kind",))
    text = strip_numbering(plain_text(apart.markdown))
    span = _span(heading, reading)
    kind = _kind(heading, apart, reading) or kind_of(text)
    wish = slug(text) if kind is SectionKind.OTHER else kind.value
    return Section(
        kind=kind,
        id=_explicit_id(heading, apart, reading) or reading.names.coin(wish or "section", span),
        number=number,
        heading=text,
        blocks=_section_blocks(below, reading, kind, number=number),
        span=span,
    )


def _section_blocks(
    below: Sequence[Node], reading: Reading, kind: SectionKind, *, number: str
) -> tuple[Block, ...]:
    if kind is not SectionKind.PROCEDURES:
        return read_blocks(below, reading, kind, numbering=Numbering(prefix=number))
    before, parts = split_at(below, "h3")
    blocks = read_blocks(before, reading, kind, numbering=Numbering(prefix=number))
    letters = (letter(position) for position in count(1))
    return (*blocks, *(_procedure(part, reading, f"{number}.{next(letters)}") for part in parts))


def _procedure(part: _Part, reading: Reading, number: str) -> Procedure:
    heading, below = part
    apart = reading.take_apart(heading)
    _refuse_attributes(heading, apart, reading, known=(WAS,))
    title = strip_numbering(plain_text(apart.markdown))
    outputs = [node for node in below if _is_output(node)]
    span = _span(heading, reading)
    blocks = read_blocks(
        below, reading, SectionKind.PROCEDURES, numbering=Numbering(prefix=number), leave_out=_is_output
    )
    _report_swallowed(blocks, reading)
    return Procedure(
        id=_explicit_id(heading, apart, reading) or provisional_id(title, span, reading),
        number=number,
        title=title,
        blocks=blocks,
        output="\n".join(_OUTPUT.sub("", node.inline, count=1).strip() for node in outputs),
        was=reading.earlier_ids(heading, apart),
        span=span,
    )


def _is_output(node: Node) -> bool:
    return node.type == "paragraph" and _OUTPUT.match(node.inline) is not None


def _report_swallowed(blocks: tuple[Block, ...], reading: Reading) -> None:
    """Report SOP119: the output follows a step without an empty line, and so belongs to the step."""
    for block in blocks:
        for clause in block.clauses if isinstance(block, ClauseList) else ():
            for row, line in enumerate(clause.markdown.split("\n")):
                if row and _OUTPUT.match(line):
                    reading.flaw(
                        "SOP119",
                        clause.span.shifted(lines=row),
                        f"the output stands inside the step '{clause.id}'",
                        "put an empty line before it",
                        level=Level.WARNING,
                    )


def _span(heading: Node, reading: Reading) -> Span:
    return reading.source.place(heading.lines[0], heading.inline)


def _explicit_id(heading: Node, apart: Attributed, reading: Reading) -> str:
    name = apart.attributes.id if apart.attributes else ""
    return reading.claim(name, reading.attribute_span(heading, apart, "#")) if name else ""


def _kind(heading: Node, apart: Attributed, reading: Reading) -> SectionKind | None:
    """Return the kind that an author set by hand (`## Aturan main {kind=standards}`), if any."""
    written = apart.attributes.values.get("kind") if apart.attributes else None
    if written is None or written in set(SectionKind):
        return SectionKind(written) if written else None
    span = reading.attribute_span(heading, apart, "kind")
    reading.flaw("SOP116", span, f"unknown kind of section '{written}'", did_you_mean(written, SectionKind))
    return None


def _refuse_attributes(heading: Node, apart: Attributed, reading: Reading, *, known: tuple[str, ...]) -> None:
    for key in apart.attributes.values if apart.attributes else ():
        if key not in known:
            span = reading.attribute_span(heading, apart, key)
            hint = "move it to the clause that it concerns"
            reading.flaw("SOP118", span, f"the attribute '{key}' means nothing on this heading", hint)
