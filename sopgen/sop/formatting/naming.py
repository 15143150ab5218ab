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


def coin_id(text: str, taken: Iterable[str]) -> str:
    """Return an id made from the words of `text` that none of `taken` is; "clause" when it has no words."""
    names = frozenset(taken) | set(SectionKind)
    wish = _wish(text) or "clause"
    if _TAKEN_BY_FORM.match(wish):
        wish = f"clause-{wish}"
    return next(name for name in _numbered(wish) if name not in names)


def _wish(text: str) -> str:
    words = slug(text, words=60).split("-")
    telling = [word for word in words if _tells(word)] or [word for word in words if word]
    wish = "-".join(telling[:WORDS])
    return wish if len(wish) <= LONGEST else wish[:LONGEST].rpartition("-")[0] or wish[:LONGEST]


def _tells(word: str) -> bool:
    """Return whether a word tells clauses apart: no number, no small word, none that opens a demand."""
    if len(word) < 2 or word[0].isdigit() or word in _SMALL:
        return False
    return modality_of(word) is Modality.PLAIN


def _numbered(wish: str) -> Iterable[str]:
    yield wish
    number = 2
    while True:
        yield f"{wish}-{number}"
        number += 1
