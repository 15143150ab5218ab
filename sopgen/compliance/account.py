"""What a conversation came to besides its verdicts: how long people waited, how it ended, what was wrong.

Flows in: a conversation, the clock of the service that governs it, and where its customer complains. Flows
out: an account, one a conversation, that reports count. Limits and clauses do not belong here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from sopgen.compliance.clock import ALWAYS, Clock
from sopgen.compliance.model import Judgement
from sopgen.conversation.event import happening_of
from sopgen.conversation.model import SPEAKING, Conversation, Kind, Message, Role, Turn, turns_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """Lengths of time on one clock, as the stamps show them; None where a stamp or a calendar is missing.

    `responses`: from the first text of each customer turn that agents answered to the answer's first message,
    in their order; the first of them is the first response. `resolution`: from the customer's first message
    to the last word of a party, or the agent's close, of a conversation that was closed and not reopened.
    """

    responses: tuple[timedelta | None, ...] = ()
    resolution: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What reports count of one conversation. `business` is None where no governing SOP sets `hours`.

    `complaint` is the first message in which the customer complains, None when there is none or nobody
    looked (no SOP governs the conversation).
    """

    times: Times
    business: Times | None = None
    closed: bool = False
    reopened: int = 0
    transfers: int = 0
    complaint: Message | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Examination:
    """All that a checker tells of one conversation."""

    judgements: tuple[Judgement, ...]
    account: Account


def account_of(
    conversation: Conversation,
    *,
    turns: tuple[Turn, ...] | None = None,
    clock: Clock = ALWAYS,
    complaint: Message | None = None,
) -> Account:
    """Return the account of a conversation; `turns` are its own, given by whoever has them already."""
    happened = [happening_of(each) for each in conversation.messages if each.kind is Kind.EVENT]
    changes = [each for each in happened if each in ("closed", "reopened")]
    closed = changes[-1] == "closed" if changes else conversation.closed_at is not None
    waits = _waits(conversation, turns_of(conversation.messages) if turns is None else turns)
    whole = _whole(conversation) if closed else None
    return Account(
        times=_times(waits, whole, ALWAYS),
        business=None if clock.opening is None else _times(waits, whole, clock),
        closed=closed,
        reopened=changes.count("reopened"),
        transfers=happened.count("transferred"),
        complaint=complaint,
    )


_Stretch = tuple[datetime | None, datetime | None]


def _times(waits: Sequence[_Stretch], whole: _Stretch | None, clock: Clock) -> Times:
    return Times(
        responses=tuple(_length(clock, wait) for wait in waits),
        resolution=None if whole is None else _length(clock, whole),
    )


def _length(clock: Clock, stretch: _Stretch) -> timedelta | None:
    """Return the time between the stamps on the clock; None when one is missing, or a year's calendar."""
    start, end = stretch
    if start is None or end is None:
        return None
    if clock.opening is None:
        return max(end - start, timedelta())
    return clock.opening.between(start, end)


def _waits(conversation: Conversation, turns: tuple[Turn, ...]) -> list[_Stretch]:
    """Return, for each customer turn that an agent's follows, the instants of question and answer."""
    messages = conversation.messages
    found = []
    for asked, answer in pairwise(turns):
        if asked.role is Role.CUSTOMER:
            first = next((at for at in asked.messages if messages[at].kind is Kind.TEXT), asked.messages[0])
            found.append((messages[first].at, messages[answer.messages[0]].at))
    return found


def _whole(conversation: Conversation) -> _Stretch:
    """Return when the customer began, else anyone, and when the last party spoke or an agent closed it."""
    spoken = [each for each in conversation.messages if each.kind in SPEAKING and each.at is not None]
    first = next((each.at for each in spoken if each.role is Role.CUSTOMER), conversation.started_at())
    ends = [each.at for each in reversed(conversation.messages) if each.at is not None and _ends(each)]
    return first, ends[0] if ends else conversation.closed_at


def _ends(message: Message) -> bool:
    if message.kind is Kind.EVENT:
        return message.role is Role.AGENT and happening_of(message) == "closed"
    return message.kind in SPEAKING and message.role in (Role.CUSTOMER, Role.AGENT)
