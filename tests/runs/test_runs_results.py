"""Stored runs are one database: views of what the runs wrote, and of the newest apart."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest
from small_checker import STARTED_AT, SmallChecker, conversations, evening, run

from sopgen.base.errors import StorageError
from sopgen.conversation.model import Conversation, Reading
from sopgen.quality.figure.scope import lay_out
from sopgen.quality.figure.standing import sort_out
from sopgen.runs.check import run_check
from sopgen.runs.results import open_results


def later(folder: Path, readings: Iterator[Reading], hours: int) -> None:
    """Store a run that began so many hours after the first one."""
    run_check(
        readings,
        SmallChecker(),
        folder=folder,
        run_id=folder.name,
        started_at=STARTED_AT + timedelta(hours=hours),
        pack_version="small-1",
        sops={"cs-kecil": ["1.0"]},
    )


def moved(conversation: Conversation, by: timedelta) -> Conversation:
    """Return the conversation with all its times moved."""
    messages = tuple(replace(each, at=each.at and each.at + by) for each in conversation.messages)
    opened = conversation.opened_at and conversation.opened_at + by
    return replace(conversation, opened_at=opened, messages=messages)


def test_every_view_holds_the_rows_of_every_run(tmp_path: Path) -> None:
    """Counts are those of the summaries; runs are numbered by their start, in whatever order named."""
    run(tmp_path / "r1")
    later(tmp_path / "r2", evening(), 1)
    with open_results([tmp_path / "r2", tmp_path / "r1"]) as results:
        told = results.rows(
            "SELECT run, run_id, verdicts, findings, checked, set_aside FROM runs ORDER BY run"
        )
        counted = results.rows("""
            SELECT run, run_id, (SELECT count(*) FROM verdicts v WHERE v.run = runs.run),
                   (SELECT count(*) FROM findings f WHERE f.run = runs.run),
                   (SELECT count(*) FROM conversations c WHERE c.run = runs.run),
                   (SELECT count(*) FROM set_aside s WHERE s.run = runs.run)
            FROM runs ORDER BY run""")
    assert [row[:2] for row in told] == [(1, "r1"), (2, "r2")]
    assert counted == told


def test_clauses_stand_in_reading_order(tmp_path: Path) -> None:
    """4.2 comes before 4.10, each clause once however many runs know it."""
    run(tmp_path / "r1")
    later(tmp_path / "r2", evening(), 1)
    with open_results([tmp_path / "r1", tmp_path / "r2"]) as results:
        numbers = results.rows("SELECT number FROM clauses ORDER BY position")
    assert numbers == [("4.2",), ("4.10",), ("6.1",)]


def test_the_newest_run_of_a_conversation_counts(tmp_path: Path) -> None:
    """A conversation that comes again, from another file, is counted once, as it is now."""
    first, *_ = conversations()
    run(tmp_path / "r1")
    shorter = replace(first, source="again.jsonl", messages=first.messages[:1])
    later(tmp_path / "r2", iter([shorter]), 1)
    with open_results([tmp_path / "r1", tmp_path / "r2"]) as results:
        sources = results.rows("""
            SELECT conversation_id, source FROM latest_conversations
            ORDER BY conversation_id""")
        verdicts = results.rows(
            "SELECT verdict FROM latest_verdicts WHERE conversation_id = 'c1' ORDER BY clause"
        )
        (all_rows,) = results.rows("SELECT count(*) FROM conversations")
    assert sources[0] == ("c1", "again.jsonl")
    assert [each for each, _ in sources] == ["c1", "c2", "c3", "c4", "c5", "c6"]
    assert verdicts == [("pass",), ("undecided",), ("na",)]
    assert all_rows == (7,)


def test_a_later_run_corrects_the_channel(tmp_path: Path) -> None:
    """The same source, id and beginning is the same conversation, in whatever time zone."""
    first, *_ = conversations()
    wrong = replace(first, channel="livechat" if first.channel == "whatsapp" else "whatsapp")
    run(tmp_path / "r1", iter([wrong]))
    later(tmp_path / "r2", iter([moved(first, timedelta(hours=-7))]), 1)
    later(tmp_path / "r3", iter([replace(wrong, source="other.jsonl")]), 2)
    told = "SELECT run, channel FROM {} GROUP BY ALL ORDER BY ALL"
    with open_results([tmp_path / "r1", tmp_path / "r2"]) as results:
        for view in ("latest_conversations", "latest_verdicts"):
            assert results.rows(told.format(view)) == [(2, first.channel)]
        assert results.rows("SELECT count(*) FROM conversations") == [(2,)]
        assert lay_out(results).conversations == 1
        assert results.rows("SELECT DISTINCT run FROM counted") == [(2,)]
        sort_out(results, None)
        assert results.rows("SELECT count(*) FROM found WHERE run = 1") == [(0,)]
    with open_results([tmp_path / "r1", tmp_path / "r3"]) as results:
        assert results.rows(told.format("latest_conversations")) == [(2, wrong.channel)]


def test_another_conversation_of_the_same_id_is_not_corrected_away(tmp_path: Path) -> None:
    """Files of one name may count from one on two channels: a conversation that began otherwise stays."""
    first, *_ = conversations()
    begun = replace(first, channel="email")
    run(tmp_path / "r1", iter([first]))
    for number, by in enumerate((timedelta(days=1, seconds=17), timedelta(days=3)), 2):
        later(tmp_path / f"r{number}", iter([moved(begun, by)]), 1)
        with open_results([tmp_path / "r1", tmp_path / f"r{number}"]) as results:
            assert results.rows("SELECT count(*) FROM latest_conversations") == [(2,)]
            assert results.rows("SELECT count(*) > 0 FROM latest_verdicts WHERE run = 1") == [(True,)]


def test_same_ids_in_two_sources_of_a_run_stay_two(tmp_path: Path) -> None:
    """Platforms count from one: in one run an id is only unique within its source."""
    first, *_ = conversations()
    run(tmp_path / "r1", iter([first, replace(first, source="other.txt")]))
    with open_results([tmp_path / "r1"]) as results:
        assert results.rows("SELECT count(*) FROM latest_conversations") == [(2,)]
        assert results.rows("SELECT count(*) FROM latest_verdicts") == [(6,)]


def test_a_run_without_anything_has_views_too(tmp_path: Path) -> None:
    """Empty files are results: no row, and every column."""
    run(tmp_path / "r1", iter(()))
    with open_results([tmp_path / "r1"]) as results:
        for view in ("verdicts", "conversations", "findings", "set_aside", "latest_verdicts"):
            assert results.rows(f"SELECT count(*) FROM {view}") == [(0,)]  # noqa: S608 - names of ours


def test_findings_and_records_set_aside_keep_their_words(tmp_path: Path) -> None:
    """Lists stay lists; what was said stays as it was said."""
    run(tmp_path / "r1")
    with open_results([tmp_path / "r1"]) as results:
        found = results.rows("SELECT words, spans[1].message FROM findings WHERE \"check\" = 'no-profanity'")
        aside = results.rows("SELECT code, position FROM set_aside")
    assert found == [(["goblok", "goblok"], "m4")]
    assert aside == [("CAN101", "line 4")]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM read_csv('/etc/hostname')",
        "SELECT * FROM read_parquet('{other}/verdicts.parquet')",
        "COPY (SELECT 1) TO '{other}/new.csv'",
        "SET enable_external_access = true",
        "INSTALL httpfs",
        "ATTACH '{other}/new.db'",
    ],
)
def test_nothing_but_the_runs_can_be_reached(tmp_path: Path, query: str) -> None:
    """No other file is read or written, no setting is changed, no extension is fetched."""
    run(tmp_path / "r1")
    run(tmp_path / "r2")
    with open_results([tmp_path / "r1"]) as results, pytest.raises(duckdb.Error):
        results.connection.execute(query.format(other=tmp_path / "r2"))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("verdicts.parquet", None),
        ("conversations.parquet", None),
        ("conversations.parquet", b"PAR1 but not really"),
        ("findings.jsonl", b'{"conversation": '),
    ],
)
def test_damaged_results_are_refused(tmp_path: Path, name: str, content: bytes | None) -> None:
    """A missing or cut file is told with its run; nothing is guessed."""
    run(tmp_path / "r1")
    if content is None:
        (tmp_path / "r1" / name).unlink()
    else:
        (tmp_path / "r1" / name).write_bytes(content)
    with pytest.raises(StorageError) as refused, open_results([tmp_path / "r1"]) as results:
        results.rows("SELECT count(*), count(conversation) FROM findings")
    assert refused.value.code == "STO202"
    assert "r1" in refused.value.message


@pytest.mark.parametrize("name", ["it's", "a*", "[a]b", "what?", "-- x"])
def test_names_of_folders_are_data(tmp_path: Path, name: str) -> None:
    """Neither SQL nor a pattern of names is read in them."""
    run(tmp_path / name / "r1")
    run(tmp_path / "axb" / "r1")
    with open_results([tmp_path / name / "r1"]) as results:
        assert results.rows("SELECT count(*) FROM conversations") == [(6,)]
