"""Ids made from words: readable, without what is likely to change, and never one that was used before."""

import re
from collections.abc import Iterable

from sopgen.sop.heading import slug
from sopgen.sop.modality import modality_of
from sopgen.sop.model import Modality, SectionKind

WORDS = 4
"""Words of an id: enough to tell clauses apart, few enough to say aloud (our decision, 2026-11-22)."""

LONGEST = 48
"""Letters of an id before it is cut at a word."""

_SMALL = frozenset(
    {
        "yang", "dan", "atau", "untuk", "dengan", "pada", "dalam", "dari", "ke",
        "di", "agar", "supaya", "oleh", "ini", "itu", "akan", "secara", "para",
        "adalah", "ialah", "bila", "jika", "apabila", "kalau", "ketika", "saat", "setelah",
        "sesudah", "sebelum", "hingga", "sampai", "serta", "juga", "lalu", "kemudian", "maka",
        "sebagai", "tersebut", "selalu", "setiap", "tiap", "semua", "seluruh", "paling",
        "lambat", "lama", "minimal", "maksimal", "detik", "menit", "jam", "hari", "nya",
        "the", "an", "and", "or", "for", "with", "of", "in", "to",
        "from", "by", "on", "at", "is", "are", "be", "been", "it",
        "its", "this", "that", "these", "those", "when", "if", "while", "after",
        "before", "until", "as", "then", "all", "every", "each", "any", "within",
        "least", "most", "seconds", "minutes", "hours", "days", "minute", "hour", "day",
    }
)  # fmt: skip
_TAKEN_BY_FORM = re.compile(r"(?:provisional|reply)(?:-|$)")


class Naming:
    """Ids given out one after the other; those that are taken, and those of sections, are given to none."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = {*map(str, SectionKind), *taken}
        self._counts: dict[str, int] = {}

    def name(self, text: str, *, otherwise: str = "clause") -> str:
        """Return an id made from the words of `text` that is not taken, and take it.

        A text without words gets `otherwise`; a number stands behind an id that would be taken.
        """
        wish = _wish(text) or otherwise
        if _TAKEN_BY_FORM.match(wish):
            wish = f"{otherwise}-{wish}"
        name, number = wish, self._counts.get(wish, 1)
        while name in self._taken:
            number += 1
            name = f"{wish}-{number}"
        self._counts[wish] = number
        self._taken.add(name)
        return name


def plain_id(text: str) -> str:
    """Return an id made from a document's number, title or file name; "" without a letter or digit."""
    return _short(slug(text, words=6))


def _wish(text: str) -> str:
    words = slug(text, words=60).split("-")
    telling = [word for word in words if _tells(word)] or [word for word in words if word]
    return _short("-".join(telling[:WORDS]))


def _short(name: str) -> str:
    """Return a name cut between two words where it is too long."""
    if len(name) <= LONGEST:
        return name
    whole, hyphen, _ = name[: LONGEST + 1].rpartition("-")
    return whole if hyphen else name[:LONGEST]


def _tells(word: str) -> bool:
    """Return whether a word tells clauses apart: no number, no small word, none that opens a demand."""
    if len(word) < 2 or word[0].isdigit() or word in _SMALL:
        return False
    return modality_of(word) is Modality.PLAIN
