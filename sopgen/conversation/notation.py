"""Chat notation as a conversation: what SOP examples, rule examples and tests hold a checker against.

The syntax is `sopgen.base.notation`; here a line gets a day, an author and an id.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from sopgen.base.notation import FACTS, NotedLine, Speaker
from sopgen.conversation.model import Conversation, Kind, Message, Role

FIRST_DAY = datetime(2026, 1, 5, tzinfo=ZoneInfo("Asia/Jakarta"))
"""The midnight that clocks count from: a Monday without a holiday (our decision, 2026-11-21)."""

_ROLES = {
    Speaker.CUSTOMER: Role.CUSTOMER,
    Speaker.AGENT: Role.AGENT,
    Speaker.NOTE: Role.AGENT,
    Speaker.BOT: Role.BOT,
    Speaker.SYSTEM: Role.SYSTEM,
}
_AUTHORS = {Role.CUSTOMER: "Pelanggan", Role.AGENT: "Agen", Role.BOT: "Bot", Role.SYSTEM: ""}


def conversation_of(lines: tuple[NotedLine, ...], *, id: str, channel: str = "livechat") -> Conversation:  # noqa: A002
    """Return the conversation that the lines note: messages m1, m2 …, exact to the second.

    `source` and `position` are where the first line stands; both are "" without lines.
    """
    start = lines[0].span if lines else None
    said = [line for line in lines if line.event not in FACTS.values()]
    return Conversation(
        id=id,
        channel=channel,
        messages=tuple(_message_of(line, number) for number, line in enumerate(said, start=1)),
        source=start.file if start else "",
        position=f"line {start.line}" if start else "",
        tags=_recorded(lines, "tag"),
        category=", ".join(_recorded(lines, "category")[-1:]),
        priority=", ".join(_recorded(lines, "priority")[-1:]),
    )


def _recorded(lines: tuple[NotedLine, ...], fact: str) -> tuple[str, ...]:
    return tuple(line.text for line in lines if line.event == fact)


def _message_of(line: NotedLine, number: int) -> Message:
    role = _ROLES[line.speaker]
    return Message(
        id=f"m{number}",
        at=FIRST_DAY + line.clock,
        role=role,
        text=line.event or line.text,
        kind=_kind_of(line),
        author=_AUTHORS[role],
    )


def _kind_of(line: NotedLine) -> Kind:
    if line.speaker is Speaker.NOTE:
        return Kind.NOTE
    if line.event:
        return Kind.EVENT
    return Kind.MEDIA if line.media else Kind.TEXT
