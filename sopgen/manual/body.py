"""An SOP's content as safe HTML, made once for the site's page and the PDF alike."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sopgen.base.diagnostic import Level, Report
from sopgen.manual.label import labels, say_parameter
from sopgen.manual.markdown import MarkdownRenderer
from sopgen.manual.model import Body, Entry
from sopgen.manual.template import fill
from sopgen.sop.model import (
    Block,
    Clause,
    ClauseList,
    Expected,
    Modality,
    Procedure,
    Section,
    Sop,
)

_FIELD = re.compile(r"(\{[^{}\n]+\})")
_BAD = frozenset({Expected.FAIL, Expected.TODO_FAIL})
_KNOWN_GAP = frozenset({Expected.TODO_PASS, Expected.TODO_FAIL})


def render_body(sop: Sop, *, report: Report, level: Level = Level.ERROR) -> Body:
    """Return the SOP's content as HTML; `level` is how much a refused link matters (see `markdown`)."""
    markdown = MarkdownRenderer(
        language=sop.language, anchors=anchors_of(sop), folder=sop.folder, level=level, report=report
    )
    html = fill("body.html", sop=sop, label=labels(sop.language), write=_Writing(sop.language, markdown))
    clauses = tuple(sop.clauses())
    return Body(
        html=html,
        contents=contents_of(sop),
        files=tuple(sorted(markdown.files)),
        checked=sum(1 for clause in clauses if clause.check),
        total=len(clauses),
    )


def contents_of(sop: Sop) -> tuple[Entry, ...]:
    """Return the lines of the contents: the sections, and below each its procedures."""
    return tuple(
        Entry(id=section.id, number=section.number, title=section.heading, below=tuple(_entries(section)))
        for section in sop.sections
    )


def anchors_of(sop: Sop) -> frozenset[str]:
    """Return the ids of all places that a link within the SOP may lead to."""
    places = [section.id for section in sop.sections]
    places += [entry.id for section in sop.sections for entry in _entries(section)]
    places += [clause.id for clause in sop.clauses()]
    places += [reply.id for reply in sop.quick_replies()]
    return frozenset(filter(None, places))


def _entries(section: Section) -> Iterator[Entry]:
    for block in section.blocks:
        if isinstance(block, Procedure):
            yield Entry(id=block.id, number=short_number(block.number), title=block.title)


def short_number(number: str) -> str:
    """Return the last part of a number: the "2" of "7.B.2"."""
    return number.rpartition(".")[2]


@dataclass(frozen=True, slots=True)
class _Writing:
    """What the body's template asks of Python: Markdown, and choices that are no matter of layout."""

    language: str
    markdown: MarkdownRenderer

    def kind(self, block: Block) -> str:
        """Return the name of a block's kind: "Prose", "ClauseList", "QuickReply" or "Procedure"."""
        return type(block).__name__

    def text(self, clause: Clause) -> object:
        """Return the clause's text as HTML."""
        return self.markdown.inline(clause.markdown, clause.span, clause.modality)

    def output(self, procedure: Procedure) -> object:
        """Return what a procedure yields as HTML."""
        return self.markdown.inline(procedure.output, procedure.span)

    def needs_badge(self, clause: Clause, html: str) -> bool:
        """Return whether the modality must be said apart, because no bold word of the text says it."""
        return clause.modality is not Modality.PLAIN and 'class="modality' not in html

    def says_how_checked(self, clause: Clause) -> bool:
        """Return whether there is something to say: a plain step without check or reason stays quiet."""
        return bool(clause.check or clause.reason or clause.modality is not Modality.PLAIN)

    def number(self, clause: Clause, steps: ClauseList) -> str:
        """Return a step's own number in a procedure, and the full number of any other clause."""
        return short_number(clause.number) if steps.ordered else clause.number

    def settings(self, clause: Clause) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Return what the author set for the check, name and values in words, in the author's order."""
        label = labels(self.language)
        said = (
            (label.get(f"parameter-{name}", name), say_parameter(value, self.language))
            for name, value in clause.parameters.items()
        )
        return tuple((name, values) for name, values in said if values)

    def is_bad(self, expected: Expected) -> bool:
        """Return whether an example shows what must not be done."""
        return expected in _BAD

    def is_known_gap(self, expected: Expected) -> bool:
        """Return whether the checker is known to judge this example wrongly."""
        return expected in _KNOWN_GAP

    def parts(self, text: str) -> tuple[str, ...]:
        """Return the text cut at its fields to fill in; every second part is a field, braces included."""
        return tuple(_FIELD.split(text))
