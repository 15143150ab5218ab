"""A stream of readings becomes a folder whose totals add up and whose bytes do not depend on the day."""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import duckdb
import pytest
from small_checker import BROKEN, STARTED_AT, SmallChecker, conversations, evening, run

from sopgen.base.diagnostic import Diagnostic, Level
from sopgen.base.errors import StorageError
from sopgen.base.span import Span
from sopgen.compliance.model import Judgement
from sopgen.conversation.model import Conversation, Message, Reading, Role
from sopgen.runs.check import run_check
from sopgen.runs.folder import SUMMARY, new_run_folder
from sopgen.runs.tally import Progress
from sopgen.sop.model import Severity

FILES = [
    "conversations.parquet",
    "findings.jsonl",
    "set_aside.jsonl",
    "summary.json",
    "transcripts.parquet",
    "verdicts.parquet",
]


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def rows(folder: Path, query: str) -> list[tuple[Any, ...]]:
    """Return what DuckDB finds in the run's verdicts, called `verdicts` in the query."""
    table = duckdb.read_parquet(str(folder / "verdicts.parquet"))
    return table.query("verdicts", query).fetchall()


def test_totals_add_up(tmp_path: Path) -> None:
    """Seven records: four governed, two of a channel without SOP, one broken."""
    totals = run(tmp_path / "r1").totals
    assert (totals.read, totals.checked, totals.set_aside, totals.unchanged) == (7, 6, 1, 0)
    assert (totals.governed, totals.not_governed) == (4, 2)
    assert (totals.verdicts, totals.findings, totals.with_findings) == (12, 4, 2)
    assert totals.messages == 5 + 7 + 4 + 2 + 1 + 2


def test_the_summary_counts_by_clause_check_and_severity(tmp_path: Path) -> None:
    """Clauses stand in the order of their numbers: 4.2 before 4.10 before 6.1."""
    summary = run(tmp_path / "r1")
    assert [(tally.number, *tally.counts.as_dict().values()) for tally in summary.clauses] == [
        ("4.2", 1, 2, 1, 0),
        ("4.10", 2, 1, 0, 1),
        ("6.1", 3, 1, 0, 0),
    ]
    assert summary.by_check()["no-profanity"].failed == 1
    assert [summary.findings_by_severity[each] for each in Severity] == [1, 2, 1]
    assert summary.findings_from(Severity.MAJOR) == 3


def test_ungoverned_conversations_are_listed_by_channel_and_team(tmp_path: Path) -> None:
    """A conversation that no SOP governs is counted and named, never silently passed."""
    (group,) = run(tmp_path / "r1").not_governed
    assert (group.channel, group.team, group.conversations, group.examples) == (
        "email",
        "mail",
        2,
        ("c4", "c6"),
    )


def test_the_table_says_what_the_summary_says(tmp_path: Path) -> None:
    """DuckDB counts the same verdicts in the Parquet as the run counted while it went by."""
    summary = run(tmp_path / "r1")
    query = "SELECT clause, verdict, count(*) FROM verdicts GROUP BY ALL ORDER BY ALL"
    expected = [
        (tally.clause, verdict, count)
        for tally in summary.clauses
        for verdict, count in tally.counts.as_dict().items()
        if count
    ]
    assert rows(tmp_path / "r1", query) == sorted(expected)


def test_the_table_has_the_promised_columns(tmp_path: Path) -> None:
    """Names and types are a contract with whoever reads the Parquet."""
    run(tmp_path / "r1")
    columns = rows(tmp_path / "r1", "DESCRIBE verdicts")
    assert [(name, kind) for name, kind, *_ in columns] == [
        ("conversation_id", "VARCHAR"),
        ("source", "VARCHAR"),
        ("channel", "VARCHAR"),
        ("team", "VARCHAR"),
        ("agent", "VARCHAR"),
        ("opened_at", "TIMESTAMP WITH TIME ZONE"),
        ("sop", "VARCHAR"),
        ("version", "VARCHAR"),
        ("clause", "VARCHAR"),
        ("check", "VARCHAR"),
        ("code", "VARCHAR"),
        ("verdict", "VARCHAR"),
        ("severity", "VARCHAR"),
        ("class", "VARCHAR"),
        ("weight", "DOUBLE"),
        ("message_ids", "VARCHAR[]"),
        ("spans", 'STRUCT(message VARCHAR, "start" INTEGER, "end" INTEGER)[]'),
        ("words", "VARCHAR[]"),
        ("reason", "VARCHAR"),
        ("confidence", "DOUBLE"),
        ("pack_version", "VARCHAR"),
    ]


