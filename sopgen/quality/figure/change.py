"""Whether a share has changed, and which way: Newcombe's interval of a difference.

Source: R. G. Newcombe, "Interval estimation for the difference between independent proportions: comparison of
eleven methods", Statistics in Medicine 17 (1998) 873-890, method 10: Wilson's bounds, squared and added.
"""

from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

from sopgen.quality.interval import Estimate, share

CHANGE_LEVEL = 0.99
"""How often the interval of a change is meant to hold the true one (see the folder's decisions)."""


class Direction(StrEnum):
    """What a change is called. `UNCLEAR`: the interval holds zero, so it may be no change at all."""

    BETTER = "better"
    WORSE = "worse"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Two shares of passes, each with its 95 % interval, and their difference with its 99 % one."""

    before: Estimate
    after: Estimate
    difference: float
    low: float
    high: float
    direction: Direction


def change(before: tuple[int, int], after: tuple[int, int]) -> Change | None:
    """Return the change between two shares of passes, given as (passes, decided); None without any cases."""
    if not before[1] or not after[1]:
        return None
    grown, low, high = difference(before, after)
    called = Direction.BETTER if low > 0 else Direction.WORSE if high < 0 else Direction.UNCLEAR
    return Change(
        before=share(*before),
        after=share(*after),
        difference=grown,
        low=low,
        high=high,
        direction=called,
    )


def difference(
    before: tuple[int, int], after: tuple[int, int], *, level: float = CHANGE_LEVEL
) -> tuple[float, float, float]:
    """Return by how much the share grew, and the bounds of that; there must be cases in both."""
    p, p_low, p_high = _known(share(*after, level=level))
    q, q_low, q_high = _known(share(*before, level=level))
    return (
        p - q,
        p - q - sqrt((p - p_low) ** 2 + (q_high - q) ** 2),
        p - q + sqrt((p_high - p) ** 2 + (q - q_low) ** 2),
    )


def _known(estimate: Estimate) -> tuple[float, float, float]:
    assert estimate.value is not None
    assert estimate.low is not None
    assert estimate.high is not None
    return estimate.value, estimate.low, estimate.high
