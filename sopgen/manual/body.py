"""An SOP's content as safe HTML, made once for the site's page and the PDF alike."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sopgen.base.diagnostic import Diagnostic, Level, Report
from sopgen.base.notation import NotedLine
from sopgen.base.span import Span
from sopgen.manual.flow import Flow, Words, flow_of
from sopgen.manual.glossary import defining_prose
from sopgen.manual.label import labels, said_version, say_parameter
from sopgen.manual.lineage import NO_NOTES, Fate, Notes
from sopgen.manual.markdown import MarkdownRenderer
from sopgen.manual.model import CHANGES, Body, Entry
from sopgen.manual.template import fill, theme
from sopgen.sop.model import (
    Block,
    Clause,
    Example,
    Expected,
    Procedure,
    Prose,
    Section,
    SectionKind,
    Sop,
)
from sopgen.sop.unseen import unseen_in


def render_body(sop: Sop, *, report: Report, level: Level = Level.ERROR, notes: Notes = NO_NOTES) -> Body:
    """Return the SOP's content as HTML; `level` is how much a refused link matters (see `markdown`).

    `notes` are what other versions say of its clauses; they lead to other pages of the site. Diagnostics:
    MAN116, and those of `markdown`.
    """
    markdown = MarkdownRenderer(
        language=sop.language,
        anchors=anchors_of(sop),
        folder=sop.folder,
        level=level,
        report=report,
        definitions=defining_prose(sop),
    )
    writing = _Writing(
        sop.language,
        markdown,
        notes,
        told=frozenset(notes.marks) | frozenset(notes.aliases),
        checks=theme().check_titles(sop.language),
        kept=theme().remarks(sop.id, sop.version, sop.language),
    )
    _report_misleading(sop, level, report)
    html = fill("body.html", sop=sop, label=labels(sop.language), write=writing)
    clauses = tuple(sop.clauses())
    return Body(
        html=html,
        contents=contents_of(sop),
        files=tuple(sorted(markdown.files)),
        checked=sum(1 for clause in clauses if clause.check),
        total=len(clauses),
    )


def _report_misleading(sop: Sop, level: Level, report: Report) -> None:
    """Report MAN116 for each line whose readers see other words than are there."""
    for found in unseen_in(sop.source):
        if found.misleads:
            report(
                Diagnostic(
                    code="MAN116",
                    level=level,
                    span=Span(file=sop.span.file, line=found.line, column=found.column),
                    message=f"readers would see other words than are there: {found.name}",
                    hint="delete the character",
                )
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
    """What the body's template asks of Python: Markdown, and choices that are no matter of layout.

    `told` are the places of which other versions have something to say; of most they have not. `checks` are
    the titles of the checks by name, `kept` how clauses were kept lately by their ids. Of examples,
    `bad` show what must not be done, and `known_gap` are those that the checker judges wrongly.
    """

    language: str
    markdown: MarkdownRenderer
    notes: Notes
    told: frozenset[str]
    checks: Mapping[str, str]
    kept: Mapping[str, str]
    bad: frozenset[Expected] = frozenset({Expected.FAIL, Expected.TODO_FAIL})
    known_gap: frozenset[Expected] = frozenset({Expected.TODO_PASS, Expected.TODO_FAIL})

    def begin(self) -> str:
        """Return nothing; terms are explained anew from here on."""
        self.markdown.glossary.begin_section()
        return ""

    def prose(self, block: Prose, section: Section | None) -> object:
        """Return a passage as HTML."""
        defines = section is not None and section.kind is SectionKind.DEFINITIONS
        return self.markdown.block(block, defines=defines)

    def flow(self, procedure: Procedure) -> Flow | None:
        """Return the diagram of a procedure's steps, or None where there is little to draw."""
        label = labels(self.language)
        words = Words(
            start=label["flow_start"], end=label["flow_end"], yes=label["flow_yes"], no=label["flow_no"]
        )
        return flow_of(procedure, language=self.language, words=words)

    def lead(self, procedure: Procedure) -> int:
        """Return how many passages stand before a procedure's first steps."""
        blocks = enumerate(procedure.blocks)
        return next((place for place, block in blocks if not isinstance(block, Prose)), 0)

    def size(self, flow: Flow) -> str:
        """Return how many steps and branches a diagram has, in words."""
        label = labels(self.language)
        steps = label["flow_steps"].format(steps=flow.steps)
        if not flow.choices:
            return steps
        named = "flow_choices" if flow.choices > 1 else "flow_choice"
        return f"{steps}, {label[named].format(choices=flow.choices)}"

    def marks(self, name: str) -> tuple[tuple[Fate, str, str], ...]:
        """Return what happened to a place: fate, words, and where the redline shows it."""
        label = labels(self.language)
        return tuple(
            (
                mark.fate,
                label[f"mark-{mark.fate}"].format(version=said_version(mark.version, label)),
                f"../{CHANGES}/{mark.pair[0]}/{mark.pair[1]}/index.html#{mark.id}",
            )
            for mark in self.notes.marks.get(name, ())
        )

    def aliases(self, name: str) -> tuple[str, ...]:
        """Return the ids by which other versions know a place."""
        return self.notes.aliases.get(name, ())

    def kind(self, block: Block) -> str:
        """Return the name of a block's kind: "Prose", "ClauseList", "QuickReply" or "Procedure"."""
        return type(block).__name__

    def text(self, clause: Clause) -> object:
        """Return the clause's text as HTML."""
        return self.markdown.inline(clause.markdown, clause.span, clause.modality)

    def output(self, procedure: Procedure) -> object:
        """Return what a procedure yields as HTML."""
        return self.markdown.inline(procedure.output, procedure.span)

    def number(self, step: Clause) -> str:
        """Return a step's own number in its procedure."""
        return short_number(step.number)

    def settings(self, clause: Clause) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Return what the author set for the check, name and values in words, in the author's order."""
        label = labels(self.language)
        said = (
            (label.get(f"parameter-{name}", name), say_parameter(value, self.language, name=name))
            for name, value in clause.parameters.items()
        )
        return tuple((name, values) for name, values in said if values)

    def lines(self, example: Example) -> Iterator[tuple[int, NotedLine]]:
        """Yield the lines of a chat, the first of each later day with that day's number, others with 0."""
        day = example.lines[0].clock.days
        for line in example.lines:
            yield (line.clock.days + 1 if line.clock.days > day else 0), line
            day = line.clock.days
