"""A list of changes applied to an SOP: the proof that it explains every difference."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sopgen.sop.difference.change import Change, ChangeKind, Place, Subject
from sopgen.sop.difference.comparison import places_of
from sopgen.sop.difference.outline import FRONT_MATTER, PARAMETER, Part, parts_of
from sopgen.sop.model import Sop


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A part with the parts under it: what an SOP says, whatever the keys and places of its outline."""

    subject: Subject
    id: str
    fields: Mapping[str, str]
    parts: tuple["Node", ...] = ()


def tree_of(sop: Sop) -> tuple[Node, ...]:
    """Return what an SOP says, as a tree."""
    return _grown(_by_parent(parts_of(sop)), "")


def applied(old: Sop, changes: Sequence[Change]) -> tuple[Node, ...]:
    """Return the tree of `old` after the changes: that of `new`, when they are all that lies between."""
    parts = {part.key: part for part in parts_of(old)}
    for change in changes:
        if change.kind is ChangeKind.REMOVED:
            del parts[change.part]
        else:
            parts[change.part] = _changed(parts.get(change.part), change)
    return _grown(_placed(parts, places_of(parts_of(old)), changes), "")


def _changed(part: Part | None, change: Change) -> Part:
    if part is None:
        return _added(change)
    if change.kind is ChangeKind.MOVED:
        return part
    if change.kind is ChangeKind.RENAMED:
        return replace(part, id=change.new or "")
    name = f"{PARAMETER}{change.name}" if change.kind is ChangeKind.PARAMETER else change.name
    fields = {key: value for key, value in part.fields.items() if key != name}
    assert part.fields.get(name) == change.old
    return replace(part, fields=fields if change.new is None else {**fields, name: change.new})


def _added(change: Change) -> Part:
    return Part(key=change.part, under="", subject=change.subject, id=change.id, fields=change.fields)


def _placed(
    parts: Mapping[str, Part], places: Mapping[str, Place], changes: Iterable[Change]
) -> dict[str, list[Part]]:
    """Return by key the parts under each part: those that stayed in their order, the others put in theirs."""
    placed = [change for change in changes if change.place is not None]
    away = {change.part for change in placed}
    below: dict[str, list[Part]] = {}
    for key, part in parts.items():
        if key not in away:
            below.setdefault(places[key].under, []).append(part)
    for change in placed:
        assert change.place is not None
        siblings = below.setdefault(change.place.under, [])
        keys = [""] + [part.key for part in siblings]
        siblings.insert(keys.index(change.place.after), parts[change.part])
    return below


def _by_parent(parts: Iterable[Part]) -> dict[str, list[Part]]:
    below: dict[str, list[Part]] = {}
    for part in parts:
        below.setdefault(part.under, []).append(part)
    return below


def _grown(below: Mapping[str, Sequence[Part]], key: str) -> tuple[Node, ...]:
    return tuple(
        Node(
            subject=_family(part),
            id="" if _is_nameless(part) else part.id,
            fields=dict(part.fields),
            parts=_grown(below, part.key),
        )
        for part in below.get(key, ())
    )


def _is_nameless(part: Part) -> bool:
    return part.subject in (Subject.PROSE, Subject.EXAMPLE) or part.key == FRONT_MATTER


def _family(part: Part) -> Subject:
    return Subject.CLAUSE if part.subject is Subject.STEP else part.subject
