"""What evaluating a constraint yields."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from sopgen.base.shape import Path
from sopgen.compliance.compiling import Compiling
from sopgen.compliance.sought import Acts, hits_of
from sopgen.compliance.timeline import Doubt, Timeline, Unit

_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A place in the conversation: message position and half-open character range; None marks it whole."""

    position: int
    range: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Whether the constraint holds, and where one sees it.

    `curable`: a violation that later messages could still mend (Declare's "possibly violated").
    `applies` is false when nothing that was found counts yet, so that there is nothing to hold or break.
    `doubt` is set when it cannot be told; then `holds` is meaningless. `values` fill the places of the rule's
    message: `gap` and `limit` are lengths of time.
    """

    holds: bool
    marks: tuple[Mark, ...] = ()
    curable: bool = False
    doubt: Doubt | None = None
    applies: bool = True
    values: Mapping[str, object] = field(default_factory=lambda: _NOTHING)


Evaluate = Callable[[Timeline], Outcome]
Compile = Callable[[Mapping[str, object], Path, Compiling], Evaluate]


NOTHING_APPLIES = Outcome(holds=True, applies=False)
"""The outcome where nothing that was found counts."""


def owned(timeline: Timeline, outcomes: list[Outcome]) -> list[Outcome]:
    """Return the outcomes whose evidence begins in the era; where there were only others, nothing applies."""
    if timeline.era is None:
        return outcomes
    own = [each for each in outcomes if not each.marks or timeline.owns(each.marks[0].position)]
    return own if own or not outcomes else [NOTHING_APPLIES]


def may_grow(timeline: Timeline, unit: Unit) -> bool:
    """Return whether the unit is the last turn, so that its speaker may still add to it."""
    return bool(timeline.turns) and timeline.turns[-1].messages == unit


def marks_of(timeline: Timeline, unit: Unit, acts: Acts) -> tuple[Mark, ...]:
    """Return the words in the unit that perform the acts, or else its first message whole."""
    found = tuple(
        Mark(position=position, range=(hit.start, hit.end))
        for position in timeline.written(unit)
        if acts
        for hit in hits_of(timeline, position, acts)
    )
    return found or (Mark(position=unit[0]),)
