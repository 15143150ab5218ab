"""What an SOP lacks: sections, steps, actors, outputs, bindings, examples, places to go.

An error here (a required section is missing) stands in the way of a release, not of a check: an SOP with gaps
still says what it says. Whether a check exists is the business of `sopgen.compliance`.
"""

import re
from collections.abc import Callable, Iterator

from sopgen.base.diagnostic import Diagnostic, Level
from sopgen.base.span import Span
from sopgen.base.suggestion import did_you_mean
from sopgen.sop.heading import near_heading, usual_heading
from sopgen.sop.link import anchors, dead_links, missing_files
from sopgen.sop.model import (
    REQUIRED_SECTIONS,
    STEP_KEYS,
    Block,
    Clause,
    ClauseList,
    Expected,
    Modality,
    Procedure,
    Prose,
    Section,
    SectionKind,
    Sop,
    clauses_of,
)
from sopgen.sop.mojibake import mojibake
from sopgen.sop.passage import front_matter_lines
from sopgen.sop.unseen import unseen_in

_OWN_KEYS = ("check", "reason", "severity", "was")
_PASSES = frozenset({Expected.PASS, Expected.TODO_PASS})
_LACKING = {
    frozenset({True}): ("no example that fails", "chat fail"),
    frozenset({False}): ("no example that passes", "chat pass"),
}
_BOLD = re.compile(r"\*\*([^*\n]{2,60}?):?\*\*")
_ACTOR = re.compile(
    r"^\s*(?:\*\*|__)?(?:pelaksana|dilakukan oleh|dikerjakan oleh|penanggung jawab|oleh"
    r"|carried out by|done by|performed by|responsible|actor|who)(?:\*\*|__)?\s*:",
    re.IGNORECASE | re.MULTILINE,
)
_USUAL_ROLES = (
    r"\b(?:agen|petugas|supervisor|penyelia|koordinator|kepala|manajer|direktur|staf|operator|admin|qa|cs"
    r"|agents?|managers?|supervisors?|heads?|leads?|directors?|representatives?)\b"
)
_PLACEHOLDER = re.compile(r"(?:[-.…_*]+|todo|tbd|tba|isi|diisi|n/a)?[.:…]*", re.IGNORECASE)


_OPEN_VALUE = re.compile(r"^[ \t-]*(?P<key>[a-z_]+)[ \t]*:[ \t]*[\[\"']*(?:todo|tbd|tba)\b", re.IGNORECASE)


def _undecided_values(sop: Sop) -> Iterator[Diagnostic]:
    for row, line in enumerate(front_matter_lines(sop.source), start=2):
        found = _OPEN_VALUE.match(line)
        if found is not None:
            message = f"'{found['key']}' is not decided yet"
            span = Span(file=sop.span.file, line=row, column=found.start("key") + 1)
            hint = f"write the {found['key']} in place of the TODO"
            yield _flaw("SOP215", span, message, hint, level=Level.ERROR)


def _missing_sections(sop: Sop) -> Iterator[Diagnostic]:
    kinds = {section.kind for section in sop.sections}
    for kind in REQUIRED_SECTIONS:
        if kind not in kinds:
            heading = usual_heading(kind, sop.language)
            span, hint = sop.span, f"add a heading '## {heading}'"
            for section in sop.sections:
                meant = near_heading(section.heading, kind) if section.kind is SectionKind.OTHER else ""
                if meant:
                    span, hint = section.span, f"'{section.heading}': did you mean '{meant}'?"
            yield _flaw("SOP201", span, f"the section '{heading}' is missing", hint, level=Level.ERROR)


def _empty_sections(sop: Sop) -> Iterator[Diagnostic]:
    for section in sop.sections:
        if all(_is_placeholder(block) for block in section.blocks):
            message = f"the section '{section.heading}' is empty"
            level = Level.ERROR if section.kind in REQUIRED_SECTIONS else Level.WARNING
            yield _flaw("SOP202", section.span, message, "write what belongs below it", level=level)


