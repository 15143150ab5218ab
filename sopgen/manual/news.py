"""What a release changed, told in plain words: what has to be done differently first, paperwork last.

The sentences come from the typed changes, one part of the SOP after the other; the words themselves are on
the redline.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup, escape

from sopgen.manual.label import labels
from sopgen.manual.redline import Redline
from sopgen.sop.difference.change import Change, ChangeKind, Subject
from sopgen.sop.difference.grouping import ChangedPart, Group
from sopgen.sop.model import Category

_HEADINGS = {
    Category.SUBSTANTIVE: "do_differently",
    Category.CLARIFICATION: "made_clearer",
    Category.ADMINISTRATIVE: "paperwork",
}
_OWN_SENTENCE = frozenset(
    {ChangeKind.ADDED, ChangeKind.REMOVED, ChangeKind.REWORDED, ChangeKind.MOVED, ChangeKind.RENAMED}
)
_QUOTED = frozenset({Subject.CLAUSE, Subject.STEP, Subject.QUICK_REPLY})
_LONGEST_QUOTE = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What happened to one part: sentences, its words with marks, and where it is; `name` names the part."""

    said: str
    words: Markup
    href: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The changes of one category, under a heading for readers."""

    category: Category
    heading: str
    items: tuple[Item, ...]


def news_of(redline: Redline, *, reader: str) -> tuple[Told, ...]:
    """Return what changed, the weightiest category first; `reader` leads to the folder of the versions."""
    label = labels(redline.new.language)
    parts = tuple(_worth_telling(redline))
    told = (
        Told(
            category=category,
            heading=label[_HEADINGS[category]],
            items=tuple(
                _item(redline, group, part, reader) for group, part in parts if part.category is category
            ),
        )
        for category in Category
    )
    return tuple(each for each in told if each.items)


def _worth_telling(redline: Redline) -> Iterator[tuple[Group, ChangedPart]]:
    """Yield the parts that changed; what belongs to a clause that is told of goes without saying."""
    told: set[tuple[str, str, str]] = set()
    for group in redline.groups:
        whole = {part.first.id for part in group.parts if part.first.subject in _QUOTED}
        for part in group.parts:
            name = (part.first.id, part.first.subject, part.fate)
            minor = part.first.subject in (Subject.EXAMPLE, Subject.PROSE)
            if minor and (part.first.id in whole or name in told):
                continue
            told.add(name)
            yield group, part


def _said(redline: Redline, part: ChangedPart, name: str) -> str:
    """Return the sentences about a part; that it was reworded goes without saying beside anything else."""
    typed = [each for each in part.changes if each.kind is not ChangeKind.REWORDED or _is_short(each)]
    sentences = (_sentence(redline, change, name) for change in typed or part.changes)
    return " ".join(dict.fromkeys(sentences))


def _item(redline: Redline, group: Group, part: ChangedPart, reader: str) -> Item:
    name = _name(redline, group, part)
    about = part.first.subject is Subject.FRONT_MATTER
    return Item(
        said=_said(redline, part, name),
        words=_words(redline, part),
        href="" if about else redline.place(part, reader),
        name=name,
    )


def _name(redline: Redline, group: Group, part: ChangedPart) -> str:
    """Return what people call the part: "Clause 6.3", "Text (Purpose)"."""
    if part.first.subject is Subject.FRONT_MATTER:
        return redline.label["front-matter"]
    title = redline.title(part)
    if part.first.number or part.first.subject is Subject.SECTION:
        return title
    under = part.first.text if part.first.subject is Subject.QUICK_REPLY else _under(redline, group, part)
    return redline.label["news-at"].format(part=title, under=" ".join(under.split())[:80])


def _under(redline: Redline, group: Group, part: ChangedPart) -> str:
    """Return what a passage or an example stands under: its clause, or else its section."""
    sop = redline.old if part.fate == "removed" else redline.new
    clause = next((each for each in sop.clauses() if each.id == part.first.id), None)
    return f"{redline.label['clause'].lower()} {clause.number}" if clause else group.heading


def _sentence(redline: Redline, change: Change, name: str) -> str:
    old, new = (redline.value(change, value) for value in (change.old, change.new))
    key = _key(change)
    return redline.label[key].format(part=name, name=redline.name(change).lower(), old=old, new=new)


def _key(change: Change) -> str:
    if change.kind in _OWN_SENTENCE and not (change.kind is ChangeKind.REWORDED and _is_short(change)):
        return f"news-{change.kind}"
    if change.kind is ChangeKind.CHECK and None in (change.old, change.new):
        return "news-check-set" if change.new is not None else "news-check-unset"
    if change.kind is ChangeKind.REASON and change.new is None:
        return "news-reason-unset"
    known = (ChangeKind.MODALITY, ChangeKind.SEVERITY, ChangeKind.CHECK, ChangeKind.REASON)
    return f"news-{change.kind}" if change.kind in known else "news-value"


def _is_short(change: Change) -> bool:
    """Return whether the reworded value is one short line, such as a heading, that fits a sentence."""
    return change.name in ("title", "heading") and len(change.old or "") + len(change.new or "") < 120


def _words(redline: Redline, part: ChangedPart) -> Markup:
    """Return the part's words: with what was deleted and inserted marked, or as they are."""
    if part.first.subject not in _QUOTED:
        return Markup()
    reworded = [each for each in part.changes if each.kind is ChangeKind.REWORDED and not _is_short(each)]
    if reworded:
        return redline.wording(reworded[0])
    quoted = next(_quotes(part), "")
    return escape(quoted if len(quoted) <= _LONGEST_QUOTE else f"{quoted[:_LONGEST_QUOTE]} …")


def _quotes(part: ChangedPart) -> Iterator[str]:
    for text in (part.first.new, part.first.old) if part.fate != "changed" else ():
        if text:
            yield " ".join(text.replace("**", "").split())
    if part.first.text:
        yield " ".join(part.first.text.split())
