"""What a rule speaks of: messages or turns of a timeline, as work that is done once for each conversation."""

from collections.abc import Callable
from dataclasses import dataclass

from sopgen.compliance.bits import Bits, positions
from sopgen.compliance.sought import Acts
from sopgen.compliance.timeline import NO_ACTS, Reads, Timeline, Unit, Work
from sopgen.conversation.model import Role

ANYBODY = frozenset(Role)
NO_EVIDENCE: Acts = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Among:
    """What a filter is told of the units that it tries: are they turns, and who speaks in them."""

    by_turn: bool = False
    roles: frozenset[Role] = ANYBODY


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Selection(Work[Bits]):
    """Units, each by the position at which it begins; `acts` are those whose hits are its evidence."""

    among: Among = Among()
    acts: Acts = NO_EVIDENCE

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

    def end_at(self, timeline: Timeline, head: int) -> int:
        """Return the position of the last message of the unit that begins at a position."""
        return timeline.turn_at[head].bit_length() - 1 if self.among.by_turn else head


@dataclass(frozen=True, slots=True)
class Sieve:
    """A filter: `passing` are those of some units, by where they begin, that pass it."""

    passing: Callable[[Timeline, Bits], Bits]
    reads: Reads = NO_ACTS


EMPTY = Selection(lambda _: 0)
"""What stands for a selection that cannot be read; its flaw has been reported."""

NONE_PASS = Sieve(lambda *_: 0)
"""What stands for a filter that cannot be read."""
