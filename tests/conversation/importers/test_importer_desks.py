"""What exports of help desks suffer on their way: cut off, wrapped, broken, filled with nonsense.

The readings of the files as they are stand in tests/cases/importers/.
"""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sopgen.conversation.canonical_form import write_record
from sopgen.conversation.export import read_exports
from sopgen.conversation.model import Conversation, Kind, Reading, SetAside
from sopgen.conversation.options import ImportOptions

CASES = Path(__file__).parents[2] / "cases" / "importers"
DESKS = (
    "chatwoot",
    "crisp",
    "freshchat",
    "freshdesk",
    "gorgias",
    "hubspot",
    "intercom",
    "kommo",
    "livechat",
    "qiscus",
    "qontak",
    "tawk",
    "zendesk",
    "zendesk_chat",
)
EXPORTS = sorted(
    path.with_name(path.name.removesuffix(".case.json"))
    for desk in DESKS
    for path in (CASES / desk).glob("*.case.json")
)
LINES = [path for path in EXPORTS if path.suffix == ".jsonl"]
HOSTILE: tuple[Any, ...] = (None, True, -1, 1e300, "", "\u202e<b>\x00", [], {}, [[1]], {"id": []}, "9" * 400)
PRIVACY = {
    "public",
    "is_public",
    "comment_public",
    "private",
    "visibility",
    "recipients",
    "message_type",
    "type",
}
PRIVACY |= {"part_type", "user_type", "event_type", "stealth", "channel", "via", "event", "action"}
PRIVACY |= {"content_type", "deleted", "redacted", "is_deleted"}
"""What tells a note from words for the customer; everything else may be wrong without making one public."""


