"""How sure a verdict is: what becomes of it if a doubtful act was seen wrongly.

Every act that the trained model was asked about has a chance. A rule is held against the conversation once
more with each doubtful act, one at a time, taken the other way; where the verdict changes, that act's doubt
is the verdict's. Doubts of several acts add up as those of independent witnesses do.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from sopgen.compliance.timeline import Reads, Timeline, hangs_on
from sopgen.language.recognition import Hit, Recognition

LEAST_DOUBT = 0.05
"""Below this chance of being wrong an act counts as seen rightly (our decision, 2026-11-22)."""

MOST_FLIPS = 12
"""Doubtful acts tried for one verdict, the most doubtful first (our decision, 2026-11-22)."""


def acts_within(spec: object, moments: Mapping[str, object]) -> frozenset[str]:
    """Return every act that a constraint speaks of, those of the moments it names included."""
    match spec:
        case str() if spec in moments:
            return acts_within(moments[spec], {name: each for name, each in moments.items() if name != spec})
        case list() | tuple():
            return frozenset().union(*(acts_within(part, moments) for part in spec))
        case Mapping():
            named = (_listed(spec[key]) for key in ("act", "not-act", "only", "not-only") if key in spec)
            inner = (acts_within(part, moments) for part in spec.values())
            return frozenset().union(*named, *inner)
    return frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """That the message at `position` performs `act`, or does not, is wrong with this `chance`."""

    chance: float
    position: int
    act: str


def certainty_of(
    timeline: Timeline,
    acts: frozenset[str],
    judge: Callable[[Timeline], object],
    *,
    verdict: object,
    reads: Reads,
) -> float:
    """Return how likely `judge` would still say `verdict` if every act were seen rightly, in [0, 1].

    `reads` is what it asked when it said so: no doubt about anything else can change its mind.
    """
    certainty = 1.0
    for doubt in _doubts(timeline, acts)[:MOST_FLIPS]:
        if not hangs_on(reads, doubt.position, doubt.act):
            continue
        if judge(timeline.fact(doubt, partial(_twin, doubt=doubt))) != verdict:
            certainty *= 1 - doubt.chance
    return certainty


def flipped(recognition: Recognition, act: str) -> Recognition:
    """Return the recognition with an act taken away that was there, or added to the whole text."""
    hits = tuple(hit for hit in recognition.hits if hit.act != act)
    if len(hits) == len(recognition.hits):
        hits = (*hits, Hit(act, 0, len(recognition.text)))
    return recognition.with_hits(hits, recognition.chances)


def _doubts(timeline: Timeline, acts: frozenset[str]) -> list[Doubt]:
    """Return the doubts about these acts in messages that somebody has asked about, the greatest first."""
    known = timeline.fact((_doubts, len(timeline.recognised())), _all_doubts)
    return [doubt for doubt in known if doubt.act in acts]


def _all_doubts(timeline: Timeline) -> list[Doubt]:
    found = [
        doubt
        for position in timeline.recognised()
        for doubt in _each_doubt(timeline.recognition(position), position)
    ]
    return sorted(found, key=lambda each: (-each.chance, each.position, each.act))


def _twin(timeline: Timeline, *, doubt: Doubt) -> Timeline:
    """Return the conversation with the doubtful act taken the other way."""
    other = flipped(timeline.recognition(doubt.position), doubt.act)
    return timeline.but(doubt.position, other, doubt.act)


def _each_doubt(recognition: Recognition, position: int) -> Iterator[Doubt]:
    for act, chance in recognition.chances.items():
        wrong = 1 - chance if act in recognition.acts else chance
        if wrong >= LEAST_DOUBT:
            yield Doubt(chance=wrong, position=position, act=act)


def _listed(value: object) -> frozenset[str]:
    return frozenset(map(str, value)) if isinstance(value, list | tuple) else frozenset({str(value)})
