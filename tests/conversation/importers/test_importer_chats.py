"""Messengers and team chats whose exports are broken, cut up, hostile or huge."""

import io
import json
import tracemalloc
import zipfile

import pytest

from sopgen.conversation.importers.telegram import mended
from sopgen.conversation.meta import decoded
from sopgen.conversation.options import ImportOptions

CS = ImportOptions(agents=("CS", "U1", "3"), tz="Asia/Jakarta")


def telegram(*rows):
    return json.dumps({"name": "Budi", "type": "personal_chat", "id": 7, "messages": [*rows]}, indent=1)


def row(number, **more):
    return {"id": number, "type": "message", "date_unixtime": str(1700000000 + number), "from": "CS", **more}


def thread(*messages, **more):
    return json.dumps({"participants": [{"name": "CS"}], "messages": [*messages], **more})


def said(number, text="halo"):
    return {"sender_name": "CS", "timestamp_ms": 1700000000000 + number * 1000, "content": text}


def discord(*messages):
    return json.dumps({"guild": {"id": "1"}, "channel": {"id": "7"}, "messages": [*messages]})


def packed(entries):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content if isinstance(content, str | bytes) else json.dumps(content))
    return held.getvalue()


def test_a_broken_message_costs_itself(read_content):
    """Wrong types, no object, an unreadable time: each is set aside with its place, the others are read."""
    rows = [row(1, text="a"), 7, row(2, text={"x": [1]}), row(3, date_unixtime={}, date="kemarin"), None]
    read = read_content(telegram(*rows, row(6, text="z", **{"from": ["x"]})), name="result.json")
    assert [each.position for each in read.asides] == ["messages[1]", "messages[3]", "messages[4]"]
    assert [each.code for each in read.asides] == ["JSN105", "JSN104", "JSN105"]
    assert "kemarin" in read.asides[1].excerpt
    (chat,) = read.conversations
    assert [(message.id, message.text) for message in chat.messages] == [("1", "a"), ("2", ""), ("6", "z")]


def test_a_record_that_is_no_json_costs_itself(read_content):
    """A message with a flaw that no repair knows is set aside; those around it are read."""
    text = telegram(row(1, text="a"), row(2, text="b"), row(3, text="c")).replace('"b"', "b")
    read = read_content(text, name="result.json", options=ImportOptions(agents=("CS",), format="telegram"))
    assert [(each.code, each.position) for each in read.asides] == [("JSN101", "messages[1]")]
    assert [message.text for message in read.conversations[0].messages] == ["a", "c"]


@pytest.mark.parametrize("cut", range(10, 400, 37))
def test_a_file_cut_off_anywhere_gives_what_stands_before(read_content, cut):
    """However many bytes are missing, the messages before are read or the file is set aside."""
    whole = telegram(*(row(number, text=f"pesan {number}") for number in range(5)))
    read = read_content(
        whole[:-cut], name="result.json", options=ImportOptions(agents=("CS",), format="telegram")
    )
    assert read.readings
    for chat in read.conversations:
        assert [message.text for message in chat.messages] == [
            f"pesan {number}" for number in range(len(chat.messages))
        ]


def test_a_chat_in_utf_16_is_read(read_content):
    """Somebody saved the export in an editor that writes UTF-16."""
    read = read_content(telegram(row(1, text="é 🙏")).encode("utf-16"), name="result.json")
    assert read.conversations[0].messages[0].text == "é 🙏"


def test_telegrams_flaws_are_mended_and_nothing_else():
    """An escape of a backslash stays; a name of a file gets quotes, an id that is a text keeps them."""
    assert mended(rb'"a\x0B\\x41\n"') == rb'"a\u000B\\x41\n"'
    assert mended(b'{"document_id": video_files/sticker (2).webm\n}') == (
        b'{"document_id": "video_files/sticker (2).webm"\n}'
    )
    assert mended(b'{"document_id": "1", "a": "b"}') == b'{"document_id": "1", "a": "b"}'


def test_an_empty_chat_is_a_conversation_without_messages(read_content):
    """A chat whose messages were all deleted is no flaw."""
    read = read_content(telegram(), name="result.json")
    assert [(each.id, each.messages) for each in read.readings] == [("7", ())]


def test_without_staff_a_chat_asks(read_content):
    """Nobody is named, so the chat is set aside with its speakers, unless the account's owner writes."""
    read = read_content(telegram(row(1, text="a")), name="result.json", options=ImportOptions())
    assert [each.code for each in read.asides] == ["EXP118"]
    owner = {
        "personal_information": {"user_id": 5},
        "chats": {"list": [{"id": 1, "messages": [row(1, from_id=5)]}]},
    }
    read = read_content(json.dumps(owner), name="result.json", options=ImportOptions())
    assert read.conversations[0].messages[0].role == "agent"


def test_a_huge_chat_is_not_held_as_a_whole(read_paths, tmp_path):
    """Of a file of 48 MB only its messages stay in memory, not the rest of their rows."""
    path = tmp_path / "result.json"
    path.write_text(telegram(*(row(number, text="halo", extra="x" * 12000) for number in range(4000))))
    tracemalloc.start()
    read = read_paths([path], CS)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(read.conversations[0].messages) == 4000
    assert peak < 48_000_000


def test_parts_of_a_thread_are_one_thread(read_paths, tmp_path):
    """message_2.json holds what is older than message_1.json; both are one conversation, in order."""
    folder = tmp_path / "your_instagram_activity" / "messages" / "inbox" / "ayu_1"
    folder.mkdir(parents=True)
    (folder / "message_1.json").write_text(thread(said(3, "c"), said(2, "b"), thread_path="inbox/ayu_1"))
    (folder / "message_2.json").write_text(thread(said(1, "a"), 5, thread_path="inbox/ayu_1"))
    read = read_paths([tmp_path], CS)
    assert [each.position for each in read.asides] == ["message_2.json messages[1]"]
    (chat,) = read.conversations
    assert (chat.channel, [message.text for message in chat.messages]) == ("instagram", ["a", "b", "c"])


