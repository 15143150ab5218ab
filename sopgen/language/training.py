"""The trained model, made again from the labelled lines of the pack (`labelled`).

One logistic regression per label, on the features of `feature`, with fixed seeds; chances are calibrated on
folds that the regression had not seen. Lines that belong together (one conversation, one remark answered in
many ways) stay in one fold. What a whole message does not do, its sentences hardly do: each is a further
example. scikit-learn is needed here alone (extra `train`).
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sopgen.base.errors import MachineError
from sopgen.language.context_training import Lesson, lesson_of
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
from sopgen.language.labelled import Line
from sopgen.language.linear import Weights

Hear = Callable[[Line], Utterance]
"""How a labelled line reaches the model: with what cues find in it."""

FOLDS = 3
SEED = 20261121
INVERSE_REGULARISATION = 30.0
"""liblinear's C, chosen by cross-validation over {1, 3, 10, 30} (2026-11-22)."""

CONVERSATION_WEIGHT = 2.0
"""How much more a message of a conversation counts than a line by itself: such lines hold far more of what is
rare, conversations hold it as chats do (chosen by cross-validation of two labels, 2026-11-23)."""

SENTENCE_WEIGHT = 0.5
"""What a sentence counts of a message that does not do something (as above, over 0, 0.25, 0.5 and 1)."""

OF_THE_WHOLE = frozenset({"courtesy", "hold"})
"""Labels that say that a message does nothing else: a sentence may do so where the whole does not."""

LEAST_WORDS = 3
"""Words of a sentence; fewer are taken together with the next, if there is one."""

_SENTENCES = re.compile(r"(?<=[.!?…])\s+|\n+|(?<=\w);\s")

LEAST_POSITIVES = 15
"""Lines that a label needs before a model of it means anything (our decision, 2026-11-21)."""

SURE = 0.9
"""The precision at which `Card.recall_when_sure` is measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What cross-validation measured of one label: `threshold` is the least that reaches precision SURE.

    `threshold` is None where no threshold does. `alone` and `in_context` are average precisions on the
    labelled conversations, of a message by itself and in the light of what is said around it.
    """

    role: str
    label: str
    lines: int
    positives: int
    average_precision: float
    threshold: float | None
    recall_when_sure: float
    alone: float | None = None
    in_context: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trained:
    """The model of one role, its card per label, and what it teaches about whole conversations."""

    weights: Weights
    cards: tuple[Card, ...]
    lesson: Lesson


def train(lines: Sequence[Line], role: str, hear: Hear, progress: Callable[[str], None]) -> Trained:
    """Return the model of one role. Takes minutes on two cores."""
    chosen = [line for line in lines if line.role == role]
    features, sentences = _matrix([hear(line) for line in chosen]), _sentences(chosen, hear)
    labels, fits, chances = [], [], []
    for label in sorted({label for line in chosen for label in line.labels}):
        truth = np.array([label in line.labels for line in chosen])
        if truth.sum() >= LEAST_POSITIVES:
            progress(f"{role} {label}")
            asked = np.flatnonzero([label in line.asked for line in chosen])
            without = sentences.of(asked if label not in OF_THE_WHOLE else asked[:0])
            fit = _fit([chosen[at] for at in asked], features[asked], truth[asked], without)
            labels.append(label)
            fits.append(fit)
            chances.append(_unseen(fit, features, asked))
    cards = tuple(_card(role, label, fit) for label, fit in zip(labels, fits, strict=True))
    lesson = lesson_of(chosen, tuple(labels), np.stack(chances, axis=1))
    return Trained(weights=_packed(tuple(labels), fits), cards=cards, lesson=lesson)


def _unseen(fit: "_Fit", features: Any, asked: NDArray[np.intp]) -> NDArray[np.float64]:
    """Return the chance that each line has according to a model that has not learnt from it."""
    scores = features @ fit.weights + fit.bias
    chances: NDArray[np.float64] = 1 / (1 + np.exp(-(fit.slope * scores + fit.shift)))
    chances[asked] = fit.chance
    return chances


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fit:
    weights: NDArray[np.float64]
    bias: float
    slope: float
    shift: float
    truth: NDArray[np.bool_]
    chance: NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sentences:
    """The features of the sentences of some lines, those of one sentence left out, and whose each is."""

    features: Any
    line: NDArray[np.intp]

    def of(self, lines: NDArray[np.intp]) -> "_Sentences":
        """Return the sentences of these lines (ascending), which are counted anew."""
        kept = np.isin(self.line, lines)
        return _Sentences(features=self.features[kept], line=np.searchsorted(lines, self.line[kept]))


