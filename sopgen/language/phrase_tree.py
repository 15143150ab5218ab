"""What a cue is made of: words, alternatives, and parts in a row. `phrase` reads it, `trail` walks it."""

from typing import NamedTuple, TypeAlias


class Word(NamedTuple):
    """A word and its other spellings, as `phrase` writes them."""

    forms: tuple[str, ...]


class Either(NamedTuple):
    """One of these, the first that fits."""

    options: tuple["Tree", ...]


class Part(NamedTuple):
    """A part of a row: up to `gap` other words may stand before it; an `optional` part may be missing."""

    gap: int
    optional: bool
    tree: "Tree"


class Row(NamedTuple):
    """Parts one after another, at least one of which must be there."""

    parts: tuple[Part, ...]


Tree: TypeAlias = Word | Either | Row


def has_gap(tree: Tree) -> bool:
    """Return whether other words may stand in it."""
    if isinstance(tree, Word):
        return False
    if isinstance(tree, Either):
        return any(map(has_gap, tree.options))
    return any(part.gap > 0 or has_gap(part.tree) for part in tree.parts)
