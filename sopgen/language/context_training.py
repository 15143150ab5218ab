"""The correction of chances by their surroundings (`context`), made from labelled conversations.

It learns from chances that the models of the messages gave without having seen them, so that it learns how
far these can be trusted. One logistic regression a label, all at once, pulled towards no correction at all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sopgen.language.context import (
    ROLES,
    WEIGHT_STEPS,
    ContextWeights,
    Numbers,
    Talk,
    features_of,
    log_odds_of,
    reconsidered,
)
from sopgen.language.labelled import Line

FOLDS = 5
SEED = 20261122
PIECES = 2
"""Pieces that each conversation is cut to, besides the whole of it."""

PULL = 60.0
"""Weight of the squared corrections, of features of one standard deviation; chosen by cross-validation over 1
to 120 (2026-11-22)."""

SLOPE_PULL = 0.5
"""Weight of the squared distance of a slope from one."""

ROUNDS = 150
"""Steps of L-BFGS at most; the figures below no longer change after half as many."""

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """The messages of one role: what a model unseen by them thought (`chances`), and what is true.

    `truth` and `asked` have a row a line and a column a label, as the chances have; a label counts only where
    it was looked for.
    """

    lines: Sequence[Line]
    labels: tuple[str, ...]
    chances: Numbers
    truth: Flags
    asked: Flags

    def again(self, rows: Sequence[int]) -> "Lesson":
        """Return the messages of these rows, in this order, as often as they are named."""
        return Lesson(
            lines=[self.lines[row] for row in rows],
            labels=self.labels,
            chances=self.chances[rows],
            truth=self.truth[rows],
            asked=self.asked[rows],
        )


def lesson_of(lines: Sequence[Line], labels: tuple[str, ...], chances: Numbers) -> Lesson:
    """Return the lesson of lines; `chances` has a row a line and a column a label."""
    truth = _marked(labels, [line.labels for line in lines])
    asked = _marked(labels, [line.asked for line in lines])
    return Lesson(lines=lines, labels=labels, chances=chances, truth=truth, asked=asked)


def _marked(labels: tuple[str, ...], marks: Sequence[frozenset[str]]) -> Flags:
    """Return which labels (columns) each line (rows) is marked with."""
    rows = [[label in marked for label in labels] for marked in marks]
    return np.array(rows, bool).reshape(len(rows), len(labels))


Place = tuple[str, int]
"""A message: its role and its row in the lesson of that role."""


def train_context(lessons: Mapping[str, Lesson]) -> tuple[ContextWeights, dict[str, Numbers]]:
    """Return the correction, and by role the chances that it gives to whole conversations unseen by it.

    Those have a row a line; lines by themselves keep the chance that they had. What is learnt from are whole
    conversations, pieces of them, and lines by themselves: else a greeting alone would pass for whatever
    conversations are used to begin with.
    """
    whole = _conversations(lessons)
    pieces = _pieces(whole)
    alone = [
        [(role, row)]
        for role, lesson in lessons.items()
        for row, line in enumerate(lesson.lines)
        if not line.conversation
    ]
    talks = [*whole, *(piece for _, piece in pieces), *alone]
    random = np.random.default_rng(SEED)
    folds = random.integers(FOLDS, size=len(whole) + len(alone))
    fold = np.concatenate((folds[: len(whole)], folds[[of for of, _ in pieces]], folds[len(whole) :]))
    taught, talk, first = _laid_out(lessons, talks, len(whole))
    seen = features_of(talk)
    unseen = {role: lesson.chances.copy() for role, lesson in lessons.items()}
    for number in range(FOLDS):
        held = {role: fold[talk.conversations[talk.places[role]]] == number for role in ROLES}
        found = reconsidered(talk, _fitted(taught, seen, {role: ~held[role] for role in ROLES}))
        for role in ROLES:
            shown = np.flatnonzero(held[role][: len(first[role])])
            unseen[role][first[role][shown]] = found[role][shown]
    return _fitted(taught, seen, {role: np.ones(len(seen[role]), bool) for role in ROLES}), unseen


def _conversations(lessons: Mapping[str, Lesson]) -> list[list[Place]]:
    """Return the messages of each conversation, in the order in which they were written."""
    said: dict[str, list[tuple[int, Place]]] = {}
    for role, lesson in lessons.items():
        for row, line in enumerate(lesson.lines):
            if line.conversation:
                said.setdefault(line.conversation, []).append((line.position, (role, row)))
    return [[place for _, place in sorted(said[name])] for name in sorted(said)]


def _pieces(whole: Sequence[Sequence[Place]]) -> list[tuple[int, Sequence[Place]]]:
    """Return pieces of the conversations, cut by chance, each with the number of its conversation."""
    random = np.random.default_rng(SEED)
    pieces = []
    for number, talk in enumerate(whole):
        for _ in range(PIECES):
            start = int(random.integers(len(talk)))
            end = int(random.integers(start, len(talk))) + 1
            if end - start < len(talk):
                pieces.append((number, talk[start:end]))
    return pieces


def _laid_out(
    lessons: Mapping[str, Lesson], talks: Sequence[Sequence[Place]], whole: int
) -> tuple[dict[str, Lesson], Talk, dict[str, NDArray[np.intp]]]:
    """Return the talks one after the other, lessons in their order, and the rows of the whole talks."""
    said = [(number, *place) for number, talk in enumerate(talks) for place in talk]
    rows = {role: [row for _, each, row in said if each == role] for role in ROLES}
    first = {role: [row for number, each, row in said if each == role and number < whole] for role in ROLES}
    taught = {role: lesson.again(rows[role]) for role, lesson in lessons.items()}
    talk = Talk(
        conversations=np.array([number for number, _, _ in said], np.intp),
        places={
            role: np.array([at for at, (_, each, _) in enumerate(said) if each == role], np.intp)
            for role in ROLES
        },
        chances={role: lesson.chances for role, lesson in taught.items()},
    )
    return taught, talk, {role: np.array(shown, np.intp) for role, shown in first.items()}


def _fitted(
    lessons: Mapping[str, Lesson], seen: Mapping[str, Numbers], chosen: Mapping[str, Flags]
) -> ContextWeights:
    fits = {role: _fit(lessons[role], seen[role], chosen[role]) for role in ROLES}
    return ContextWeights(
        labels={role: lessons[role].labels for role in ROLES},
        weights={role: fit[0] for role, fit in fits.items()},
        bias={role: fit[1] for role, fit in fits.items()},
        slope={role: fit[2] for role, fit in fits.items()},
    )


def _fit(lesson: Lesson, seen: Numbers, chosen: Flags) -> tuple[Numbers, Numbers, Numbers]:
    """Return weights, bias and slope in exact steps."""
    from scipy.optimize import minimize  # noqa: PLC0415
    from threadpoolctl import threadpool_limits  # noqa: PLC0415 - scikit-learn brings it

    middle, spread = seen[chosen].mean(axis=0), seen[chosen].std(axis=0)
    spread[spread == 0] = np.inf
    goal = _Goal(
        (seen[chosen] - middle) / spread,
        log_odds_of(lesson.chances[chosen]),
        lesson.truth[chosen].astype(np.float64),
        lesson.asked[chosen].astype(np.float64),
    )
    with threadpool_limits(1):
        found = minimize(goal, goal.start(), jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS}).x
    weights, bias, slope = goal.parts(found)
    scaled = weights / spread[:, None]
    return _in_steps(scaled), _in_steps(bias - middle @ scaled), _in_steps(slope)


class _Goal:
    """What is made small: the surprise at the truth, and the corrections."""

    def __init__(self, seen: Numbers, odds: Numbers, truth: Numbers, asked: Numbers) -> None:
        self._seen, self._odds, self._truth, self._asked = seen, odds, truth, asked
        self._shape = (seen.shape[1], truth.shape[1])

    def start(self) -> Numbers:
        """Return no correction."""
        features, labels = self._shape
        return np.concatenate((np.zeros((features + 1) * labels), np.ones(labels)))

    def parts(self, flat: Numbers) -> tuple[Numbers, Numbers, Numbers]:
        """Return weights, bias and slope."""
        features, labels = self._shape
        return flat[: features * labels].reshape(self._shape), flat[-2 * labels : -labels], flat[-labels:]

    def __call__(self, flat: Numbers) -> tuple[float, Numbers]:
        weights, bias, slope = self.parts(flat)
        scores = self._seen @ weights + bias + self._odds * slope
        errors = (1 / (1 + np.exp(-scores)) - self._truth) * self._asked
        surprise = (self._asked * (np.logaddexp(0, scores) - self._truth * scores)).sum()
        cost = surprise + PULL * (weights**2).sum() + SLOPE_PULL * ((slope - 1) ** 2).sum()
        grown = self._seen.T @ errors + 2 * PULL * weights
        turned = (errors * self._odds).sum(axis=0) + 2 * SLOPE_PULL * (slope - 1)
        return float(cost), np.concatenate((grown.ravel(), errors.sum(axis=0), turned))


def _in_steps(values: Numbers) -> Numbers:
    steps: Numbers = np.rint(values * WEIGHT_STEPS) / WEIGHT_STEPS
    return steps
