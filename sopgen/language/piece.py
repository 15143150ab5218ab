"""Texts into the pieces of words that the encoder knows: a unigram model, solved word by word.

The pieces and their scores come with the encoder's weights; a text is cut where the scores add up highest
(Kudo, 2018, "Subword Regularization"; Viterbi). No piece crosses a space, so words are remembered.
"""

import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

SPACE = "\N{LOWER ONE EIGHTH BLOCK}"
"""What stands for the space before a word in a piece."""

UNKNOWN_PENALTY = 10.0
"""How far below the rarest piece an unknown letter scores (as in the encoder's own tokenizer)."""

WORD_CACHE = 1 << 16
"""Words whose pieces are remembered (our decision, 2026-11-22)."""

LONGEST_WORD = 200
"""Letters of a word that are looked at; longer ones are no words (our decision, 2026-11-22)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """The pieces in the order of their numbers, their scores (log chances), and the numbers of the marks.

    `letters` maps a code point to what it is read as.
    """

    pieces: Sequence[str]
    scores: Sequence[float]
    start: int
    padding: int
    end: int
    unknown: int
    letters: Mapping[int, str]


def make_cutter(known: Pieces) -> Callable[[str], list[int]]:
    """Return the function from a text to the numbers of its pieces, without marks of start and end."""
    marks = {known.start, known.padding, known.end, known.unknown}
    numbers = {piece: number for number, piece in enumerate(known.pieces) if number not in marks}
    longest = max(map(len, numbers))
    worst = min(known.scores) - UNKNOWN_PENALTY

    @functools.lru_cache(maxsize=WORD_CACHE)
    def cut_word(word: str) -> tuple[int, ...]:
        best = [0.0, *([-1e30] * len(word))]
        last = [(0, known.unknown)] * (len(word) + 1)
        for start in range(len(word)):
            if best[start] + worst > best[start + 1]:
                best[start + 1], last[start + 1] = best[start] + worst, (start, known.unknown)
            for end in range(start + 1, min(len(word), start + longest) + 1):
                number = numbers.get(word[start:end])
                if number is not None and best[start] + known.scores[number] > best[end]:
                    best[end], last[end] = best[start] + known.scores[number], (start, number)
        return tuple(_path(last))

    def cut(text: str) -> list[int]:
        words = text.translate(known.letters).split(" ")
        return [number for word in words if word for number in cut_word(SPACE + word[:LONGEST_WORD])]

    return cut


def _path(last: Sequence[tuple[int, int]]) -> list[int]:
    """Return the numbers along the best way, from the first letter to the last."""
    found = []
    at = len(last) - 1
    while at > 0:
        at, number = last[at]
        found.append(number)
    return found[::-1]
