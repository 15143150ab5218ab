"""The trained model, made again from the labelled lines of the pack (`labelled`).

One logistic regression per label, on the features of `feature`, with fixed seeds; chances are calibrated on
folds that the regression had not seen. Lines that belong together (one conversation, one remark answered in
many ways) stay in one fold. What a whole message does not do, its sentences hardly do: each is a further
example. How true a label is of a line is said by people, and by the encoder where it teaches (`teacher`).
scikit-learn is needed here alone (extra `train`).
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
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
from sopgen.language.teacher import WORKERS, Teach, heard_lines

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

OF_TONE = frozenset({"angry", "blame", "emotional"})
"""Labels of which the encoder is not asked for single sentences, which sound harsher than they were meant.

On dialogues held back (2026-11-23), the average precision of emotional was 0.68 without, and 0.62 with it; of
result it was 0.82 without, and 0.85 with it."""

TAUGHT = 0.5
"""How far the teacher's word counts, and people's the rest; decisions of people stand as they are.

Of 0, 0.5 and 0.8, the average precision on dialogues held back was 0.658, 0.682 and 0.680 of emotional,
0.811, 0.825 and 0.821 of blame (2026-11-23)."""

CLEAR = 0.02
"""A case is learnt as what it surely is when the doubt is no larger than this."""

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


def train(
    lines: Sequence[Line], role: str, hear: Hear, progress: Callable[[str], None], teach: Teach | None = None
) -> Trained:
    """Return the model of one role. Takes minutes on two cores, and with a teacher as many again."""
    chosen = [line for line in lines if line.role == role]
    whole, sentences = _material(lines, role, hear, progress, teach)

    def learn(label: str) -> _Fit:
        return _fit(chosen, label, _course(chosen, label, whole, sentences))

    counts = Counter(label for line in chosen for label in line.labels)
    labels = sorted(label for label, count in counts.items() if count >= LEAST_POSITIVES)
    fits = []
    with ThreadPoolExecutor(WORKERS) as threads:
        for label, fit in zip(labels, threads.map(learn, labels), strict=True):
            progress(f"{role} {label}")
            fits.append(fit)
    cards = tuple(_card(role, label, fit) for label, fit in zip(labels, fits, strict=True))
    chances = np.stack([_unseen(fit, whole.features) for fit in fits], axis=1)
    lesson = lesson_of(chosen, tuple(labels), chances)
    return Trained(weights=_packed(tuple(labels), fits), cards=cards, lesson=lesson)


def _unseen(fit: "_Fit", features: Any) -> NDArray[np.float64]:
    """Return the chance that each line has according to a model that has not learnt from it."""
    scores = features @ fit.weights + fit.bias
    chances: NDArray[np.float64] = 1 / (1 + np.exp(-(fit.slope * scores + fit.shift)))
    chances[fit.lines] = fit.chance
    return chances


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fit:
    """A regression, and the chance that it gives unseen to each of the `lines` in which it was looked for."""

    lines: NDArray[np.intp]
    weights: NDArray[np.float64]
    bias: float
    slope: float
    shift: float
    truth: NDArray[np.bool_]
    chance: NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Material:
    """What there is to learn from: features, a row each, from which line each is, and the teacher's word."""

    features: Any
    line: NDArray[np.intp]
    told: Mapping[str, NDArray[np.float64]]


def _material(
    lines: Sequence[Line], role: str, hear: Hear, progress: Callable[[str], None], teach: Teach | None
) -> tuple[_Material, _Material]:
    """Return the lines of a role, and the sentences of those that have several."""
    heard = [each for line, each in zip(lines, heard_lines(lines), strict=True) if line.role == role]
    chosen = [line for line in lines if line.role == role]
    cut = [
        (number, sentence)
        for number, line in enumerate(chosen)
        for sentences in (sentences_of(line.text),)
        for sentence in (sentences if len(sentences) > 1 else ())
    ]
    told: tuple[Mapping[str, NDArray[np.float64]], ...] = ({}, {})
    if teach:
        progress(f"{role}: the encoder reads {len(chosen)} lines")
        of_lines = teach(role, heard)
        progress(f"{role}: the encoder reads {len(cut)} sentences")
        told = of_lines, teach(role, [heard[number]._replace(text=sentence) for number, sentence in cut])
    return _Material(
        features=_matrix([hear(line) for line in chosen]), line=np.arange(len(chosen)), told=told[0]
    ), _Material(
        features=_matrix([hear(replace(chosen[number], text=sentence)) for number, sentence in cut]),
        line=np.array([number for number, _ in cut], np.intp),
        told=told[1],
    )


