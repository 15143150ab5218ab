"""A conversation laid out for judging: its turns, and what each message does."""

from collections.abc import Callable, Hashable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, TypeVar, cast

from sopgen.compliance.era import Era
from sopgen.conversation.model import SECOND, SPEAKING, Conversation, Kind, Message, Role, Turn, turns_of
from sopgen.language.recognition import Hit, Recognise, Recognition

T = TypeVar("T")
Unit = tuple[int, ...]
"""A message (one position) or a turn (its positions, ascending)."""


Reads = dict[frozenset[str] | None, int]
"""What some work asked of a timeline: sets of acts, each with the positions asked about, as bits.

None stands for everything that a message does.
"""


def hangs_on(reads: Reads, position: int, act: str) -> bool:
    """Return whether work with these reads asked if the message at `position` performs `act`."""
    return any(bits >> position & 1 and (acts is None or act in acts) for acts, bits in reads.items())


class Timeline:
    """The conversation, its turns, and the recognition of each message, worked out once when asked for.

    `memory` holds what was worked out from it (`remembered`), `facts` what no act has a say in. What is asked
    about acts is noted, so that a twin (`but`) repeats only the work that its one difference can change.
    `era` holds the messages that the judging version of the SOP governs, None when it governs all of them.
    """

    __slots__ = (
        "_heard", "_narrow", "_origin", "_reads", "_recognise", "_recognitions", "conversation", "era",
        "facts", "memory", "messages", "turns",
    )  # fmt: skip

    def __init__(self, conversation: Conversation, recognise: Recognise, era: Era | None = None) -> None:
        self.conversation = conversation
        self.messages: tuple[Message, ...] = conversation.messages
        self.turns: tuple[Turn, ...] = turns_of(conversation.messages)
        self.era = era
        self._narrow = False
        self.memory: dict[Hashable, tuple[Any, Reads]] = {}
        self.facts: dict[Hashable, Any] = {}
        self._recognise = recognise
        self._heard = _heard_before(conversation.messages)
        self._recognitions: dict[int, Recognition] = {}
        self._reads: Reads = {}
        self._origin: tuple[Timeline, int, str] | None = None

    def recognition(self, position: int) -> Recognition:
        """Return what the message at `position` does."""
        self._note(None, position)
        return self._recognised(position)

    def performs(self, position: int, acts: frozenset[str]) -> bool:
        """Return whether the message at `position` performs any of the acts."""
        reads = self._reads
        reads[acts] = reads.get(acts, 0) | 1 << position
        found = self._recognitions.get(position) or self._recognised(position)
        return not found.acts.isdisjoint(acts)

    def does_only(self, position: int, acts: frozenset[str]) -> bool:
        """Return whether the message at `position` does nothing but these acts."""
        self._note(acts, position)
        return self._recognised(position).does_only(acts)

    def hits_of(self, position: int, acts: frozenset[str]) -> tuple[Hit, ...]:
        """Return the hits of these acts in the message at `position`."""
        self._note(acts, position)
        return self._recognised(position).hits_of(acts)

    def _note(self, acts: frozenset[str] | None, position: int) -> None:
        self._reads[acts] = self._reads.get(acts, 0) | 1 << position

    def _recognised(self, position: int) -> Recognition:
        found = self._recognitions.get(position)
        if found is None:
            message = self.messages[position]
            found = self._recognise(message.role.value, message.text, self._heard[position])
            self._recognitions[position] = found
        return found

    def recognised(self) -> list[int]:
        """Return the positions of the messages that somebody has asked about, in order."""
        return sorted(self._recognitions)

    def watch(self, work: Callable[["Timeline"], T]) -> tuple[T, Reads]:
        """Return what the work comes to, and what it asked; whoever watches the caller does not see that."""
        outer = self._reads
        reads = self._reads = {}
        try:
            return work(self), reads
        finally:
            self._reads = outer

    def recall(self, work: Callable[["Timeline"], T]) -> T:
        """Return what the work comes to, done at most once, here or by the timeline whose twin this is."""
        known = self.memory.get(work)
        if known is None:
            known = None if self._origin is None else self._inherited(work, *self._origin)
            known = self.memory[work] = known or self.watch(work)
        reads = self._reads
        for acts, bits in known[1].items():
            reads[acts] = reads.get(acts, 0) | bits
        return cast("T", known[0])

    def fact(self, key: Hashable, work: Callable[["Timeline"], T]) -> T:
        """Return what the work comes to, done once for a timeline and its twins: no act has a say in it."""
        if key not in self.facts:
            self.facts[key] = work(self)
        found: T = self.facts[key]
        return found

    def _inherited(
        self, work: Hashable, origin: "Timeline", position: int, act: str
    ) -> tuple[Any, Reads] | None:
        known = origin.memory.get(work)
        return None if known is None or hangs_on(known[1], position, act) else known

    def but(self, position: int, recognition: Recognition, act: str) -> "Timeline":
        """Return the same conversation in which one message does something else, as far as `act` goes."""
        other = Timeline.__new__(Timeline)
        other.conversation, other.messages, other.turns = self.conversation, self.messages, self.turns
        other.era, other._narrow = self.era, self._narrow  # noqa: SLF001 - its own twin
        other.memory, other.facts = {}, self.facts
        other._recognise, other._heard = self._recognise, self._heard  # noqa: SLF001 - its own twin
        other._recognitions = {**self._recognitions, position: recognition}  # noqa: SLF001
        other._reads, other._origin = {}, (self, position, act)  # noqa: SLF001
        return other

    def owns(self, position: int) -> bool:
        """Return whether the judging version governs the message at `position`."""
        return self.era is None or position in self.era

    def narrowly(self, work: Callable[["Timeline"], T]) -> T:
        """Return what the work comes to when a rule is activated by messages of the era alone."""
        self._narrow = True
        try:
            return work(self)
        finally:
            self._narrow = False

    def counts(self, units: tuple[Unit, ...]) -> bool:
        """Return whether the units can activate a rule; working narrowly, one of them must be of the era."""
        return not self._narrow or any(self.owns(unit[0]) for unit in units)

    def said(self, unit: Unit) -> list[int]:
        """Return the positions in the unit whose words were said to the other party."""
        return [position for position in unit if self.messages[position].kind in SPEAKING]

    def written(self, unit: Unit) -> list[int]:
        """Return the positions in the unit that have words, internal notes included."""
        return [position for position in unit if self.messages[position].kind is not Kind.EVENT]


