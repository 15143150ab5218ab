"""Whether a clause and its check are any good: is it ever activated, decided, kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from sopgen.quality.figure.clause import ClauseFacts, ClauseFigure
from sopgen.quality.interval import Estimate, share

TOO_OFTEN_UNDECIDED = 0.10
"""The share of undecided verdicts that is too much, when the interval lies above it (ours, 2026-11-22)."""

LEAST_CHANCES = 30
"""Conversations that a clause must have had to be called never activated."""


class Ailment(StrEnum):
    """What may be wrong with a clause or its check."""

    NEVER_ACTIVATED = "never-activated"
    OFTEN_UNDECIDED = "often-undecided"
    MORE_BROKEN_THAN_KEPT = "more-broken-than-kept"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseHealth:
    """How a clause fares.

    `activated` is the share of conversations in which it had something to say, `undecided` the share of those
    in which it could not be decided, `failing` that of the decided ones.
    """

    clause: ClauseFacts
    conversations: int
    activated: Estimate
    undecided: Estimate
    failing: Estimate
    ailments: tuple[Ailment, ...]


def healths(figures: Iterable[ClauseFigure]) -> tuple[ClauseHealth, ...]:
    """Return the health of every clause, the most often broken first (by the lower bound of its share)."""
    found = [_health(each) for each in figures]
    return tuple(sorted(found, key=lambda each: -(each.failing.low or 0.0)))


def _health(figure: ClauseFigure) -> ClauseHealth:
    counts = figure.counts
    active = counts.decided + counts.undecided
    undecided, failing = share(counts.undecided, active), share(counts.failed, counts.decided)
    ailing = {
        Ailment.NEVER_ACTIVATED: not active and counts.total >= LEAST_CHANCES,
        Ailment.OFTEN_UNDECIDED: (undecided.low or 0.0) > TOO_OFTEN_UNDECIDED,
        Ailment.MORE_BROKEN_THAN_KEPT: (failing.low or 0.0) > 0.5,
    }
    return ClauseHealth(
        clause=figure.facts,
        conversations=counts.total,
        activated=share(active, counts.total),
        undecided=undecided,
        failing=failing,
        ailments=tuple(each for each, holds in ailing.items() if holds),
    )
