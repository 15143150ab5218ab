"""What evaluating a constraint yields."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from sopgen.base.shape import Path
from sopgen.compliance.bits import bits_of, positions
from sopgen.compliance.compiling import Compiling
from sopgen.compliance.gap import Doubt
from sopgen.compliance.selection import Selection
from sopgen.compliance.sought import Acts, hits_of
from sopgen.compliance.timeline import NO_ACTS, Reads, Timeline, Unit, Work

_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A place in the conversation: message position and half-open character range; None marks it whole."""

    position: int
    range: tuple[int, int] | None = None


Show = Callable[[Timeline], tuple[Mark, ...]]
"""From the conversation that was judged to the places in which one sees it."""


def show_nothing(_: Timeline) -> tuple[Mark, ...]:
    """Return no place."""
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Whether the constraint holds; `show` tells where one sees it, for those who want to know.

    `curable`: a violation that later messages could still mend (Declare's "possibly violated").
    `applies` is false when nothing that was found counts yet, so that there is nothing to hold or break.
    `doubt` is set when it cannot be told; then `holds` is meaningless. `values` fill the places of the rule's
    message: `gap` and `limit` are lengths of time.
    """

    holds: bool
    show: Show = show_nothing
    curable: bool = False
    doubt: Doubt | None = None
    applies: bool = True
    values: Mapping[str, object] = field(default_factory=lambda: _NOTHING)


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Constraint(Work[Outcome]):
    """What must hold, worked out for each conversation once."""


Compile = Callable[[Mapping[str, object], Path, Compiling], Constraint]

HOLDS = Outcome(holds=True)
NOTHING_APPLIES = Outcome(holds=True, applies=False)
"""The outcome where nothing that was found counts."""


def owned(timeline: Timeline, outcomes: list[Outcome]) -> list[Outcome]:
    """Return the outcomes whose evidence begins in the era; where there were only others, nothing applies."""
    if timeline.era is None:
        return outcomes
    own = [each for each in outcomes if _is_owned(timeline, each.show(timeline))]
    return own if own or not outcomes else [NOTHING_APPLIES]


def _is_owned(timeline: Timeline, marks: tuple[Mark, ...]) -> bool:
    return not marks or timeline.owns(marks[0].position)


def reads_of_all(parts: Iterable[Work[Any]]) -> Reads:
    """Return what several pieces of work read."""
    return NO_ACTS.union(*(part.reads for part in parts))


def may_grow(timeline: Timeline, unit: Unit) -> bool:
    """Return whether the unit is the last turn, so that its speaker may still add to it."""
    return bool(timeline.turns) and timeline.turn_at[timeline.turns[-1]] == bits_of(unit)


def marks_of(timeline: Timeline, unit: Unit, acts: Acts) -> tuple[Mark, ...]:
    """Return the words in the unit that perform the acts, or else its first message whole."""
    found = tuple(
        [
            Mark(position=position, range=(hit.start, hit.end))
            for position in unit
            if acts and timeline.written >> position & 1
            for hit in hits_of(timeline, position, acts)
        ]
    )
    return found or (Mark(position=unit[0]),)


def show_all(outcomes: Iterable[Outcome]) -> Show:
    """Return what shows all that several outcomes show."""
    each = tuple(outcome.show for outcome in outcomes)
    return lambda timeline: tuple([mark for show in each for mark in show(timeline)])


def show_these(*marks: Mark) -> Show:
    """Return what shows these places."""
    return lambda _: marks


def show_starts(selection: Selection) -> Show:
    """Return what shows the first message of each unit."""
    return lambda timeline: tuple([Mark(position=at) for at in positions(timeline[selection])])


def show_units(selection: Selection) -> Show:
    """Return what shows the evidence in each unit."""
    return lambda timeline: tuple(
        [mark for unit in selection.units(timeline) for mark in marks_of(timeline, unit, selection.acts)]
    )
