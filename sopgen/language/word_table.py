"""What words add to the scores of a trained model: each worked out once, when a message first uses the word.

A word's own share counts itself and its pieces (`feature.word_features`); the hashes of the pieces of many
words are worked out together. The bucket of a pair of words is hashed on from where the hash of its first
word stopped.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from sopgen.language.feature import BUCKETS, PIECE_LENGTHS, PIECE_WEIGHT, bucket_of, word_features
from sopgen.language.linear import Floats
from sopgen.language.share import Rows, Shares

TOKEN_CACHE = 1 << 16
"""Tokens whose share is kept; a language's chats use fewer words than that (our decision, 2026-11-21)."""

_FIRST_ROWS = 1 << 12
_PAD = b" "
_ALL_BITS = 0xFFFFFFFF
_POLYNOMIAL = 0xEDB88320
"""That of the checksum of ISO 3309, which `zlib.crc32` works out, its bits in reverse."""


class WordTable:
    """Words by number: their shares, where their weights as words before stand, and their hashes."""

    def __init__(self, shares: Shares) -> None:
        self._weights = shares
        self._numbers: dict[str, int] = {}
        self._words: list[str] = []
        self._encoded: list[bytes] = []
        self._pairs: list[int] = []
        self._skips: list[int] = []
        self._learnt = np.zeros(_FIRST_ROWS, np.bool_)
        self.shares = shares.nothing(_FIRST_ROWS)
        self.heard = np.full(_FIRST_ROWS, -1, np.int32)

    def make_room(self) -> None:
        """Forget all words once they are too many."""
        if len(self._words) > TOKEN_CACHE:
            self._learnt[:] = False
            self._numbers.clear()
            for each in (self._words, self._encoded, self._pairs, self._skips):
                each.clear()

    def numbers_of(self, tokens: Sequence[str]) -> list[int]:
        """Return the number of each word; it is good until `make_room` is called."""
        known = self._numbers
        try:
            return [known[token] for token in tokens]
        except KeyError:
            return [known[token] if token in known else self._enter(token) for token in tokens]

    def learn(self, numbers: Rows) -> None:
        """Work out the shares of these words, as far as they are not known."""
        new = np.unique(numbers[~self._learnt[numbers]]).tolist()
        plain = [number for number in new if is_plain(self._words[number])]
        for number in sorted(set(new).difference(plain)):
            self.shares[number] = share_of(self._words[number], self._weights)
        for length, alike in _by_length(plain, self._encoded).items():
            words = [self._encoded[number] for number in alike]
            for number, share in zip(alike, shares_of(words, length, self._weights), strict=True):
                self.shares[number] = share
        self._learnt[new] = True

    def links_of(self, said: Sequence[Sequence[int]]) -> tuple[Rows, Rows]:
        """Return the places of the messages' pairs, and how many each has (see `feature.links_of`)."""
        encoded, pairs, skips = self._encoded, self._pairs, self._skips
        begins = crc32(b"b^ ")
        seconds: list[bytes] = []
        starts: list[int] = []
        for numbers in said:
            words = [encoded[number] for number in numbers]
            seconds += words
            seconds.append(b"$")
            seconds += words[2:]
            starts.append(begins)
            starts += [pairs[number] for number in numbers]
            starts += [skips[number] for number in numbers[:-2]]
        lengths = np.fromiter((2 * len(each) + 1 - min(len(each), 2) for each in said), np.intp, len(said))
        hashes = np.fromiter(map(crc32, seconds, starts), np.int64, len(seconds))
        return self._weights.places(hashes % BUCKETS), lengths

    def _enter(self, token: str) -> int:
        number = len(self._words)
        if number == len(self.heard):
            self.shares = np.concatenate((self.shares, np.empty_like(self.shares)))
            self.heard = np.concatenate((self.heard, np.empty_like(self.heard)))
            self._learnt = np.concatenate((self._learnt, np.zeros_like(self._learnt)))
        word = token.encode()
        self._numbers[token] = number
        self._words.append(token)
        self._encoded.append(word)
        self._pairs.append(crc32(b"b" + word + _PAD))
        self._skips.append(crc32(b"s" + word + _PAD))
        self.heard[number] = self._weights.places([bucket_of(f"B{token}")])[0]
        return number


def share_of(token: str, weights: Shares) -> Floats:
    """Return what a word adds to the scores."""
    features = word_features(token)
    counts = np.array([weight for _, weight in features], np.float32)
    places = weights.places([bucket for bucket, _ in features])
    known = places >= 0
    share: Floats = counts[known] @ weights.table[places[known]]
    return share


def is_plain(token: str) -> bool:
    """Return whether a token is a word whose letters are bytes."""
    return token.isascii() and token[0].isalnum()


def _by_length(numbers: Iterable[int], words: Sequence[bytes]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for number in numbers:
        found.setdefault(len(words[number]), []).append(number)
    return found


def shares_of(words: Sequence[bytes], length: int, weights: Shares) -> Iterator[Floats]:
    """Yield what each word adds to the scores; all are plain and of this length. As `share_of` of each."""
    letters = np.frombuffer(b"".join(_PAD + word + _PAD for word in words), np.uint8)
    pieces = hashes_of_pieces(letters.reshape(len(words), length + 2))
    wholes = np.array([[crc32(b"w" + word)] for word in words], np.int64)
    places = weights.places(np.concatenate((wholes, *pieces), axis=1) % BUCKETS)
    counts = np.full(places.shape, PIECE_WEIGHT, np.float32)
    counts[:, 0] = 1
    known = places >= 0
    amounts, rows = counts[known], weights.table[places[known]]
    ends = np.cumsum(known.sum(axis=1)).tolist()
    for start, end in zip([0, *ends], ends, strict=False):
        yield amounts[start:end] @ rows[start:end]


def hashes_of_pieces(padded: NDArray[np.uint8]) -> Iterator[NDArray[np.int64]]:
    """Yield the hashes of the names of the pieces, for each length of a piece: a row a word, in its order."""
    states = np.full(padded.shape, crc32(b"c") ^ _ALL_BITS, np.uint32)
    width = padded.shape[1]
    for length in range(1, min(PIECE_LENGTHS[-1], width) + 1):
        states = states[:, : width - length + 1]
        letters = padded[:, length - 1 :]
        states = _steps()[(states ^ letters) & 0xFF] ^ (states >> 8)
        if length in PIECE_LENGTHS:
            yield (states ^ _ALL_BITS).astype(np.int64)


@cache
def _steps() -> NDArray[np.uint32]:
    """Return what each value of a byte does to the state of the checksum."""
    steps = np.arange(256, dtype=np.uint32)
    for _ in range(8):
        steps = np.where(steps & 1, (steps >> 1) ^ np.uint32(_POLYNOMIAL), steps >> 1)
    return steps
