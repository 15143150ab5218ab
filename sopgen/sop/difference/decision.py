"""What people decide about the proposed categories, and what a list of changes amounts to."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from sopgen.sop.difference.change import Change
from sopgen.sop.model import Category

DECIDED = "decided by hand"
"""Why a change has a category that no rule proposed."""

_WEIGHT = tuple(Category)


def decided(changes: Iterable[Change], categories: Mapping[str, Category]) -> tuple[Change, ...]:
    """Return the changes with the categories that people chose.

    A name is the id of a part (`first-reply`, and with it its prose and examples), a key of the front matter
    (`owner`), or either with the value that changed or the kind of change (`first-reply:limit`,
    `first-reply:parameter`); the narrowest goes first.
    """
    return tuple(_decided(change, categories) for change in changes)


def unknown_names(changes: Iterable[Change], categories: Mapping[str, Category]) -> tuple[str, ...]:
    """Return the names that fit no change, sorted: most likely misspelt."""
    known = {name for change in changes for name in _names(change)}
    return tuple(sorted(name for name in categories if name not in known))


def weightiest(changes: Iterable[Change]) -> Category | None:
    """Return the weightiest category among the changes, or None without any."""
    return min((change.category for change in changes), key=_WEIGHT.index, default=None)


def _decided(change: Change, categories: Mapping[str, Category]) -> Change:
    chosen = next((categories[name] for name in _names(change) if name in categories), None)
    return replace(change, category=chosen, why=DECIDED) if chosen else change


def _names(change: Change) -> tuple[str, ...]:
    narrow = (f"{change.id}:{change.name}",) if change.name else ()
    return (*narrow, f"{change.id}:{change.kind}", change.id)
