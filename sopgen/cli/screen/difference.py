"""What lies between two versions, on a terminal: deleted words as [-…-], inserted ones as {+…+}."""

from rich.text import Text

from sopgen.cli.screen.console import BAD, DOUBTFUL, GOOD, QUIET, results
from sopgen.cli.screen.plain import counted, one_line, plain
from sopgen.manual.redline import Redline
from sopgen.sop.difference import Change, Marked, Subject
from sopgen.sop.difference.grouping import ChangedPart, binding_of, is_wording, marks_of, shortened
from sopgen.sop.model import Category

_SIGNS = {"added": "+", "removed": "-", "changed": "~"}
_STYLES = {Category.SUBSTANTIVE: DOUBTFUL, Category.CLARIFICATION: "", Category.ADMINISTRATIVE: QUIET}
_BRACKETS = {Marked.DELETED: ("[-", "-]", BAD), Marked.INSERTED: ("{+", "+}", GOOD)}


def show_difference(redline: Redline) -> None:
    """Print the changes, section by section and part by part, each with its category and why."""
    surface = results()
    surface.print(Text(f"{redline.new.id}: {redline.old.version} → {redline.new.version}", style="bold"))
    if not redline.changes:
        surface.print("no change in what it says")
        return
    tally = ", ".join(f"{count} {category}" for category, count in redline.counts)
    surface.print(f"{counted(len(redline.changes), 'change')}: {tally}")
    for group in redline.groups:
        heading = one_line(f"{group.number} {group.heading}") or "front matter"
        surface.print(Text(f"\n{heading}", style="bold"), soft_wrap=True)
        for part in group.parts:
            for line in _lines(part):
                surface.print(line, soft_wrap=True)


def _lines(part: ChangedPart) -> list[Text]:
    first = part.first
    if first.subject is Subject.FRONT_MATTER:
        return [_line(change, change.name) for change in part.changes]
    title = f"  {_SIGNS[part.fate]} {first.subject} {first.number}".rstrip()
    return [Text(f"{title} {plain(first.id)}"), *(_line(change, _name(change)) for change in part.changes)]


def _name(change: Change) -> str:
    return change.name if change.name and change.name != str(change.kind) else str(change.kind)


def _line(change: Change, name: str) -> Text:
    line = Text(f"      {plain(name)}: ")
    line.append_text(_wording(change) if is_wording(change) else _values(change))
    for _, key, value in binding_of(change):
        line.append(f"; {plain(key)}={one_line(value)}")
    line.append(f"  ({change.category}: {change.why})", style=_STYLES[change.category])
    return line


def _values(change: Change) -> Text:
    old, new = (one_line(value) if value is not None else "not set" for value in (change.old, change.new))
    return Text(f"{old} → {new}")


def _wording(change: Change) -> Text:
    text = Text()
    for each in shortened(marks_of(change)):
        opening, closing, style = _BRACKETS.get(each.marked, ("", "", ""))
        said = plain(each.text.replace("\n", " "))
        text.append(f"{opening}{said}{closing}", style=style)
    return text
