"""A project with an inbox, for the tests of nights: chats are written, nights spent, totals read."""

import json
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from sopgen.cli.main import run

CASES = Path(__file__).parent / "cases"
CONFIG = """\
[nightly]
settle = "0s"

[[nightly.inbox]]
name = "chats"
path = "inbox"
"""


def chat(number: int, *, customer: str = "", day: int = 2, said: str = "", more: int = 0) -> dict[str, Any]:
    """Return a conversation in canonical form; every third agent forgets to greet."""
    name = customer or f"Pelanggan {number}"
    greeting = "kenapa?" if number % 3 == 0 else "Halo Kak, ada yang bisa kami bantu?"
    at = f"2026-03-{day:02}T09"
    messages = [
        _message(
            1, f"{at}:00:00", "customer", name, said or f"halo kak, pesanan nomor {number} sampai mana ya"
        ),
        _message(2, f"{at}:00:40", "agent", "Rina", greeting),
        _message(3, f"{at}:03:00", "customer", name, "terima kasih kak"),
    ]
    messages += [
        _message(4 + each, f"{at}:{10 + each}:00", "customer", name, "halo, masih ada orang?")
        for each in range(more)
    ]
    return {"id": f"K-{number}", "channel": "livechat", "team": "cs", "messages": messages}


def _message(number: int, at: str, role: str, author: str, text: str) -> dict[str, Any]:
    return {
        "id": str(number),
        "at": f"{at}+07:00",
        "role": role,
        "author": author,
        "kind": "text",
        "text": text,
    }


@dataclass
class NightProject:
    """A project in a folder; `capsys` reads what a call prints."""

    folder: Path
    capsys: Any = None
    config: str = CONFIG
    names: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        shutil.copytree(CASES / "sops", self.folder / "sop_sources")
        (self.folder / "inbox").mkdir()
        self.configure(self.config)

    def configure(self, text: str) -> None:
        """Write `sopgen.toml`."""
        (self.folder / "sopgen.toml").write_text(text, encoding="utf-8")

    def put(self, name: str, chats: Iterable[dict[str, Any]], folder: str = "inbox") -> Path:
        """Write an export into the inbox."""
        path = self.folder / folder / name
        path.write_text("".join(json.dumps(each) + "\n" for each in chats), encoding="utf-8")
        return path

    def night(self, *arguments: str, status: int = 0) -> dict[str, Any]:
        """Return what a night tells programs; its exit status must be `status`."""
        self.capsys.readouterr()
        found = run(["nightly", "--config", str(self.folder / "sopgen.toml"), "--json", *arguments])
        told = self.capsys.readouterr()
        self.err = told.err
        assert found == status, told.err
        return json.loads(told.out) if told.out else {}

    @property
    def runs(self) -> list[Path]:
        """Return the folders of the runs, oldest first."""
        return sorted((self.folder / "output/runs").glob("[!.]*"))

    def latest(self) -> list[tuple[Any, ...]]:
        """Return the latest verdicts of every conversation, from the results by day."""
        return rows(self.folder / "output/results/verdicts/*/*.parquet")


def rows(
    pattern: Path, columns: str = "conversation_id, sop, version, clause, verdict, day"
) -> list[tuple[Any, ...]]:
    """Return rows of Parquet files that are partitioned by day, in order."""
    with duckdb.connect() as database:
        query = f"SELECT {columns} FROM read_parquet('{pattern}', hive_partitioning = true) ORDER BY ALL"  # noqa: S608
        return database.execute(query).fetchall()


def adds_up(told: dict[str, Any]) -> None:
    """Hold the totals of a night against one another, and against those of its run."""
    assert told["read"] == told["to_judge"] + told["unchanged"] + told["set_aside"]
    if told["summary"]:
        totals = told["summary"]["totals"]
        assert totals["read"] == totals["checked"] + totals["unchanged"] + totals["set_aside"]
        assert totals["read"] == told["read"]
