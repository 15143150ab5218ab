"""JSON documents are cut into records, however they are laid out, and a flaw costs one record."""

import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sopgen.conversation.detection import head_of
from sopgen.conversation.document import record, scan
from sopgen.conversation.document.glimpse import Glimpse, fits, glimpse_of
from sopgen.conversation.document.mending import closed
from sopgen.conversation.document.node import Node
from sopgen.conversation.document.record import Record, records_of
from sopgen.conversation.document.scan import Scanner
from sopgen.conversation.importer import ExportFile, Head
from sopgen.conversation.model import SetAside
from sopgen.conversation.origin import OnDisk

KEYS = st.text('k"{', max_size=3)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 99) | st.text(alphabet='a"\\{}[],: \né', max_size=6),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text('k"{', max_size=3), inner, max_size=4)
    ),
    max_leaves=12,
)


DOCUMENTS = st.lists(VALUES, max_size=4) | st.dictionaries(KEYS, VALUES)


@pytest.fixture
def records_in(tmp_path):
    """Return a function that reads the records of a text."""

    def read(text, **plan):
        path = tmp_path / "export.json"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        origin = OnDisk(path=path, called=path.name)
        return list(records_of(ExportFile(source="export.json", head=head_of(origin), origin=origin), **plan))

    return read


def values_of(found):
    return [each.value if isinstance(each, Record) else each.code for each in found]


@settings(max_examples=150, deadline=None)
@given(value=VALUES, chunk=st.integers(1, 9), indent=st.sampled_from([None, 1]))
def test_a_value_ends_where_it_ends(value, chunk, indent):
    """Whatever the chunks, the scanner gives back exactly the bytes of a value."""
    raw = json.dumps(value, indent=indent).encode()
    before, scan._CHUNK = scan._CHUNK, chunk
    try:
        scanner = Scanner(io.BytesIO(raw + b" , 1"))
        assert json.loads(scanner.value().raw) == value
        assert scanner.take() == b","
    finally:
        scan._CHUNK = before


@settings(max_examples=150, deadline=None)
@given(value=DOCUMENTS, cut=st.integers(1, 80))
def test_what_breaks_off_is_closed(value, cut):
    """A cut document is closed into one that can be read, or into nothing."""
    raw = json.dumps(value).encode()
    mended = closed(raw[: max(1, len(raw) - cut)])
    assert json.loads(mended or b"null") is None or isinstance(json.loads(mended), type(value))


def test_a_cut_message_is_left_out():
    """Of a list of messages, those before the cut stay whole, and the one in it goes."""
    raw = b'{"id": 1, "messages": [{"text": "a"}, {"text": "b", "by": {"n": 1}}, {"text": "c", "by'
    assert json.loads(closed(raw)) == {"id": 1, "messages": [{"text": "a"}, {"text": "b", "by": {"n": 1}}]}


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ('{"t": 1}', [{"t": 1}]),
        ('{"t": 1}\n{"t": 2}\n', [{"t": 1}, {"t": 2}]),
        ('{"t": 1} {"t": 2}', [{"t": 1}, {"t": 2}]),
        ('[{"t": 1},\n {"t": 2}]', [{"t": 1}, {"t": 2}]),
        ('{"page": 1, "list": [{"t": 1}, {"t": 2}], "next": null}', [{"t": 1}, {"t": 2}]),
        ('{"list": [{"t": 1}]}\n{"list": [{"t": 2}]}', [{"t": 1}, {"t": 2}]),
        ('[{"list": [{"t": 1}]}, {"list": []}]', [{"t": 1}]),
        ('{"a": {"list": [{"t": 1}]}, "b": {"list": 2}}', [{"t": 1}]),
        ('{"list": []}', []),
        ('[{"t": 1}, {"t": tru}, {"t" 2}, {"t": 3}]', [{"t": 1}, "JSN101", "JSN101", {"t": 3}]),
        ('{"t": 1}\n{"t": "unfinished\n{"t": 3}\n', [{"t": 1}, "JSN101", {"t": 3}]),
        ('[{"t": 1}, {"t": 2', [{"t": 1}, "JSN102"]),
        ('{"id": 7, "said": ["a", "b", "c', [{"id": 7, "said": ["a", "b"]}]),
        ('[{"t": "a\tb"}, {"t": "\\ud83d"}]', [{"t": "a\tb"}, {"t": "\ufffd"}]),
    ],
)
@pytest.mark.parametrize("most_held", [0, 1 << 20])
def test_records_are_found_in_every_layout(records_in, monkeypatch, text, values, most_held):
    """One object, lines, an array, lists in objects; broken ones set aside, the rest read."""
    monkeypatch.setattr(record, "_MOST_HELD", most_held)
    assert values_of(records_in(text, lists=("list", "a.list"))) == values


def test_what_stands_beside_the_list_comes_with_each_record(records_in):
    """Sides are known to the first record even where they stand behind the list."""
    text = '{"list": [{"t": 1}, {"t": 2}], "users": [{"id": 5}]}'
    found = records_in(text, lists=("list",), sides=("users",))
    assert [each.sides for each in found] == [{"users": [{"id": 5}]}] * 2
    assert [each.position for each in found] == ["list[0]", "list[1]"]


def test_a_record_that_is_too_long_costs_itself(records_in, monkeypatch):
    """A record above the bound is set aside in bounded memory, and the next one is read."""
    monkeypatch.setattr(scan, "LONGEST_VALUE", 1000)
    monkeypatch.setattr(record, "_MOST_HELD", 0)
    found = records_in('[{"t": "' + "x" * 900_000 + '"}, {"t": 1}]')
    assert values_of(found) == ["JSN103", {"t": 1}]
    assert isinstance(found[0], SetAside)
    assert len(found[0].excerpt) <= 200


def test_depth_costs_no_stack(records_in):
    """What is nested a million deep is set aside, not a crash."""
    assert values_of(records_in("[" * 1_000_000)) == ["JSN102"]
    assert values_of(records_in("[" + "[" * 100_000 + "]" * 100_000 + ', {"t": 1}]'))[1] == {"t": 1}


def test_a_repair_is_asked_only_for_what_is_broken(records_in):
    """A platform's known flaw is mended record by record."""
    found = records_in('[{"t": "a\\x0Bb"}, {"t": 1}]', repair=lambda raw: raw.replace(b"\\x0B", b" "))
    assert values_of(found) == [{"t": "a b"}, {"t": 1}]


@pytest.mark.parametrize("more", ['[{}, {"x', '{}\n{"a":', "{}"])
def test_a_glimpse_shows_the_shape_of_what_is_cut(more):
    """The same path tells an object, an array of them and lines of them."""
    text = more.replace("{}", '{"a": [{"b": {"c": 1}}]}')
    head = Head(name="", start=b"", text=text, glimpse=glimpse_of(text.encode()))
    assert isinstance(head.glimpse, Glimpse)
    assert fits(head, "a[].b.c=1")
    assert not fits(head, "a[].c")


def test_a_node_answers_every_question():
    """Whatever a value is, asking it for something else gives nothing."""
    for value in (None, 1, "x", [1], {"a": None}):
        node = Node(value)
        assert (node.text("a.b"), node.number("a"), node.nodes("a"), node.flag("a")) == ("", None, [], False)
        assert not node.node("a")
