"""What a trained model sees of a message: hashed words, word pairs, pieces of words, and what cues found.

A message's features are additive over its tokens, so that a token's share can be worked out once and kept.
The words the other party said just before count apart from the message's own. That the cues of an act hit is
a feature like a word: lines written by people who had not seen the cues teach how far each can be trusted.
"""

import re
import string
from collections.abc import Iterator
from typing import NamedTuple
from zlib import crc32

from sopgen.language.normal import normalise

BUCKETS = 1 << 18
"""Hash buckets; training lines have some 200,000 distinct features (our decision, 2026-11-21)."""

PIECE_WEIGHT = 0.35
"""Weight of a piece of a word against a whole word (our choice by cross-validation, 2026-11-21)."""

CONTEXT_WEIGHT = 0.5
"""Weight of all the words before together, against a message of one word (as above)."""

CONTEXT_LENGTH = 25
"""Words of the other party that count: the last ones."""

CUE_WEIGHT = 1.0
"""Weight of an act that the cues found in the message (our choice by cross-validation, 2026-11-22)."""

HEARD_CUE_WEIGHT = 0.5
"""Weight of an act that the cues found in the words before (as above)."""

LONG = 25
"""Tokens of a long message (chosen by cross-validation over 15, 25, 40 and no bound, 2026-11-22)."""

SHOUTED_SHARE = 0.6
"""Share of capital letters from which a text of some length is shouted (as above)."""

SHOUTED_LETTERS = 7
"""Letters that a text needs to be shouted rather than a code or a size."""

_TOKEN = re.compile(r"\w+|[!?]+|[^\w\s.,:;'\"()\-/]")
PIECE_LENGTHS = (2, 3, 4, 5)
"""Letters of the pieces of a word, its edges counted as one each."""

_LETTERS, _CAPITALS = string.ascii_letters.encode(), string.ascii_uppercase.encode()

Weighted = tuple[tuple[int, float], ...]
"""Pairs of bucket and weight."""


class Utterance(NamedTuple):
    """A message as the model hears it: its text, the other party's last words, and the acts cues found."""

    text: str
    before: str = ""
    acts: frozenset[str] = frozenset()
    heard: frozenset[str] = frozenset()


def tokens_of(text: str) -> list[str]:
    """Return the words, rows of !? and symbols of a text, folded."""
    return _TOKEN.findall(normalise(text).text)


def links_of(tokens: list[str]) -> Iterator[str]:
    """Yield the names of neighbouring pairs, edges included, and of pairs with one word between."""
    for first, second in zip(["^", *tokens], [*tokens, "$"], strict=True):
        yield f"b{first} {second}"
    for first, second in zip(tokens, tokens[2:], strict=False):
        yield f"s{first} {second}"


def word_features(token: str) -> Weighted:
    """Return the features of one token: the word itself, and its pieces of 2 to 5 letters."""
    whole = (bucket_of(f"w{token}"), 1.0)
    if not token[0].isalnum():
        return (whole,)
    padded = f" {token} "
    pieces = (
        (bucket_of(f"c{padded[start : start + length]}"), PIECE_WEIGHT)
        for length in PIECE_LENGTHS
        for start in range(len(padded) - length + 1)
    )
    return (whole, *pieces)


def bucket_of(name: str) -> int:
    """Return the bucket of a feature's name."""
    return crc32(name.encode()) % BUCKETS


def share_of(length: int) -> float:
    """Return by how much the features of a message of so many tokens count: less, the longer it is.

    Beyond LONG tokens only their mean counts: else a long mail would be sure to be anything.
    """
    return float((length + 3) ** -0.5 * min(1.0, (LONG / max(length, 1)) ** 0.5))


def fact_names(utterance: Utterance) -> Iterator[tuple[str, float]]:
    """Yield the names and weights of what is known of the message as a whole."""
    return names_of_facts(utterance.acts, utterance.heard, shouted=is_shouted(utterance.text))


def names_of_facts(
    acts: frozenset[str], heard: frozenset[str], *, shouted: bool
) -> Iterator[tuple[str, float]]:
    """Yield the same, told by these facts alone."""
    yield from ((f"A{act}", CUE_WEIGHT) for act in sorted(acts))
    yield from ((f"H{act}", HEARD_CUE_WEIGHT) for act in sorted(heard))
    if shouted:
        yield "shouted", 1.0


def is_shouted(text: str) -> bool:
    """Return whether most letters of a text of some length are capitals."""
    plain = text.encode("ascii", "ignore")
    letters, capitals = _count(plain, _LETTERS), _count(plain, _CAPITALS)
    if len(plain) < len(text):
        if capitals + len(text) - len(plain) < SHOUTED_SHARE * letters:
            return False  # whatever the others are
        letters, capitals = sum(map(str.isalpha, text)), sum(map(str.isupper, filter(str.isalpha, text)))
    return letters >= SHOUTED_LETTERS and capitals >= SHOUTED_SHARE * letters


def _count(text: bytes, letters: bytes) -> int:
    return len(text) - len(text.translate(None, letters))