def _sentences(lines: Sequence[Line], hear: Hear) -> _Sentences:
    heard, whose = [], []
    for number, line in enumerate(lines):
        sentences = sentences_of(line.text)
        if len(sentences) > 1:
            heard += [hear(replace(line, text=sentence)) for sentence in sentences]
            whose += [number] * len(sentences)
    return _Sentences(features=_matrix(heard), line=np.array(whose, np.intp))


def sentences_of(text: str) -> list[str]:
    """Return the sentences of a text, very short ones together with the next, if there is one."""
    found: list[str] = []
    for part in _SENTENCES.split(text):
        if found and len(found[-1].split()) < LEAST_WORDS:
            found[-1] = f"{found[-1]} {part}"
        elif part:
            found.append(part)
    return found


def _fit(lines: Sequence[Line], features: Any, truth: NDArray[np.bool_], sentences: _Sentences) -> _Fit:
    from sklearn.model_selection import StratifiedGroupKFold  # noqa: PLC0415

    unseen = np.zeros(len(truth))
    folds = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=SEED)
    course = _Course(
        features=features,
        truth=truth,
        weights=np.array([CONVERSATION_WEIGHT if line.conversation else 1.0 for line in lines]),
        sentences=sentences,
    )
    for known, held in folds.split(features, truth, [line.group for line in lines]):
        unseen[held] = course.taught(known).decision_function(features[held])
    scale = _scale().fit(unseen[:, None], truth)
    slope, shift = float(scale.coef_[0, 0]), float(scale.intercept_[0])
    whole = course.taught(np.arange(len(truth)))
    chance = 1 / (1 + np.exp(-(slope * unseen + shift)))
    return _Fit(
        weights=whole.coef_[0],
        bias=float(whole.intercept_[0]),
        slope=slope,
        shift=shift,
        truth=truth,
        chance=chance,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Course:
    """What one label is learnt from."""

    features: Any
    truth: NDArray[np.bool_]
    weights: NDArray[np.float64]
    sentences: _Sentences

    def taught(self, known: NDArray[np.intp]) -> Any:
        """Return the regression that has learnt from these lines."""
        from scipy.sparse import vstack  # noqa: PLC0415

        without = self.sentences.of(known[~self.truth[known]]).features
        return _regression().fit(
            vstack((self.features[known], without)),
            np.concatenate((self.truth[known], np.zeros(without.shape[0], np.bool_))),
            sample_weight=np.concatenate((self.weights[known], np.full(without.shape[0], SENTENCE_WEIGHT))),
        )


def _regression() -> Any:
    return _logistic(C=INVERSE_REGULARISATION, solver="liblinear", max_iter=300)


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


def _matrix(utterances: Sequence[Utterance]) -> Any:
    """Return the sparse features, one row a line."""
    from scipy.sparse import csr_matrix  # noqa: PLC0415

    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    for row, utterance in enumerate(utterances):
        for bucket, weight in _features(utterance):
            rows.append(row)
            columns.append(bucket)
            values.append(weight)
    return csr_matrix((values, (rows, columns)), shape=(len(utterances), BUCKETS))


def _features(utterance: Utterance) -> Iterator[tuple[int, float]]:
    tokens = tokens_of(utterance.text)
    share = share_of(len(tokens))
    for token in tokens:
        yield from ((bucket, weight * share) for bucket, weight in word_features(token))
    yield from ((bucket_of(name), share) for name in links_of(tokens))
    context = tokens_of(utterance.before)[-CONTEXT_LENGTH:]
    yield from ((bucket_of(f"B{token}"), CONTEXT_WEIGHT * len(context) ** -0.5) for token in context)
    yield from ((bucket_of(name), weight) for name, weight in fact_names(utterance))


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


def _card(role: str, label: str, fit: _Fit) -> Card:
    from sklearn.metrics import average_precision_score, precision_recall_curve  # noqa: PLC0415

    precision, recall, thresholds = precision_recall_curve(fit.truth, fit.chance)
    sure = [place for place in range(len(thresholds)) if precision[place] >= SURE]
    best = max(sure, key=lambda place: recall[place], default=None)
    return Card(
        role=role,
        label=label,
        lines=len(fit.truth),
        positives=int(fit.truth.sum()),
        average_precision=float(average_precision_score(fit.truth, fit.chance)),
        threshold=None if best is None else float(thresholds[best]),
        recall_when_sure=0.0 if best is None else float(recall[best]),
    )