def sentences_of(text: str) -> list[str]:
    """Return the sentences of a text, very short ones together with the next, if there is one."""
    found: list[str] = []
    for part in _SENTENCES.split(text):
        if found and len(found[-1].split()) < LEAST_WORDS:
            found[-1] = f"{found[-1]} {part}"
        elif part:
            found.append(part)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Course:
    """What one label is learnt from: examples, a row each, the lines first.

    `line` says from which line each comes, `target` how true the label is of it, `weights` what it counts.
    """

    lines: NDArray[np.intp]
    features: Any
    line: NDArray[np.intp]
    target: NDArray[np.float64]
    weights: NDArray[np.float64]

    def taught(self, known: NDArray[np.intp]) -> Any:
        """Return the regression that has learnt from these lines; an unclear case is learnt as both."""
        chosen = np.isin(self.line, known)
        yes = np.flatnonzero(chosen & (self.target > CLEAR))
        no = np.flatnonzero(chosen & (self.target < 1 - CLEAR))
        return _regression().fit(
            self.features[np.concatenate((yes, no))],
            np.repeat((True, False), (len(yes), len(no))),
            sample_weight=np.concatenate(
                (self.weights[yes] * self.target[yes], self.weights[no] * (1 - self.target[no]))
            ),
        )


def _course(chosen: Sequence[Line], label: str, whole: _Material, sentences: _Material) -> _Course:
    """Return what a label is learnt from: the lines in which it was looked for, and sentences of them."""
    from scipy.sparse import vstack  # noqa: PLC0415

    asked = np.array([label in line.asked for line in chosen])
    truth = np.array([label in line.labels for line in chosen])
    lines, target = np.flatnonzero(asked), truth.astype(np.float64)
    if label in whole.told:
        doubted = np.array([not line.finding for line in chosen])
        target[doubted] += TAUGHT * (whole.told[label] - truth)[doubted]
    is_told = label in sentences.told and label not in OF_TONE
    wanted = asked[sentences.line] & (is_told | ~truth[sentences.line])
    parts = np.flatnonzero(wanted) if label not in OF_THE_WHOLE else lines[:0]
    of_parts = np.zeros(len(parts))
    if is_told:
        of_parts = sentences.told[label][parts] * np.where(truth[sentences.line[parts]], 1, TAUGHT)
    counts = np.array([CONVERSATION_WEIGHT if line.conversation else 1.0 for line in chosen])
    return _Course(
        lines=lines,
        features=vstack((whole.features[lines], sentences.features[parts]), format="csr"),
        line=np.concatenate((lines, sentences.line[parts])),
        target=np.concatenate((target[lines], of_parts)),
        weights=np.concatenate((counts[lines], np.full(len(parts), SENTENCE_WEIGHT))),
    )


def _fit(chosen: Sequence[Line], label: str, course: _Course) -> _Fit:
    from sklearn.model_selection import StratifiedGroupKFold  # noqa: PLC0415

    lines, features = course.lines, course.features[: len(course.lines)]
    truth = np.array([label in chosen[number].labels for number in lines])
    unseen = np.zeros(len(lines))
    folds = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=SEED)
    for known, held in folds.split(features, truth, [chosen[number].group for number in lines]):
        unseen[held] = course.taught(lines[known]).decision_function(features[held])
    scale = _scale().fit(unseen[:, None], truth)
    slope, shift = float(scale.coef_[0, 0]), float(scale.intercept_[0])
    whole = course.taught(lines)
    chance = 1 / (1 + np.exp(-(slope * unseen + shift)))
    return _Fit(
        lines=lines,
        weights=whole.coef_[0],
        bias=float(whole.intercept_[0]),
        slope=slope,
        shift=shift,
        truth=truth,
        chance=chance,
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
