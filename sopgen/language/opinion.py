"""The trained model's opinion where an act asks for it: hits that cues miss, and cues that misfire.

An act says in its file which label of the model it trusts, and how far (`act.ModelUse`).
"""

import functools
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from sopgen.language.act import Act, Limits
from sopgen.language.recognition import LEAST_DOUBT, Chances, Hit, Recognition
from sopgen.language.scoring import Predict, Scored

Asking = tuple[tuple[str, str, Limits, str], ...]
"""The acts that ask the model, for which label, how far they trust it, and the act that needs no opinion."""

Predictors = Mapping[str, Predict]
"""The trained model of each role that has one."""

EVEN = 0.5

_FILE_NAME = re.compile(r"[\[(<][^\n]{0,200}[\])>]|[^\s]{1,200}\.[a-z]\w{1,4}")
"""What stands for a picture or a file without a caption: it says nothing."""

_SPOKEN = re.compile(r"\w")
_LEAST = 1e-6
_SLACK = 1e-6
"""What the chances of a whole table may be off by, where they only tell which are worth a closer look."""


def asking(acts: Mapping[str, Act], role: str, *, thorough: bool) -> Asking:
    """Return who asks for an opinion on the messages of a role."""
    return tuple(
        (name, act.source.model.label, act.source.model.limits(thorough=thorough), act.source.outright)
        for name, act in sorted(acts.items())
        if act.source.model is not None and act.source.role in ("any", role)
    )


def says_something(text: str) -> bool:
    """Return whether a text has words, and does more than stand for a file: else nobody has an opinion."""
    return _SPOKEN.search(text) is not None and not _FILE_NAME.fullmatch(text.strip())


def weighed(found: Sequence[Recognition], asking: Asking, scored: Scored) -> list[Recognition]:
    """Return the recognitions with a hit on the whole text added, or cue hits taken back.

    `scored` has a row for each. A label that the model does not know is no opinion.
    """
    columns = {label: column for column, label in enumerate(scored.labels)}
    known = tuple(each for each in asking if each[1] in columns)
    if not known:
        return list(found)
    table = scored.chances[:, [columns[label] for _, label, _, _ in known]]
    scale = _Scale(known)
    added = _columns_by_row(table >= scale.accepts)
    near = _columns_by_row(scale.may_be_near_even(table))
    return [_weighed(*each, scale) for each in zip(found, table.tolist(), added, near, strict=True)]


def _columns_by_row(marked: NDArray[np.bool_]) -> list[list[int]]:
    columns: list[list[int]] = [[] for _ in marked]
    for row, column in np.argwhere(marked).tolist():
        columns[row].append(column)
    return columns


class _Scale:
    """What the acts that ask hold against the chances of their labels, a column for each."""

    def __init__(self, asking: Asking) -> None:
        self.acts = tuple(act for act, _, _, _ in asking)
        self.columns = {act: column for column, act in enumerate(self.acts)}
        self.limits = tuple(limits for _, _, limits, _ in asking)
        self.outright = tuple(outright for _, _, _, outright in asking)
        self.accepts = np.array([limits.accept for limits in self.limits])
        self.odds = [_log_odds_of_limit(limits.accept) for limits in self.limits]

    def columns_of(self, acts: Iterable[str]) -> list[int]:
        """Return the columns of those of the acts that ask."""
        return [self.columns[act] for act in acts if act in self.columns]

    def may_be_near_even(self, table: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Return where a chance, shifted, may lie between a doubt and its opposite; a few more rather."""
        bounded = np.clip(table, _LEAST, 1 - _LEAST)
        shifted = 1 / (1 + np.exp(np.array(self.odds) - np.log(bounded / (1 - bounded))))
        found: NDArray[np.bool_] = np.abs(shifted - EVEN) <= EVEN - LEAST_DOUBT + _SLACK
        return found


def _weighed(
    recognition: Recognition, row: list[float], added: list[int], near: list[int], scale: _Scale
) -> Recognition:
    found = recognition.acts
    new = [scale.acts[column] for column in added if scale.acts[column] not in found]
    back = [
        scale.acts[column]
        for column in scale.columns_of(found)
        if row[column] < scale.limits[column].veto and scale.outright[column] not in found
    ]
    chances = _ActChances(scale, row, found, sorted({*near, *scale.columns_of(found)}))
    if not new and not back:
        return Recognition(recognition.text, recognition.hits, recognition.layout, chances)
    kept = tuple([hit for hit in recognition.hits if hit.act not in back]) if back else recognition.hits
    whole = tuple([Hit(act, 0, len(recognition.text)) for act in new])
    return recognition.with_hits((*kept, *whole), chances)


class _ActChances(Chances):
    """The chances of one text; `found` are the acts of its cues, `near` the columns worth a thought."""

    __slots__ = ("found", "near", "row", "scale")

    def __init__(self, scale: _Scale, row: list[float], found: frozenset[str], near: list[int]) -> None:
        self.scale, self.row, self.found, self.near = scale, row, found, near

    def __getitem__(self, act: str) -> float:
        return self._chance(self.scale.columns[act])

    def __iter__(self) -> Iterator[str]:
        return iter(self.scale.acts)

    def __len__(self) -> int:
        return len(self.row)

    def near_even(self) -> Iterator[tuple[str, float]]:
        """Yield the acts, in their order, whose chance is near enough to even to be thought about."""
        return ((self.scale.acts[column], self._chance(column)) for column in self.near)

    def _chance(self, column: int) -> float:
        """Return the chance in a world where the limit of acceptance means even odds.

        Limits are chosen where verdicts come out best, so that is where an act is as likely performed as not;
        the lines that taught the model hold far more of some acts than chats do (prior shift, Saerens et al.,
        2002).
        """
        scale, chance = self.scale, self.row[column]
        limits = scale.limits[column]
        if scale.outright[column] in self.found:
            return 1 - _LEAST
        likely = EVEN if chance == limits.accept else _chance_of(_log_odds(chance) - scale.odds[column])
        if likely < EVEN and chance >= limits.veto and scale.acts[column] in self.found:
            return EVEN  # cues have the last word down to the veto
        return likely


@functools.lru_cache(maxsize=1 << 10)
def _log_odds_of_limit(limit: float) -> float:
    return _log_odds(limit)


def _log_odds(chance: float) -> float:
    bounded = chance if _LEAST <= chance <= 1 - _LEAST else min(max(chance, _LEAST), 1 - _LEAST)
    return math.log(bounded / (1 - bounded))


def _chance_of(log_odds: float) -> float:
    return 1 / (1 + math.exp(-log_odds))
