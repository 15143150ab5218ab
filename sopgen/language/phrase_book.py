"""Phrases that authors of clauses write, found in texts the way people write them.

A clause's author writes what should be said as an agent would; no one can be asked to foresee how it will be
typed. So a phrase is read more generously than a cue (`generous`). What is found is told by its place in the
original text.
"""

import functools
from collections.abc import Callable, Iterable, Sequence
from itertools import chain

from sopgen.language.generous import compile_generously, families
from sopgen.language.guard import Guards, Passage, standing
from sopgen.language.lexicon import Lexicon
from sopgen.language.normal import normalise
from sopgen.language.pattern import Pattern, PatternError, Range
from sopgen.language.phrase import PhraseError

FindPhrases = Callable[[str], tuple[Range, ...]]
"""From a text to the half-open ranges of it where one of the phrases stands, in reading order."""

MAXIMUM_PHRASES = 200
"""Phrases of one clause (our decision, 2026-11-22)."""

MAXIMUM_LENGTH = 20_000
"""Characters of a message that are looked at, as in `recogniser`."""

_CACHED_LENGTH = 4_000
_CACHED_TEXTS = 8_192


class PhraseBook:
    """Compiles phrases with the spelling variants and word groups of a pack."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._groups = lexicon.groups
        self._families = families(lexicon.variants)
        self._pattern = functools.cache(self._pattern_of)

    def flaw_in(self, phrase: str) -> str:
        """Return why a phrase cannot be used, or ""."""
        try:
            self._pattern(phrase)
        except PhraseError as error:
            return str(error)
        except PatternError as error:
            return _said(error)
        return ""

    def group(self, name: str) -> frozenset[str]:
        """Return the words of a word group; none when the pack has no such group."""
        return frozenset(self._groups.get(name, ()))

    def finder(
        self, phrases: Sequence[str], *, unless: Sequence[str] = (), quoted: bool = True
    ) -> FindPhrases:
        """Return what finds the phrases; raises PhraseError or PatternError for one that `flaw_in` names.

        A sentence that holds one of `unless` counts for nothing; nor do quotations unless `quoted`.
        """
        if not phrases:
            return lambda _: ()
        search = Pattern("|".join(self._pattern(each) for each in phrases))
        guards = Guards(
            exceptions=None,
            always=None,
            negations=None,
            negation_reach=0,
            blockers=Pattern("|".join(self._pattern(each) for each in unless)) if unless else None,
            quoted=quoted,
        )

        def find(text: str) -> tuple[Range, ...]:
            normal = normalise(text[:MAXIMUM_LENGTH])
            passage = Passage(normal.text)
            hits = list(search.ranges(passage.encoded))
            return tuple(normal.original(*hit) for hit in standing(hits, guards, passage)) if hits else ()

        remembered = functools.lru_cache(maxsize=_CACHED_TEXTS)(find)
        return lambda text: (remembered if len(text) <= _CACHED_LENGTH else find)(text)

    def _pattern_of(self, phrase: str) -> str:
        pattern = compile_generously(phrase, families=self._families, groups=self._groups)
        if Pattern(pattern).is_in(""):
            raise PhraseError("it is found in an empty text, so everywhere")
        return pattern


def _said(error: Exception) -> str:
    """Return what RE2 says of a pattern; it says so in bytes."""
    said = error.args[0] if error.args else ""
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)


def split_phrases(written: str | Iterable[str]) -> tuple[str, ...]:
    """Return the phrases of a text that puts `|` between them (outside brackets), or of a list of such."""
    texts = (written,) if isinstance(written, str) else tuple(written)
    return tuple(chain.from_iterable(_split(text) for text in texts))


def _split(text: str) -> tuple[str, ...]:
    parts, depth = [""], 0
    for character in text:
        depth += (character in "([") - (character in ")]")
        if character == "|" and depth <= 0 and not _opens_pattern(parts[-1]):
            parts.append("")
        else:
            parts[-1] += character
    return tuple(part.strip() for part in parts if part.strip())


def _opens_pattern(part: str) -> bool:
    """Return whether a bare pattern (`/a|b/`) has begun and not ended."""
    bare = part.strip()
    return bare.startswith("/") and (len(bare) == 1 or not bare.endswith("/"))
