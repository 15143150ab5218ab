"""The report that stands beside a run's results: what is new, and what moved since earlier runs."""

from pathlib import Path
from shlex import quote

from sopgen.base.errors import StorageError
from sopgen.cli.stored import runs_before
from sopgen.quality.known import Known
from sopgen.quality.report import write_report
from sopgen.runs.store import open_run

SITE = Path("site")
"""Where `sopgen build` puts the manuals, in the folder that holds `runs`."""

_UNWRITTEN = ("STO101", "STO102")


def write_own_report(folder: Path, known: Known) -> Path:
    """Return QA's report of a run, written into its folder, and compared with the runs beside it.

    StorageError: STO101, STO102, STO201, STO202, MSK101. Where only the report could not be written, the hint
    says that the results are there, and how to write it alone.
    """
    try:
        return write_report(
            folder,
            language=open_run(folder).summary.language,
            manual_url=manual_url(folder),
            history=runs_before(folder),
            known=known,
        )
    except StorageError as error:
        if error.code not in _UNWRITTEN:
            raise
        raise StorageError(error.code, error.message, hint=_alone(folder)) from error


def _alone(folder: Path) -> str:
    return f"make room, or the folder writable; the results are whole: sopgen report {quote(str(folder))}"


def manual_url(folder: Path) -> str | None:
    """Return where the manuals lie as seen from a run's folder, or None when none were built there."""
    built = (folder.parent.parent / SITE / "index.html").is_file()
    return f"../../{SITE}" if built else None
