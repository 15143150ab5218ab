"""The chances of many messages at once: what a trained model (`linear`) is when it is used.

A message's score is the sum of the shares of its features (`share`): its words and pairs of words
(`word_table`), the other party's last words, and what is known of it as a whole.
"""

import functools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from sopgen.language.feature import (
    CONTEXT_LENGTH,
    CONTEXT_WEIGHT,
    Utterance,
    bucket_of,
    is_shouted,
    names_of_facts,
    share_of,
)
from sopgen.language.linear import Floats, Weights
from sopgen.language.share import Shares, sums_of_rows
from sopgen.language.vocabulary import Vocabulary
from sopgen.language.word_table import STEPS, WordTable

FACT_CACHE = 1 << 12
"""Sets of facts whose rows are kept (our decision, 2026-11-22)."""


@dataclass(frozen=True, slots=True)
class Scored:
    """The chance of each label (columns) for each message that was asked about (rows)."""

    labels: tuple[str, ...]
    chances: NDArray[np.float64]


Predict = Callable[[Sequence[Utterance]], Scored]
"""What a trained model is: from some messages to the chances of its labels."""


def make_predictor(model: Weights, vocabulary: Vocabulary | None = None) -> Predict:
    """Return the function from messages to the chances of each label; models may share a vocabulary."""
    scorer = _Scorer(model, vocabulary or Vocabulary())

    def predict(heard: Sequence[Utterance]) -> Scored:
        scores = scorer.scores(heard)
        with np.errstate(over="ignore"):  # no chance at all is one, too
            chances = 1 / (1 + np.exp(-(model.slope * scores + model.shift)))
        return Scored(model.labels, chances.astype(np.float64))

    return predict


def told(predict: Predict, utterance: Utterance) -> dict[str, float]:
    """Return the chances of one message by label."""
    scored = predict([utterance])
    return dict(zip(scored.labels, scored.chances[0].tolist(), strict=True))


class _Scorer:
    def __init__(self, model: Weights, vocabulary: Vocabulary) -> None:
        self._scale, self._bias = model.scale, model.bias
        self._shares = Shares(model.buckets, model.weights)
        self._vocabulary = vocabulary
        self._words = WordTable(self._shares, vocabulary)
        self._facts = _FactTable(self._shares)

    def scores(self, heard: Sequence[Utterance]) -> Floats:
        """Return the score of each label (columns) for each message (rows)."""
        self._vocabulary.make_room()
        of = self._vocabulary.numbers_of
        said = [of(each.text) for each in heard]
        total = self._said(said) * _column(share_of(len(each)) for each in said)
        befores = {before: number for number, before in enumerate({each.before for each in heard})}
        contexts = [of(before)[-CONTEXT_LENGTH:] for before in befores]
        total += self._heard(contexts)[[befores[each.before] for each in heard]]
        total += self._facts.sums(heard)
        return total * self._scale + self._bias

    def _said(self, said: Sequence[Sequence[int]]) -> Floats:
        """Return the sum of the shares of each message's words, then of their neighbourhoods."""
        lengths = np.fromiter(map(len, said), np.intp, len(said))
        flat = np.fromiter(chain.from_iterable(said), np.intp)
        self._words.learn(flat)
        words = sums_of_rows(self._words.shares[flat], lengths)
        return words / np.float32(STEPS) + self._shares.sums(*self._words.links_of(said))

    def _heard(self, contexts: Sequence[Sequence[int]]) -> Floats:
        """Return the shares of the other party's last words."""
        flat = np.fromiter(chain.from_iterable(contexts), np.intp)
        lengths = np.fromiter(map(len, contexts), np.intp, len(contexts))
        total = self._shares.sums(self._words.heard(flat), lengths)
        return total * _column(CONTEXT_WEIGHT * max(len(each), 1) ** -0.5 for each in contexts)


def _column(values: Iterable[float]) -> Floats:
    return np.array(list(values), np.float32)[:, None]


class _FactTable:
    """The shares of what is known of a message as a whole, by the names that stand for it."""

    def __init__(self, shares: Shares) -> None:
        self._weights = shares
        self._numbers: dict[tuple[str, float], int] = {}
        self._shares = shares.nothing(0)
        self._rows_of = functools.lru_cache(maxsize=FACT_CACHE)(self._rows)

    def sums(self, heard: Sequence[Utterance]) -> Floats:
        """Return what is known of each message (rows)."""
        rows = [self._rows_of(each.acts, each.heard, shouted=is_shouted(each.text)) for each in heard]
        lengths = np.fromiter(map(len, rows), np.intp, len(rows))
        return sums_of_rows(self._shares[np.fromiter(chain.from_iterable(rows), np.intp)], lengths)

    def _rows(self, acts: frozenset[str], heard: frozenset[str], *, shouted: bool) -> tuple[int, ...]:
        return tuple(self._row(*fact) for fact in names_of_facts(acts, heard, shouted=shouted))

    def _row(self, name: str, weight: float) -> int:
        row = self._numbers.setdefault((name, weight), len(self._numbers))
        if row == len(self._shares):
            share = self._weights.sums(self._weights.places([bucket_of(name)]), np.ones(1, np.intp))
            self._shares = np.concatenate((self._shares, share * np.float32(weight)))
        return row
