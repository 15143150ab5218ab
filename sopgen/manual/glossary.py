"""The terms that an SOP defines, so that each is explained where it is used.

The section of definitions in, terms with their anchors out. A term is the first cell of a table's row, or the
bold beginning of a list's item. "PIN, OTP, CVV" are three terms; "Pelanggan (member)" is two.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markdown_it.token import Token

from sopgen.sop.model import Prose, SectionKind, Sop

MOST_TERMS = 200
"""More terms than any SOP defines; it bounds the pattern that looks for them."""

_ASIDE = re.compile(r"\(([^()]*)\)")
_SHORTEST, _LONGEST = 2, 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """A defined term as it stands in a text: from `start` to `end`, and the anchor of its definition."""

    start: int
    end: int
    anchor: str


class Glossary:
    """The terms of one SOP, each with the anchor of its definition; each is explained once in a section."""

    def __init__(self, terms: Sequence[str] = ()) -> None:
        self._anchors: dict[str, str] = {}
        terms = tuple(dict.fromkeys(terms))[:MOST_TERMS]
        for place, term in enumerate(terms, start=1):
            for name in _names(term):
                self._anchors.setdefault(name.casefold(), f"_term-{place}")
        self._by_term = {term: f"_term-{place}" for place, term in enumerate(terms, start=1)}
        names = sorted(self._anchors, key=lambda name: (-len(name), name))
        pattern = "|".join(re.escape(name) for name in names) or r"(?!)"
        self._pattern = re.compile(rf"(?<![\w{{-])(?:{pattern})(?![\w}}-])", re.I)
        self._told: set[str] = set()
        self._count = len(set(self._anchors.values()))

    def begin_section(self) -> None:
        """Explain every term once more from here on."""
        self._told.clear()

    def anchor_of(self, term: str) -> str:
        """Return the anchor of a definition by its whole name, once: a term defined twice has one place."""
        return self._by_term.pop(term, "")

    def uses_in(self, text: str) -> Iterator[Use]:
        """Yield the terms in a text that have not been explained in this section yet."""
        if len(self._told) == self._count:
            return
        for match in self._pattern.finditer(text):
            anchor = self._anchors.get(match[0].casefold(), "")
            if anchor and anchor not in self._told:
                self._told.add(anchor)
                yield Use(start=match.start(), end=match.end(), anchor=anchor)


def defining_prose(sop: Sop) -> tuple[Prose, ...]:
    """Return the passages that define terms."""
    return tuple(
        block
        for section in sop.sections
        if section.kind is SectionKind.DEFINITIONS
        for block in section.blocks
        if isinstance(block, Prose)
    )


def defined_terms(tokens: Sequence[Token]) -> Iterator[tuple[str, Token]]:
    """Yield each term that a passage defines, with the token of the row or item that explains it."""
    holder: Token | None = None
    for token, after in pairwise(tokens):
        if token.type in ("tr_open", "list_item_open"):
            holder = token
        elif token.type == "td_open" and holder is not None and after.content.strip():
            yield after.content.replace("*", "").strip(), holder
            holder = None
        elif token.type == "paragraph_open" and holder is not None:
            term = _bold_beginning(after.children or [])
            if term:
                yield term, holder
            holder = None


def _bold_beginning(children: Sequence[Token]) -> str:
    kinds = [child.type for child in children[:5]]
    for begin in (0, 1):
        if kinds[begin : begin + 3] == ["strong_open", "text", "strong_close"]:
            return children[begin + 1].content.strip(" :")
    return ""


def _names(term: str) -> Iterator[str]:
    asides = _ASIDE.findall(term)
    for part in (*_ASIDE.sub("", term).split(","), *(name for aside in asides for name in aside.split(","))):
        name = part.strip()
        if _SHORTEST <= len(name) <= _LONGEST:
            yield name
