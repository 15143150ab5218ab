"""One row per checked conversation, with what reports count of it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from small_checker import conversations, run

from sopgen.conversation.model import Conversation
from sopgen.runs.conversation_table import BATCH_ROWS, COLUMNS


def rows_of(folder: Path) -> list[dict[str, Any]]:
    """Return the rows of a run's table of conversations."""
    rows: list[dict[str, Any]] = pq.read_table(folder / "conversations.parquet").to_pylist()
    return rows


def test_every_checked_conversation_has_a_row_governed_or_not(tmp_path: Path) -> None:
    """Records that were set aside have none; the columns are those that are told."""
    run(tmp_path / "r1")
    rows = rows_of(tmp_path / "r1")
    assert [row["conversation_id"] for row in rows] == ["c1", "c2", "c3", "c4", "c5", "c6"]
    assert tuple(rows[0]) == tuple(column.name for column in COLUMNS)
    assert [row["sops"] for row in rows[2:4]] == [[{"sop": "cs-kecil", "version": "1.0"}], []]


def test_a_row_tells_who_said_how_much_and_how_long_people_waited(tmp_path: Path) -> None:
    """Names are as said; a wait that nobody ended counts nowhere."""
    run(tmp_path / "r1")
    first, second, *_, alone, _ = rows_of(tmp_path / "r1")
    assert (first["customer"], first["agents"], first["closed"]) == ("Budi Santoso", ["Rina"], True)
    assert (first["customer_messages"], first["agent_messages"], first["messages"]) == (2, 2, 5)
    assert (first["first_response_seconds"], first["resolution_seconds"]) == (60, 180)
    assert (second["responses"], second["first_response_seconds"]) == (2, 540)
    assert (second["mean_response_seconds"], second["median_response_seconds"]) == (300, 300)
    assert (alone["responses"], alone["first_response_seconds"], alone["mean_response_seconds"]) == (
        0,
        None,
        None,
    )
    assert second["business_hours"] is False


def test_days_are_those_of_the_people_who_wrote(tmp_path: Path) -> None:
    """A chat after midnight in Jakarta stays on its day, though UTC is a day behind."""
    first, *_ = conversations()
    midnight = datetime.fromisoformat("2026-11-03T00:30:00+07:00")
    run(tmp_path / "r1", iter([replace(first, opened_at=midnight)]))
    (row,) = rows_of(tmp_path / "r1")
    assert row["opened_on_the_wall"] == datetime(2026, 11, 3, 0, 30)  # noqa: DTZ001 - what the wall shows
    assert row["opened_at"] == datetime(2026, 11, 2, 17, 30, tzinfo=UTC)


def test_more_conversations_than_are_held_are_all_written(tmp_path: Path) -> None:
    """Whole batches and the rest, in their order."""
    first, *_ = conversations()
    count = BATCH_ROWS + 7

    def many() -> list[Conversation]:
        opened = datetime(2026, 11, 3, tzinfo=UTC)
        return [replace(first, id=f"n{n}", opened_at=opened + timedelta(seconds=n)) for n in range(count)]

    run(tmp_path / "r1", iter(many()))
    assert [row["conversation_id"] for row in rows_of(tmp_path / "r1")] == [f"n{n}" for n in range(count)]
