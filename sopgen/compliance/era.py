"""Which messages of a conversation each version of an SOP governs.

A message belongs to the version that was in force when it was written. Only the words and acts of customer
and agent ask for a version: what a bot or a system adds belongs to the version of the party's message before
it, so that an idle chat that is closed by itself after a release is not judged by what nobody could know.
A message without a time belongs with the one before it.
"""

from dataclasses import dataclass
from datetime import datetime

from sopgen.compliance.bits import Bits
from sopgen.conversation.model import Conversation, Message, Role
from sopgen.sop.model import Sop, SopHistory

Era = Bits
"""The messages that one version governs."""

Span = tuple[datetime, datetime] | None
"""The earliest and the latest instant of a party's message; None where none has a time."""

_PARTIES = frozenset({Role.CUSTOMER, Role.AGENT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A version that governs a conversation; `era` is its part of it, None for the whole."""

    sop: Sop
    era: Era | None


def span_of(conversation: Conversation) -> Span:
    """Return when the parties wrote, from the earliest instant to the latest."""
    times = [each.at for each in conversation.messages if each.at is not None and each.role in _PARTIES]
    return (min(times), max(times)) if times else None


def shares_of(history: SopHistory, conversation: Conversation, span: Span) -> tuple[Share, ...]:
    """Return the versions that govern the conversation, in the order in which they come into play.

    Almost always it is one, which governs the whole. None for the time of a withheld release, and before the
    first one.
    """
    if span is None or not any(span[0] < each.effective <= span[1] for each in history.releases):
        sop = history.in_force(span[0] if span else conversation.started_at())
        return (Share(sop=sop, era=None),) if sop else ()
    return _shares(history, conversation, span[0])


def _shares(history: SopHistory, conversation: Conversation, first: datetime) -> tuple[Share, ...]:
    governing: dict[str, Sop] = {}
    eras: dict[str, Era] = {}
    for position, at in enumerate(_instants(conversation.messages, first)):
        sop = history.in_force(at)
        if sop is not None:
            governing[sop.version] = sop
            eras[sop.version] = eras.get(sop.version, 0) | 1 << position
    return tuple(Share(sop=sop, era=eras[version]) for version, sop in governing.items())


def _instants(messages: tuple[Message, ...], first: datetime) -> list[datetime]:
    """Return for each message the instant that chooses its version: its own, or that of a party before it."""
    known = [each.at if each.role in _PARTIES else None for each in messages]
    at = next((each for each in known if each is not None), first)
    return [at := each if each is not None else at for each in known]
