"""Whatever the bytes, no importer crashes, and nothing is lost on the way."""

import io
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sopgen.conversation.export import export_size, read_exports
from sopgen.conversation.importers import IMPORTERS
from sopgen.conversation.model import Conversation, SetAside
from sopgen.conversation.options import ImportOptions

PIECES = [
    b"20/08/24 14.30 - Budi: halo",
    b"[20/08/24, 2:30:05 PM] ~ CS: \xe2\x80\x8e<terlampir: a.jpg>",
    b"2024-08-20, 14:30 - ",
    b"\xe2\x80\x8e[1/2/24, 9:00 AM] CS: \xe2\x80\x8eimage omitted",
    b'{"id": "c", "messages": [{"role": "agent", "text": "x", "at": 1}]}',
    b'{"conversation_id": 1, "role": "agent", "text": "x", "timestamp": "2024-08-20"}',
    b'{"conversation_id": 2, "author": "x", "text": null}',
    b'{"id": 1, "messages": [{}]}',
    b'{"type": "bot_chat", "id": 2, "messages": [{"from_id": "user2", "text": [{}, "x"]}, 7]}',
    b'{"messages": [{"type": "service", "date_unixtime": 1}, {"from": "B", "date": "2024-08-20T14:30"}]}',
    b'{"participants": ["CS"], "messages": [{"senderName": "CS", "timestamp": 1, "media": [{}]}]}',
    b'{"thread_path": "a", "messages": [{"sender_name": "\\u00e2\\u0098", "timestamp_ms": 1, "share": 3}]}',
    b'{"guild": {"id": "1"}, "channel": {"id": "7"}, "messages": [{"author": {"isBot": true}}]}',
    b'{"value": [{"messageType": "message", "createdDateTime": "2024-08-20T07:30:00Z", "body": 2}]}',
    b"2026.01.15 Thursday",
    b'21:30\tCS\t"a',
    b"9:30PM\t\tCS unsent a message.",
    b'[{"type": "message", "ts": "1724139000.000200", "user": "U1", "text": "<@U1|a> &lt;", "files": [{}]}]',
    b'{"chats": {"list": [{"messages": [{"date": {}}]}, []]}, ',
    b"\r\n",
    b"\n",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\0",
    b": ",
    b"PK\x03\x04",
    (
        b'{"vcon": "1", "uuid": 1, "parties": [0, {"name": []}], "dialog": [{"type": "text", "start":'
        b' 9e99, "parties": "x"}]}'
    ),
    b'{"chats": [{"id": "a", "thread": {"events": [{"type": "message", "created_at": {}}]}, "users": 5}]}',
    (
        b'{"ticket": {"id": [], "requester_id": {}}, "comments": [null, {"author_id": "x",'
        b' "created_at": true}], "users": 0}'
    ),
    b'{"messages": [{"sender_name": 1, "timestamp_ms": "x", "content": ["\\u00e2"]}], "participants": [1]}',
    (
        b'{"name": 1, "type": "personal_chat", "id": [], "messages": [{"type": "message",'
        b' "date_unixtime": "-1e9", "text": [{}]}]}'
    ),
    (
        b"From a@b Tue Aug 20 07:00:00 2024\nFrom: =?x?b?!?= <@>\nDate: 99\nContent-Type:"
        b" multipart/mixed; boundary=b\n\n--b\n"
    ),
    b'conversation_id;waktu;peran;pesan\n1;99/99/99 25.61;"',
    b"[LINE] Chat history with X\n2026.99.99 Monday\n9:99\t\t",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"PAR1",
    b"\x1f\x8b\x08",
    b"\x28\xb5\x2f\xfd",
]
BYTES = st.binary(max_size=200) | st.lists(st.sampled_from(PIECES) | st.binary(max_size=12), max_size=14).map(
    b"".join
)
SOME = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


def read_all(path, format_name):
    options = ImportOptions(format=format_name, agents=("CS",))
    return list(read_exports([path], options, lambda _: None))


@pytest.mark.parametrize("format_name", ["", *(each.name for each in IMPORTERS)])
@SOME
@given(content=BYTES)
def test_arbitrary_bytes_are_read_or_set_aside(tmp_path, format_name, content):
    """No bytes raise; every file gives at least one reading unless it has no record at all; bytes add up."""
    path = tmp_path / "export"
    path.write_bytes(content)
    ticks = []
    options = ImportOptions(format=format_name, agents=("CS",))
    readings = list(read_exports([path], options, lambda _: None, tick=ticks.append))
    assert readings
    assert sum(ticks) == export_size([path])
    for reading in readings:
        assert isinstance(reading, Conversation | SetAside)
        assert reading.source == str(path)
        if isinstance(reading, SetAside):
            assert reading.code
            assert reading.reason
            assert reading.hint
        else:
            assert len({message.id for message in reading.messages}) == len(reading.messages)


@SOME
@given(lines=st.lists(st.sampled_from(PIECES[4:8]) | st.binary(min_size=1, max_size=20), max_size=12))
def test_every_line_is_accounted_for(tmp_path, lines):
    """In JSON Lines, as many readings come out as lines that are not blank go in."""
    whole = [line for line in b"\n".join(lines).split(b"\n") if line.strip()]
    path = tmp_path / "export"
    path.write_bytes(b"{\n" + b"\n".join(lines))
    assert len(read_all(path, "canonical")) == len(whole) + 1


@SOME
@given(content=BYTES, cut=st.integers(0, 400), flipped=st.integers(0, 400))
def test_broken_archives_are_set_aside(tmp_path, content, cut, flipped):
    """An archive cut off or damaged anywhere is read or set aside, never a crash."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_chat.txt", content)
    broken = bytearray(held.getvalue())
    broken[flipped % len(broken)] ^= 0x55
    path = tmp_path / "export.zip"
    path.write_bytes(broken[: len(broken) - cut % len(broken)])
    assert read_all(path, "")
