"""Whole conversations are kept where there are findings, bounded, and read back as they were said."""

from pathlib import Path

from small_checker import SmallChecker, conversations, run

from sopgen.compliance.model import Verdict
from sopgen.conversation.model import Conversation, Message, Role
from sopgen.language.personal.name import names_in
from sopgen.runs import transcript
from sopgen.runs.check import TRANSCRIPTS
from sopgen.runs.finding import TEXT_LENGTH, findings_of
from sopgen.runs.results import open_results
from sopgen.runs.table import record_batch
from sopgen.runs.transcript import MESSAGES_KEPT, Transcript, kept_of, read_transcript

LETTERS = "abcdefghijklmnopqrstuvwxyz"
COLUMNS = ("conversation_id", "source", "channel", "customers", "length", "messages")


def kept(conversation: Conversation) -> Transcript:
    """Return what a run keeps of a conversation."""
    judged = SmallChecker().judge(conversation)
    evidence = (shown for each in judged if each.verdict is Verdict.FAIL for shown in each.evidence)
    batch = record_batch(transcript.COLUMNS, [kept_of(conversation, evidence, names_in(conversation))])
    (row,) = batch.to_pylist()
    return read_transcript(row)


def stored(folder: Path) -> list[Transcript]:
    """Return the transcripts of a stored run."""
    with open_results([folder]) as results:
        rows = results.rows(f"SELECT {', '.join(COLUMNS)} FROM transcripts")  # noqa: S608 - ours
    return [read_transcript(dict(zip(COLUMNS, row, strict=True))) for row in rows]


def test_conversations_with_findings_are_kept_whole_and_no_others(tmp_path: Path) -> None:
    """Each once, every message of it, in the order of the run."""
    run(tmp_path / "r1")
    broken = [each for each in conversations() if list(findings_of(each, SmallChecker().judge(each)))]
    assert 0 < len(broken) < len(list(conversations()))
    found = stored(tmp_path / "r1")
    assert found == [kept(each) for each in broken]
    for conversation, each in zip(broken, found, strict=True):
        assert each.is_whole
        assert [said.text for said in each.said] == [said.text for said in conversation.messages]


def talk(texts: list[str], authors: list[str]) -> Conversation:
    """Return a conversation in which customers and one agent write in turn."""
    messages = tuple(
        Message(
            id=f"m{place}",
            at=None,
            role=Role.AGENT if text == "goblok" else Role.CUSTOMER,
            text=text,
            author="" if text == "goblok" else authors[place % len(authors)],
        )
        for place, text in enumerate(texts)
    )
    return Conversation(id="long", channel="livechat", messages=messages)


def test_of_an_endless_chat_what_is_nearest_to_evidence_is_kept() -> None:
    """The bound holds, the evidence is in the middle of it, and the length tells what is missing."""
    found = kept(talk([*["ya"] * 900, "goblok", *["ya"] * 900], ["Sari"]))
    positions = [each.position for each in found.said]
    assert len(positions) == MESSAGES_KEPT
    assert positions == list(range(positions[0], positions[0] + MESSAGES_KEPT))
    assert 900 - positions[0] in (MESSAGES_KEPT // 2 - 1, MESSAGES_KEPT // 2)
    assert (found.length, found.is_whole) == (1801, False)


def test_a_long_message_is_cut_as_in_findings() -> None:
    """The words of the evidence stay in what is kept."""
    conversation = Conversation(
        id="x",
        channel="livechat",
        messages=(Message(id="m1", at=None, role=Role.AGENT, text="ab " * 5000 + "goblok" + " cd" * 5000),),
    )
    (said,) = kept(conversation).said
    assert "goblok" in said.text
    assert len(said.text) <= TEXT_LENGTH + 200


def test_of_a_crowd_everybody_who_writes_in_it_can_be_masked() -> None:
    """The names are those of the authors whose messages are kept, and of nobody else."""
    crowd = [f"Nina{one}{other}{one}" for one in LETTERS for other in LETTERS]
    found = kept(talk([*["ya"] * 600, "goblok"], crowd))
    assert {each.author for each in found.said if each.role is Role.CUSTOMER} == set(found.customers)
    assert len(found.customers) < len(crowd)


def test_a_text_with_half_a_character_is_kept() -> None:
    """No file can hold it: a question mark stands in its place."""
    assert kept(talk(["hi \ud83d", "goblok"], ["Sari"])).said[0].text == "hi ?"


def test_runs_from_before_have_no_transcripts(tmp_path: Path) -> None:
    """Their view is empty, beside others too, and nothing is damaged."""
    for name in ("old", "new"):
        run(tmp_path / name)
    (tmp_path / "old" / TRANSCRIPTS).unlink()
    assert stored(tmp_path / "old") == []
    assert len(stored(tmp_path / "new")) > 0
    with open_results([tmp_path / "old", tmp_path / "new"]) as results:
        assert {run_id for (run_id,) in results.rows("SELECT DISTINCT run_id FROM transcripts")} == {"new"}