def test_rows_stand_in_the_order_of_reading(tmp_path: Path) -> None:
    """Conversations as they were read, clauses as they were judged, spans as they were found."""
    run(tmp_path / "r1")
    stored = rows(tmp_path / "r1", "SELECT conversation_id, clause, message_ids, spans FROM verdicts")
    assert [row[0] for row in stored] == [id_ for id_ in ("c1", "c2", "c3", "c5") for _ in range(3)]
    assert [row[1] for row in stored[:3]] == ["greet", "first-reply", "clean"]
    assert stored[5][2:] == (
        ["m4", "m6"],
        [{"message": "m4", "start": 12, "end": 18}, {"message": "m6", "start": 8, "end": 14}],
    )


def test_the_moment_of_a_conversation_is_kept_in_universal_time(tmp_path: Path) -> None:
    """Nine o'clock in Jakarta is two o'clock UTC."""
    run(tmp_path / "r1")
    (moment,) = rows(tmp_path / "r1", "SELECT min(epoch(opened_at)) FROM verdicts")
    first = next(iter(conversations())).started_at()
    assert first is not None
    assert moment == (first.timestamp(),)


def test_a_finding_can_be_understood_by_itself(tmp_path: Path) -> None:
    """It names clause and version, the words, and two messages before and after them."""
    run(tmp_path / "r1")
    finding = lines(tmp_path / "r1/findings.jsonl")[2]
    assert finding["conversation"] == "c2"
    assert (finding["sop"], finding["version"], finding["clause"], finding["clause_number"]) == (
        "cs-kecil", "1.0", "clean", "6.1",
    )  # fmt: skip
    assert finding["severity"] == "critical"
    assert finding["message_ids"] == ["m4", "m6"]
    assert finding["words"] == ["goblok", "goblok"]
    assert finding["customers"] == ["Sari"]
    context = finding["context"]
    assert isinstance(context, list)
    assert [said["id"] for said in context] == ["m2", "m3", "m4", "m5", "m6", "m7"]
    assert (context[2]["role"], context[2]["author"]) == ("agent", "Doni")
    assert context[2]["at"] == "2026-01-05T10:09:00+07:00"


def test_nothing_set_aside_is_lost(tmp_path: Path) -> None:
    """A record that could not be read is kept with file, position, reason and what there was of it."""
    summary = run(tmp_path / "r1")
    (kept,) = lines(tmp_path / "r1/set_aside.jsonl")
    assert kept == {
        "source": "web.jsonl",
        "position": "line 4",
        "code": "CAN101",
        "reason": "not JSON: unexpected end of data",
        "hint": "export the file again",
        "excerpt": BROKEN.excerpt,
    }
    assert summary.set_aside_by_code == {"CAN101": 1}


def test_two_runs_give_the_same_bytes(tmp_path: Path) -> None:
    """Same input, SOPs and pack: every file is the same, and the summary but for the run's name."""
    run(tmp_path / "a" / "night")
    run(tmp_path / "b" / "night")
    for name in FILES:
        assert (tmp_path / "a/night" / name).read_bytes() == (tmp_path / "b/night" / name).read_bytes()


