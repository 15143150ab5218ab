"""Standing after or before one of a selection, as near or as far as a window of time allows.

A long conversation asks this for every message, so the answer takes no walk over the selection: positions
are found by bisection, and the message furthest away in time, or nearest, is known beforehand. Only a window
with an upper bound (`max`) tries one after another, the nearest first, and only where the nearest in time is
not too far already.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate

from sopgen.compliance.clock import ALWAYS, Clock
from sopgen.compliance.timeline import Doubt, Timeline, Unit, latest_of, remembered
from sopgen.conversation.model import Message

Select = Callable[[Timeline], tuple[Unit, ...]]
Accept = Callable[[Timeline, Unit], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """How much time may lie between two messages; a clock too coarse to tell gets the benefit of doubt."""

    least: timedelta = timedelta()
    most: timedelta = timedelta.max
    clock: Clock = ALWAYS

    def fits(self, earlier: Message, later: Message) -> bool:
        """Return whether the time between the messages can lie in the window."""
        gap = self.clock.gap(earlier, later)
        return not isinstance(gap, Doubt) and gap[1] >= self.least and gap[0] <= self.most

    def is_beyond(self, earlier: Message, later: Message) -> bool:
        """Return whether the time between the messages, the nearest of many, shows that none of them fits."""
        gap = self.clock.gap(earlier, later)
        return gap is Doubt.NO_TIME if isinstance(gap, Doubt) else gap[0] > self.most

    def asks_only_for_distance(self) -> bool:
        """Return whether, of many messages, the one furthest away fits if any does."""
        return self.least > timedelta() and self.most == timedelta.max


def stands_after(select: Select, window: Window | None) -> Accept:
    """Return the test that one of the selection ends before the unit begins, inside the window if given."""
    ends = remembered(lambda timeline: sorted({unit[-1] for unit in select(timeline)}))
    oldest = remembered(lambda timeline: list(accumulate(ends(timeline), _older_in(timeline))))
    newest = remembered(lambda timeline: list(accumulate(ends(timeline), _newer_in(timeline))))

    def accept(timeline: Timeline, unit: Unit) -> bool:
        found = ends(timeline)
        count = bisect_left(found, unit[0])
        if window is None or not count:
            return count > 0
        messages, later = timeline.messages, timeline.messages[unit[0]]
        if window.asks_only_for_distance():
            return window.fits(messages[oldest(timeline)[count - 1]], later)
        if window.is_beyond(messages[newest(timeline)[count - 1]], later):
            return False
        return any(window.fits(messages[found[n]], later) for n in range(count - 1, -1, -1))

    return accept


def stands_before(select: Select, window: Window | None) -> Accept:
    """Return the test that one of the selection begins after the unit ends, inside the window if given."""
    starts = remembered(lambda timeline: sorted({unit[0] for unit in select(timeline)}))
    newest = remembered(lambda timeline: list(accumulate(reversed(starts(timeline)), _newer_in(timeline))))
    oldest = remembered(lambda timeline: list(accumulate(reversed(starts(timeline)), _older_in(timeline))))

    def accept(timeline: Timeline, unit: Unit) -> bool:
        found = starts(timeline)
        first = bisect_right(found, unit[-1])
        count = len(found) - first
        if window is None or not count:
            return count > 0
        messages, earlier = timeline.messages, timeline.messages[unit[-1]]
        if window.asks_only_for_distance():
            return window.fits(earlier, messages[newest(timeline)[count - 1]])
        if window.is_beyond(earlier, messages[oldest(timeline)[count - 1]]):
            return False
        return any(window.fits(earlier, messages[found[n]]) for n in range(first, len(found)))

    return accept


def stands_right_after(select: Select) -> Accept:
    """Return the test that the turn right before the unit is one of the selection."""
    ends = remembered(lambda timeline: [turn.messages[-1] for turn in timeline.turns])
    chosen = remembered(lambda timeline: frozenset(select(timeline)))

    def accept(timeline: Timeline, unit: Unit) -> bool:
        count = bisect_left(ends(timeline), unit[0])
        return count > 0 and timeline.turns[count - 1].messages in chosen(timeline)

    return accept


def _older_in(timeline: Timeline) -> Callable[[int, int], int]:
    """Return the choice, of two positions, of the message with the earlier time; one without time loses."""

    def older(one: int, other: int) -> int:
        first, second = timeline.messages[one].at, timeline.messages[other].at
        if first is None or second is None:
            return other if first is None else one
        return other if second < first else one

    return older


def _newer_in(timeline: Timeline) -> Callable[[int, int], int]:
    """Return the choice, of two positions, of the message that may be the later one."""

    def newer(one: int, other: int) -> int:
        first, second = _latest(timeline, one), _latest(timeline, other)
        if first is None or second is None:
            return other if first is None else one
        return other if second > first else one

    return newer


def _latest(timeline: Timeline, position: int) -> datetime | None:
    return latest_of(timeline.messages[position])
