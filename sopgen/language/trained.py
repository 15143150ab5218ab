"""All models of a folder, trained together: one a role, and the correction by context, built on those."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from sopgen.language.context import ROLES, ContextWeights, Numbers, write_context
from sopgen.language.context_training import Lesson, train_context
from sopgen.language.course import Hear
from sopgen.language.labelled import Line
from sopgen.language.linear import Weights, write_weights
from sopgen.language.network import Network, write_networks
from sopgen.language.predictors import CONTEXT, NETWORK
from sopgen.language.teacher import Teach
from sopgen.language.training import Card, train

EVEN = 0.5
"""The chance from which on a label counts as heard, where nothing else is known of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainedModels:
    """The models and networks by role, the correction where there were conversations, a card per label.

    `decided` are the labels that people's decisions told, and how many of them a model hears rightly that has
    not learnt from their lines.
    """

    weights: Mapping[str, Weights]
    networks: Mapping[str, Network]
    context: ContextWeights | None
    cards: tuple[Card, ...]
    decided: "Unseen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unseen:
    """Labels of lines, and how many of them were heard rightly by a model that had not seen the lines."""

    labels: int
    right: int


def train_models(
    lines: Sequence[Line], hear: Hear, progress: Callable[[str], None], teach: Teach | None = None
) -> TrainedModels:
    """Return the models of the roles that have lines: `train` for each, errors and all."""
    present = [role for role in ROLES if any(line.role == role for line in lines)]
    trained = {role: train(lines, role, hear, progress, teach) for role in present}
    lessons = {role: each.lesson for role, each in trained.items()}
    weights = {role: each.weights for role, each in trained.items()}
    networks = {role: each.network for role, each in trained.items()}
    decided = _decided(lessons.values())
    if len(lessons) < len(ROLES) or not any(line.conversation for line in lines):
        cards = tuple(card for each in trained.values() for card in each.cards)
        return TrainedModels(weights=weights, networks=networks, context=None, cards=cards, decided=decided)
    progress(CONTEXT)
    context, unseen = train_context(lessons)
    compared = (_with_context(each.cards, each.lesson, unseen[role]) for role, each in trained.items())
    cards = tuple(card for cards in compared for card in cards)
    return TrainedModels(weights=weights, networks=networks, context=context, cards=cards, decided=decided)


def _decided(lessons: Iterable[Lesson]) -> Unseen:
    """Return what becomes of the labels that people's decisions told."""
    labels = right = 0
    for lesson in lessons:
        rows = np.array([bool(line.finding) for line in lesson.lines])
        asked = lesson.asked[rows]
        labels += int(asked.sum())
        right += int((((lesson.chances[rows] >= EVEN) == lesson.truth[rows]) & asked).sum())
    return Unseen(labels=labels, right=right)


def write_models(models: TrainedModels, folder: Path) -> None:
    """Write a file for each role, the networks and the context; one of models that are no more is removed."""
    for role in ROLES:
        path = folder / f"{role}.npz"
        if role in models.weights:
            write_weights(models.weights[role], path)
        else:
            path.unlink(missing_ok=True)
    write_networks(models.networks, folder / f"{NETWORK}.npz")
    path = folder / f"{CONTEXT}.npz"
    if models.context is None:
        path.unlink(missing_ok=True)
    else:
        write_context(models.context, path)


def _with_context(cards: Sequence[Card], lesson: Lesson, unseen: Numbers) -> Iterator[Card]:
    """Yield the cards with what the context does for them; `unseen` are the lesson's chances in context."""
    from sklearn.metrics import average_precision_score  # noqa: PLC0415

    talked = np.array([bool(line.conversation) for line in lesson.lines])
    for column, card in enumerate(cards):
        asked = lesson.asked[:, column] & talked
        truth = lesson.truth[asked, column]
        if not truth.any():
            yield card
            continue
        both = (
            float(average_precision_score(truth, each[asked, column])) for each in (lesson.chances, unseen)
        )
        alone, in_context = both
        yield replace(card, alone=alone, in_context=in_context)
