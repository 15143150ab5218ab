"""Which language a text is in: Indonesian, English, or neither for certain, told by its function words.

Function words are in every sentence, are not borrowed, and are few: a list of some hundred a language is
enough. Chats mix: a text with words of both is of neither, and so is one with too few words to tell.
"""

import re
from collections.abc import Callable, Iterable
from enum import StrEnum

from sopgen.language.lexicon import Lexicon
from sopgen.language.normal import normalise


class Tongue(StrEnum):
    """A language that can be told."""

    INDONESIAN = "id"
    ENGLISH = "en"


TellTongue = Callable[[str], Tongue | None]
"""From a text to its language, None when it is short, mixed or another one."""

LEAST_WORDS = 3
"""Function words of a language that a text needs (our decision, 2026-11-22)."""

LEAST_SHARE = 0.85
"""Share of them among the function words of both, below which a text is mixed (our decision, 2026-11-22)."""

_GROUPS = {Tongue.INDONESIAN: "function-id", Tongue.ENGLISH: "function-en"}
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")
_DRAWN_OUT = re.compile(r"([a-z])\1{2,}")


def make_tongue(lexicon: Lexicon) -> TellTongue:
    """Return what tells the language of a text by the function words of the lexicon."""
    words = {tongue: frozenset(lexicon.groups.get(group, ())) for tongue, group in _GROUPS.items()}

    def tell(text: str) -> Tongue | None:
        said = _WORD.findall(_DRAWN_OUT.sub(r"\1", normalise(text).text))
        counts = {tongue: _count(said, known) for tongue, known in words.items()}
        likely = max(counts, key=lambda tongue: counts[tongue])
        clear = counts[likely] >= LEAST_WORDS and counts[likely] >= LEAST_SHARE * sum(counts.values())
        return likely if clear else None

    return tell


def _count(said: Iterable[str], known: frozenset[str]) -> int:
    return sum(word in known for word in said)
