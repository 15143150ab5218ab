"""A batch of readings judged, in the form in which it is stored.

Whoever judges also gathers: rows of tables and lines of files are made where the work is shared, so that the
one who writes only puts them one after the other, and little has to travel.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sopgen.compliance.model import Judgement
from sopgen.conversation.model import Conversation, Reading, SetAside
from sopgen.runs.conversation_table import COLUMNS as CONVERSATION_COLUMNS
from sopgen.runs.conversation_table import Checked, checked_of
from sopgen.runs.finding import Finding, findings_of, write_finding
from sopgen.runs.fingerprint import fingerprint_of
from sopgen.runs.judge import Judge, examine_all, prepare
from sopgen.runs.lines import json_line
from sopgen.runs.table import record_batch
from sopgen.runs.tally import Counts
from sopgen.runs.transcript import COLUMNS as TRANSCRIPT_COLUMNS
from sopgen.runs.transcript import Kept, kept_of
from sopgen.runs.verdict_table import COLUMNS as VERDICT_COLUMNS


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheaf:
    """What a batch comes to, in the order of its readings.

    `verdicts`, `conversations` and `transcripts` are Arrow record batches, `findings` and `set_aside` lines
    of JSON.
    """

    verdicts: Any
    conversations: Any
    transcripts: Any
    findings: tuple[bytes, ...]
    set_aside: tuple[bytes, ...]
    counts: Counts


def gather(readings: Iterable[Reading], checker: Judge) -> Sheaf:
    """Return the readings judged. What the checker raises passes through."""
    together = list(readings)
    conversations = [each for each in together if isinstance(each, Conversation)]
    aside = [each for each in together if isinstance(each, SetAside)]
    prepare(conversations, checker)
    checked = list(map(checked_of, conversations, examine_all(conversations, checker)))
    counts = Counts()
    for record in aside:
        counts.put_aside(record)
    for each in checked:
        counts.check(each.conversation, governed=bool(_judgements(each)), broken=bool(each.failed))
    judgements = [judgement for each in checked for judgement in _judgements(each)]
    counts.count(judgements)
    findings, transcripts = _broken(checked)
    return Sheaf(
        verdicts=record_batch(VERDICT_COLUMNS, judgements),
        conversations=record_batch(CONVERSATION_COLUMNS, checked),
        transcripts=record_batch(TRANSCRIPT_COLUMNS, transcripts),
        findings=tuple(json_line(_finding_record(each)) for each in findings),
        set_aside=tuple(json_line(_set_aside_record(each)) for each in aside),
        counts=counts,
    )


def _broken(checked: Iterable[Checked]) -> tuple[list[Finding], list[Kept]]:
    """Return the findings in their order, and what was said where there are any."""
    findings: list[Finding] = []
    transcripts: list[Kept] = []
    for each in checked:
        if not each.failed:
            continue
        findings += findings_of(each.conversation, each.failed, each.names)
        evidence = (shown for judgement in each.failed for shown in judgement.evidence)
        transcripts.append(kept_of(each.conversation, evidence, each.names))
    return findings, transcripts


def _finding_record(finding: Finding) -> dict[str, Any]:
    return write_finding(finding) | {"fingerprint": fingerprint_of(finding)}


def _judgements(checked: Checked) -> tuple[Judgement, ...]:
    return checked.examination.judgements


def _set_aside_record(record: SetAside) -> dict[str, str]:
    return {name: getattr(record, name) for name in SetAside.__slots__}
