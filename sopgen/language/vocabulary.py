"""The words of messages by number, and what of their hashes hangs on no model: all trained models share it.

A message is cut into words once, for the model of its speaker and for that of who answers it.
"""

from collections.abc import Sequence
from zlib import crc32

import numpy as np

from sopgen.language.feature import bucket_of, tokens_of

TOKEN_CACHE = 1 << 15
"""Words that are kept before all are forgotten: few chats of one desk use as many, and with what all models
know of it each takes a kilobyte, by reckoning (our decision, 2026-11-23)."""

TEXT_CACHE = 1 << 12
LONGEST_TEXT = 1_000
"""Texts of which the words are kept, and characters of the longest (our decision, 2026-11-22)."""

_FIRST_ROWS = 1 << 12


class Vocabulary:
    """Words, encoded and not, and of pairs that begin with each the hash up to the second word.

    `heard` are their buckets as words of the other party. `age` counts how often all was forgotten: a number
    is good for one age.
    """

    def __init__(self) -> None:
        self.age = 0
        self.words: list[str] = []
        self.encoded: list[bytes] = []
        self.pairs: list[int] = []
        self.skips: list[int] = []
        self.heard = np.empty(_FIRST_ROWS, np.int32)
        self._numbers = _Numbers(self)
        self._texts: dict[str, Sequence[int]] = {}

    def make_room(self) -> None:
        """Forget all words once they are too many."""
        if len(self.words) > TOKEN_CACHE:
            self.age += 1
            for each in (self._numbers, self._texts, self.words, self.encoded, self.pairs, self.skips):
                each.clear()

    def numbers_of(self, text: str) -> Sequence[int]:
        """Return the number of each word of a text."""
        found = self._texts.get(text)
        if found is None:
            found = self.numbers_of_words(tokens_of(text))
            if len(text) <= LONGEST_TEXT:
                if len(self._texts) >= TEXT_CACHE:
                    self._texts.clear()
                self._texts[text] = found
        return found

    def numbers_of_words(self, words: Sequence[str]) -> Sequence[int]:
        """Return the number of each word."""
        return list(map(self._numbers.__getitem__, words))

    def enter(self, token: str) -> int:
        """Return the number of a new word."""
        number = len(self.words)
        if number == len(self.heard):
            self.heard = np.concatenate((self.heard, np.empty_like(self.heard)))
        word = token.encode()
        self.words.append(token)
        self.encoded.append(word)
        self.pairs.append(crc32(b"b" + word + b" "))
        self.skips.append(crc32(b"s" + word + b" "))
        self.heard[number] = bucket_of(f"B{token}")
        return number


class _Numbers(dict[str, int]):
    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def __missing__(self, word: str) -> int:
        found = self[word] = self._vocabulary.enter(word)
        return found
