"""JSON Lines with one message a line become whole conversations."""

import pytest

from sopgen.conversation.options import ImportOptions

ROW = '{"conversation_id": "%s", "role": "customer", "text": "%s"}'


def test_mixed_rows_become_whole_conversations(read_content):
    """Rows of two conversations that alternate are not torn apart."""
    read = read_content("\n".join(ROW % ("ab"[number % 2], number) for number in range(7)))
    texts = {each.id: [message.text for message in each.messages] for each in read.conversations}
    assert texts == {"a": ["0", "2", "4", "6"], "b": ["1", "3", "5"]}
    assert read.asides == []


def test_a_row_that_cannot_be_used_costs_itself(read_content):
    """What is no object, or names no conversation, is set aside with its line."""
    read = read_content(
        "\n".join([ROW % ("a", 1), "[1]", "{", '{"role": "agent", "text": "x"}', ROW % ("a", 2)])
    )
    assert [(each.code, each.position) for each in read.asides] == [
        ("ROW101", "line 2"),
        ("ROW101", "line 3"),
        ("ROW102", "line 4"),
    ]
    assert [len(each.messages) for each in read.conversations] == [2]


def test_a_flaw_in_a_row_costs_its_conversation(read_content):
    """Half a conversation would get wrong verdicts, so it is set aside as a whole."""
    broken = '{"conversation_id": "a", "role": "kurir", "text": "x"}'
    read = read_content("\n".join([ROW % ("a", 1), broken, ROW % ("b", 1)]))
    assert [(each.code, each.position) for each in read.asides] == [("CAN105", "line 2")]
    assert [each.id for each in read.conversations] == ["b"]


def test_an_unknown_role_is_told_with_its_row_and_its_remedy(read_content):
    """A role of the desk's own can be named in the options."""
    row = '{"conversation_id": "a", "role": "Supervisor", "text": "x"}'
    (aside,) = read_content("\n".join([ROW % ("a", 1), row])).asides
    assert '{"roles": {"Supervisor": "agent"}}' in aside.hint
    read = read_content("\n".join([ROW % ("a", 1), row]), ImportOptions(roles={"Supervisor": "agent"}))
    assert [each.role.value for each in read.conversations[0].messages] == ["customer", "agent"]


@pytest.mark.parametrize(("agents", "role"), [(("RINA",), "agent"), (("Budi",), "customer")])
def test_without_roles_names_decide(read_content, agents, role):
    """Where rows have an author but no role, the configured staff tell them apart."""
    row = '{"chat_id": 5, "sender": "Rina", "message": "halo"}'
    read = read_content(row, ImportOptions(agents=agents))
    assert (read.conversations[0].id, read.conversations[0].messages[0].role) == ("5", role)


def test_without_roles_and_names_nothing_is_guessed(read_content):
    """Without configuration, rows without roles are set aside."""
    read = read_content('{"chat_id": 5, "sender": "Rina", "message": "halo"}', ImportOptions())
    assert [each.code for each in read.asides] == ["EXP118"]


def test_stated_columns_go_first(read_content):
    """The user's names for the fields win over what their names suggest."""
    row = '{"chat_id": "5", "sesi": "7", "role": "agent", "text": "lama", "isi_baru": "baru"}'
    options = ImportOptions(columns={"conversation": "sesi", "text": "isi_baru"})
    conversation = read_content(row, options).conversations[0]
    assert (conversation.id, conversation.messages[0].text) == ("7", "baru")


def test_a_broken_time_costs_its_conversation_once(read_content):
    """A row that cannot be dated takes its conversation with it, once, and no other."""
    times = (
        ("a", "2024-08-20T07:30:00Z"),
        ("a", "kemarin"),
        ("b", "2024-08-20T07:30:00Z"),
        ("a", "1724139000"),
    )
    rows = [ROW % (name, f'x", "timestamp": "{at}') for name, at in times]
    read = read_content("\n".join(rows))
    assert [(each.code, each.position) for each in read.asides] == [("CAN107", "line 2")]
    assert [each.id for each in read.conversations] == ["b"]


TIMED = '{"conversation_id": "%s", "timestamp": "2024-08-20T07:%s:00Z", "role": "%s", "text": "%s"}'


@pytest.mark.parametrize(
    "broken",
    [
        TIMED % ("a", 31, "agent", 'halo "kak"'),
        '{"role": "agent", "text": "halo, "conversation_id": "a"}',
        '{"conversation_id": "a", "role": "ag',
    ],
)
def test_a_line_that_is_no_json_costs_the_conversation_that_it_names(read_content, broken):
    """Its answer is lost, so the rest is not judged; what came before and what comes after goes with it."""
    sound = [TIMED % ("a", 30, "customer", "halo"), TIMED % ("a", 40, "customer", "?")]
    read = read_content("\n".join([sound[0], sound[1], TIMED % ("b", 30, "customer", "halo"), broken]))
    assert [(each.code, each.position) for each in read.asides] == [("ROW101", "line 4")]
    assert "its conversation is set aside with it" in read.asides[0].reason
    assert [each.id for each in read.conversations] == ["b"]


def test_a_broken_line_whose_conversation_no_other_line_names_says_so(read_content):
    """An id cut short is believed to be nobody's."""
    rows = [ROW % ("12", 1), '{"conversation_id": 12', '{"conversation_id": "123", "text": "x']
    read = read_content("\n".join(rows))
    assert [each.id for each in read.conversations] == ["12"]
    assert [each.position for each in read.asides] == ["line 2", "line 3"]
    assert all("no other row is known to be of its conversation" in each.reason for each in read.asides)
