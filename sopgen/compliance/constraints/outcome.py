"""What evaluating a constraint yields: for all conversations at once, and in detail for who asks.

Whether it holds is known of every conversation (`Outcomes`), as sets of them by their ends. Where one sees
it, and what a reason says of it, is worked out for the few of which somebody wants to know (`Outcome`).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from sopgen.base.shape import Path
from sopgen.compliance.bits import Bits, bits_of, positions
from sopgen.compliance.compiling import Compiling
from sopgen.compliance.gap import Doubt
from sopgen.compliance.selection import Selection
from sopgen.compliance.sought import Acts, hits_of
from sopgen.compliance.timeline import NO_ACTS, Reads, Timeline, Unit, Work
from sopgen.compliance.timelines import JointWork, Timelines

if TYPE_CHECKING:
    from sopgen.compliance.twins import Twins

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcomes:
    """For which conversations a constraint holds, applies, could still be mended, or cannot be told.

    What they are told by is their ends. `detail` returns the outcome of one of them. Of those for which it
    holds the `silent` have nothing to show for it and nothing to say of it; twins do not tell.
    """

    holds: Bits
    applies: Bits
    curable: Bits
    doubted: Bits
    silent: Bits = 0
    detail: Callable[[Timeline], Outcome]


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Constraint(JointWork[Outcome]):
    """What must hold, worked out for all conversations at once."""

    def of_one(self, found: Outcomes, timeline: Timeline) -> Outcome:
        """Return the outcome of one conversation."""
        return found.detail(timeline)

    def taken_over(self, found: Outcomes, twins: "Twins") -> Outcomes:
        """Return what holds for twins, where that is found for the origin; they take over no detail."""
        return Outcomes(
            holds=twins.copied(found.holds),
            applies=twins.copied(found.applies),
            curable=twins.copied(found.curable),
            doubted=twins.copied(found.doubted),
            detail=found.detail,
        )


def is_in(timeline: Timeline, rows: Bits) -> bool:
    """Return whether a conversation is one of those with these ends."""
    return rows >> timeline.end & 1 == 1


def alike(outcome: Outcome) -> Constraint:
    """Return the constraint that comes to the same for every conversation."""
    return Constraint(lambda talks: gathered(talks, 0, lambda _: outcome, rest=outcome))


def one_by_one(
    judge: Callable[[Timeline], Outcome],
    reads: Reads,
    *,
    of: Selection | None = None,
    uses: Iterable[Selection] = (),
    asks: Reads = NO_ACTS,
) -> Constraint:
    """Return a constraint that is held against one conversation after the other.

    It holds where nothing is selected by `of`. `uses` are all selections that have a say, and `asks` the acts
    that have one besides: a twin that does not differ in them has the outcome of its origin.
    """
    works = tuple(uses) if of is None else (of, *uses)

    def evaluate(talks: Timelines) -> Outcomes:
        rows = talks.altered_in(works, asks)
        wanted = rows if of is None else rows & talks.talks.touching(talks[of])
        found = gathered(talks, wanted, judge, rest=HOLDS)
        known = talks.inherited(constraint)
        return found if known is None else _merged(found, known, rows)

    constraint = Constraint(evaluate, reads)
    return constraint


def gathered(
    talks: Timelines, rows: Bits, judge: Callable[[Timeline], Outcome], *, rest: Outcome
) -> Outcomes:
    """Return what judging these conversations one by one comes to, with `rest` for all others."""
    told = {timeline.end: judge(timeline) for timeline in talks.rows_at(rows)}
    items, others = told.items(), talks.talks.ends & ~rows

    def those(ends: list[int], *, rest: bool) -> Bits:
        return bits_of(ends) | (others if rest else 0)

    return Outcomes(
        holds=those([end for end, each in items if each.holds], rest=rest.holds),
        applies=those([end for end, each in items if each.applies], rest=rest.applies),
        curable=those([end for end, each in items if each.curable], rest=rest.curable),
        doubted=those([end for end, each in items if each.doubt is not None], rest=rest.doubt is not None),
        silent=those([end for end, each in items if each is HOLDS], rest=rest is HOLDS),
        detail=lambda timeline: told.get(timeline.end, rest),
    )


def _merged(new: Outcomes, old: Outcomes, rows: Bits) -> Outcomes:
    """Return the new outcomes of some conversations, and the old ones of the others."""
    return Outcomes(
        holds=(new.holds & rows) | (old.holds & ~rows),
        applies=(new.applies & rows) | (old.applies & ~rows),
        curable=(new.curable & rows) | (old.curable & ~rows),
        doubted=(new.doubted & rows) | (old.doubted & ~rows),
        detail=new.detail,
    )


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
