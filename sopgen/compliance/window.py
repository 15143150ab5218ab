"""Standing after or before one of a selection, as near or as far as a window of time allows.

A long conversation asks this for every message, so the answer takes no walk over the selection: without a
window its first or last decides, and with one the message furthest away in time, or nearest, is known
beforehand. Only a window with an upper bound (`max`) tries one after another, the nearest first, and only
where the nearest in time is not too far already.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate

from sopgen.compliance.bits import Bits, positions
from sopgen.compliance.clock import ALWAYS, Clock
from sopgen.compliance.gap import Doubt, latest_of
from sopgen.compliance.selection import Among, Selection, Sieve
from sopgen.compliance.timeline import Timeline, Work
from sopgen.compliance.timelines import Question, Timelines
from sopgen.conversation.model import Message

_ChoiceIn = Callable[[Timeline], Callable[[int, int], int]]


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


def stands_after(selection: Selection, window: Window | None) -> Sieve:
    """Return the filter for units that begin after one of the selection ends, inside the window if given."""
    if window is not None:
        return _stands_after_within(selection, window)

    def passing(talks: Timelines, units: Bits) -> Bits:
        earlier = talks[selection]
        if not earlier:
            return 0
        return units & talks.talks.after(selection.ends_of(talks, talks.talks.first(earlier)))

    return Sieve(passing, selection.reads)


def stands_before(selection: Selection, window: Window | None, among: Among) -> Sieve:
    """Return the filter for units that end before one of the selection begins, inside the window if given."""
    if window is not None:
        return _stands_before_within(selection, window, among)

    def passing(talks: Timelines, units: Bits) -> Bits:
        later = talks[selection]
        if not later:
            return 0
        before = talks.talks.before(later)
        if not among.by_turn:
            return units & before
        return units & talks.turns.starts_of(talks.turns.touching(units) & before)

    return Sieve(passing, selection.reads)


def stands_right_after(selection: Selection) -> Sieve:
    """Return the filter for units right before which a turn of the selection stands."""

    def passing(talks: Timelines, units: Bits) -> Bits:
        turns = talks.turns
        chosen = talks[selection] & turns.starts
        ends = turns.touching(chosen) if selection.among.by_turn else chosen & turns.ends
        until = turns.ends | talks.talks.ends
        return units & (until ^ (until - (ends << 1)))

    return Sieve(passing, selection.reads)


def _stands_after_within(selection: Selection, window: Window) -> Sieve:
    found_in = _ends_of(selection)
    oldest, newest = _running(found_in, _older_in), _running(found_in, _newer_in)

    def accept(timeline: Timeline, at: int) -> bool:
        found = timeline[found_in]
        count = bisect_left(found, at)
        if not count:
            return False
        messages, later = timeline.messages, timeline.messages[at]
        if window.asks_only_for_distance():
            return window.fits(messages[timeline[oldest][count - 1]], later)
        if window.is_beyond(messages[timeline[newest][count - 1]], later):
            return False
        return any(window.fits(messages[found[n]], later) for n in range(count - 1, -1, -1))

    return _asking(accept, selection)


def _stands_before_within(selection: Selection, window: Window, among: Among) -> Sieve:
    found_in = Work(lambda timeline: positions(timeline[selection]), selection.reads)
    from_last = Work(lambda timeline: timeline[found_in][::-1], selection.reads)
    newest, oldest = _running(from_last, _newer_in), _running(from_last, _older_in)

    def accept(timeline: Timeline, head: int) -> bool:
        at = timeline.turn_at[head].bit_length() - 1 if among.by_turn else head
        found = timeline[found_in]
        first = bisect_right(found, at)
        count = len(found) - first
        if not count:
            return False
        messages, earlier = timeline.messages, timeline.messages[at]
        if window.asks_only_for_distance():
            return window.fits(earlier, messages[timeline[newest][count - 1]])
        if window.is_beyond(earlier, messages[timeline[oldest][count - 1]]):
            return False
        return any(window.fits(earlier, messages[found[n]]) for n in range(first, len(found)))

    return _asking(accept, selection)


def _asking(accept: Callable[[Timeline, int], bool], selection: Selection) -> Sieve:
    question = Question(accept, selection.reads, far=True)
    return Sieve(
        lambda talks, units: talks.answer(question, units) if talks[selection] else 0, selection.reads
    )


def _running(found: Work[list[int]], choice_in: _ChoiceIn) -> Work[list[int]]:
    """Return which of the positions up to each is chosen."""

    def run(timeline: Timeline) -> list[int]:
        listed = timeline[found]
        return list(accumulate(listed, choice_in(timeline)))

    return Work(run, found.reads)


def _ends_of(selection: Selection) -> Work[list[int]]:
    return Work(
        lambda timeline: [selection.end_at(timeline, head) for head in positions(timeline[selection])],
        selection.reads,
    )


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
