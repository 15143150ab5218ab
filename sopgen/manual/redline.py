"""What lies between two versions, as a page for people who approve it, and as Markdown for a review.

The page stands alone: its style sheet is inside and named by its hash in the Content-Security-Policy, there
is no script, and nothing is asked of any host. Inserted words are underlined, deleted ones struck through,
and both carry their HTML element, so that colour is never the only mark. Author text is escaped, never
Markdown.
"""

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup, escape

from sopgen.manual.label import labels, say_parameter
from sopgen.manual.redline_label import redline_labels
from sopgen.manual.template import asset, fill, theme
from sopgen.sop.difference.change import Change, ChangeKind, Subject
from sopgen.sop.difference.grouping import (
    ChangedPart,
    Group,
    binding_of,
    grouped,
    is_wording,
    marks_of,
    shortened,
)
from sopgen.sop.difference.word import Marked
from sopgen.sop.model import DRAFT, Category, Sop

_ELEMENTS = {Marked.DELETED: "del", Marked.INSERTED: "ins"}
_SPECIAL = re.compile(r"([\\`*_\[\]|#~])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Redline:
    """Two versions of an SOP and the changes between them; its words are in the new one's language."""

    old: Sop
    new: Sop
    changes: Sequence[Change]

    @property
    def label(self) -> Mapping[str, str]:
        """Return the redline's own words."""
        return redline_labels(self.new.language)

    @property
    def groups(self) -> tuple[Group, ...]:
        """Return the changes by section."""
        return grouped(self.changes, self.old, self.new)

    @property
    def counts(self) -> tuple[tuple[Category, int], ...]:
        """Return how many changes there are of each category, the weightiest first, without zeros."""
        counted = Counter(change.category for change in self.changes)
        return tuple((category, counted[category]) for category in Category if counted[category])

    @property
    def versions(self) -> str:
        """Return which versions are compared, in words."""
        old, new = (
            self.label["draft"] if each.version == DRAFT else each.version for each in (self.old, self.new)
        )
        return self.label["from_to"].format(old=old, new=new)

    def unchanged(self, group: Group) -> str:
        """Return how many clauses of a section are as they were, in words, or ""."""
        if not group.unchanged:
            return ""
        return self.label["unchanged" if group.unchanged > 1 else "unchanged_one"].format(
            count=group.unchanged
        )

    def name(self, change: Change) -> str:
        """Return what has changed, in words: "Limit", "Modality", "Moved"."""
        if change.kind in (ChangeKind.PARAMETER, ChangeKind.SETTING, ChangeKind.REWORDED):
            own = labels(self.new.language).get(f"parameter-{change.name}", change.name)
            return self.label.get(f"name-{change.name}", own)
        return self.label[change.kind]

    def value(self, change: Change, written: str | None) -> str:
        """Return a value in words: "2 minutes" for `2m`, the title of a check where the theme has one."""
        if written is None:
            return self.label["nothing"]
        if change.kind is ChangeKind.CHECK:
            return theme().check_titles(self.new.language).get(written, written)
        if change.kind is ChangeKind.PARAMETER:
            return ", ".join(say_parameter(written, self.new.language, name=change.name)) or written
        return self.label.get(f"value-{written}", written)

    def binding(self, change: Change) -> tuple[tuple[str, str], ...]:
        """Return how an added or removed clause is judged, names and values in words."""
        return tuple(
            (self.name(each), self.value(each, each.new))
            for kind, name, value in binding_of(change)
            for each in (replace(change, kind=kind, name=name, new=value),)
        )

    def anchor(self, part: ChangedPart) -> str:
        """Return the id under which the page shows a part, or "" where another part has it already."""
        first = next(
            (each for group in self.groups for each in group.parts if each.first.id == part.first.id), part
        )
        about = part.first.subject is Subject.FRONT_MATTER
        return "" if about or first.first is not part.first else part.first.id

    def place(self, part: ChangedPart, reader: str) -> str:
        """Return the address of a part in the version that has it; `reader` leads to the SOP's folder."""
        sop = self.old if part.fate == "removed" else self.new
        return f"{reader}{sop.version}/index.html#{part.first.id}"

    def title(self, part: ChangedPart) -> str:
        """Return what kind of part it is, with its number or what it shows: "Clause 6.3", "Good example"."""
        expected = part.first.fields.get("expected", "").removeprefix("todo-")
        kind = self.label.get(f"example-{expected}") or self.label[part.first.subject]
        return f"{kind} {part.first.number}".strip()

    def wording(self, change: Change) -> Markup:
        """Return the words of a change as HTML, with what was deleted and inserted marked."""
        return Markup("").join(
            Markup("<{0}>{1}</{0}>").format(_ELEMENTS[each.marked], each.text)
            if each.marked in _ELEMENTS
            else escape(each.text)
            for each in marks_of(change)
        )


def redline_page(redline: Redline) -> Markup:
    """Return the redline as one HTML document that needs nothing else."""
    style = asset("redline.css").decode()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return fill(
        "redline.html",
        redline=redline,
        label=redline.label,
        style=Markup(style),  # noqa: S704  # our own style sheet
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'",
        is_wording=is_wording,
        about=Subject.FRONT_MATTER,
    )


def redline_markdown(redline: Redline) -> str:
    """Return the redline as Markdown, for a review on a code host."""
    label = redline.label
    lines = [
        f"# {_said(redline.new.title)} ({redline.new.id})",
        "",
        f"{label['redline']}: {redline.versions}.",
        "",
    ]
    lines += [f"- {label[category]}: {count}" for category, count in redline.counts]
    if not redline.changes:
        lines.append(label["none"])
    for group in redline.groups:
        lines += ["", f"## {f'{group.number} {_said(group.heading)}'.strip() or label['front-matter']}"]
        for part in group.parts:
            lines += _part_lines(part, redline)
    return "\n".join(lines) + "\n"


def _part_lines(part: ChangedPart, redline: Redline) -> list[str]:
    about = part.first.subject is Subject.FRONT_MATTER
    head = [] if about else ["", f"### {redline.title(part)} `{part.first.id}`: {redline.label[part.fate]}"]
    return [*head, "", *(_change_line(change, redline) for change in part.changes)]


def _change_line(change: Change, redline: Redline) -> str:
    said = f"- **{_said(redline.name(change))}** ({redline.label[change.category].lower()}): "
    if is_wording(change):
        binding = (f"{_said(name)}: {_said(value)}" for name, value in redline.binding(change))
        return "; ".join([said + " ".join(_marked_line(change).split()), *binding])
    old, new = (_said(redline.value(change, value)) for value in (change.old, change.new))
    return f"{said}{old} → {new}"


def _marked_line(change: Change) -> str:
    parts = []
    for each in shortened(marks_of(change)):
        element = _ELEMENTS.get(each.marked)
        text = _said(each.text)
        parts.append(f"<{element}>{text}</{element}>" if element else text)
    return "".join(parts)


def _said(text: str) -> str:
    """Return author text that Markdown and HTML leave alone."""
    return str(escape(_SPECIAL.sub(r"\\\1", text)))
