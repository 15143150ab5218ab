"""A stream of readings judged and stored: the one verb of this folder."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sopgen.base.diagnostic import Diagnostic
from sopgen.conversation.model import Reading
from sopgen.runs.collector import seldom_collecting
from sopgen.runs.conversation_table import new_conversation_table
from sopgen.runs.folder import SUMMARY, new_run_folder
from sopgen.runs.judge import Judge
from sopgen.runs.lines import LinesFile
from sopgen.runs.sheaf import Sheaf
from sopgen.runs.summary import RunSummary
from sopgen.runs.summary_form import write_summary
from sopgen.runs.table import Table
from sopgen.runs.tally import Progress, Tally
from sopgen.runs.transcript import new_transcript_table
from sopgen.runs.trouble import storing
from sopgen.runs.verdict_table import new_verdict_table
from sopgen.runs.worker import BATCH_SIZE, Engine, Judged, judged

VERDICTS = "verdicts.parquet"
CONVERSATIONS = "conversations.parquet"
FINDINGS = "findings.jsonl"
TRANSCRIPTS = "transcripts.parquet"
SET_ASIDE = "set_aside.jsonl"


def run_check(
    readings: Iterable[Reading],
    checker: Judge,
    *,
    folder: Path,
    run_id: str,
    started_at: datetime,
    pack_version: str,
    sops: Mapping[str, Sequence[str]],
    diagnostics: Sequence[Diagnostic] = (),
    progress: Callable[[Progress], None] = lambda _: None,
    workers: int = 1,
    batch_size: int = BATCH_SIZE,
    unchanged: int = 0,
    erased: Callable[[], int] = lambda: 0,
    enclose: Callable[[Path], None] = lambda _: None,
    engine: Engine = judged,
) -> RunSummary:
    """Return what judging the readings came to, its results stored in `folder`, which is whole or absent.

    `folder` is the run's own, such as `output/runs/<run id>`. `sops` gives the versions of each SOP that the
    checker holds, oldest first. `diagnostics` may be a list that still grows while the readings are read: it
    is looked at after the last. `progress` is called after every batch. `engine` is who judges: `workers`
    processes, batches of `batch_size` readings each; none of it changes a byte of the results. `unchanged`
    are conversations that were read, found as an earlier run judged them, and are not among the readings.
    `erased` is asked after the last reading how many were left out, being of people who were erased.
    `enclose` is called with the folder while it is still hidden: what it writes there appears together with
    the rest.

    StorageError: STO101 to STO104. MachineError: RUN101. An exception of the readings or the checker passes
    through, and leaves no folder behind.
    """
    tally = Tally()
    with new_run_folder(folder) as draft:
        stream = engine(readings, checker, workers=workers, batch_size=batch_size)
        with closing(stream), seldom_collecting():
            read = _take_all(stream, draft, tally, progress)
        summary = tally.summary(
            read=read + unchanged,
            unchanged=unchanged,
            erased=erased(),
            run_id=run_id,
            started_at=started_at,
            pack_version=pack_version,
            sops=sops,
            diagnostics=diagnostics,
        )
        with storing(draft / SUMMARY):
            (draft / SUMMARY).write_bytes(write_summary(summary))
        enclose(draft)
    return summary


@dataclass(frozen=True, slots=True, kw_only=True)
class _Files:
    """The files that grow while a run goes by; they must end with as many records as were counted."""

    verdicts: Table
    conversations: Table
    transcripts: Table
    findings: LinesFile
    set_aside: LinesFile


@contextmanager
def _new_files(draft: Path) -> Iterator[_Files]:
    with (
        new_verdict_table(draft / VERDICTS) as verdicts,
        new_conversation_table(draft / CONVERSATIONS) as conversations,
        new_transcript_table(draft / TRANSCRIPTS) as transcripts,
        LinesFile(draft / FINDINGS) as findings,
        LinesFile(draft / SET_ASIDE) as set_aside,
    ):
        yield _Files(
            verdicts=verdicts,
            conversations=conversations,
            transcripts=transcripts,
            findings=findings,
            set_aside=set_aside,
        )


def _take_all(
    stream: Iterable[Judged], draft: Path, tally: Tally, progress: Callable[[Progress], None]
) -> int:
    """Return how many readings came in, each of them stored and counted."""
    read = 0
    with _new_files(draft) as files:
        for count, sheaf in stream:
            read += count
            _take(sheaf, files)
            tally.add(sheaf.counts)
            progress(tally.progress())
    totals = tally.totals(read=read)
    assert (files.verdicts.rows, files.findings.lines) == (totals.verdicts, totals.findings)
    assert (files.set_aside.lines, files.conversations.rows) == (totals.set_aside, totals.checked)
    assert files.transcripts.rows == totals.with_findings
    return read


def _take(sheaf: Sheaf, files: _Files) -> None:
    files.verdicts.append(sheaf.verdicts)
    files.conversations.append(sheaf.conversations)
    files.transcripts.append(sheaf.transcripts)
    files.findings.write(sheaf.findings)
    files.set_aside.write(sheaf.set_aside)
