"""Who speaks in exports, and who of them is probably staff: a proposal for people to look over.

What speaks for staff, in this order: the platform or the options say so; the name holds a word of the trade
(CS, Admin, Support, Toko …); one name in most of several conversations. What speaks for a customer: the
export says so; the conversation is called after them. Bots are known by their name.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sopgen.conversation.model import SPEAKING, Conversation, Reading, Role
from sopgen.conversation.speaker import Staff, key_of

_TRADE = re.compile(
    r"\b(?:cs|admin|agen|agent|support|customer (?:care|service)|layanan|toko|shop|store|official|helpdesk|"
    r"sales|operator|petugas|team|tim)\b",
    re.IGNORECASE,
)
_MACHINE = re.compile(r"bot\b|\bbot|chatbot|assistant|asisten virtual|auto ?reply", re.IGNORECASE)
_MOST = 0.5
_MOST_SPEAKERS = 100_000


@dataclass(slots=True)
class Speaker:
    """A name, the roles it spoke in, its messages and conversations, and whether one is called so.

    `exports` are those in which it spoke as a customer. `is_stated`: one of them says who is a customer.
    """

    name: str
    roles: set[Role] = field(default_factory=set)
    messages: int = 0
    conversations: int = 0
    is_title: bool = False
    exports: set[str] = field(default_factory=set)
    is_stated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A speaker, the role that is proposed, and why."""

    name: str
    role: Role
    reason: str
    messages: int
    conversations: int


def speakers_in(readings: Iterable[Reading], staff: Staff) -> tuple[list[Speaker], int]:
    """Return who speaks, by name, and in how many conversations anybody does.

    An export with an agent who is not of `staff`, whom the options name, says itself who is what.
    """
    found: dict[str, Speaker] = {}
    telling: set[str] = set()
    count = 0
    for reading in readings:
        if isinstance(reading, Conversation):
            count += 1
            if reading.source not in telling and _tells_roles(reading, staff):
                telling.add(reading.source)
            for speaker in _speakers(reading):
                if len(found) < _MOST_SPEAKERS or speaker.name in found:
                    _add(found.setdefault(speaker.name, Speaker(speaker.name)), speaker)
    for speaker in found.values():
        speaker.is_stated = not telling.isdisjoint(speaker.exports)
    return sorted(found.values(), key=lambda each: (-each.messages, each.name)), count


def proposals(speakers: Iterable[Speaker], count: int) -> Iterator[Proposal]:
    """Yield a proposal for each speaker; `count` is the number of conversations."""
    for each in speakers:
        role, reason = _proposed(each, count)
        yield Proposal(
            name=each.name, role=role, reason=reason, messages=each.messages, conversations=each.conversations
        )


def _tells_roles(conversation: Conversation, staff: Staff) -> bool:
    """Return whether somebody whom the options do not name speaks as an agent."""
    return any(
        message.role is Role.AGENT and message.kind in SPEAKING and not staff.stated_role(message.author)
        for message in conversation.messages
    )


def _speakers(conversation: Conversation) -> Iterable[Speaker]:
    title = key_of(conversation.id.partition("#")[0])
    here: dict[str, Speaker] = {}
    for message in conversation.messages:
        if message.kind in SPEAKING and message.author:
            speaker = here.setdefault(message.author, Speaker(message.author, conversations=1))
            speaker.messages += 1
            speaker.roles.add(message.role)
            if message.role is Role.CUSTOMER:
                speaker.exports.add(conversation.source)
            speaker.is_title = speaker.is_title or key_of(message.author) == title
    return here.values()


def _add(whole: Speaker, part: Speaker) -> None:
    whole.roles |= part.roles
    whole.exports |= part.exports
    whole.messages += part.messages
    whole.conversations += part.conversations
    whole.is_title = whole.is_title or part.is_title


def _proposed(speaker: Speaker, count: int) -> tuple[Role, str]:
    said = speaker.roles - {Role.CUSTOMER}
    if said:
        role = Role.BOT if Role.BOT in said else sorted(said)[0]
        return role, "the export or your options say so"
    if speaker.is_stated:
        return Role.CUSTOMER, "the export says so"
    return _guessed(speaker, count)


def _guessed(speaker: Speaker, count: int) -> tuple[Role, str]:
    if _MACHINE.search(speaker.name):
        return Role.BOT, "by the name"
    if speaker.is_title:
        return Role.CUSTOMER, "the chat is called after them"
    if _TRADE.search(speaker.name):
        return Role.AGENT, "by the name"
    if count > 2 and speaker.conversations > count * _MOST:
        return Role.AGENT, f"speaks in {speaker.conversations} of {count} conversations"
    return Role.CUSTOMER, "nothing speaks for staff"
