"""The correction of chances by their surroundings (`context`), made from labelled conversations.

It learns from chances that the models of the messages gave without having seen them, so that it learns how
far these can be trusted. All labels of a role are learnt at once, by Adam with decaying weights and with
dropout, from no correction at all.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sopgen.language.adam import Adam, Parts, Singles, kept, rate_at
from sopgen.language.context import (
    ROLES,
    WEIGHT_STEPS,
    ContextWeights,
    Correction,
    Numbers,
    Talk,
    features_of,
    log_odds_of,
    reconsidered,
)
from sopgen.language.labelled import Line

FOLDS = 5
SEED = 20261122
PIECES = 1
"""Pieces that each conversation is cut to, besides the whole of it."""

UNITS = 192
DROPPED_FEATURES, DROPPED_UNITS = 0.2, 0.4
"""Shares of what the units hear and say that are left out by chance while they learn; chosen, as the numbers
around, on conversations held out (2026-11-23)."""

PASSES = 12
BATCH = 256
GREATEST_RATE = 3e-3
WARM_UP = 0.2
"""Share of the steps in which the rate rises; in the rest it falls to nothing."""

DECAY = 0.05
CERTAIN = 30.0
"""Log odds beyond which nothing is surer."""

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
    return {role: _fit(lessons[role], seen[role], chosen[role]) for role in ROLES}


def _fit(lesson: Lesson, seen: Numbers, chosen: Flags) -> Correction:
    """Return the correction in exact steps."""
    from threadpoolctl import threadpool_limits  # noqa: PLC0415 - scikit-learn brings it

    shown = seen[chosen] if chosen.any() else np.zeros((1, seen.shape[1]))
    middle, spread = shown.mean(axis=0), shown.std(axis=0)
    spread[spread == 0] = np.inf
    course = _Course(
        seen=((seen[chosen] - middle) / spread).astype(np.float32),
        odds=log_odds_of(lesson.chances[chosen]).astype(np.float32),
        truth=lesson.truth[chosen].astype(np.float32),
        asked=lesson.asked[chosen].astype(np.float32),
    )
    with threadpool_limits(1):
        learnt = _learnt(course)
    inner, weights = (learnt[part].astype(np.float64) / spread[:, None] for part in ("inner", "weights"))
    return Correction(
        labels=lesson.labels,
        weights=in_weight_steps(weights),
        bias=in_weight_steps(learnt["bias"] - middle @ weights),
        slope=in_weight_steps(1 + learnt["slope"].astype(np.float64)),
        inner=in_weight_steps(inner),
        inner_bias=in_weight_steps(learnt["inner_bias"] - middle @ inner),
        outer=in_weight_steps(learnt["outer"].astype(np.float64)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Course:
    """What is learnt from, a row a message: features of one standard deviation, log odds, truth."""

    seen: Singles
    odds: Singles
    truth: Singles
    asked: Singles

    def batches(self, random: np.random.Generator) -> Iterator["_Course"]:
        """Yield all of it in parts, in an order by chance."""
        order = random.permutation(len(self.seen))
        for start in range(0, len(order), BATCH):
            rows = order[start : start + BATCH]
            yield _Course(
                seen=self.seen[rows], odds=self.odds[rows], truth=self.truth[rows], asked=self.asked[rows]
            )


def _learnt(course: _Course) -> Parts:
    """Return the parts by the names that `Correction` gives them; `slope` is what is added to one."""
    random = np.random.default_rng(SEED)
    features, labels = course.seen.shape[1], course.truth.shape[1]
    parts: Parts = {
        "weights": np.zeros((features, labels), np.float32),
        "bias": np.zeros(labels, np.float32),
        "slope": np.zeros(labels, np.float32),
        "inner": random.normal(0, (2 / features) ** 0.5, (features, UNITS)).astype(np.float32),
        "inner_bias": np.zeros(UNITS, np.float32),
        "outer": np.zeros((UNITS, labels), np.float32),
    }
    adam = Adam(parts, dict.fromkeys(parts, DECAY))
    steps, step = PASSES * -(-len(course.seen) // BATCH), 0
    for _ in range(PASSES):
        for batch in course.batches(random):
            step += 1
            adam.step(_gradients(parts, batch, random), rate_at(step / steps, GREATEST_RATE, WARM_UP))
    return parts


def _gradients(parts: Parts, batch: _Course, random: np.random.Generator) -> Parts:
    """Return how the surprise at the truth grows with each part; units miss some of it."""
    shown = batch.seen * kept(random, batch.seen.shape, DROPPED_FEATURES)
    sums = shown @ parts["inner"] + parts["inner_bias"]
    awake = kept(random, sums.shape, DROPPED_UNITS) * (sums > 0)
    units = sums * awake
    scores = batch.seen @ parts["weights"] + parts["bias"] + batch.odds * (1 + parts["slope"])
    scores += units @ parts["outer"]
    chances = 1 / (1 + np.exp(-scores.clip(-CERTAIN, CERTAIN)))
    errors = (chances - batch.truth) * batch.asked / max(batch.asked.sum(), 1)
    back = errors @ parts["outer"].T * awake
    return {
        "weights": batch.seen.T @ errors,
        "bias": errors.sum(axis=0),
        "slope": (errors * batch.odds).sum(axis=0),
        "inner": shown.T @ back,
        "inner_bias": back.sum(axis=0),
        "outer": units.T @ errors,
    }


def in_weight_steps(values: NDArray[np.floating[Any]]) -> Numbers:
    """Return the nearest of the steps, 1 / WEIGHT_STEPS each, in which files hold weights."""
    steps: Numbers = np.rint(np.asarray(values, np.float64) * WEIGHT_STEPS) / WEIGHT_STEPS
    return steps