def test_many_batches_lose_no_row(tmp_path: Path) -> None:
    """More rows than one batch holds are all there, in order."""
    first = next(iter(conversations()))
    many = (Conversation(id=f"x{n:05}", channel="livechat", messages=first.messages) for n in range(17_000))
    summary = run(tmp_path / "big", many)
    counted = rows(tmp_path / "big", "SELECT count(*), count(DISTINCT conversation_id) FROM verdicts")
    assert counted == [(51_000, 17_000)]
    assert summary.totals.verdicts == 51_000


def test_no_reading_at_all_is_a_run_too(tmp_path: Path) -> None:
    """An empty export gives an empty table with its columns, not a missing file."""
    summary = run(tmp_path / "empty", iter(()))
    assert summary.totals.read == 0
    assert sorted(path.name for path in (tmp_path / "empty").iterdir()) == FILES
    assert rows(tmp_path / "empty", "SELECT count(*) FROM verdicts") == [(0,)]


def test_diagnostics_that_arrive_while_reading_are_told(tmp_path: Path) -> None:
    """The list may still grow while the readings stream; it stands in the summary in reading order."""
    told: list[Diagnostic] = []

    def readings() -> Iterator[Reading]:
        told.extend(
            Diagnostic(code="X", level=Level.NOTE, span=Span(file="a.txt", line=line), message="no clock")
            for line in (9, 3)
        )
        yield from conversations()

    summary = run_check(
        readings(), SmallChecker(), folder=tmp_path / "r", run_id="r", started_at=STARTED_AT,
        pack_version="p", sops={}, diagnostics=told,
    )  # fmt: skip
    assert [each.span.line for each in summary.diagnostics] == [3, 9]


def test_progress_is_told_after_every_batch(tmp_path: Path) -> None:
    """Whoever watches sees records, those set aside, and findings grow."""
    seen: list[Progress] = []
    run_check(
        evening(), SmallChecker(), folder=tmp_path / "r", run_id="r", started_at=STARTED_AT,
        pack_version="p", sops={}, progress=seen.append, batch_size=2,
    )  # fmt: skip
    assert [each.read for each in seen] == [2, 4, 6, 7]
    assert seen[-1] == Progress(read=7, set_aside=1, findings=4, messages=21)


class Crash:
    """A checker with a bug that shows on one conversation."""

    def judge(self, conversation: Conversation) -> tuple[Judgement, ...]:
        """Return verdicts, but for c3."""
        if conversation.id == "c3":
            message = "a bug"
            raise ZeroDivisionError(message)
        return SmallChecker().judge(conversation)


def test_a_checker_that_raises_ends_the_run_and_leaves_nothing(tmp_path: Path) -> None:
    """A conversation left out in silence would be a wrong total."""
    with pytest.raises(ZeroDivisionError):
        run(tmp_path / "r1", checker=Crash())
    assert list(tmp_path.iterdir()) == []


