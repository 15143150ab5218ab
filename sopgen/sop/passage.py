"""The texts of an SOP that its wording is judged by, each with its place in the source.

Quotations and code are blanked out: who names a word does not use it. Blanks keep their length, so that an
offset in a passage is a place in the file.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from sopgen.base.span import Span
from sopgen.sop.model import Block, Clause, ClauseList, Procedure, Prose, QuickReply, Sop
from sopgen.sop.source_text import SourceText, source_text

_MENTIONED = re.compile(
    r"“[^”]*”|‘[^’]*’|\"[^\"\n]*\"|(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)|\]\([^)\s]*\)", re.DOTALL
)
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_FENCED = re.compile(
    r"^(?P<indent>[ \t]*)(?P<mark>`{3,}|~{3,}).*?^(?P=indent)(?P=mark)[ \t]*$", re.DOTALL | re.MULTILINE
)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_BLOCK = re.compile(r"\{\s*(?:#|[A-Za-z][\w-]*\s*=)(?:\"(?:[^\"\\]|\\.)*\"|“[^”]*”|[^\"“}])*\}", re.DOTALL)


class Use(StrEnum):
    """What a passage is for."""

    DEMAND = "demand"
    OUTPUT = "output"
    REPLY = "reply"
    PROSE = "prose"


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A text as written, `owner` being what people call it: "the clause 'greet'"."""

    use: Use
    owner: str
    text: str
    span: Span
    source: SourceText
    clause: Clause | None = None

    @property
    def said(self) -> str:
        """Return the text with what it only mentions blanked out."""
        return blanked(self.text, _MENTIONED)

    def place(self, offset: int) -> Span:
        """Return where the character at `offset` stands; the whole passage where that cannot be told."""
        if self.use in (Use.DEMAND, Use.PROSE):
            return self.source.place(self.span.line - 1, self.text, offset)
        return self.span


def blanked(text: str, pattern: re.Pattern[str]) -> str:
    """Return the text with each match made blank, line ends kept."""
    return pattern.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


def printed_text(sop: Sop) -> str:
    """Return the source with front matter, fenced blocks and comments blanked out, offsets kept."""
    text = sop.source
    for pattern in (_FRONT_MATTER, _FENCED, _COMMENT):
        text = blanked(text, pattern)
    return text


def body_text(sop: Sop) -> str:
    """Return the source with everything blanked out that is no text for readers, offsets kept."""
    text = printed_text(sop)
    for pattern in (_BLOCK, _MENTIONED):
        text = blanked(text, pattern)
    return text


def front_matter_lines(source: str) -> tuple[str, ...]:
    """Return the lines between the two lines `---`; the first of them is line 2 of the source."""
    found = _FRONT_MATTER.match(source)
    return tuple(found[0].split("\n")[1:]) if found else ()


def place_in(sop: Sop, offset: int) -> Span:
    """Return where the character at `offset` of the source stands."""
    before = sop.source[:offset]
    line = before.count("\n")
    return Span(file=sop.span.file, line=line + 1, column=offset - before.rfind("\n"))


def passages(sop: Sop) -> Iterator[Passage]:
    """Yield the passages of an SOP in reading order."""
    source = source_text(sop.source, sop.span.file)
    for section in sop.sections:
        yield from _of_blocks(section.blocks, source, f"the section '{section.heading}'")


def _of_blocks(blocks: tuple[Block, ...], source: SourceText, owner: str) -> Iterator[Passage]:
    for block in blocks:
        match block:
            case ClauseList():
                for clause in block.clauses:
                    yield _of_clause(clause, source)
                    yield from _of_blocks(clause.body, source, f"the clause '{clause.id}'")
            case Procedure():
                name = f"the procedure '{block.title}'"
                yield from _of_blocks(block.blocks, source, name)
                if block.output:
                    text, span = block.output, block.span
                    yield Passage(
                        use=Use.OUTPUT, owner=f"the output of {name}", text=text, span=span, source=source
                    )
            case QuickReply():
                name, text, span = f"the quick reply '{block.title}'", block.text, block.span
                yield Passage(use=Use.REPLY, owner=name, text=text, span=span, source=source)
            case Prose():
                yield from _of_prose(block, source, owner)


def _of_clause(clause: Clause, source: SourceText) -> Passage:
    return Passage(
        use=Use.DEMAND,
        owner=f"the clause '{clause.id}'",
        text=clause.markdown,
        span=clause.span,
        source=source,
        clause=clause,
    )


def _of_prose(prose: Prose, source: SourceText, owner: str) -> Iterator[Passage]:
    """Yield the paragraphs; tables, headings, lists, quotations and fences are no sentences."""
    row = 0
    for part in re.split(r"(\n[ \t]*\n)", prose.markdown):
        text = part.strip()
        if text and not re.match(r"[|#>`~*+-]|\d+[.)]\s", text.removeprefix("**")):
            span = prose.span.shifted(lines=row)
            yield Passage(use=Use.PROSE, owner=owner, text=text, span=span, source=source)
        row += part.count("\n")


def fenced_lines(source: str) -> frozenset[int]:
    """Return the lines, from 0, that stand in fenced blocks."""
    rows: set[int] = set()
    for fence in _FENCED.finditer(source):
        first = source.count("\n", 0, fence.start())
        rows.update(range(first, first + fence[0].count("\n") + 1))
    return frozenset(rows)
