"""What messages do in the light of one another: the chances of whole conversations, weighed once more.

A message alone is often open: "baik" ends a chat or begins one, a question may be a complaint, and mockery
shows in the answer that it gets. So each chance is corrected by what the same speaker and the other party
seem to do around it. The correction is a small network over the chances of the neighbours: a linear part, and
a layer of rectified units for what several of them say together; `context_training` makes it.

The file (`model/context.npz`) holds for each role: `<role>_labels` (text, n), and as int32, in steps of
1 / WEIGHT_STEPS, `<role>_weights` (features x n), `<role>_bias` and `<role>_slope` (n), `<role>_inner`
(features x units), `<role>_inner_bias` (units) and `<role>_outer` (units x n). Chances, and what the units
say, are rounded to 1 / CHANCE_STEPS before they are weighed: all sums are then exact, and no chance depends
on what is weighed together with it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from sopgen.base.errors import PackError

Numbers = NDArray[np.float64]
Places = NDArray[np.intp]

ROLES = ("agent", "customer")
"""Who takes part; what bots and systems say is no context."""

OTHER = {"agent": "customer", "customer": "agent"}

WINDOW = 6
"""Messages of either party that count on either side (our decision, 2026-11-22): the conversations that
taught the model are hardly longer, and an endless one must not sway every message in it."""

CHANCE_STEPS = 256
WEIGHT_STEPS = 4096
LEAST_CHANCE = 1e-3
FURTHEST_OWN = 5.0
"""Log odds of a message's own chances beyond which a label says no more about the others."""

COUNT_SCALE = 3.0
"""Messages that count as one unit where the messages around are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What training yields for the messages of a role, and the file holds.

    `labels` are those of the chances; features are in the order of `features_of`. `weights` (features x
    labels), `bias` and `slope` (labels) are the linear part, `slope` of a label's own log odds; `inner`
    (features x units), `inner_bias` (units) and `outer` (units x labels) the units between.
    """

    labels: tuple[str, ...]
    weights: Numbers
    bias: Numbers
    slope: Numbers
    inner: Numbers
    inner_bias: Numbers
    outer: Numbers


_PARTS = ("weights", "bias", "slope", "inner", "inner_bias", "outer")

ContextWeights = Mapping[str, Correction]
"""The correction of each role."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """Messages of some conversations, one after the other.

    `conversations` has a number for each message, `places` the messages of each role, ascending, and
    `chances` a row for each of these, a column for each label.
    """

    conversations: Places
    places: Mapping[str, Places]
    chances: Mapping[str, Numbers]


def reconsidered(talk: Talk, weights: ContextWeights) -> dict[str, Numbers]:
    """Return the chances by role, each corrected by its surroundings."""
    seen = features_of(talk)
    return {role: _corrected(talk.chances[role], seen[role], weights[role]) for role in ROLES}


def _corrected(chances: Numbers, seen: Numbers, by: Correction) -> Numbers:
    units = in_steps(np.maximum(seen @ by.inner + by.inner_bias, 0))
    scores = seen @ by.weights + by.bias + log_odds_of(chances) * by.slope + units @ by.outer
    corrected: Numbers = 1 / (1 + np.exp(-scores))
    return corrected


def features_of(talk: Talk) -> dict[str, Numbers]:
    """Return what is seen of each message of each role (rows), in exact steps.

    In this order: the log odds of its own labels; the chances of the nearest message of the other party
    before and after it, and the greatest within the window before and after; the same speaker's nearest
    before and after, and the greatest around; whether these neighbours are missing; how many the speaker's
    are.
    """
    return {role: _features(talk, role, OTHER[role]) for role in ROLES}


def _features(talk: Talk, role: str, other: str) -> Numbers:
    mine, theirs = _with_nothing(talk.chances[role]), _with_nothing(talk.chances[other])
    here, there = talk.places[role], talk.places[other]
    of, among = talk.conversations[here], talk.conversations[there]
    steps = np.arange(WINDOW)
    row, next_row = np.arange(len(here))[:, None], np.searchsorted(there, here)[:, None]
    before, after = _inside(next_row - 1 - steps, of, among), _inside(next_row + steps, of, among)
    earlier, later = _inside(row - 1 - steps, of, of), _inside(row + 1 + steps, of, of)
    missing = [near[:, :1] == len(among) for near in (before, after)]
    missing += [near[:, :1] == len(of) for near in (earlier, later)]
    counts = [(near < len(of)).sum(axis=1, keepdims=True) / COUNT_SCALE for near in (earlier, later)]
    own = np.clip(log_odds_of(talk.chances[role]), -FURTHEST_OWN, FURTHEST_OWN) / 2
    seen = np.hstack(
        [
            own,
            theirs[before[:, 0]],
            theirs[after[:, 0]],
            theirs[before].max(axis=1),
            theirs[after].max(axis=1),
            mine[earlier[:, 0]],
            mine[later[:, 0]],
            mine[np.hstack((earlier, later))].max(axis=1),
            *missing,
            *counts,
        ]
    )
    return in_steps(seen)


def log_odds_of(chances: Numbers) -> Numbers:
    """Return the log odds of chances, neither certain, in exact steps."""
    bounded = np.clip(chances, LEAST_CHANCE, 1 - LEAST_CHANCE)
    return in_steps(np.log(bounded / (1 - bounded)))


def _with_nothing(chances: Numbers) -> Numbers:
    """Return the chances with a last row for a message that is not there."""
    return np.vstack((in_steps(chances), np.zeros((1, chances.shape[1]))))


def _inside(rows: Places, of: Places, among: Places) -> Places:
    """Return the rows, those outside the conversation `of` each replaced by the one past the end."""
    if not len(among):
        return np.zeros_like(rows)
    bounded = np.clip(rows, 0, len(among) - 1)
    is_inside = (rows == bounded) & (among[bounded] == of[:, None])
    return np.where(is_inside, bounded, len(among))


def in_steps(values: Numbers) -> Numbers:
    """Return the nearest of the steps, 1 / CHANCE_STEPS each, that sums are exact of."""
    steps: Numbers = np.rint(values * CHANCE_STEPS) / CHANCE_STEPS
    return steps


def write_context(model: ContextWeights, path: Path) -> None:
    """Write the file; the same model gives the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    held: dict[str, NDArray[np.generic]] = {}
    for role in ROLES:
        held[f"{role}_labels"] = np.array(model[role].labels)
        for part in _PARTS:
            held[f"{role}_{part}"] = np.rint(getattr(model[role], part) * WEIGHT_STEPS).astype(np.int32)
    np.savez_compressed(path, **held)  # type: ignore[arg-type]


def read_context(path: Path) -> ContextWeights:
    """Return what the file holds. Error: MDL101 when it cannot be read."""
    try:
        with np.load(BytesIO(path.read_bytes()), allow_pickle=False) as held:
            return {role: _correction_in(held, role) for role in ROLES}
    except (OSError, KeyError, ValueError, BadZipFile) as error:
        message = f"the trained model '{path}' cannot be read: {error}"
        raise PackError("MDL101", message, hint="make it again: sopgen train") from error


def _correction_in(held: Mapping[str, NDArray[Any]], role: str) -> Correction:
    parts = {part: held[f"{role}_{part}"].astype(np.float64) / WEIGHT_STEPS for part in _PARTS}
    return Correction(labels=tuple(map(str, held[f"{role}_labels"])), **parts)