def _heard_before(messages: tuple[Message, ...]) -> tuple[str, ...]:
    """Return, for each message, the last words that the other party had said before it."""
    last = {Role.CUSTOMER: "", Role.AGENT: ""}
    heard = []
    for message in messages:
        heard.append(last[Role.AGENT if message.role is Role.CUSTOMER else Role.CUSTOMER])
        if message.role in last and message.kind is Kind.TEXT:
            last[message.role] = message.text
    return tuple(heard)


def remembered(work: Callable[[Timeline], T]) -> Callable[[Timeline], T]:
    """Return the same work, done at most once per timeline."""
    return lambda timeline: timeline.recall(work)


class Doubt(StrEnum):
    """Why a length of time cannot be told."""

    NO_TIME = "no-time"
    COARSE = "coarse-clock"
    BACKWARDS = "clock-backwards"
    NO_CALENDAR = "no-calendar"
    NO_ZONE = "no-time-zone"


def gap_between(earlier: Message, later: Message) -> tuple[timedelta, timedelta] | Doubt:
    """Return the least and greatest time that can have passed between two messages.

    Both are the same for clocks of a second or finer. Doubt: NO_TIME or BACKWARDS.
    """
    if earlier.at is None or later.at is None:
        return Doubt.NO_TIME
    measured = later.at - earlier.at
    if measured < -max(earlier.precision, later.precision):
        return Doubt.BACKWARDS
    least = measured - _slack(earlier.precision)
    greatest = measured + _slack(later.precision)
    return max(least, timedelta()), max(greatest, timedelta())


def latest_of(message: Message) -> datetime | None:
    """Return the latest instant at which the message can have been written, None when it has no time."""
    return None if message.at is None else message.at + _slack(message.precision)


def _slack(precision: timedelta) -> timedelta:
    """Return how much later than its stamp a message may have been written."""
    return timedelta() if precision <= SECOND else precision - SECOND
