"""The trained models of a role, made again from the labelled lines of the pack (`labelled`).

One logistic regression per label, on the features of `course`, with fixed seeds, and one small network of all
labels (`network_training`); chances are calibrated on folds that neither had seen. Lines that belong together
(one conversation, one remark answered in many ways) stay in one fold. scikit-learn is needed for it (extra
`train`).
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sopgen.base.errors import MachineError, PackError
from sopgen.language.context_training import Lesson, lesson_of
from sopgen.language.course import Course, Hear, course_of, gather
from sopgen.language.labelled import Line
from sopgen.language.linear import Weights, in_levels
from sopgen.language.network import Network
from sopgen.language.network_training import learn_network
from sopgen.language.teacher import Teach

FOLDS = 3
SEED = 20261121
INVERSE_REGULARISATION = 30.0
"""liblinear's C, chosen by cross-validation over {1, 3, 10, 30} (2026-11-22)."""

WORKERS = 2
"""Labels that are learnt side by side: each takes up to a gigabyte."""

LEAST_POSITIVES = 15
"""Lines that a label needs before a model of it means anything (our decision, 2026-11-21)."""

SURE = 0.9
"""The precision at which `Card.recall_when_sure` is measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What cross-validation measured of one label: `threshold` is the least that reaches precision SURE.

    Where there was a teacher, it had seen the lines that the regression had not, which flatters a little.
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
    """The models of one role, their card per label, and what they teach about whole conversations."""

    weights: Weights
    network: Network
    cards: tuple[Card, ...]
    lesson: Lesson


def train(
    lines: Sequence[Line], role: str, hear: Hear, progress: Callable[[str], None], teach: Teach | None = None
) -> Trained:
    """Return the model of a role; `progress` is told what is being done.

    It takes minutes on two cores, and twice as long with a teacher. Errors: MDL102 when no label has lines
    enough, MDL104 when the extra is not installed, and those of `teach`.
    """
    if find_spec("sklearn") is None:
        hint = "install the extra: pip install 'sopgen[train]'"
        raise MachineError("MDL104", "training needs scikit-learn, which is not installed", hint=hint)
    from threadpoolctl import threadpool_limits  # noqa: PLC0415 - scikit-learn brings it

    labels = _learnable([line for line in lines if line.role == role])
    if not labels:
        message = f"no label is given to {LEAST_POSITIVES} lines of the {role}, and not to all"
        raise PackError("MDL102", message, hint="write more lines of both kinds, or leave this role out")
    material = gather(lines, role, hear, progress, teach)
    groups = [line.group for line in material.lines]

    def learn(label: str) -> _Fit:
        progress(f"{role} {label}")
        return _fit(course_of(label, material), groups)

    # One thread each: sums of several depend on how many there are.
    with threadpool_limits(1), ThreadPoolExecutor(WORKERS) as threads:
        fits = list(threads.map(learn, labels))
        chances = np.stack([_unseen(fit, material.features) for fit in fits], axis=1)
        lesson = lesson_of(material.lines, labels, chances)
        network, lesson = learn_network(lesson, material, threads, lambda part: progress(f"{role} {part}"))
    cards = tuple(_card(role, lesson, column) for column in range(len(labels)))
    return Trained(weights=_packed(labels, fits), network=network, cards=cards, lesson=lesson)


def _learnable(lines: Sequence[Line]) -> tuple[str, ...]:
    """Return the labels that enough lines have, and some have not."""
    return tuple(
        label
        for label in sorted({label for line in lines for label in line.labels})
        if LEAST_POSITIVES
        <= sum(label in line.labels for line in lines)
        < sum(label in line.asked for line in lines)
    )


def _unseen(fit: "_Fit", features: Any) -> NDArray[np.float64]:
    """Return the chance that each line has according to a model that has not learnt from it."""
    scores = features @ fit.weights + fit.bias
    chances: NDArray[np.float64] = 1 / (1 + np.exp(-(fit.slope * scores + fit.shift)))
    chances[fit.asked] = fit.chance
    return chances


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fit:
    """A regression, and what it says unseen of the lines in which its label was looked for (`asked`)."""

    weights: NDArray[np.float64]
    bias: float
    slope: float
    shift: float
    asked: NDArray[np.intp]
    chance: NDArray[np.float64]


def _fit(course: Course, groups: Sequence[str]) -> _Fit:
    from sklearn.model_selection import StratifiedGroupKFold  # noqa: PLC0415

    asked, features = course.asked, course.features[: len(course.asked)]
    unseen = np.zeros(len(asked))
    folds = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=SEED)
    for known, held in folds.split(features, course.truth, [groups[line] for line in asked]):
        unseen[held] = _taught(course, asked[known]).decision_function(features[held])
    scale = _scale().fit(unseen[:, None], course.truth)
    slope, shift = float(scale.coef_[0, 0]), float(scale.intercept_[0])
    whole = _taught(course, asked)
    return _Fit(
        weights=whole.coef_[0],
        bias=float(whole.intercept_[0]),
        slope=slope,
        shift=shift,
        asked=asked,
        chance=1 / (1 + np.exp(-(slope * unseen + shift))),
    )


def _taught(course: Course, lines: NDArray[np.intp]) -> Any:
    """Return the regression that has learnt from these lines."""
    features, answers, weights = course.examples(lines)
    regression = _logistic(C=INVERSE_REGULARISATION, solver="liblinear", max_iter=300)
    return regression.fit(features, answers, sample_weight=weights)


def _scale() -> Any:
    """Return the regression that turns scores into probabilities, all but unregularised."""
    return _logistic(C=1e6)


def _logistic(**options: Any) -> Any:
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    return LogisticRegression(random_state=SEED, **options)


def _packed(labels: tuple[str, ...], fits: Sequence[_Fit]) -> Weights:
    dense = np.stack([fit.weights for fit in fits], axis=1)
    buckets = np.flatnonzero(np.abs(dense).max(axis=1) > 0)
    weights, scale = in_levels(dense[buckets])
    return Weights(
        labels=labels,
        buckets=buckets.astype(np.uint32),
        weights=weights,
        scale=scale,
        bias=np.array([fit.bias for fit in fits], np.float32),
        slope=np.array([fit.slope for fit in fits], np.float32),
        shift=np.array([fit.shift for fit in fits], np.float32),
    )


def _card(role: str, lesson: Lesson, column: int) -> Card:
    from sklearn.metrics import average_precision_score, precision_recall_curve  # noqa: PLC0415

    asked = lesson.asked[:, column]
    truth, chance = lesson.truth[asked, column], lesson.chances[asked, column]
    precision, recall, thresholds = precision_recall_curve(truth, chance)
    sure = [place for place in range(len(thresholds)) if precision[place] >= SURE]
    best = max(sure, key=lambda place: recall[place], default=None)
    return Card(
        role=role,
        label=lesson.labels[column],
        lines=len(truth),
        positives=int(truth.sum()),
        average_precision=float(average_precision_score(truth, chance)),
        threshold=None if best is None else float(thresholds[best]),
        recall_when_sure=0.0 if best is None else float(recall[best]),
    )
