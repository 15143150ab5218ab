"""Two versions of an SOP into the list of changes between them."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sopgen.sop.difference.category import (
    Proposal,
    propose_for_place,
    propose_for_presence,
    propose_for_value,
)
from sopgen.sop.difference.change import Change, ChangeKind, Place, Subject
from sopgen.sop.difference.outline import PARAMETER, Part, parts_of
from sopgen.sop.difference.pairing import pair
from sopgen.sop.model import Sop

_CLAUSES = frozenset({Subject.CLAUSE, Subject.STEP})
_OF_CLAUSES = {
    "modality": ChangeKind.MODALITY,
    "check": ChangeKind.CHECK,
    "severity": ChangeKind.SEVERITY,
    "reason": ChangeKind.REASON,
}
_WORDINGS = frozenset({"text", "title", "heading", "output", "chat"})


def differences(old: Sop, new: Sop) -> tuple[Change, ...]:
    """Return every change that leads from `old` to `new`, in reading order.

    What was removed stands where it stood. Numbers, lines, comments and the version make no difference.
    """
    comparison = _Comparison.of(old, new)
    return tuple(change for part in comparison.in_order() for change in comparison.changes(part))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Comparison:
    """Both outlines with common keys: a part that is in both has its old key in both."""

    old: Mapping[str, Part]
    new: Mapping[str, Part]
    places: Mapping[str, Place]
    moved: frozenset[str]

    @classmethod
    def of(cls, old: Sop, new: Sop) -> "_Comparison":
        """Return the comparison of two versions."""
        before, after = parts_of(old), parts_of(new)
        pairs = pair(before, after)
        keys = {part.key: pairs.get(part.key, f"new {part.key}") for part in after} | {"": ""}
        renamed = [replace(part, key=keys[part.key], under=keys[part.under]) for part in after]
        one, other = {part.key: part for part in before}, {part.key: part for part in renamed}
        return cls(old=one, new=other, places=places_of(renamed), moved=frozenset(_moved(one, other)))

    def in_order(self) -> Iterator[str]:
        """Yield all keys: of the new parts in their order, of each removed one after what it followed."""
        followers: dict[str, list[str]] = {}
        before = ""
        for key in self.old:
            if key not in self.new:
                followers.setdefault(before, []).append(key)
            else:
                before = key
        yield from followers.get("", ())
        for key in self.new:
            yield key
            yield from followers.get(key, ())

    def changes(self, key: str) -> Iterator[Change]:
        """Yield what has happened to one part."""
        was, now = self.old.get(key), self.new.get(key)
        if was is None and now is not None:
            yield self._presence(now, ChangeKind.ADDED)
        elif now is None and was is not None:
            yield self._presence(was, ChangeKind.REMOVED)
        elif was is not None and now is not None:
            if key in self.moved:
                yield self._move(was, now)
            yield from self._values(was, now)

    def _presence(self, part: Part, kind: ChangeKind) -> Change:
        text = part.fields.get(part.wording, part.text)
        is_new = kind is ChangeKind.ADDED
        change = replace(_change(part, kind, propose_for_presence(part)), fields=part.fields)
        if is_new:
            return replace(change, new=text, place=self.places[part.key], new_span=part.span)
        return replace(change, old=text, section=self._section_now(part), old_span=part.span)

    def _section_now(self, part: Part) -> str:
        """Return the id that the section of a removed part has now, or had when it is gone as well."""
        section = self.new.get(f"section {part.section}")
        return section.id if section else part.section

    def _move(self, was: Part, now: Part) -> Change:
        elsewhere = was.under != now.under
        change = _change(now, ChangeKind.MOVED, propose_for_place(was, now, elsewhere=elsewhere))
        return replace(
            change,
            old=self._home(self.old, was),
            new=self._home(self.new, now),
            place=self.places[now.key],
            old_span=was.span,
            new_span=now.span,
        )

    @staticmethod
    def _home(parts: Mapping[str, Part], part: Part) -> str:
        """Return where a part stands, for people: its number, or number and title of what is around it."""
        around = parts.get(part.under)
        return part.number or (f"{around.number} {around.text}".strip() if around else "")

    def _values(self, was: Part, now: Part) -> Iterator[Change]:
        if was.id != now.id and now.subject not in (Subject.PROSE, Subject.EXAMPLE):
            yield _value(was, now, "id")
        for name in dict.fromkeys((*now.fields, *was.fields)):
            if was.fields.get(name) != now.fields.get(name):
                yield _value(was, now, name)


def places_of(parts: Sequence[Part]) -> dict[str, Place]:
    """Return by key under and after which part each part stands."""
    last: dict[str, str] = {}
    places = {}
    for part in parts:
        places[part.key] = Place(under=part.under, after=last.get(part.under, ""))
        last[part.under] = part.key
    return places


def _moved(old: Mapping[str, Part], new: Mapping[str, Part]) -> Iterator[str]:
    """Yield the parts that stand under another part now, or in another order than the longest kept one."""
    order = {key: position for position, key in enumerate(old)}
    stayed: dict[str, list[str]] = {}
    for key, part in new.items():
        if key in old and old[key].under == part.under:
            stayed.setdefault(part.under, []).append(key)
        elif key in old:
            yield key
    for keys in stayed.values():
        kept = _longest_rise([order[key] for key in keys])
        yield from (key for key in keys if order[key] not in kept)


def _longest_rise(numbers: Sequence[int]) -> frozenset[int]:
    """Return a longest subsequence that rises (patience sorting); the numbers are all different."""
    tops: list[int] = []
    below: dict[int, int | None] = {}
    for number in numbers:
        at = bisect_left(tops, number)
        below[number] = tops[at - 1] if at else None
        tops[at : at + 1] = [number]
    rise = []
    number_now = tops[-1] if tops else None
    while number_now is not None:
        rise.append(number_now)
        number_now = below[number_now]
    return frozenset(rise)


def _value(was: Part, now: Part, name: str) -> Change:
    kind, said = _kind_of(now, name)
    old, new = (
        (was.id, now.id) if kind is ChangeKind.RENAMED else (was.fields.get(name), now.fields.get(name))
    )
    proposal = propose_for_value(now, kind, name, (old or "", new or ""))
    change = _change(now, kind, proposal)
    id_ = name if now.subject is Subject.FRONT_MATTER else now.id
    return replace(change, id=id_, name=said, old=old, new=new, old_span=was.span, new_span=now.span)


def _kind_of(part: Part, name: str) -> tuple[ChangeKind, str]:
    """Return what kind of change a field of that name makes, and the name that people know it by."""
    if part.subject is Subject.FRONT_MATTER:
        return ChangeKind.SETTING, name
    if name == "id":
        return ChangeKind.RENAMED, name
    if part.subject in _CLAUSES and name in _OF_CLAUSES:
        return _OF_CLAUSES[name], name
    if name.startswith(PARAMETER):
        return ChangeKind.PARAMETER, name.removeprefix(PARAMETER)
    return (ChangeKind.REWORDED if name in _WORDINGS else ChangeKind.SETTING), name


def _change(part: Part, kind: ChangeKind, proposal: Proposal) -> Change:
    category, why = proposal
    return Change(
        kind=kind,
        subject=part.subject,
        id=part.id,
        section=part.section,
        number=part.number,
        text=part.text,
        category=category,
        why=why,
        part=part.key,
    )
