"""Changes as people read them: section by section, and in each the parts that changed."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from sopgen.sop.difference.change import Change, ChangeKind, Subject
from sopgen.sop.difference.decision import weightiest
from sopgen.sop.difference.outline import FRONT_MATTER, PARAMETER
from sopgen.sop.difference.word import Mark, Marked, mark
from sopgen.sop.model import Category, Section, Sop, clauses_of

NEAR = 80
"""Letters of kept text that are shown beside a change where room is scarce (our decision, 2026-11-21)."""

_ANY_BREAK = re.compile(r"\n\s*")
_SOFT_BREAK = re.compile(r"(?<!\n)\n[ \t]*(?![ \t\n|>#*+-]|\d+[.)])")
_LINK = re.compile(r"(?<!!)\[([^\]\n]*)\]\([^)\s]*\)")
_TABLE_RULE = re.compile(r"[ \t]*\|[ \t:|-]+$")
_NO_BREAK = re.compile(r"(?!)")
_PRESENCE = {ChangeKind.ADDED: "added", ChangeKind.REMOVED: "removed"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedPart:
    """A part and all that has happened to it."""

    changes: tuple[Change, ...]

    @property
    def first(self) -> Change:
        """Return its first change, which says what part it is."""
        return self.changes[0]

    @property
    def fate(self) -> str:
        """Return "added", "removed" or "changed"."""
        return _PRESENCE.get(self.first.kind, "changed")

    @property
    def category(self) -> Category:
        """Return the weightiest category of its changes."""
        category = weightiest(self.changes)
        assert category is not None
        return category


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A section with the parts that changed in it; the front matter has neither number nor heading.

    `unchanged` counts the clauses of the section in which nothing changed.
    """

    number: str
    heading: str
    parts: tuple[ChangedPart, ...]
    unchanged: int = 0


def grouped(changes: Sequence[Change], old: Sop, new: Sop) -> tuple[Group, ...]:
    """Return the changes by section, in the order of the document."""
    by_section: dict[str, list[Change]] = {}
    for change in changes:
        by_section.setdefault(change.section, []).append(change)
    sections = {section.id: section for section in (*old.sections, *new.sections)}
    present = frozenset(section.id for section in new.sections)
    return tuple(
        _group(sections.get(name), tuple(_parts(inside)), is_present=name in present)
        for name, inside in by_section.items()
    )


def marks_of(change: Change) -> tuple[Mark, ...]:
    """Return the words of a change without what no reader sees: emphasis, targets of links, line breaks.

    Where nothing else has changed, those are shown as they are written.
    """
    is_line = change.subject not in (Subject.PROSE, Subject.QUICK_REPLY, Subject.EXAMPLE)
    joined = _ANY_BREAK if is_line else _SOFT_BREAK if change.subject is Subject.PROSE else _NO_BREAK
    marks = mark(_plain(change.old, joined), _plain(change.new, joined))
    return marks if any(each.marked is not Marked.KEPT for each in marks) else change.words


def shortened(marks: Sequence[Mark]) -> tuple[Mark, ...]:
    """Return the marks with long runs of kept words cut to what stands next to a change."""
    last = len(marks) - 1
    return tuple(
        _cut(each, start=at > 0, end=at < last) if each.marked is Marked.KEPT else each
        for at, each in enumerate(marks)
    )


def _cut(kept: Mark, *, start: bool, end: bool) -> Mark:
    """Return a kept run with its `start` and its `end` where those stand next to a change."""
    if len(kept.text) <= 3 * NEAR:
        return kept
    before = kept.text[:NEAR].rpartition(" ")[0] + " " if start else ""
    after = " " + kept.text[-NEAR:].partition(" ")[2] if end else ""
    return Mark(marked=Marked.KEPT, text=f"{before}…{after}")


def _plain(text: str | None, joined: re.Pattern[str]) -> str:
    words = _LINK.sub(r"\1", text or "")
    lines = joined.sub(" ", words.replace("**", "").replace("__", "")).split("\n")
    return "\n".join(_row(line) for line in lines if not _TABLE_RULE.match(line))


def _row(line: str) -> str:
    """Return a table's row as its cells with a bar between them, any other line as it is."""
    row = line.strip()
    if not (row.startswith("|") and row.endswith("|")):
        return line
    return " | ".join(cell.strip() for cell in row[1:-1].split("|"))


def _parts(changes: Iterable[Change]) -> Iterator[ChangedPart]:
    for _, same in groupby(changes, key=_identity):
        yield ChangedPart(changes=tuple(same))


def _identity(change: Change) -> tuple[str, bool]:
    return change.part, change.kind is ChangeKind.REMOVED


def _group(section: Section | None, parts: tuple[ChangedPart, ...], *, is_present: bool) -> Group:
    if section is None:
        return Group(number="", heading="", parts=parts)
    changed = {part.first.id for part in parts if part.first.part != FRONT_MATTER}
    clauses = [clause.id for clause in clauses_of(section.blocks)] if is_present else []
    return Group(
        number=section.number if is_present else "",
        heading=section.heading,
        parts=parts,
        unchanged=sum(name not in changed for name in clauses),
    )


def binding_of(change: Change) -> tuple[tuple[ChangeKind, str, str], ...]:
    """Return how an added or removed clause is judged: kind, name and value of its check and what it sets."""
    kinds = {"check": ChangeKind.CHECK, "severity": ChangeKind.SEVERITY, "reason": ChangeKind.REASON}
    return tuple(
        (kinds.get(name, ChangeKind.PARAMETER), name.removeprefix(PARAMETER), value)
        for name, value in change.fields.items()
        if change.subject in (Subject.CLAUSE, Subject.STEP) and (name in kinds or name.startswith(PARAMETER))
    )


def is_wording(change: Change) -> bool:
    """Return whether a change is one of words, to be shown as a text with marks."""
    return change.kind in (ChangeKind.ADDED, ChangeKind.REMOVED, ChangeKind.REWORDED) and (
        change.subject is not Subject.FRONT_MATTER
    )
