"""Canonical JSON Lines: a line is a conversation or set aside, whatever the file looks like."""

import pytest

from sopgen.conversation.line import LONGEST_LINE
from sopgen.conversation.options import ImportOptions

GOOD = '{"id": "c%s", "messages": [{"role": "customer", "text": "halo"}]}'
CANONICAL = ImportOptions(format="canonical")


def test_every_line_becomes_one_reading(read_content):
    """Blank lines count for nothing; broken ones are set aside with their place; the rest is read."""
    lines = ["", GOOD % 1, "{", "  ", GOOD % 2, "[]", GOOD % 1, '{"id": "c3"}']
    read = read_content("\n".join(lines))
    assert [each.id for each in read.conversations] == ["c1", "c2"]
    assert [(each.code, each.position) for each in read.asides] == [
        ("CAN101", "line 3"),
        ("CAN102", "line 6"),
        ("CAN104", "line 7"),
        ("CAN102", "line 8"),
    ]
    assert [each.position for each in read.conversations] == ["line 2", "line 5"]


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + f"{GOOD % 1}\r\n{GOOD % 2}\r\n".encode(),
        f"{GOOD % 1}\n{GOOD % 2}".encode("utf-16"),
        b"\xfe\xff" + f"{GOOD % 1}\n{GOOD % 2}\n".encode("utf-16-be"),
    ],
    ids=["bom and crlf", "utf-16", "utf-16 big-endian"],
)
def test_marks_and_line_ends_do_not_matter(read_content, content):
    """A byte order mark, CRLF and UTF-16 read like plain UTF-8."""
    read = read_content(content)
    assert [each.id for each in read.conversations] == ["c1", "c2"]
    assert read.asides == []


def test_a_line_that_breaks_off_says_so(read_content):
    """The last line of a half-written file is set aside; the lines above it are read."""
    read = read_content(f"{GOOD % 1}\n{(GOOD % 2)[:40]}")
    assert [each.id for each in read.conversations] == ["c1"]
    assert [(each.code, each.hint) for each in read.asides] == [
        ("CAN101", "export the file again: its last line seems to be cut off")
    ]


def test_a_line_of_another_encoding_says_where(read_content):
    """Bytes that are not UTF-8 are set aside, never replaced silently."""
    read = read_content(GOOD.encode() % b"1" + b"\n" + '{"id": "é"}'.encode("latin-1"))
    assert [each.reason for each in read.asides] == ["not UTF-8 at byte 9 of the line"]


def test_a_line_that_never_ends_is_set_aside_in_bounded_memory(read_content):
    """A line above the limit costs itself; the line behind it is read."""
    read = read_content(b"{" + b" " * (LONGEST_LINE + 5) + b"}\n" + (GOOD % 2).encode(), CANONICAL)
    assert [(each.code, each.position) for each in read.asides] == [("CAN110", "line 1")]
    assert [(each.id, each.position) for each in read.conversations] == [("c2", "line 2")]


def test_deep_nesting_is_set_aside(read_content):
    """Brackets without end do not exhaust the stack."""
    read = read_content(f'{GOOD % 1}\n{{"id": "d", "x": {"[" * 100_000}\n')
    assert [each.code for each in read.asides] == ["CAN101"]


def test_a_remark_is_made_once_a_file_with_the_first_line_and_the_count(read_content):
    """A thousand mended records make one remark."""
    record = (
        '{"id": "%s", "messages": [{"id": "a", "role": "agent", "text": "1"}, '
        '{"id": "a", "role": "agent", "text": "2"}]}'
    )
    read = read_content("\n".join([GOOD % 1, *(record % number for number in range(1000))]))
    assert len(read.conversations) == 1001
    assert [str(each.span).rpartition(":")[2] for each in read.flaws] == ["2"]
    assert "in 1000 conversations" in read.flaws[0].message


def test_options_fill_what_records_leave_open(read_content):
    """Channel, team and zone of the options hold for records that name none."""
    options = ImportOptions(channel="web", team="cs", tz="WITA")
    line = '{"id": "c", "messages": [{"role": "agent", "text": "x", "at": "2026-01-05T09:00:00"}]}'
    conversation = read_content(line, options).conversations[0]
    assert (conversation.channel, conversation.team) == ("web", "cs")
    assert conversation.messages[0].at.isoformat() == "2026-01-05T09:00:00+08:00"


def test_a_separator_inside_a_text_is_no_line_end(read_content):
    """U+2028 and U+0085 stand raw in JSON texts; only a newline ends a record."""
    read = read_content(GOOD.replace("halo", "a\u2028b\u0085c") % 1)
    assert read.conversations[0].messages[0].text == "a\u2028b\u0085c"
