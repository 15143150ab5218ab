"""How long something took: on a clock, less the time that was the customer's to use.

A pause begins with a message that asks the customer for something, and lasts until the customer's next
message. Which messages ask is a moment (`checks/moments/waiting-for-customer.yaml`). The sums of the pauses
are kept per conversation, so that a reading costs a bisection however long the conversation is.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import timedelta
from itertools import accumulate

from sopgen.compliance.bits import positions
from sopgen.compliance.clock import ALWAYS, Clock, Length
from sopgen.compliance.gap import Doubt
from sopgen.compliance.selection import Selection
from sopgen.compliance.timeline import Timeline, Work
from sopgen.conversation.model import Role

_ZERO = timedelta()


@dataclass(frozen=True, slots=True)
class Measure:
    """The least and the greatest time that can have passed, and the time between the stamps.

    `paused`: time in which the clock stood still has been left out.
    """

    least: timedelta = _ZERO
    stamped: timedelta = _ZERO
    greatest: timedelta = _ZERO
    paused: bool = False

    def plus(self, other: "Measure") -> "Measure":
        """Return both times together."""
        return Measure(self.least + other.least, self.stamped + other.stamped, self.greatest + other.greatest)

    def since(self, earlier: "Measure") -> "Measure":
        """Return by how much a running sum has grown."""
        return Measure(
            self.least - earlier.least, self.stamped - earlier.stamped, self.greatest - earlier.greatest
        )

    def less(self, part: "Measure") -> "Measure":
        """Return what is left without a part of it; never less than nothing."""
        return Measure(
            max(self.least - part.greatest, _ZERO),
            max(self.stamped - part.stamped, _ZERO),
            max(self.greatest - part.least, _ZERO),
            paused=part.stamped > _ZERO,
        )


NOTHING = Measure()


class Meter:
    """Reads the time between two messages; messages of `waiting`, if given, stop it."""

    def __init__(self, clock: Clock = ALWAYS, waiting: Selection | None = None) -> None:
        self._clock = clock
        self._pauses = _pauses_of(waiting, clock) if waiting is not None else None

    def read(self, timeline: Timeline, start: int, end: int) -> Measure | Doubt:
        """Return the time from the message at `start` to the one at `end`, or why it cannot be told."""
        whole = _between(self._clock, timeline, start, end)
        if self._pauses is None or isinstance(whole, Doubt):
            return whole
        pauses = timeline[self._pauses]
        before, after = pauses.until(timeline, start), pauses.until(timeline, end)
        if isinstance(before, Doubt) or isinstance(after, Doubt):
            return before if isinstance(before, Doubt) else after
        return whole.less(after.since(before))

    def say(self, measure: Measure, limit: timedelta) -> dict[str, Length]:
        """Return what a reason says of a measure: its `gap` and the `limit`."""
        business = self._clock.opening is not None
        gap = Length(time=measure.stamped, business=business, paused=measure.paused)
        return {"gap": gap, "limit": Length(time=limit, business=business)}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pauses:
    """The pauses of a conversation: the positions where they begin and end, what the earlier ones took."""

    clock: Clock
    starts: list[int]
    ends: list[int]
    taken: list[Measure | Doubt]

    def until(self, timeline: Timeline, position: int) -> Measure | Doubt:
        """Return how long the clock had stood still when the message at `position` came."""
        at = bisect_left(self.starts, position) - 1
        if at < 0:
            return NOTHING
        latest = _between(self.clock, timeline, self.starts[at], min(self.ends[at], position))
        return _sum(self.taken[at], latest)


def _pauses_of(waiting: Selection, clock: Clock) -> Work[_Pauses]:
    def find(timeline: Timeline) -> _Pauses:
        starts, ends = _spans(timeline, waiting)
        last = len(timeline.messages) - 1
        lengths: list[Measure | Doubt] = [
            _between(clock, timeline, start, min(end, last)) for start, end in zip(starts, ends, strict=True)
        ]
        taken = list(accumulate([NOTHING, *lengths], _sum))
        return _Pauses(clock=clock, starts=starts, ends=ends, taken=taken)

    return Work(find, waiting.reads)


def _spans(timeline: Timeline, waiting: Selection) -> tuple[list[int], list[int]]:
    """Return where pauses begin and end; one that nobody ends lasts beyond the last message."""
    answers = positions(timeline.roles[Role.CUSTOMER] & timeline.spoken)
    starts: list[int] = []
    ends: list[int] = []
    for asked in [waiting.end_at(timeline, head) for head in positions(timeline[waiting])]:
        if ends and asked < ends[-1]:
            continue
        at = bisect_right(answers, asked)
        starts.append(asked)
        ends.append(answers[at] if at < len(answers) else len(timeline.messages))
    return starts, ends


def _between(clock: Clock, timeline: Timeline, start: int, end: int) -> Measure | Doubt:
    earlier, later = timeline.messages[start], timeline.messages[end]
    gap = clock.gap(earlier, later)
    return gap if isinstance(gap, Doubt) else Measure(gap[0], clock.stamped(earlier, later), gap[1])


def _sum(one: Measure | Doubt, other: Measure | Doubt) -> Measure | Doubt:
    if isinstance(one, Doubt) or isinstance(other, Doubt):
        return one if isinstance(one, Doubt) else other
    return one.plus(other)
