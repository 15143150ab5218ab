"""The canonical form is read and written without loss, and every flaw has its reason."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sopgen.conversation.canonical_form import Defaults, read_record, write_record
from sopgen.conversation.model import MINUTE, SECOND, Conversation, Kind, Message, Role, SetAside

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
NAMES = TEXTS.filter(bool)
INSTANTS = st.datetimes(
    datetime(1971, 1, 1),  # noqa: DTZ001 -- hypothesis wants bounds without a zone
    datetime(2100, 1, 1),  # noqa: DTZ001
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=7)), timezone(timedelta(hours=-3.5))]),
)
JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)
MESSAGE_KEYS = {"id", "at", "role", "author", "kind", "text", "precision", "visibility"}
KEYS = {
    "id",
    "channel",
    "language",
    "opened_at",
    "closed_at",
    "team",
    "tags",
    "category",
    "priority",
    "csat",
    "nps",
    "messages",
}


def details(known: set[str]) -> st.SearchStrategy[dict[str, Any]]:
    return st.dictionaries(TEXTS.filter(lambda key: key not in known), JSON_VALUES, max_size=2)


@st.composite
def conversations(draw: st.DrawFn) -> Conversation:
    """Return any conversation whose messages are in order and have ids of their own."""
    names = draw(st.lists(NAMES, unique=True, max_size=6))
    ats = sorted(draw(st.lists(INSTANTS, min_size=len(names), max_size=len(names))))
    messages = tuple(
        Message(
            id=name,
            at=at,
            role=draw(st.sampled_from(Role)),
            text=draw(TEXTS),
            kind=draw(st.sampled_from(Kind)),
            author=draw(TEXTS),
            precision=draw(st.sampled_from([SECOND, MINUTE, timedelta(hours=1)])),
            details=draw(details(MESSAGE_KEYS)),
        )
        for name, at in zip(names, ats, strict=True)
    )
    return Conversation(
        id=draw(NAMES),
        channel=draw(NAMES),
        messages=messages,
        source="export.jsonl",
        position="line 3",
        language=draw(TEXTS),
        opened_at=draw(st.none() | INSTANTS),
        closed_at=draw(st.none() | INSTANTS),
        team=draw(TEXTS),
        tags=tuple(draw(st.lists(TEXTS, max_size=3))),
        category=draw(TEXTS),
        priority=draw(TEXTS),
        csat=draw(st.none() | st.floats(allow_nan=False, allow_infinity=False)),
        nps=draw(st.none() | st.integers(-100, 100).map(float)),
        details=draw(details(KEYS)),
    )


def read(record: object, **more: Any) -> Conversation:
    reading = read_record(record, source="export.jsonl", position="line 3", **more)
    assert isinstance(reading, Conversation), reading
    return reading


def flaw_of(record: object) -> SetAside:
    reading = read_record(record, source="export.jsonl", position="line 3")
    assert isinstance(reading, SetAside), reading
    return reading


def one(**message: Any) -> dict[str, Any]:
    """Return a record of one message."""
    return {"id": "c", "messages": [{"role": "agent", "text": "halo"} | message]}


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(conversations())
def test_what_is_written_reads_back_equal(conversation: Conversation) -> None:
    """read(write(x)) == x, through JSON and back."""
    written = orjson.loads(orjson.dumps(write_record(conversation)))
    assert read(written) == conversation


@given(JSON_VALUES | st.fixed_dictionaries({"id": TEXTS, "messages": st.lists(JSON_VALUES, max_size=3)}))
def test_any_json_value_is_read_or_set_aside(value: object) -> None:
    """Nothing that JSON can hold raises."""
    reading = read_record(value, source="x", position="line 1")
    assert isinstance(reading, Conversation | SetAside)


PLAIN = {"id": "m1", "at": "2026-01-05T09:00:00+07:00", "role": "agent", "author": "Rina", "text": "halo"}


@pytest.mark.parametrize(
    ("messages", "same_as_plain"),
    [
        ([PLAIN | {"kind": "text"}], True),
        ([PLAIN], True),
        ([PLAIN | {"kind": "text", "at": "2026-01-05T02:00:00Z"}], True),
        ([PLAIN | {"kind": "text", "role": "Agen"}], True),
        ([PLAIN | {"kind": "Pesan", "id": None}], True),
        ([PLAIN | {"kind": "text", "author": None}], False),
        ([PLAIN | {"kind": "note"}], False),
    ],
)
def test_the_quick_way_and_the_careful_way_agree(messages: list[Any], *, same_as_plain: bool) -> None:
    """Messages as sopgen writes them take a quicker way to the same values as all others."""
    expected = Message(
        id="m1", at=datetime(2026, 1, 5, 2, tzinfo=UTC), role=Role.AGENT, text="halo", author="Rina"
    )
    assert (read({"id": "c", "messages": messages}).messages == (expected,)) is same_as_plain


def test_a_message_is_frozen_and_hashable() -> None:
    """What the quick way builds is an ordinary Message: equal, hashable, and not to be written."""
    message = read({"id": "c", "messages": [PLAIN | {"kind": "text"}]}).messages[0]
    assert type(message) is Message
    assert hash(message) == hash(Message(id="m1", at=message.at, role=Role.AGENT, text="halo", author="Rina"))
    with pytest.raises(AttributeError):
        message.text = "x"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("record", "code", "reason"),
    [
        (None, "CAN102", "not a conversation but null"),
        ([], "CAN102", "not a conversation but a list"),
        ({"id": "c", "messages": {}}, "CAN102", "no list of messages"),
        ({"messages": []}, "CAN103", "the conversation has no id"),
        ({"id": "", "messages": []}, "CAN103", "the conversation has no id"),
        ({"id": ["c"], "messages": []}, "CAN109", "id is a list, not a text"),
        (one(role=None), "CAN105", "message 1 has no role"),
        (one(role="agnet"), "CAN105", "message 1: unknown role 'agnet'"),
        (one(role=["agent"]), "CAN105", "message 1: unknown role '['agent']'"),
        (one(kind="bisikan"), "CAN106", "message 1: unknown kind 'bisikan'"),
        (one(at="kemarin"), "CAN107", "message 1: at is no time: 'kemarin'"),
        (one(at="2026-01-05"), "CAN107", "message 1: at is no time: '2026-01-05'"),
        (one(at=True), "CAN107", "message 1: at is no time: 'True'"),
        (one(at=1e300), "CAN107", "message 1: at is no time: '1e+300'"),
        (one(at="2026-01-05T09:00:00"), "CAN108", "message 1: at has no time zone: '2026-01-05T09:00:00'"),
        (one(text={}), "CAN109", "message 1: text is an object, not a text"),
        (one(precision="hour"), "CAN109", "message 1: precision is 'hour'"),
        ({"id": "c", "messages": [{"role": "agent"}]}, "CAN109", "message 1 has no text"),
        ({"id": "c", "messages": ["halo"]}, "CAN109", "message 1 is a text"),
        ({"id": "c", "csat": "baik", "messages": []}, "CAN109", "csat is no number: 'baik'"),
        ({"id": "c", "csat": "inf", "messages": []}, "CAN109", "csat is no number: 'inf'"),
        ({"id": "c", "opened_at": "pagi", "messages": []}, "CAN107", "opened_at is no time: 'pagi'"),
    ],
)
def test_a_flaw_says_what_is_wrong(record: object, code: str, reason: str) -> None:
    """Each flaw has its code, the value, a hint, and an excerpt of the record."""
    aside = flaw_of(record)
    assert (aside.code, aside.reason, aside.source, aside.position) == (
        code,
        reason,
        "export.jsonl",
        "line 3",
    )
    assert aside.hint
    assert aside.excerpt


def nested(levels: int) -> Any:
    return orjson.loads("[" * levels + "]" * levels)


@pytest.mark.parametrize(
    "record",
    [
        {"id": "a", "messages": [], "subject": nested(900)},
        one(mood=nested(900)),
        {"messages": [], "subject": nested(900)},
        {"id": nested(900), "messages": []},
    ],
)
def test_what_is_nested_too_deeply_to_be_written_is_set_aside(record: object) -> None:
    """The JSON library reads deeper than it writes: neither a run nor `convert` may end over it."""
    assert flaw_of(record).code in {"CAN103", "CAN109"}


def test_what_is_nested_as_deeply_as_is_read_can_be_written() -> None:
    """The bound on reading leaves room for the levels of the record around a message's key."""
    written = write_record(read(one(mood=nested(200)) | {"subject": nested(200)}))
    assert read(orjson.loads(orjson.dumps(written))) == read(written)


