"""vCon containers: those of others, and sopgen's own."""

import json

from sopgen.conversation.canonical_form import write_record
from sopgen.conversation.options import ImportOptions
from sopgen.conversation.vcon_form import write_vcon

FOREIGN = {
    "vcon": "0.0.1",
    "uuid": "018f0b2e-0000-8000-8000-000000000001",
    "subject": "Retur",
    "parties": [
        {"tel": "+628120000", "name": "Ani"},
        {"mailto": "cs@toko.test", "role": "agent"},
        {"name": "TokoBot"},
    ],
    "dialog": [
        {
            "type": "text",
            "start": "2024-08-20T07:30:00Z",
            "parties": [0, 1],
            "body": "aGFsbyBrYWs",
            "encoding": "base64url",
        },
        {
            "type": "text",
            "start": "2024-08-20T07:31:00Z",
            "parties": [0, 1],
            "originator": 1,
            "mimetype": "text/html",
            "body": "<p>ya</p><p>kak</p>",
        },
        {"type": "text", "start": "2024-08-20T07:29:00Z", "parties": 2, "body": "selamat datang"},
        {
            "type": "recording",
            "start": "2024-08-20T07:32:00Z",
            "parties": [0],
            "filename": "a.wav",
            "url": "https://x",
        },
        {"type": "transfer", "start": "2024-08-20T07:33:00Z", "transferee": 0},
        {"type": "text", "start": "2024-08-20T07:34:00Z", "parties": [9], "body": 5},
    ],
    "attachments": [{"type": "tags", "body": ["retur", "vip"]}],
}


def test_a_container_of_others_is_read(read_content):
    """Base64url, HTML, one party as a number, out of order, recordings, transfers, bad places."""
    read = read_content(json.dumps(FOREIGN), ImportOptions(bots=("TokoBot",)), "a.vcon.json")
    conversation = read.conversations[0]
    assert (conversation.id[:8], conversation.tags, conversation.details["subject"]) == (
        "018f0b2e",
        ("retur", "vip"),
        "Retur",
    )
    assert [(m.role.value, m.author, m.kind.value, m.text) for m in conversation.messages] == [
        ("bot", "TokoBot", "text", "selamat datang"),
        ("customer", "Ani", "text", "halo kak"),
        ("agent", "cs@toko.test", "text", "ya\nkak"),
        ("customer", "Ani", "media", ""),
        ("system", "", "event", ""),
        ("customer", "", "text", "5"),
    ]


def test_what_sopgen_writes_reads_back_equal(read_content):
    """Notes, events, tags and details survive the container; findings become analysis of their dialogs."""
    line = {
        "id": "c1",
        "channel": "whatsapp",
        "tags": ["vip"],
        "status": "open",
        "messages": [
            {
                "id": "a",
                "at": "2024-08-20T07:30:00+07:00",
                "role": "customer",
                "author": "Ani",
                "text": "halo",
            },
            {
                "id": "b",
                "at": "2024-08-20T07:31:00+07:00",
                "role": "agent",
                "author": "Rina",
                "text": "cek",
                "kind": "note",
            },
            {"id": "c", "role": "system", "text": "", "kind": "event", "event": "close"},
        ],
    }
    first = read_content(json.dumps(line), name="a.jsonl").conversations[0]
    vcon = write_vcon(first, [{"message_ids": ["b", "x"], "check": "calm-tone", "context": []}])
    assert vcon["analysis"][0]["dialog"] == [1]
    assert vcon["analysis"][0]["body"] == {"message_ids": ["b", "x"], "check": "calm-tone"}
    again = read_content(json.dumps(vcon), name="b.json").conversations[0]
    assert write_record(again) == write_record(first)


def test_without_roles_nothing_is_guessed(read_content):
    """Parties without a role are set aside while no option says who is staff."""
    parties = [{"name": "Ani"}, {"name": "Rina"}]
    read = read_content(json.dumps(FOREIGN | {"parties": parties}), ImportOptions(), "a.json")
    assert [each.code for each in read.asides] == ["EXP118"]
