"""The trained model, made again from the labelled lines of the pack (`training/*.jsonl`).

Each line is `{"role", "before", "text", "labels"}`: a message, the other party's last words, and everything
the message does. One logistic regression per label, on the features of `feature`, with fixed seeds; chances
are calibrated on folds that the regression had not seen. scikit-learn is needed here alone (extra `train`).
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sopgen.base.errors import MachineError, PackError
from sopgen.language.feature import (
    BUCKETS,
    CONTEXT_LENGTH,
    CONTEXT_WEIGHT,
    bucket_of,
    links_of,
    share_of,
    tokens_of,
    word_features,
)
from sopgen.language.linear import Weights

ROLES = ("agent", "customer")
"""Who has a model."""

FOLDS = 3
SEED = 20261121
INVERSE_REGULARISATION = 3.0
"""liblinear's C, chosen by cross-validation over {1, 3, 10} (2026-11-21)."""

LEAST_POSITIVES = 15
"""Lines that a label needs before a model of it means anything (our decision, 2026-11-21)."""

SURE = 0.9
"""The precision at which `Card.recall_when_sure` is measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One labelled message."""

    role: str
    before: str
    text: str
    labels: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What cross-validation measured of one label: `threshold` is the least that reaches precision SURE.

    `threshold` is None where no threshold does.
    """

    role: str
    label: str
    lines: int
    positives: int
    average_precision: float
    threshold: float | None
    recall_when_sure: float


def read_lines(folder: Path) -> tuple[Line, ...]:
    """Return the lines of every `*.jsonl` of a folder. Errors: MDL102 none found, MDL103 a line is broken."""
    lines = tuple(line for path in sorted(folder.glob("*.jsonl")) for line in _lines_of(path))
    if not lines:
        raise PackError(
            "MDL102", f"there are no training lines in '{folder}'", hint="name a folder of .jsonl"
        )
    return lines


def train(
    lines: Sequence[Line], role: str, progress: Callable[[str], None]
) -> tuple[Weights, tuple[Card, ...]]:
    """Return the model of one role, and its card per label. Takes minutes on two cores."""
    chosen = [line for line in lines if line.role == role]
    counted = {
        label: sum(label in line.labels for line in chosen) for line in chosen for label in line.labels
    }
    labels = tuple(sorted(label for label, count in counted.items() if count >= LEAST_POSITIVES))
    features = _matrix(chosen)
    fits = []
    for label in labels:
        progress(f"{role} {label}")
        fits.append(_fit(features, np.array([label in line.labels for line in chosen])))
    cards = tuple(_card(role, label, fit, counted[label]) for label, fit in zip(labels, fits, strict=True))
    return _packed(labels, fits), cards


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fit:
    weights: NDArray[np.float64]
    bias: float
    slope: float
    shift: float
    truth: NDArray[np.bool_]
    chance: NDArray[np.float64]


def _fit(features: Any, truth: NDArray[np.bool_]) -> _Fit:
    from sklearn.model_selection import StratifiedKFold  # noqa: PLC0415

    unseen = np.zeros(len(truth))
    for known, held in StratifiedKFold(FOLDS, shuffle=True, random_state=SEED).split(features, truth):
        unseen[held] = _regression().fit(features[known], truth[known]).decision_function(features[held])
    scale = _scale().fit(unseen[:, None], truth)
    slope, shift = float(scale.coef_[0, 0]), float(scale.intercept_[0])
    whole = _regression().fit(features, truth)
    chance = 1 / (1 + np.exp(-(slope * unseen + shift)))
    return _Fit(
        weights=whole.coef_[0],
        bias=float(whole.intercept_[0]),
        slope=slope,
        shift=shift,
        truth=truth,
        chance=chance,
    )


def _regression() -> Any:
    return _logistic(C=INVERSE_REGULARISATION, solver="liblinear", class_weight="balanced", max_iter=300)


def _scale() -> Any:
    """Return the regression that turns scores into probabilities, all but unregularised."""
    return _logistic(C=1e6)


def _logistic(**options: Any) -> Any:
    """Return scikit-learn's logistic regression. Error: MDL104 when the extra is not installed."""
    try:
        from sklearn.linear_model import LogisticRegression  # noqa: PLC0415
    except ImportError as error:
        hint = "install the extra: pip install 'sopgen[train]'"
        raise MachineError(
            "MDL104", "training needs scikit-learn, which is not installed", hint=hint
        ) from error
    return LogisticRegression(random_state=SEED, **options)


def _matrix(lines: Sequence[Line]) -> Any:
    """Return the sparse features, one row a line."""
    from scipy.sparse import csr_matrix  # noqa: PLC0415

    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    for row, line in enumerate(lines):
        for bucket, weight in _features(line):
            rows.append(row)
            columns.append(bucket)
            values.append(weight)
    return csr_matrix((values, (rows, columns)), shape=(len(lines), BUCKETS))


def _features(line: Line) -> Iterator[tuple[int, float]]:
    tokens = tokens_of(line.text)
    share = share_of(tokens)
    for token in tokens:
        yield from ((bucket, weight * share) for bucket, weight in word_features(token))
    yield from ((bucket_of(name), share) for name in links_of(tokens))
    context = tokens_of(line.before)[-CONTEXT_LENGTH:]
    yield from ((bucket_of(f"B{token}"), CONTEXT_WEIGHT * len(context) ** -0.5) for token in context)


def _packed(labels: tuple[str, ...], fits: Sequence[_Fit]) -> Weights:
    dense = np.stack([fit.weights for fit in fits], axis=1)
    buckets = np.flatnonzero(np.abs(dense).max(axis=1) > 0)
    return Weights(
        labels=labels,
        buckets=buckets.astype(np.uint32),
        weights=dense[buckets].astype(np.float16),
        bias=np.array([fit.bias for fit in fits], np.float32),
        slope=np.array([fit.slope for fit in fits], np.float32),
        shift=np.array([fit.shift for fit in fits], np.float32),
    )


def _card(role: str, label: str, fit: _Fit, positives: int) -> Card:
    from sklearn.metrics import average_precision_score, precision_recall_curve  # noqa: PLC0415

    precision, recall, thresholds = precision_recall_curve(fit.truth, fit.chance)
    sure = [place for place in range(len(thresholds)) if precision[place] >= SURE]
    best = max(sure, key=lambda place: recall[place], default=None)
    return Card(
        role=role,
        label=label,
        lines=len(fit.truth),
        positives=positives,
        average_precision=float(average_precision_score(fit.truth, fit.chance)),
        threshold=None if best is None else float(thresholds[best]),
        recall_when_sure=0.0 if best is None else float(recall[best]),
    )


def _lines_of(path: Path) -> Iterator[Line]:
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not raw.strip():
            continue
        try:
            held = json.loads(raw)
            yield Line(
                role=held["role"],
                before=held.get("before", ""),
                text=held["text"],
                labels=frozenset(held["labels"]),
            )
        except (KeyError, TypeError, ValueError) as error:
            message = f"{path}:{number}: not a training line: {error!r}"
            raise PackError("MDL103", message, hint="write role, before, text and labels") from error