def _is_placeholder(block: Block) -> bool:
    return isinstance(block, Prose) and _PLACEHOLDER.fullmatch(block.markdown.strip()) is not None


def _procedures(sop: Sop) -> Iterator[Diagnostic]:
    for procedure in _all_procedures(sop):
        name = f"the procedure '{procedure.title}'"
        if not any(isinstance(block, ClauseList) and block.ordered for block in procedure.blocks):
            yield _flaw("SOP204", procedure.span, f"{name} has no steps", "write them as a list 1., 2., 3.")
        elif not procedure.output:
            word = "Output" if sop.language == "en" else "Keluaran"
            hint = f"add a paragraph '{word}: …' that says what is there when it is done"
            yield _flaw("SOP203", procedure.span, f"{name} names no output", hint)


def _steps_without_actor(sop: Sop) -> Iterator[Diagnostic]:
    roles = _roles(sop)
    for procedure in _all_procedures(sop):
        if any(isinstance(block, Prose) and _ACTOR.search(block.markdown) for block in procedure.blocks):
            continue
        steps = [
            clause
            for block in procedure.blocks
            for clause in steps_of(block)
            if not roles.search(clause.text)
        ]
        if steps:
            places = ", ".join(step.number for step in steps)
            word = "Carried out by" if sop.language == "en" else "Pelaksana"
            message = f"nobody is said to do {places} of the procedure '{procedure.title}'"
            hint = f"add a line '**{word}:** …' below its heading, or say who in each step"
            yield _flaw("SOP214", steps[0].span, message, hint)


def steps_of(block: Block) -> tuple[Clause, ...]:
    """Return the steps of a block: the clauses of a numbered list."""
    return block.clauses if isinstance(block, ClauseList) and block.ordered else ()


def _roles(sop: Sop) -> re.Pattern[str]:
    """Return what finds a role in a text: the usual ones, and those that the responsibilities set in bold."""
    named = (
        role
        for section in sop.sections
        if section.kind is SectionKind.RESPONSIBILITIES
        for block in section.blocks
        for text in (
            [block.markdown] if isinstance(block, Prose) else [each.markdown for each in clauses_of((block,))]
        )
        for role in _BOLD.findall(text)
    )
    return re.compile("|".join([_USUAL_ROLES, *(rf"\b{re.escape(role)}\b" for role in named)]), re.IGNORECASE)


def _unbound_clauses(sop: Sop) -> Iterator[Diagnostic]:
    for clause in sop.clauses():
        if clause.check or clause.reason or clause.modality is Modality.MAY:
            continue
        if not clause.parameters.keys().isdisjoint(STEP_KEYS):
            continue  # a step that shows in the chat: the order of its procedure judges it
        stray = [key for key in clause.parameters if did_you_mean(key, _OWN_KEYS).startswith("did")]
        hint = 'add check=NAME, or check=none reason="why no check can judge it"'
        if stray:
            hint = f"'{stray[0]}': {did_you_mean(stray[0], _OWN_KEYS)}"
        message = f"the clause '{clause.id}' has neither a check nor a reason for having none"
        yield _flaw("SOP205", clause.span, message, hint)


def _clauses_without_examples(sop: Sop) -> Iterator[Diagnostic]:
    for clause in sop.clauses():
        shown = frozenset(example.expected in _PASSES for example in clause.examples)
        if not clause.check or len(shown) == len(_LACKING):
            continue
        lack, fence = _LACKING.get(shown, ("no examples", "chat pass"))
        message = f"the clause '{clause.id}' is checked, but has {lack}"
        level = Level.NOTE if shown else Level.WARNING
        yield _flaw("SOP206", clause.span, message, f'add a block ```{fence} "title" below it', level=level)


