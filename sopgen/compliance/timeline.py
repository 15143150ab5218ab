"""A conversation laid out for judging: its turns, and what each message does."""

import copy
from collections.abc import Callable, Hashable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, TypeVar

from sopgen.conversation.model import SECOND, SPEAKING, Conversation, Kind, Message, Role, Turn, turns_of
from sopgen.language.recognition import Recognise, Recognition

T = TypeVar("T")
Unit = tuple[int, ...]
"""A message (one position) or a turn (its positions, ascending)."""


class Timeline:
    """The conversation, its turns, and the recognition of each message, worked out once when asked for."""

    __slots__ = ("_heard", "_recognise", "_recognitions", "conversation", "memory", "messages", "turns")

    def __init__(self, conversation: Conversation, recognise: Recognise) -> None:
        self.conversation = conversation
        self.messages: tuple[Message, ...] = conversation.messages
        self.turns: tuple[Turn, ...] = turns_of(conversation.messages)
        self.memory: dict[Hashable, Any] = {}
        self._recognise = recognise
        self._heard = _heard_before(conversation.messages)
        self._recognitions: dict[int, Recognition] = {}

    def recognition(self, position: int) -> Recognition:
        """Return what the message at `position` does."""
        found = self._recognitions.get(position)
        if found is None:
            message = self.messages[position]
            found = self._recognise(message.role.value, message.text, self._heard[position])
            self._recognitions[position] = found
        return found

    def recognised(self) -> list[int]:
        """Return the positions of the messages that somebody has asked about, in order."""
        return sorted(self._recognitions)

    def but(self, position: int, recognition: Recognition) -> "Timeline":
        """Return the same conversation in which one message does something else."""
        other = copy.copy(self)
        other.memory = {}
        other._recognitions = {**self._recognitions, position: recognition}  # noqa: SLF001 - its own twin
        return other

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

    def recall(timeline: Timeline) -> T:
        if work not in timeline.memory:
            timeline.memory[work] = work(timeline)
        found: T = timeline.memory[work]
        return found

    return recall


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
