"""An SOP's versions side by side: which places each has, what became of them, what changed.

A place is anything that a permalink leads to: a clause, a step, a procedure, a quick reply, a section.
Versions are in the order of their release, the draft last.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations, pairwise

from sopgen.sop.difference import Change, ChangeKind, Subject, differences
from sopgen.sop.model import Block, Clause, ClauseList, Procedure, QuickReply, Sop

MOST_COMPARED = 20
"""How many of the newest versions are compared each with each: five years of quarterly reviews. Of older
ones, only neighbours are, and each with the newest: 40 versions give 230 redlines instead of 780. A redline
takes 10 KB of a reader's phone (our decision, 2026-11-22)."""

_LONGEST_NAME = 110

_QUIET = frozenset({Subject.FRONT_MATTER, Subject.EXAMPLE, Subject.SECTION})
"""What a clause's mark is silent about: the redline shows it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a permalink leads: `name` is the beginning of its words; `was` are its earlier ids."""

    subject: Subject
    id: str
    number: str
    name: str
    was: tuple[str, ...] = ()


class Fate(StrEnum):
    """What a version did to a place."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What happened to a place, in which version, and the pair of versions whose redline shows it.

    `id` is that of the place on the redline.
    """

    fate: Fate
    version: str
    id: str
    pair: tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Absent:
    """A place that a version lacks: removed or added in `version`; `there` is the nearest that holds it."""

    place: Place
    fate: Fate
    version: str
    there: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """What a page says beside its clauses: by id, what happened to each, and the ids it had or will have."""

    marks: Mapping[str, tuple[Mark, ...]]
    aliases: Mapping[str, tuple[str, ...]]


NO_NOTES = Notes(marks={}, aliases={})


class Lineage:
    """The versions of one SOP, oldest first; what is worked out once is kept."""

    def __init__(self, sops: Sequence[Sop] = ()) -> None:
        self.sops = tuple(sops)
        self._places = {sop.version: {place.id: place for place in _places(sop)} for sop in self.sops}
        self._changes: dict[tuple[str, str], tuple[Change, ...]] = {}

    @property
    def versions(self) -> tuple[str, ...]:
        """Return the versions, oldest first."""
        return tuple(sop.version for sop in self.sops)

    def sop(self, version: str) -> Sop:
        """Return the text of a version."""
        return self.sops[self.versions.index(version)]

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Return the pairs of versions, older and newer, between which there is a redline."""
        near = set(combinations(self.versions[-MOST_COMPARED:], 2))
        far = {(version, self.versions[-1]) for version in self.versions[:-1]}
        wanted = near | far | set(pairwise(self.versions))
        return tuple(pair for pair in combinations(self.versions, 2) if pair in wanted)

    def before(self, version: str) -> str:
        """Return the version before this one, or ""."""
        return self._beside(version, -1)

    def after(self, version: str) -> str:
        """Return the version after this one, or ""."""
        return self._beside(version, +1)

    def changes(self, old: str, new: str) -> tuple[Change, ...]:
        """Return what changed from one version to the other."""
        if (old, new) not in self._changes:
            self._changes[old, new] = tuple(differences(self.sop(old), self.sop(new)))
        return self._changes[old, new]

    def missing(self, version: str, *, on: str) -> tuple[str, ...]:
        """Return the ids of the places of the version `on` that `version` lacks under any id."""
        known = self._known(version)
        return tuple(each.id for each in self._places[on].values() if not known & {each.id, *each.was})

    def absent(self, version: str) -> tuple[Absent, ...]:
        """Return the places of the other versions that this one lacks, by id."""
        known = self._known(version)
        others = {each.id: each for other in self.versions for each in self._places[other].values()}
        lacking = (each for each in others.values() if not known & {each.id, *each.was})
        return tuple(sorted((self._absence(version, place) for place in lacking), key=_id_of))

    def notes(self, version: str) -> Notes:
        """Return what the page of a version says beside its clauses."""
        if version not in self._places:
            return NO_NOTES
        marks: dict[str, tuple[Mark, ...]] = {}
        before, after = self.before(version), self.after(version)
        if before:
            self._mark(marks, (before, version), self._since(before, version), {})
        if after:
            self._mark(marks, (version, after), self._until(version, after), self._former(version, after))
        return Notes(marks=marks, aliases=self._aliases(version))

    def _beside(self, version: str, step: int) -> str:
        at = self.versions.index(version) + step if version in self.versions else -1
        return self.versions[at] if 0 <= at < len(self.versions) else ""

    def _known(self, version: str) -> frozenset[str]:
        places = self._places[version].values()
        return frozenset(name for place in places for name in (place.id, *place.was))

    def _absence(self, version: str, place: Place) -> Absent:
        at = self.versions.index(version)
        holding = [n for n, each in enumerate(self.versions) if place.id in self._places[each]]
        earlier = [n for n in holding if n < at]
        if earlier:
            last, gone = self.versions[earlier[-1]], self.versions[earlier[-1] + 1]
            kept = self._places[last][place.id]
            return Absent(place=kept, fate=Fate.REMOVED, version=gone, there=last)
        first = self.versions[holding[0]]
        return Absent(place=self._places[first][place.id], fate=Fate.ADDED, version=first, there=first)

    def _mark(
        self,
        marks: dict[str, tuple[Mark, ...]],
        pair: tuple[str, str],
        fates: Mapping[str, Fate],
        named_here: Mapping[str, str],
    ) -> None:
        for name, fate in fates.items():
            here = named_here.get(name, name)
            marks[here] = (*marks.get(here, ()), Mark(fate=fate, version=pair[1], id=name, pair=pair))

    def _since(self, before: str, version: str) -> dict[str, Fate]:
        """Return what this version did to its places: brought them in, or changed them."""
        return _fates(self.changes(before, version), lambda change: change.kind is not ChangeKind.REMOVED)

    def _until(self, version: str, after: str) -> dict[str, Fate]:
        """Return what the next version does to this one's places."""
        return _fates(self.changes(version, after), lambda change: change.kind is not ChangeKind.ADDED)

    def _former(self, version: str, after: str) -> dict[str, str]:
        """Return the ids that the next version's places have here, where they are others."""
        renamed = ((place.id, old) for place in self._places[after].values() for old in place.was)
        return {new: old for new, old in renamed if old in self._places[version]}

    def _aliases(self, version: str) -> dict[str, tuple[str, ...]]:
        """Return, by id, the ids under which other versions know the place, none of which is taken here."""
        here = self._places[version]
        known = {name: list(place.was) for name, place in here.items()}
        for other in self.versions:
            for place in self._places[other].values():
                for name in here.keys() & set(place.was):
                    known[name].append(place.id)
        free = {name: dict.fromkeys(each for each in ids if each not in here) for name, ids in known.items()}
        return {name: tuple(ids) for name, ids in free.items() if ids}