def _examples_of_nothing(sop: Sop) -> Iterator[Diagnostic]:
    for clause in sop.clauses():
        for example in clause.examples if not clause.check else ():
            message = f"the clause '{clause.id}' has an example, but no check that could judge it"
            yield _flaw("SOP210", example.span, message, "bind it with check=NAME, or take the example out")


def _parameters_of_nothing(sop: Sop) -> Iterator[Diagnostic]:
    for clause in sop.clauses():
        unread = [name for name in clause.parameters if name not in STEP_KEYS]
        if unread and not clause.check and clause.reason:
            names = ", ".join(f"'{name}'" for name in unread)
            message = f"the clause '{clause.id}' sets {names}, but no check reads it"
            yield _flaw("SOP211", clause.span, message, "take it out, or bind a check")


def _quick_replies(sop: Sop) -> Iterator[Diagnostic]:
    for reply in sop.quick_replies():
        if not reply.text.strip():
            message = f"the quick reply '{reply.title}' is empty"
            yield _flaw("SOP207", reply.span, message, "write its text on the lines '> …' below the title")
        elif reply.text.count("{") != reply.text.count("}") or "" in reply.fields:
            message = f"the quick reply '{reply.title}' has a fill-in that is not closed or has no name"
            yield _flaw("SOP212", reply.span, message, "write fill-ins as {nama}")


def _repeated_kinds(sop: Sop) -> Iterator[Diagnostic]:
    seen: dict[str, Section] = {}
    for section in sop.sections:
        first = seen.setdefault(section.id if section.kind.value == "other" else section.kind.value, section)
        if first is not section:
            message = f"'{section.heading}' is the same kind of section as '{first.heading}'"
            hint = f"move it into the section at line {first.span.line}"
            yield _flaw("SOP213", section.span, message, hint, level=Level.NOTE)


def _mojibake(sop: Sop) -> Iterator[Diagnostic]:
    for row, line in enumerate(sop.source.split("\n")):
        found = mojibake(line)
        if found is not None:
            column, broken, mended = found
            span = Span(file=sop.span.file, line=row + 1, column=column)
            hint = f"write '{mended}'" if mended else "write what it was meant to be"
            yield _flaw("SOP208", span, f"'{broken}' is text that was read in a wrong encoding", hint)


def _unseen(sop: Sop) -> Iterator[Diagnostic]:
    for found in unseen_in(sop.source):
        span = Span(file=sop.span.file, line=found.line, column=found.column)
        level = Level.ERROR if found.misleads else Level.WARNING
        yield _flaw("SOP216", span, f"nobody sees the character {found.name}", "delete it", level=level)


def _dead_links(sop: Sop) -> Iterator[Diagnostic]:
    for span, target in dead_links(sop):
        lasting = (name for name in anchors(sop) if not name.startswith("provisional-"))
        hint = did_you_mean(target, lasting)
        yield _flaw("SOP209", span, f"the link '#{target}' leads nowhere", hint)
    for span, target in missing_files(sop):
        hint = "put the file there, or mend the link; paths are relative to the source"
        yield _flaw("SOP209", span, f"the link '{target}' leads to no file", hint)


RULES: tuple[Callable[[Sop], Iterator[Diagnostic]], ...] = (
    _undecided_values,
    _missing_sections,
    _empty_sections,
    _procedures,
    _steps_without_actor,
    _unbound_clauses,
    _clauses_without_examples,
    _examples_of_nothing,
    _parameters_of_nothing,
    _quick_replies,
    _repeated_kinds,
    _mojibake,
    _unseen,
    _dead_links,
)
"""Every rule about structure, in the order of their subjects."""


def _all_procedures(sop: Sop) -> Iterator[Procedure]:
    for section in sop.sections:
        yield from (block for block in section.blocks if isinstance(block, Procedure))


def _flaw(code: str, span: Span, message: str, hint: str, *, level: Level = Level.WARNING) -> Diagnostic:
    return Diagnostic(code=code, level=level, span=span, message=message, hint=hint)