def test_an_unknown_role_hints_at_the_nearest() -> None:
    """A misspelt role is answered with the role that was probably meant."""
    assert flaw_of(one(role="agnet")).hint == "did you mean 'agent'?"


def test_an_excerpt_is_bounded() -> None:
    """However big the record, its excerpt is short."""
    assert len(flaw_of({"id": "c", "x": "y" * 10_000}).excerpt) == 200


def test_defaults_fill_what_a_record_leaves_open() -> None:
    """Channel, team and zone come from the defaults only where the record says nothing."""
    defaults = Defaults(zone=timezone(timedelta(hours=8)), channel="web", team="cs")
    bare = read(one(at="2026-01-05T09:00:00"), defaults=defaults)
    assert (bare.channel, bare.team) == ("web", "cs")
    assert bare.messages[0].at == datetime(2026, 1, 5, 1, tzinfo=UTC)
    assert read(one() | {"channel": "line", "team": "b2b"}, defaults=defaults).channel == "line"


def test_messages_are_sorted_stably_and_the_remark_is_made() -> None:
    """Messages come by time; equal times and messages without a time keep their place; CAN201 tells."""
    made: list[str] = []
    at = "2026-01-05T09:0{}:00+07:00"
    messages = [
        {"role": "agent", "text": "b", "at": at.format(1)},
        {"role": "agent", "text": "b2"},
        {"role": "agent", "text": "a", "at": at.format(0)},
        {"role": "agent", "text": "b3", "at": at.format(1)},
    ]
    conversation = read({"id": "c", "messages": messages}, remark=made.append)
    assert [message.text for message in conversation.messages] == ["a", "b", "b2", "b3"]
    assert [message.id for message in conversation.messages] == ["m3", "m1", "m2", "m4"]
    assert made == ["CAN201"]


