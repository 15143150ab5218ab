"""What a run stored is read back as it was, or refused with a remedy."""

from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_checker import BROKEN, SmallChecker, conversations, evening, run

from sopgen.base.diagnostic import Diagnostic, Level
from sopgen.base.errors import StorageError
from sopgen.base.span import Span
from sopgen.compliance.model import Evidence
from sopgen.conversation.model import Conversation, Kind, Message, Role
from sopgen.runs.codes import CODES
from sopgen.runs.finding import CONTEXT_MESSAGES, TEXT_LENGTH, findings_of, read_finding, write_finding
from sopgen.runs.store import open_run
from sopgen.runs.summary_form import read_summary, summary_record
from sopgen.runs.tally import number_order


def test_a_run_is_read_back_as_it_was(tmp_path: Path) -> None:
    """Summary, findings and set-aside records come back as the values that were stored."""
    summary = run(tmp_path / "r1")
    stored = open_run(tmp_path / "r1")
    assert stored.summary == summary
    assert list(stored.set_aside()) == [BROKEN]
    expected = [found for each in conversations() for found in findings_of(each, SmallChecker().judge(each))]
    assert list(stored.findings()) == expected


def test_a_summary_survives_its_own_form(tmp_path: Path) -> None:
    """Diagnostics included: reading what was written gives the same value."""
    summary = run(tmp_path / "r1")
    place = Span(file="a.txt", line=3, column=7)
    told = Diagnostic(code="X101", level=Level.WARNING, span=place, message="odd", hint="mend it")
    summary = replace(summary, diagnostics=(told,))
    assert read_summary(summary_record(summary)) == summary


def test_counts_per_clause_are_those_of_the_summary(tmp_path: Path) -> None:
    """DuckDB over the Parquet and the tally of the run agree clause by clause."""
    run(tmp_path / "r1")
    stored = open_run(tmp_path / "r1")
    told = {(each.sop, each.version, each.clause, each.check): each.counts for each in stored.summary.clauses}
    assert {
        (each.sop, each.version, each.clause, each.check): each.counts for each in stored.by_clause()
    } == told


def test_counts_per_agent_are_fair(tmp_path: Path) -> None:
    """Each agent has the conversations and findings of the verdicts that name them, the worst first."""
    run(tmp_path / "r1")
    told = [
        (
            each.agent,
            each.conversations,
            each.with_findings,
            each.critical,
            each.major,
            each.minor,
            each.decided,
        )
        for each in open_run(tmp_path / "r1").by_agent()
    ]
    assert told == [
        ("Doni", 1, 1, 1, 1, 1, 3),
        ("Rina", 2, 1, 0, 1, 0, 6),
        ("", 1, 0, 0, 0, 0, 1),
    ]


def test_same_ids_in_two_files_are_two_conversations(tmp_path: Path) -> None:
    """Platforms count from one: an id is only unique within its source."""
    first = next(iter(conversations()))
    run(tmp_path / "r1", iter([first, replace(first, source="other.txt")]))
    (rina,) = open_run(tmp_path / "r1").by_agent()
    assert rina.conversations == 2


def test_a_folder_without_a_run_is_refused(tmp_path: Path) -> None:
    """The message names the folder and says what would be a run."""
    with pytest.raises(StorageError) as refused:
        open_run(tmp_path)
    assert refused.value.code == "STO201"
    assert str(tmp_path) in refused.value.message


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("summary.json", b"{"),
        ("summary.json", b"[]"),
        ("summary.json", b'{"run_id": "r1"}'),
        ("findings.jsonl", b'{"conversation": '),
        ("findings.jsonl", b'{"conversation": "c1"}\n'),
        ("set_aside.jsonl", b'{"source": "x", "colour": "red"}\n'),
        ("verdicts.parquet", b"PAR1 but not really"),
        ("verdicts.parquet", None),
    ],
)
def test_a_damaged_file_is_refused_by_name(tmp_path: Path, name: str, content: bytes | None) -> None:
    """Nothing is guessed: the file is named, and the remedy is to run again."""
    run(tmp_path / "r1")
    if content is None:
        (tmp_path / "r1" / name).unlink()
    else:
        (tmp_path / "r1" / name).write_bytes(content)
    with pytest.raises(StorageError) as refused:
        read_all(tmp_path / "r1")
    assert refused.value.code == "STO202"
    assert name in refused.value.message


