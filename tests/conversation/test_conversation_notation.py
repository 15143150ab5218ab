"""Chat notation becomes conversations."""

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from sopgen.base.notation import read_notation
from sopgen.base.span import Span
from sopgen.conversation.model import Conversation, Kind, Role
from sopgen.conversation.notation import FIRST_DAY, conversation_of

if TYPE_CHECKING:
    from sopgen.base.diagnostic import Diagnostic


def noted(text: str) -> Conversation:
    flaws: list[Diagnostic] = []
    lines = read_notation(text, Span(file="sop.md", line=7), flaws.append)
    assert flaws == []
    return conversation_of(lines, id="c")


def test_lines_become_messages_with_ids_authors_and_times() -> None:
    """Each line is a message: m1, m2 …, by Pelanggan or Agen, at its clock on the first day."""
    chat = noted("09:00 pelanggan  halo\n09:00:20 agen     selamat pagi, Kak")
    assert [(m.id, m.author, m.role, m.text) for m in chat.messages] == [
        ("m1", "Pelanggan", Role.CUSTOMER, "halo"),
        ("m2", "Agen", Role.AGENT, "selamat pagi, Kak"),
    ]
    assert chat.messages[1].at == FIRST_DAY + timedelta(hours=9, seconds=20)
    assert (chat.id, chat.channel, chat.source, chat.position) == ("c", "livechat", "sop.md", "line 7")


@pytest.mark.parametrize(
    ("line", "role", "kind", "text"),
    [
        ("09:00 agen (ditutup)", Role.AGENT, Kind.EVENT, "closed"),
        ("09:00 sistem (ditutup)", Role.SYSTEM, Kind.EVENT, "closed"),
        ("09:00 sistem (dialihkan)", Role.SYSTEM, Kind.EVENT, "transferred"),
        ("09:00 customer (photo)", Role.CUSTOMER, Kind.MEDIA, ""),
        ("09:00 catatan cek dulu", Role.AGENT, Kind.NOTE, "cek dulu"),
        ("09:00 catatan (foto)", Role.AGENT, Kind.NOTE, ""),
        ("09:00 bot halo", Role.BOT, Kind.TEXT, "halo"),
    ],
)
def test_a_line_says_who_and_what(line: str, role: Role, kind: Kind, text: str) -> None:
    """Events keep who caused them, photos are media, and notes are internal words of the agent."""
    message = noted(line).messages[0]
    assert (message.role, message.kind, message.text) == (role, kind, text)


def test_midnight_moves_to_the_next_day() -> None:
    """A clock that goes back means that midnight has passed."""
    chat = noted("23:59 customer  hello\n00:01 agent  good evening")
    first, second = (message.at for message in chat.messages)
    assert first is not None
    assert second is not None
    assert second - first == timedelta(minutes=2)


def test_no_lines_are_an_empty_conversation() -> None:
    """Nothing noted is a conversation without messages or place."""
    assert noted("") == Conversation(id="c", channel="livechat", messages=())
