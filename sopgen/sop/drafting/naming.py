"""Ids of clauses and procedures, from the words that tell them apart."""

from dataclasses import dataclass, field

from sopgen.sop.heading import slug
from sopgen.sop.model import SectionKind

_SMALL = frozenset(
    [
        "yang",
        "dan",
        "untuk",
        "dengan",
        "pada",
        "dalam",
        "dari",
        "ke",
        "di",
        "agar",
        "atau",
        "oleh",
        "ini",
        "itu",
        "akan",
        "secara",
        "setiap",
        "semua",
        "wajib",
        "harus",
        "dilarang",
        "jangan",
        "tidak",
        "boleh",
        "sebaiknya",
        "hendaknya",
        "dapat",
        "bila",
        "jika",
        "apabila",
        "kalau",
        "selalu",
        "para",
        "adalah",
        "sop",
        "cara",
        "the",
        "and",
        "for",
        "with",
        "of",
        "in",
        "to",
        "a",
        "an",
        "is",
        "are",
        "be",
        "by",
        "on",
        "at",
        "must",
        "shall",
        "should",
        "may",
        "not",
        "never",
        "always",
        "when",
        "if",
        "all",
        "every",
        "do",
    ]
)
_LONGEST = 40


@dataclass(slots=True)
class Naming:
    """The ids given out so far; those of sections are taken from the start."""

    taken: set[str] = field(default_factory=lambda: set(map(str, SectionKind)))
    counts: dict[str, int] = field(default_factory=dict)

    def name(self, text: str, *, otherwise: str = "clause") -> str:
        """Return an id of up to four words of `text`, with a number behind it where it is taken."""
        words = slug(text, words=60).split("-")
        telling = [word for word in words if word not in _SMALL] or words
        wish = _short("-".join(telling[:4])) or otherwise
        name, number = wish, self.counts.get(wish, 1)
        while name in self.taken:
            number += 1
            name = f"{wish}-{number}"
        self.counts[wish] = number
        self.taken.add(name)
        return name


def plain_id(text: str) -> str:
    """Return an id made from a document's number, title or file name; "" without a letter or digit."""
    return _short(slug(text, words=6))


def _short(name: str) -> str:
    """Return a name cut between two words where it is too long."""
    if len(name) <= _LONGEST:
        return name
    whole, hyphen, _ = name[: _LONGEST + 1].rpartition("-")
    return whole if hyphen else name[:_LONGEST]