def test_a_failed_run_leaves_the_earlier_one_as_it_was(tmp_path: Path) -> None:
    """The folder is whole or absent at every moment."""
    run(tmp_path / "r1")
    before = {path.name: path.read_bytes() for path in (tmp_path / "r1").iterdir()}
    with pytest.raises(ZeroDivisionError):
        run(tmp_path / "r1", checker=Crash())
    assert {path.name: path.read_bytes() for path in (tmp_path / "r1").iterdir()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["r1"]


def test_a_later_run_replaces_the_earlier_one_whole(tmp_path: Path) -> None:
    """A report of the earlier run goes with it: it would tell of results that are gone."""
    run(tmp_path / "r1")
    (tmp_path / "r1/report.html").write_text("old", encoding="utf-8")
    assert run(tmp_path / "r1", iter(list(conversations())[:1])).totals.read == 1
    assert sorted(path.name for path in (tmp_path / "r1").iterdir()) == FILES


def test_a_folder_that_holds_something_else_is_refused(tmp_path: Path) -> None:
    """Results never replace what sopgen did not write."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/thesis.txt").write_text("irreplaceable", encoding="utf-8")
    with pytest.raises(StorageError) as refused:
        run(tmp_path / "mine")
    assert refused.value.code == "STO103"
    assert (tmp_path / "mine/thesis.txt").read_text(encoding="utf-8") == "irreplaceable"


def test_two_runs_cannot_write_one_folder(tmp_path: Path) -> None:
    """The second is told to wait; the first ends well."""

    def meddling() -> Iterator[Reading]:
        with pytest.raises(StorageError) as refused:
            run(tmp_path / "r1")
        assert refused.value.code == "STO104"
        yield from evening()

    assert run(tmp_path / "r1", meddling()).totals.read == 7


def test_runs_that_begin_and_end_at_once_do_not_disturb_each_other(tmp_path: Path) -> None:
    """Each writes its run whole or is told to wait; none finds its draft or its results gone."""

    def write(place: int) -> list[str]:
        told = []
        for _ in range(60):
            try:
                with new_run_folder(tmp_path / "r1") as draft:
                    (draft / SUMMARY).write_text(str(place), encoding="utf-8")
            except StorageError as error:
                told.append(error.code)
        return told

    with ThreadPoolExecutor(max_workers=3) as threads:
        told = [code for codes in threads.map(write, range(3)) for code in codes]
    assert set(told) <= {"STO104"}
    assert len(told) < 180
    assert [path.name for path in tmp_path.iterdir()] == ["r1"]
    assert [path.name for path in (tmp_path / "r1").iterdir()] == [SUMMARY]


def test_what_a_killed_run_left_does_not_matter(tmp_path: Path) -> None:
    """The next run sweeps the remains and writes its own."""
    remains = tmp_path / ".r1.part"
    (remains / "folder").mkdir(parents=True)
    (remains / "verdicts.parquet").write_bytes(b"half")
    (remains / "stray.txt").write_bytes(b"half")
    run(tmp_path / "r1")
    assert sorted(path.name for path in (tmp_path / "r1").iterdir()) == FILES
    assert [path.name for path in tmp_path.iterdir()] == ["r1"]


FILL = """
import resource, signal, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from small_checker import run
from sopgen.base.errors import StorageError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, 2_000))
try:
    run(Path(sys.argv[1]))
except StorageError as error:
    print(error.code, bool(error.hint))
"""


def test_a_full_disk_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    """When no more bytes fit, the run says so and leaves nothing half-written."""
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[1] != 0
    told = subprocess.run(
        [sys.executable, "-c", FILL, str(tmp_path / "r1"), str(Path(__file__).parent)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert told.stdout == "STO101 True\n"
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    """A file where a folder is wanted cannot hold a run."""
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StorageError) as refused:
        run(tmp_path / "file" / "r1")
    assert refused.value.code == "STO102"
    assert refused.value.hint


def test_half_characters_do_not_end_a_night(tmp_path: Path) -> None:
    """A lone surrogate, which no UTF-8 file can hold, is written as a question mark everywhere."""
    message = Message(id="m\ud800", at=None, role=Role.AGENT, author="\udfff", text="goblok \ud83d")
    odd = Conversation(id="c\ud800", channel="livechat", messages=(message,), source="s\udc00")
    summary = run(tmp_path / "odd", iter((odd,)))
    (finding, *_) = lines(tmp_path / "odd/findings.jsonl")
    assert finding["conversation"] == "c?"
    assert rows(tmp_path / "odd", "SELECT DISTINCT conversation_id FROM verdicts") == [("c?",)]
    assert summary.totals.findings == 2


def test_memory_does_not_grow_with_channels(tmp_path: Path) -> None:
    """An export with a channel per conversation is told as 200 pairs and the rest as one."""
    strange = (Conversation(id=f"x{n}", channel="email", team=f"t{n}", messages=()) for n in range(500))
    groups = run(tmp_path / "r", strange).not_governed
    assert len(groups) == 201
    assert groups[0].channel == "*"
    assert groups[0].conversations == 300
    assert len(groups[0].examples) == 10
    assert os.listdir(tmp_path) == ["r"]  # noqa: PTH208
