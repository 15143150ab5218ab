"""What a project knows of its findings, and how those of a run stand."""

from pathlib import Path

from sopgen.cli.clock import now
from sopgen.cli.screen.trouble import Gathered
from sopgen.quality.known import Known, News, news_of, read_known


def project_known(sops: Path, gathered: Gathered) -> Known:
    """Return what the project whose SOPs stand in `sops` knows of its findings today. DSP101 to DSP107."""
    return read_known(sops.parent, now().date(), gathered)


def run_news(folder: Path, known: Known) -> News | None:
    """Return how the findings of a stored run stand; None where nothing is known and all are news."""
    from sopgen.runs.store import open_run  # noqa: PLC0415 -- DuckDB, and the first verdict need not wait for it

    return news_of(open_run(folder).findings(), known) if known.in_force else None
