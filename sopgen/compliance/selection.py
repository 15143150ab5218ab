"""What a rule speaks of: messages or turns, selected in many conversations at once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sopgen.compliance.bits import Bits, positions
from sopgen.compliance.sought import Acts
from sopgen.compliance.timeline import NO_ACTS, Reads, Timeline, Unit
from sopgen.compliance.timelines import JointWork, Timelines
from sopgen.conversation.model import Role

if TYPE_CHECKING:
    from sopgen.compliance.twins import Twins

ANYBODY = frozenset(Role)
NO_EVIDENCE: Acts = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Among:
    """What a filter is told of the units that it tries: are they turns, who speaks in them."""

    by_turn: bool = False
    roles: frozenset[Role] = ANYBODY


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Selection(JointWork[Bits]):
    """Units, each by the position at which it begins; `acts` are those whose hits are its evidence."""

    among: Among = Among()
    acts: Acts = NO_EVIDENCE

    def of_one(self, found: Bits, timeline: Timeline) -> Bits:
        """Return the units of one conversation."""
        return (found >> timeline.start) & ((1 << len(timeline.messages)) - 1)

    def taken_over(self, found: Bits, twins: "Twins") -> Bits:
        """Return the units of twins, where those of the origin are found."""
        return twins.copied(found)

    def units(self, timeline: Timeline) -> tuple[Unit, ...]:
        """Return the units, in the order of the conversation."""
        found = positions(timeline[self])
        if not self.among.by_turn:
            return tuple([(at,) for at in found])
        return tuple([tuple(positions(timeline.turn_at[head])) for head in found])

    def unit_at(self, timeline: Timeline, head: int) -> Unit:
        """Return the unit that begins at a position."""
        return tuple(positions(timeline.turn_at[head])) if self.among.by_turn else (head,)

    def messages(self, timeline: Timeline) -> Bits:
        """Return all messages of the units."""
        return timeline.within(timeline[self]) if self.among.by_turn else timeline[self]

    def all_messages(self, timelines: Timelines) -> Bits:
        """Return all messages of the units, of every conversation."""
        return timelines.within(timelines[self]) if self.among.by_turn else timelines[self]

    def end_at(self, timeline: Timeline, head: int) -> int:
        """Return the position of the last message of the unit that begins at a position."""
        return timeline.turn_at[head].bit_length() - 1 if self.among.by_turn else head

    def ends_of(self, timelines: Timelines, heads: Bits) -> Bits:
        """Return the last messages of the units that begin at these positions, of every conversation."""
        return timelines.turns.touching(heads) if self.among.by_turn else heads


@dataclass(frozen=True, slots=True)
class Sieve:
    """A filter: `passing` are those of some units, by where they begin, that pass it."""

    passing: Callable[[Timelines, Bits], Bits]
    reads: Reads = NO_ACTS


EMPTY = Selection(lambda _: 0)
"""What stands for a selection that cannot be read; its flaw has been reported."""

NONE_PASS = Sieve(lambda *_: 0)
"""What stands for a filter that cannot be read."""
