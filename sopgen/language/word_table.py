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

from sopgen.language.feature import BUCKETS, PIECE_LENGTHS, PIECE_WEIGHT, word_features
from sopgen.language.linear import Floats
from sopgen.language.share import Rows, Shares, sums_of_rows
from sopgen.language.vocabulary import Vocabulary

STEPS = 20
"""What a whole word counts; a piece counts the whole number that is nearest to PIECE_WEIGHT of it."""

_PIECE_STEPS = round(PIECE_WEIGHT * STEPS)
_PAD = b" "
_ALL_BITS = 0xFFFFFFFF
_POLYNOMIAL = 0xEDB88320
"""That of the checksum of ISO 3309, which `zlib.crc32` works out, its bits in reverse."""


class WordTable:
    """What the words of a vocabulary add to the scores of one model, by their numbers, STEPS times."""

    def __init__(self, shares: Shares, vocabulary: Vocabulary) -> None:
        self._weights = shares
        self._vocabulary = vocabulary
        self._age = vocabulary.age
        self._learnt = np.zeros(0, np.bool_)
        self.shares = shares.nothing(0)

    def learn(self, numbers: Rows) -> None:
        """Work out the shares of these words, as far as they are not known."""
        self._keep_up()
        words, encoded = self._vocabulary.words, self._vocabulary.encoded
        new = np.unique(numbers[~self._learnt[numbers]]).tolist()
        plain = [number for number in new if is_plain(words[number])]
        for number in sorted(set(new).difference(plain)):
            self.shares[number] = share_of(words[number], self._weights)
        for length, alike in _by_length(plain, encoded).items():
            each = [encoded[number] for number in alike]
            self.shares[alike] = shares_of(each, length, self._weights)
        self._learnt[new] = True

    def _keep_up(self) -> None:
        """Forget what the vocabulary forgot, and make room for as many words as it has room for."""
        if self._age != self._vocabulary.age:
            self._age = self._vocabulary.age
            self._learnt[:] = False
        more = len(self._vocabulary.heard) - len(self._learnt)
        if more:
            self._learnt = np.concatenate((self._learnt, np.zeros(more, np.bool_)))
            self.shares = np.concatenate((self.shares, self._weights.nothing(more)))

    def heard(self, numbers: Rows) -> Rows:
        """Return where the weights of these words stand as words of the other party."""
        return self._weights.places(self._vocabulary.heard[numbers])

    def links_of(self, said: Sequence[Sequence[int]]) -> tuple[Rows, Rows]:
        """Return the places of the messages' pairs, and how many each has (see `feature.links_of`)."""
        known = self._vocabulary
        encoded, pairs, skips = known.encoded, known.pairs, known.skips
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


def share_of(token: str, weights: Shares) -> Floats:
    """Return what a word adds to the scores, STEPS times as much."""
    features = word_features(token)
    counts = np.array([round(weight * STEPS) for _, weight in features], np.float32)
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


def shares_of(words: Sequence[bytes], length: int, weights: Shares) -> Floats:
    """Return what each word (rows) adds; all are plain and of this length. As `share_of` of each."""
    letters = np.frombuffer(b"".join(_PAD + word + _PAD for word in words), np.uint8)
    pieces = hashes_of_pieces(letters.reshape(len(words), length + 2))
    wholes = np.array([[crc32(b"w" + word)] for word in words], np.int64)
    places = weights.places(np.concatenate((wholes, *pieces), axis=1) % BUCKETS)
    counts = np.full(places.shape, _PIECE_STEPS, np.float32)
    counts[:, 0] = STEPS
    known = places >= 0
    return sums_of_rows(counts[known, None] * weights.table[places[known]], known.sum(axis=1))


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