def _fates(changes: Sequence[Change], counts: Callable[[Change], bool]) -> dict[str, Fate]:
    fates: dict[str, Fate] = {}
    for change in changes:
        whole = change.subject in (Subject.CLAUSE, Subject.STEP, Subject.QUICK_REPLY)
        if change.subject not in _QUIET and change.kind is not ChangeKind.MOVED and counts(change):
            fates.setdefault(change.id, _fate(change.kind) if whole else Fate.CHANGED)
    return fates


def _fate(kind: ChangeKind) -> Fate:
    return {ChangeKind.ADDED: Fate.ADDED, ChangeKind.REMOVED: Fate.REMOVED}.get(kind, Fate.CHANGED)


def _id_of(absent: Absent) -> str:
    return absent.place.id


def _places(sop: Sop) -> Iterator[Place]:
    for section in sop.sections:
        yield Place(subject=Subject.SECTION, id=section.id, number=section.number, name=section.heading)
        yield from _places_in(section.blocks)


def _places_in(blocks: Sequence[Block]) -> Iterator[Place]:
    for block in blocks:
        match block:
            case ClauseList(clauses=clauses):
                for clause in clauses:
                    yield _place_of(clause, is_step=block.ordered)
                    yield from _places_in(clause.body)
            case Procedure():
                yield Place(
                    subject=Subject.PROCEDURE,
                    id=block.id,
                    number=block.number,
                    name=block.title,
                    was=block.was,
                )
                yield from _places_in(block.blocks)
            case QuickReply():
                yield Place(
                    subject=Subject.QUICK_REPLY, id=block.id, number="", name=block.title, was=block.was
                )


def _place_of(clause: Clause, *, is_step: bool) -> Place:
    words = " ".join(clause.text.split())
    if len(words) > _LONGEST_NAME:
        words = words[:_LONGEST_NAME].rpartition(" ")[0] + " …"
    subject = Subject.STEP if is_step else Subject.CLAUSE
    return Place(subject=subject, id=clause.id, number=clause.number, name=words, was=clause.was)
