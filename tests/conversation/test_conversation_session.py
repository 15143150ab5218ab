"""Endless threads become conversations that keep their names when the export grows."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from sopgen.base.errors import UsageError
from sopgen.conversation.model import Conversation, Kind, Message, Role
from sopgen.conversation.session import sessions_of, silence_of

START = datetime(2024, 8, 20, 7, 0, tzinfo=UTC)
SILENCE = timedelta(hours=12)


def thread(*said):
    """Return a thread of (hour, who, details): c and a speak, others happen."""
    messages = []
    for number, (hour, who, *event) in enumerate(said, start=1):
        role = {"c": Role.CUSTOMER, "a": Role.AGENT}.get(who, Role.SYSTEM)
        details = {"event": event[0]} if event else {}
        kind = Kind.EVENT if event else Kind.TEXT
        at = None if hour is None else START + timedelta(hours=hour)
        messages.append(Message(id=f"m{number}", at=at, role=role, text="x", kind=kind, details=details))
    return Conversation(id="Budi", channel="whatsapp", messages=tuple(messages))


def cut(*said):
    return ["".join(m.id[1:] for m in each.messages) for each in sessions_of(thread(*said), SILENCE)]


@pytest.mark.parametrize(
    ("said", "parts"),
    [
        ([(0, "c"), (1, "a"), (12, "c")], ["123"]),
        ([(0, "c"), (1, "a"), (13, "c")], ["12", "3"]),
        ([(0, "c"), (20, "a"), (21, "c")], ["123"]),
        ([(0, "a"), (20, "a")], ["1", "2"]),
        ([(0, "c"), (20, "c"), (21, "a")], ["1", "23"]),
        ([(0, "c"), (1, "a"), (2, "s", "close"), (3, "s", "rating"), (4, "c")], ["1234", "5"]),
        ([(0, "c"), (1, "a"), (2, "s", "notice"), (30, "s", "notice"), (31, "c")], ["123", "45"]),
        ([(0, "s", "notice"), (30, "c"), (31, "a"), (90, "s", "notice")], ["1234"]),
        ([(None, "c"), (None, "a")], ["12"]),
        ([], [""]),
    ],
)
def test_a_thread_is_cut_where_people_fell_silent_or_closed(said, parts):
    """A late answer stays with its question; notices stay with the words near them."""
    assert cut(*said) == parts


def test_names_do_not_change_when_more_is_said():
    """A later export of the same chat gives its earlier conversations the same names."""
    whole = thread((0, "c"), (1, "a"), (30, "c"), (31, "a"), (80, "c"))
    names = [each.id for each in sessions_of(whole, SILENCE)]
    earlier = [each.id for each in sessions_of(replace(whole, messages=whole.messages[:3]), SILENCE)]
    assert names == ["Budi#20240820T070000Z", "Budi#20240821T130000Z", "Budi#20240823T150000Z"]
    assert earlier == names[:2]


def test_a_silence_is_a_length_of_time():
    """Lengths have units; never leaves threads whole."""
    assert (silence_of("12h"), silence_of("90m"), silence_of("never"), silence_of("")) == (
        timedelta(hours=12),
        timedelta(minutes=90),
        None,
        None,
    )
    with pytest.raises(UsageError):
        silence_of("12")