def read_all(folder: Path) -> None:
    stored = open_run(folder)
    list(stored.findings())
    list(stored.set_aside())
    stored.by_clause()


def test_every_code_that_can_be_raised_is_documented() -> None:
    """The catalogue holds each code once."""
    codes = [code.code for code in CODES]
    assert codes == sorted(set(codes))
    assert {"RUN101", "STO101", "STO102", "STO103", "STO104", "STO201", "STO202"} <= set(codes)


def test_clause_numbers_sort_as_people_count() -> None:
    """10 comes after 2, letters after numbers, a clause before its parts."""
    numbers = ["7.B.2", "5.10", "5.2", "7.A.10", "7.A.9", "5", "", "12.1"]
    assert sorted(numbers, key=number_order) == ["", "5", "5.2", "5.10", "7.A.9", "7.A.10", "7.B.2", "12.1"]


def long_conversation(count: int, text: str = "ya") -> Conversation:
    messages = tuple(Message(id=f"m{n}", at=None, role=Role.AGENT, text=text) for n in range(count))
    return Conversation(id="long", channel="livechat", messages=messages)


def test_a_finding_is_bounded_however_long_the_chat() -> None:
    """Evidence in a thousand messages brings the context of the first; every span is kept."""
    conversation = long_conversation(1000, "goblok")
    (finding,) = [
        each
        for each in findings_of(conversation, SmallChecker().judge(conversation))
        if each.judgement.check == "no-profanity"
    ]
    assert len(finding.context) == CONTEXT_MESSAGES
    assert [said.position for said in finding.context] == list(range(CONTEXT_MESSAGES))
    assert len(finding.judgement.evidence) == 1000


@given(before=st.integers(0, 9000), after=st.integers(0, 9000))
def test_a_long_message_is_cut_around_the_words(before: int, after: int) -> None:
    """The words of the evidence stay in what is kept, at their distance from its offset."""
    text = "ab " * before + "goblok" + " cd" * after
    message = Message(id="m1", at=None, role=Role.AGENT, text=text)
    conversation = Conversation(id="x", channel="livechat", messages=(message,))
    finding = list(findings_of(conversation, SmallChecker().judge(conversation)))[-1]
    (said,), (words,) = finding.context, finding.judgement.evidence
    assert isinstance(words, Evidence)
    assert said.text[words.start - said.offset : words.end - said.offset] == "goblok"
    assert len(said.text) <= TEXT_LENGTH + 200
    assert said.length == len(text)
    assert said.goes_on is (not text.endswith(said.text))


def test_a_long_message_is_not_cut_inside_a_number() -> None:
    """Half a telephone number would not be known as one, and so not be masked."""
    text = "nomor 0812 3456 7890 " * 300 + "goblok"
    message = Message(id="m1", at=None, role=Role.AGENT, text=text, kind=Kind.TEXT)
    conversation = Conversation(id="x", channel="livechat", messages=(message,))
    (said,) = list(findings_of(conversation, SmallChecker().judge(conversation)))[-1].context
    assert said.offset > 0
    assert said.text.removeprefix("nomor ").startswith("0812 3456 7890 ")


def test_a_finding_survives_its_own_form() -> None:
    """Reading what was written gives the same value."""
    for conversation in conversations():
        for finding in findings_of(conversation, SmallChecker().judge(conversation)):
            assert read_finding(write_finding(finding)) == finding


def test_findings_file_can_be_queried_by_others(tmp_path: Path) -> None:
    """Any tool that reads JSON Lines finds the clause, its text and the words."""
    run(tmp_path / "r1", evening())
    found = duckdb.read_json(str(tmp_path / "r1/findings.jsonl")).query(
        "findings", "SELECT clause_number, clause_text, words FROM findings WHERE severity = 'critical'"
    )
    assert found.fetchall() == [("6.1", "Dilarang memaki <pelanggan>.", ["goblok", "goblok"])]


def test_a_run_that_is_not_there_names_the_newest_that_are(tmp_path: Path) -> None:
    """A mistyped id is answered with up to five ids, newest first, and how many there are."""
    for day in range(1, 8):
        (tmp_path / f"2026070{day}-220000").mkdir()
        (tmp_path / f"2026070{day}-220000" / "summary.json").write_text("{}")
    with pytest.raises(StorageError) as refused:
        open_run(tmp_path / "20260709-220000")
    assert refused.value.hint.startswith("name one of 7 there, newest first: 20260707-220000, 20260706")
    assert refused.value.hint.endswith("20260703-220000 …")