def test_the_same_instant_in_other_offsets_is_no_disorder() -> None:
    """Order is of instants: 09:00+07:00 is before 03:00Z, though its text sorts behind."""
    made: list[str] = []
    messages = [PLAIN | {"id": "a"}, PLAIN | {"id": "b", "at": "2026-01-05T03:00:00Z"}]
    conversation = read({"id": "c", "messages": messages}, remark=made.append)
    assert [message.id for message in conversation.messages] == ["a", "b"]
    assert made == []


def test_messages_that_share_an_id_are_told_apart() -> None:
    """The later of two m1 becomes m1#2, also when that is taken already."""
    made: list[str] = []
    messages = [PLAIN | {"id": name} for name in ("m1", "m1#2", "m1", "m1")]
    conversation = read({"id": "c", "messages": messages}, remark=made.append)
    assert [message.id for message in conversation.messages] == ["m1", "m1#2", "m1#3", "m1#4"]
    assert made == ["CAN202"]


def test_an_internal_text_is_a_note_and_an_internal_event_stays_an_event() -> None:
    """`visibility` makes a note of what the customer never saw."""
    assert read(one(visibility="internal")).messages[0].kind is Kind.NOTE
    assert read(one(visibility="public")).messages[0].kind is Kind.TEXT
    assert read(one(visibility="internal", kind="event")).messages[0].kind is Kind.EVENT
    assert read(one(visibility=["internal"])).messages[0].kind is Kind.TEXT