def name(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def read(path: Path, desk: str) -> list[Reading]:
    return list(read_exports([path], ImportOptions(format=desk, agents=("21",)), lambda _: None))


def said(readings: list[Reading], *kinds: Kind) -> set[str]:
    found = (each for each in readings if isinstance(each, Conversation))
    return {
        message.text for each in found for message in each.messages if message.kind in kinds and message.text
    }


def shape_of(readings: list[Reading]) -> list[tuple[str, list[str]]]:
    """Return the ids and words of what was read."""
    found = (each for each in readings if isinstance(each, Conversation))
    return [(each.id, [message.text for message in each.messages]) for each in found]


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of every value that is not the whole."""
    if path:
        yield path
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in pairs:
        yield from leaves(inner, (*path, key))


def texts_in(value: Any) -> Iterator[str]:
    """Yield every text of a document."""
    if isinstance(value, str):
        yield value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for each in inner:
        yield from texts_in(each)


def replaced(value: Any, path: tuple[Any, ...], other: Any) -> Any:
    """Return a copy of the value with something else under the path."""
    if not path:
        return other
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = replaced(value[path[0]], path[1:], other)
    return copy


def document(path: Path) -> Any:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".jsonl":
        return [json.loads(line) for line in text.split("\n") if line]
    return json.loads(text)


def test_every_desk_has_a_nasty_export() -> None:
    """No desk is without a case of its own."""
    assert {path.parent.name for path in EXPORTS} == set(DESKS)


@pytest.mark.parametrize("export", EXPORTS, ids=name)
def test_nonsense_anywhere_neither_crashes_nor_lets_a_note_out(export: Path, tmp_path: Path) -> None:
    """Whatever stands in place of a value, the file is read or set aside, and a note stays one."""
    desk, whole = export.parent.name, document(export)
    notes = said(read(export, desk), Kind.NOTE)
    path = tmp_path / "export.json"
    for number, leaf in enumerate(leaves(whole)):
        if number % 3:
            continue
        path.write_text(json.dumps(replaced(whole, leaf, HOSTILE[number // 3 % len(HOSTILE)])))
        readings = read(path, desk)
        assert readings, leaf
        assert all(each.code and each.reason for each in readings if isinstance(each, SetAside)), leaf
        if not PRIVACY & {str(key) for key in leaf}:
            assert not notes & said(readings, Kind.TEXT, Kind.MEDIA), leaf


@pytest.mark.parametrize("export", EXPORTS, ids=name)
def test_a_file_that_breaks_off_invents_nothing(export: Path, tmp_path: Path) -> None:
    """Cut anywhere, every text that is read stands in the whole file, and no note is said."""
    desk, raw = export.parent.name, export.read_bytes()
    whole = read(export, desk)
    every, strings = said(whole, *Kind), set(texts_in(document(export)))
    path = tmp_path / f"export{export.suffix}"
    for cut in range(1, len(raw), max(1, len(raw) // 23)):
        path.write_bytes(raw[:cut])
        readings = read(path, desk)
        assert readings
        assert said(readings, *Kind) - every <= strings, cut
        assert not said(whole, Kind.NOTE) & said(readings, Kind.TEXT, Kind.MEDIA), cut


@pytest.mark.parametrize("export", EXPORTS, ids=name)
def test_the_wrapping_changes_nothing(export: Path, tmp_path: Path) -> None:
    """Packed, with a byte order mark, in UTF-16, in one line or in an array, the same is found and read."""
    raw = export.read_bytes()
    options = ImportOptions(agents=("21",))
    expected = shape_of(read(export, export.parent.name))
    text = raw.decode()
    records = [json.loads(line) for line in text.splitlines()] if export in LINES else [json.loads(text)]
    wrapped = {
        "bom.json": b"\xef\xbb\xbf" + raw,
        "wide.json": text.encode("utf-16"),
        "packed.json.gz": gzip.compress(raw),
        "flat.json": "\n".join(json.dumps(each) for each in records).encode(),
    }
    if not isinstance(records[0], list):
        wrapped["array.json"] = json.dumps(records).encode()
    for called, content in wrapped.items():
        path = tmp_path / called
        path.write_bytes(content)
        readings = list(read_exports([path], options, lambda _: None))
        assert shape_of(readings) == expected, called


@pytest.mark.parametrize("export", EXPORTS, ids=name)
def test_what_is_read_is_read_again_from_our_own_form(export: Path, tmp_path: Path) -> None:
    """Written as canonical conversations and read from there, nothing is lost or changed."""
    found = [each for each in read(export, export.parent.name) if isinstance(each, Conversation)]
    path = tmp_path / "converted.jsonl"
    path.write_text("".join(json.dumps(write_record(each)) + "\n" for each in found), encoding="utf-8")
    again = [write_record(each) for each in read(path, "canonical") if isinstance(each, Conversation)]
    assert json.dumps(again) == json.dumps([write_record(each) for each in found])


@pytest.mark.parametrize("export", EXPORTS, ids=name)
def test_the_channel_that_is_told_wins(export: Path) -> None:
    """A channel that the options name is every conversation's, whatever the platform says."""
    options = ImportOptions(agents=("21",), channel="livechat")
    readings = list(read_exports([export], options, lambda _: None))
    assert {each.channel for each in readings if isinstance(each, Conversation)} == {"livechat"}


@pytest.mark.parametrize("export", LINES, ids=name)
def test_a_broken_line_costs_itself(export: Path, tmp_path: Path) -> None:
    """A line that is no JSON is set aside with its number and an excerpt; the others are read as before."""
    desk = export.parent.name
    lines = export.read_text(encoding="utf-8").splitlines()
    path = tmp_path / "export.jsonl"
    path.write_text("\n".join([lines[0], '{"rusak": "' + "x" * 9000, *lines[1:]]), encoding="utf-8")
    readings = read(path, desk)
    aside = [each for each in readings if isinstance(each, SetAside)]
    assert [(each.code, each.position) for each in aside] == [("JSN101", "line 2")]
    assert 0 < len(aside[0].excerpt) <= 200
    assert said(readings, *Kind) == said(read(export, desk), *Kind)


def test_comments_without_anybody_known_ask_who_is_staff(tmp_path: Path) -> None:
    """Comments of a ticket without its ticket and users are not guessed at."""
    comments = [{"id": 1, "author_id": 5, "html_body": "<p>a</p>", "public": True, "created_at": None}]
    path = tmp_path / "export.json"
    path.write_text(json.dumps({"comments": comments}))
    (aside,) = read_exports([path], ImportOptions(), lambda _: None)
    assert isinstance(aside, SetAside)
    assert aside.code == "EXP118"


def test_pieces_of_a_long_log_are_held_only_while_they_are_open(tmp_path: Path) -> None:
    """Conversations of a log come out as soon as their last piece has been read, in that order."""
    path = tmp_path / "export.jsonl"
    piece = {"event": "message_created", "message_type": "incoming", "content_type": "text", "private": False}
    order = [1, 2, 2, 1, 3]
    path.write_text(
        "".join(
            json.dumps(piece | {"id": number, "content": str(number), "conversation": {"id": talk}}) + "\n"
            for number, talk in enumerate(order)
        )
    )
    found = [each for each in read(path, "chatwoot") if isinstance(each, Conversation)]
    assert [(each.id, each.position, len(each.messages)) for each in found] == [
        ("2", "line 2", 2),
        ("1", "line 1", 2),
        ("3", "line 5", 1),
    ]


def test_a_webhook_that_cannot_be_dated_costs_its_conversation_once(read_content):
    """An answer that is lost would make its agent late: the whole is set aside, others are read."""
    event = (
        '{"event": "message_created", "id": %d, "message_type": "%s", "content": "halo", "private": false,'
        ' "content_attributes": {}, "created_at": "%s", "conversation": {"id": %d}}'
    )
    log = [
        event % (1, "incoming", "2024-08-20T07:30:00Z", 7),
        event % (2, "outgoing", "kemarin", 7),
        event % (3, "incoming", "2024-08-20T07:30:00Z", 8),
        event % (4, "incoming", "2024-08-20T07:50:00Z", 7),
        event % (5, "outgoing", "kemarin", 7),
        event % (6, "outgoing", "2024-08-20T07:51:00Z", 7),
    ]
    read = read_content("\n".join(log), name="log.jsonl")
    assert [(each.code, each.position) for each in read.asides] == [("JSN104", "line 2")]
    assert "its conversation is set aside with it" in read.asides[0].reason
    assert [each.id for each in read.conversations] == ["8"]