def test_the_product_is_told_or_asked(read_content):
    """Nothing names the product: Messenger, with a warning; the platform option says otherwise."""
    content = thread(said(1), title="Ayu")
    read = read_content(content, name="message_1.json", options=CS)
    assert (read.conversations[0].channel, read.codes) == ("messenger", ["MET201"])
    stated = ImportOptions(agents=("CS",), platform="instagram")
    read = read_content(content, name="message_1.json", options=stated)
    assert (read.conversations[0].channel, read.codes) == ("instagram", [])


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("caf\u00c3\u00a9", "café"),
        ("café", "café"),
        ("“asli” \u00c3\u00a9", "“asli” \u00c3\u00a9"),
        ("\u00f0\u009f\u0099\u008f \u00f0\u009f\u0099", "🙏 \u00f0\u009f\u0099"),
        ("", ""),
        (None, ""),
        (["x"], ""),
    ],
)
def test_texts_are_decoded_where_they_are_bytes(written, meant):
    """Real texts stay; a text cut off within a character keeps what is whole."""
    assert decoded(written) == meant


def test_parts_of_a_channel_are_one_channel(read_paths, tmp_path):
    """DiscordChatExporter cuts long channels up; `[part 2]` belongs to the first."""
    message = {"type": "Default", "author": {"id": "3", "name": "rina"}, "attachments": [{}]}
    for name, number in (("bantuan [7]", 1), ("bantuan [7] [part 2]", 2), ("bantuan [7] [part 10]", 3)):
        at = f"2024-08-20T14:3{number}:00+07:00"
        (tmp_path / f"{name}.json").write_text(discord({**message, "id": str(number), "timestamp": at}))
    (chat,) = read_paths([tmp_path], CS).conversations
    assert [(message.id, message.role) for message in chat.messages] == [
        ("1", "agent"),
        ("2", "agent"),
        ("3", "agent"),
    ]


def test_a_slack_archive_with_hostile_names_and_broken_files_is_read(read_content, tmp_path):
    """Names are never paths; a broken list costs the names, a broken day its rows."""
    good = {"type": "message", "ts": "1724139000.000100", "user": "U1", "text": "halo <@U1|rina>"}
    content = packed(
        {
            "users.json": '[{"id": "U1", "name": "rina"}, {"id": "U2" "name"}]',
            "channels.json": "[[1]]",
            "../../etc/2024-08-20.json": [good],
            "umum/2024-08-20.json": [good, "x", {"type": "message", "ts": {}, "text": "y"}],
            "umum/2024-08-21.json": '[{"type": "message", "ts": "1724225400.000100", "user": "U1", "te',
        }
    )
    before = sorted(tmp_path.parent.rglob("*"))
    read = read_content(content, name="export.zip", options=CS)
    assert [each.code for each in read.asides] == ["JSN101", "JSN105", "JSN104", "JSN102"]
    assert [each.position for each in read.asides][1:3] == [
        "umum/2024-08-20.json [1]",
        "umum/2024-08-20.json [2]",
    ]
    assert [each.id for each in read.conversations] == ["etc", "umum"]
    assert {each.messages[0].text for each in read.conversations} == {"halo @rina"}
    assert set(tmp_path.parent.rglob("*")) - set(before) == {tmp_path / "export.zip"}


def test_a_teams_page_without_messages_is_set_aside(read_content):
    """A page that holds nothing, and a record that is no message, are said to be that."""
    options = ImportOptions(agents=("CS",), format="teams")
    assert [each.code for each in read_content('{"value": []}', options).asides] == ["JSN105"]
    body = {
        "messageType": "message",
        "createdDateTime": "2024-08-20T07:30:00Z",
        "from": {"user": {"id": "CS"}},
    }
    read = read_content(json.dumps({"value": [body, {"id": 1}, {**body, "createdDateTime": "x"}]}), options)
    assert [(each.code, each.position) for each in read.asides] == [
        ("JSN105", "value[1]"),
        ("JSN104", "value[2]"),
    ]
    assert len(read.conversations[0].messages) == 1


@pytest.mark.parametrize(
    ("dates", "code"),
    [("03/07/2026", "LNE103"), ("13/07/2026\n09:00\tBudi\tx\n07/13/2026", "LNE102"), ("x", "LNE201")],
)
def test_line_dates_that_are_unclear_are_asked_for(read_content, dates, code):
    """Two orders fit, none fits, there is no date at all: nothing is guessed."""
    content = f"[LINE] Chat history with Budi\n\n{dates}\n09:01\tCS\thalo\n"
    read = read_content(content, options=CS)
    assert code in [*read.codes, *(each.code for each in read.asides)]


def test_a_line_chat_of_odd_bytes_is_read(read_content):
    """One line in another encoding, a huge text, marks that close nothing: all is kept."""
    rows = b'2026.01.15 Thursday\n09:00\tBudi\tcaf\xe9\n09:01\tCS\t"' + b"x" * 200_000 + b'\n09:02\tBudi\t"\n'
    read = read_content(b"[LINE] Chat history with Budi\n\n" + rows, options=CS)
    assert read.codes == ["EXP115"]
    texts = [message.text for message in read.conversations[0].messages]
    assert (texts[0], len(texts[1]), texts[2]) == ("café", 200_001, '"')
