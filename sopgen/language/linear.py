"""A linear model over hashed features: small, fast, and with probabilities that mean something.

The file (`model/<role>.npz`) holds: `labels` (text, n), `buckets` (uint32, ascending, m), `weights` (int8,
m x n) with a `scale` for each label (float32, n), `bias` (float32, n), and `slope` and `shift` (float32, n),
which turn a score into a probability (Platt, 1999). Whatever the file holds is data; nothing in it is ever
executed.
"""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from sopgen.base.errors import PackError
from sopgen.language.feature import (
    BUCKETS,
    CONTEXT_LENGTH,
    CONTEXT_WEIGHT,
    Utterance,
    bucket_of,
    fact_names,
    links_of,
    share_of,
    tokens_of,
    word_features,
)

Floats = NDArray[np.float32]

TOKEN_CACHE = 1 << 16
"""Tokens whose share is kept; a language's chats use fewer words than that (our decision, 2026-11-21)."""

NAME_CACHE = 1 << 10
"""Names of facts whose share is kept; there are two for each act."""

CONTEXT_CACHE = 1 << 10
"""Texts whose share as the words before is kept: several messages may answer one."""

_FIRST_ROWS = 1 << 12

LEVELS = 127
"""Steps from nothing to a label's largest weight in the file: all models together stay below 40 MB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What training yields and the file holds; see the module for shapes."""

    labels: tuple[str, ...]
    buckets: NDArray[np.uint32]
    weights: NDArray[np.float16]
    bias: Floats
    slope: Floats
    shift: Floats


Predict = Callable[[Utterance], dict[str, float]]
"""What a trained model is: the probability of each of its labels."""


def make_predictor(model: Weights) -> Predict:
    """Return the function from an utterance to the probability of each label."""
    shares = _Shares(model)

    def predict(utterance: Utterance) -> dict[str, float]:
        tokens = tokens_of(utterance.text)
        score = model.bias + shares.of_message(tokens) * share_of(tokens)
        if utterance.before:
            score = score + shares.of_context(utterance.before)
        for name, weight in fact_names(utterance):
            score = score + shares.of_name(name) * weight
        chance = 1 / (1 + np.exp(-(model.slope * score + model.shift)))
        return dict(zip(model.labels, chance.tolist(), strict=True))

    return predict


class _Shares:
    """What each feature adds to the score of each label, looked up in one go for a whole message.

    Shares of words are remembered in rows of one table. They are added up in the order of the message, as
    single precision rounds.
    """

    def __init__(self, model: Weights) -> None:
        self._model = model
        self._places = np.full(BUCKETS, -1, np.int32)
        inside = model.buckets < BUCKETS
        self._places[model.buckets[inside]] = np.flatnonzero(inside)
        self._rows: dict[str, int] = {}
        self._table = np.empty((_FIRST_ROWS, len(model.labels)), np.float32)
        self.of_name = functools.lru_cache(maxsize=NAME_CACHE)(self._of_name)
        self.of_context = functools.lru_cache(maxsize=CONTEXT_CACHE)(self._of_context)

    def of_message(self, tokens: list[str]) -> Floats:
        """Return the sum of the shares of its words, then of their neighbourhoods."""
        if len(self._rows) + len(tokens) > TOKEN_CACHE:
            self._rows.clear()
        rows = [self._rows.get(token) for token in tokens]
        known = [self._learn(token) if row is None else row for token, row in zip(tokens, rows, strict=True)]
        links = self._weights([bucket_of(name) for name in links_of(tokens)])
        return self._sum(np.concatenate((self._table[known], links)))

    def _of_context(self, before: str) -> Floats:
        """Return the share of the other party's last words."""
        context = tokens_of(before)[-CONTEXT_LENGTH:]
        if not context:
            return np.zeros(len(self._model.labels), np.float32)
        heard = self._sum(self._weights([bucket_of(f"B{token}") for token in context]))
        share: Floats = heard * (CONTEXT_WEIGHT * len(context) ** -0.5)
        return share

    def _of_name(self, name: str) -> Floats:
        return self._sum(self._weights([bucket_of(name)]))

    def _learn(self, token: str) -> int:
        """Return the row of the table that now holds the share of the word."""
        row = self._rows.get(token)
        if row is not None:
            return row
        row = self._rows[token] = len(self._rows)
        if row == len(self._table):
            self._table = np.concatenate((self._table, np.empty_like(self._table)))
        features = word_features(token)
        counts = np.array([weight for _, weight in features], np.float32)
        places = self._places[[bucket for bucket, _ in features]]
        known = places >= 0
        self._table[row] = counts[known] @ self._model.weights[places[known]].astype(np.float32)
        return row

    def _weights(self, buckets: list[int]) -> Floats:
        """Return the weights of those buckets that the model knows, a row for each."""
        places = self._places[buckets]
        found: Floats = self._model.weights[places[places >= 0]].astype(np.float32)
        return found

    def _sum(self, rows: Floats) -> Floats:
        total: Floats = rows.sum(axis=0)
        return total


def write_weights(model: Weights, path: Path) -> None:
    """Write the file; the same model gives the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    exact = model.weights.astype(np.float32)
    scale = np.maximum(np.abs(exact).max(axis=0), np.finfo(np.float32).tiny) / LEVELS
    np.savez_compressed(
        path,
        labels=np.array(model.labels),
        buckets=model.buckets,
        weights=np.rint(exact / scale).astype(np.int8),
        scale=scale,
        bias=model.bias,
        slope=model.slope,
        shift=model.shift,
    )


def read_weights(path: Path) -> Weights:
    """Return what a model file holds. Error: MDL101 when it cannot be read."""
    try:
        with np.load(BytesIO(path.read_bytes()), allow_pickle=False) as held:
            return Weights(
                labels=tuple(str(label) for label in held["labels"]),
                buckets=held["buckets"],
                weights=(held["weights"] * held["scale"]).astype(np.float16),
                bias=held["bias"],
                slope=held["slope"],
                shift=held["shift"],
            )
    except (OSError, KeyError, ValueError, BadZipFile) as error:
        message = f"the trained model '{path}' cannot be read: {error}"
        raise PackError("MDL101", message, hint="make it again: sopgen train") from error
