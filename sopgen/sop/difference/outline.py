"""An SOP laid out as parts: each with what it says, under which part it stands, and in which order.

The outline holds all that an SOP says, and nothing that follows from its place: numbers, lines, the version.
Lists that stand side by side in the same part count as one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import groupby
from types import MappingProxyType

from sopgen.base.span import Span
from sopgen.sop.difference.change import Subject
from sopgen.sop.model import (
    Block,
    BusinessHours,
    Clause,
    ClauseList,
    Example,
    Procedure,
    Prose,
    QuickReply,
    Section,
    SectionKind,
    Sop,
)

FRONT_MATTER = "front-matter"
"""The key of the part that holds the front matter."""

PARAMETER = "parameter "
"""How the fields of a clause that hold its parameters begin."""

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_UNITS = (("w", 604800), ("d", 86400), ("h", 3600), ("m", 60), ("s", 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part. `key` is its own in this outline, `under` the key of the part around it ("" for none).

    `fields` are what it says, by name; its wording is one of them, named `wording`. `derived` says that its
    id was made from its words. `was` are ids that it had before. `section` is the id of its section.
    """

    key: str
    under: str
    subject: Subject
    id: str
    fields: Mapping[str, str]
    wording: str = ""
    text: str = ""
    number: str = ""
    section: str = ""
    kind: SectionKind = SectionKind.OTHER
    derived: bool = False
    was: tuple[str, ...] = ()
    span: Span = field(default=Span(file=""), compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Within:
    """The part that parts are read in."""

    key: str
    id: str
    section: Section


def parts_of(sop: Sop) -> tuple[Part, ...]:
    """Return every part of an SOP in reading order; a part stands before those under it."""
    return (_front_matter(sop), *(part for section in sop.sections for part in _section(section)))


def _front_matter(sop: Sop) -> Part:
    values = {
        "id": sop.id,
        "title": sop.title,
        "language": sop.language,
        "owner": sop.owner,
        "approver": sop.approver,
        "review_every": _length(sop.review_every),
        "applies_to.channels": ", ".join(sop.applies_to.channels),
        "applies_to.teams": ", ".join(sop.applies_to.teams),
    } | (_hours(sop.hours) if sop.hours else {})
    return Part(
        key=FRONT_MATTER,
        under="",
        subject=Subject.FRONT_MATTER,
        id=FRONT_MATTER,
        fields=_filled(values),
        span=sop.span,
    )


def _hours(hours: BusinessHours) -> dict[str, str]:
    return {
        "hours.timezone": hours.timezone,
        "hours.weekly": "; ".join(_days(hours.weekly)),
        "hours.holidays": hours.holidays,
    }


def _days(weekly: tuple[tuple[tuple[int, int], ...], ...]) -> Iterator[str]:
    """Yield runs of days with the same hours, as authors write them: "mon-fri 08:00-12:00 13:00-17:00"."""
    for intervals, run in groupby(zip(_DAYS, weekly, strict=True), key=lambda day: day[1]):
        names = [name for name, _ in run]
        if intervals:
            days = names[0] if len(names) == 1 else f"{names[0]}-{names[-1]}"
            yield " ".join([days, *(f"{_clock(start)}-{_clock(end)}" for start, end in intervals)])


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _length(length: timedelta) -> str:
    """Return a length of time in the largest unit that divides it: "13w", "90d"."""
    seconds = int(length.total_seconds())
    return next((f"{seconds // size}{unit}" for unit, size in _UNITS if seconds % size == 0), f"{seconds}s")


def _section(section: Section) -> Iterator[Part]:
    key = f"section {section.id}"
    yield Part(
        key=key,
        under="",
        subject=Subject.SECTION,
        id=section.id,
        fields=_filled({"heading": section.heading, "kind": section.kind.value}),
        wording="heading",
        text=section.heading,
        number=section.number,
        section=section.id,
        kind=section.kind,
        derived=True,
        span=section.span,
    )
    yield from _blocks(section.blocks, _Within(key=key, id=section.id, section=section))


def _blocks(blocks: tuple[Block, ...], within: _Within) -> Iterator[Part]:
    for number, block in enumerate(blocks):
        match block:
            case Prose():
                yield _prose(block, within, number)
            case QuickReply():
                yield _quick_reply(block, within)
            case Procedure():
                yield from _procedure(block, within)
            case ClauseList():
                for clause in block.clauses:
                    yield from _clause(clause, within, ordered=block.ordered)


def _prose(prose: Prose, within: _Within, number: int) -> Part:
    return Part(
        key=f"prose {number} of {within.key}",
        under=within.key,
        subject=Subject.PROSE,
        id=within.id,
        fields=_filled({"text": prose.markdown}),
        wording="text",
        text=prose.markdown,
        section=within.section.id,
        kind=within.section.kind,
        span=prose.span,
    )


def _quick_reply(reply: QuickReply, within: _Within) -> Part:
    return Part(
        key=f"reply {reply.id}",
        under=within.key,
        subject=Subject.QUICK_REPLY,
        id=reply.id,
        fields=_filled({"title": reply.title, "text": reply.text}),
        wording="text",
        text=reply.title,
        section=within.section.id,
        kind=within.section.kind,
        derived=reply.id.startswith("reply-"),
        was=reply.was,
        span=reply.span,
    )


def _procedure(procedure: Procedure, within: _Within) -> Iterator[Part]:
    key = f"procedure {procedure.id}"
    part = _addressed(procedure, within, key=key, text=procedure.title)
    fields = _filled({"title": procedure.title, "output": procedure.output})
    yield replace(part, subject=Subject.PROCEDURE, fields=fields, wording="title")
    yield from _blocks(procedure.blocks, _Within(key=key, id=procedure.id, section=within.section))


def _clause(clause: Clause, within: _Within, *, ordered: bool) -> Iterator[Part]:
    key = f"clause {clause.id}"
    is_step = ordered and clause.section is SectionKind.PROCEDURES
    fields = {
        "text": clause.markdown,
        "modality": clause.modality.value,
        "check": clause.check,
        "reason": clause.reason,
        "severity": clause.severity.value if clause.severity else "",
        "list": "ordered" if ordered else "unordered",
    }
    parameters = {f"{PARAMETER}{name}": value for name, value in clause.parameters.items()}
    part = _addressed(clause, within, key=key, text=clause.text)
    subject = Subject.STEP if is_step else Subject.CLAUSE
    said = MappingProxyType({**_filled(fields), **parameters})
    yield replace(part, subject=subject, fields=said, wording="text")
    inside = _Within(key=key, id=clause.id, section=within.section)
    for number, example in enumerate(clause.examples):
        yield _example(example, inside, number)
    yield from _blocks(clause.body, inside)


def _example(example: Example, within: _Within, number: int) -> Part:
    return Part(
        key=f"example {number} of {within.key}",
        under=within.key,
        subject=Subject.EXAMPLE,
        id=within.id,
        fields=_filled({"expected": example.expected.value, "title": example.title, "chat": example.source}),
        wording="chat",
        text=example.title or example.expected.value,
        section=within.section.id,
        kind=within.section.kind,
        span=example.span,
    )


def _addressed(part: Clause | Procedure, within: _Within, *, key: str, text: str) -> Part:
    """Return a part that people call by its id and its number, without what it says."""
    return Part(
        key=key,
        under=within.key,
        subject=Subject.CLAUSE,
        id=part.id,
        fields=MappingProxyType({}),
        text=text,
        number=part.number,
        section=within.section.id,
        kind=within.section.kind,
        derived=_is_provisional(part.id),
        was=part.was,
        span=part.span,
    )


def _is_provisional(id_: str) -> bool:
    return id_.startswith("provisional-")


def _filled(values: Mapping[str, str]) -> Mapping[str, str]:
    """Return the values that say something."""
    return MappingProxyType({name: value for name, value in values.items() if value})
