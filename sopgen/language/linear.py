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
    CONTEXT_LENGTH,
    CONTEXT_WEIGHT,
    Utterance,
    Weighted,
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

    def rows(features: Weighted) -> Floats:
        wanted = np.fromiter((bucket for bucket, _ in features), dtype=np.uint32, count=len(features))
        counts = np.fromiter((weight for _, weight in features), dtype=np.float32, count=len(features))
        places = np.minimum(np.searchsorted(model.buckets, wanted), len(model.buckets) - 1)
        known = model.buckets[places] == wanted
        found: Floats = counts[known] @ model.weights[places[known]].astype(np.float32)
        return found

    @functools.lru_cache(maxsize=TOKEN_CACHE)
    def of_word(token: str) -> Floats:
        return rows(word_features(token))

    @functools.lru_cache(maxsize=TOKEN_CACHE)
    def of_name(name: str) -> Floats:
        return rows(((bucket_of(name), 1.0),))

    def predict(utterance: Utterance) -> dict[str, float]:
        tokens = tokens_of(utterance.text)
        own = sum((of_word(token) for token in tokens), start=np.zeros(len(model.labels), np.float32))
        own = sum((of_name(name) for name in links_of(tokens)), start=own)
        score = model.bias + own * share_of(tokens)
        context = tokens_of(utterance.before)[-CONTEXT_LENGTH:]
        if context:
            heard = sum((of_name(f"B{token}") for token in context), start=np.zeros_like(score))
            score = score + heard * (CONTEXT_WEIGHT * len(context) ** -0.5)
        score = sum((of_name(name) * weight for name, weight in fact_names(utterance)), start=score)
        chance = 1 / (1 + np.exp(-(model.slope * score + model.shift)))
        return dict(zip(model.labels, chance.tolist(), strict=True))

    return predict


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
