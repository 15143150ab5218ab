"""A part of a generated month, judged once for all tests of figures, and asked straight from its files."""

import subprocess
import sys
from functools import lru_cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import duckdb

from sopgen.quality.veil import Veil

MAKE = Path(__file__).parents[2] / "scripts/month/make.py"
VEIL = Veil(key=b"k" * 32)


@lru_cache(maxsize=1)
def month() -> Path:
    """Return a folder with twelve days of exports and a run of each day."""
    folder = Path(mkdtemp(prefix="month-"))
    for more in (["--conversations", "240", "--days", "12"], ["--check"]):
        subprocess.run([sys.executable, str(MAKE), str(folder), *more], check=True, capture_output=True)
    return folder


def runs() -> list[Path]:
    """Return the folders of the month's runs."""
    return sorted((month() / "runs").iterdir())


def asked(query: str) -> list[tuple[Any, ...]]:
    """Return what DuckDB answers about the Parquet files themselves: no view, no code of reports.

    `V` stands for all verdicts, `C` for all conversations; a conversation is in one run alone.
    """
    verdicts = f"read_parquet('{month()}/runs/*/verdicts.parquet')"
    talks = f"read_parquet('{month()}/runs/*/conversations.parquet')"
    return duckdb.sql(
        query.replace("FROM V", f"FROM {verdicts} V").replace("FROM C", f"FROM {talks} C")
    ).fetchall()
