"""What a trained model sees of a message: hashed words, word pairs and pieces of words.

A message's features are additive over its tokens, so that a token's share can be worked out once and kept.
The words the other party said just before count apart from the message's own.
"""

import functools
import re
from collections.abc import Iterator
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

_TOKEN = re.compile(r"\w+|[!?]+|[^\w\s.,:;'\"()\-/]")
_PIECE_LENGTHS = (2, 3, 4, 5)

Weighted = tuple[tuple[int, float], ...]
"""Pairs of bucket and weight."""


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
        for length in _PIECE_LENGTHS
        for start in range(len(padded) - length + 1)
    )
    return (whole, *pieces)


@functools.lru_cache(maxsize=1 << 17)
def bucket_of(name: str) -> int:
    """Return the bucket of a feature's name."""
    return crc32(name.encode()) % BUCKETS


def share_of(tokens: list[str]) -> float:
    """Return by how much the features of a message of these tokens count: less, the longer it is."""
    return float((len(tokens) + 3) ** -0.5)
