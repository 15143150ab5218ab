"""`verdicts.parquet`: one row per conversation and bound clause. The columns are a literal one can read."""

from operator import attrgetter
from pathlib import Path

import pyarrow as pa

from sopgen.compliance.model import Judgement
from sopgen.runs.table import INSTANT, Column, Table

_SPAN = pa.struct([("message", pa.string()), ("start", pa.int32()), ("end", pa.int32())])


WORDS_LENGTH = 240
"""Characters of one piece of evidence that a row keeps; findings keep more (our decision, 2026-11-22)."""

MOST_WORDS = 3
"""Pieces of evidence whose words a row keeps."""


def _words(judgement: Judgement) -> list[str]:
    return [each.text[:WORDS_LENGTH] for each in judgement.evidence[:MOST_WORDS]]


def _message_ids(judgement: Judgement) -> list[str]:
    return list(dict.fromkeys([each.message for each in judgement.evidence]))


def _spans(judgement: Judgement) -> list[tuple[str, int, int]]:
    return [(each.message, each.start, each.end) for each in judgement.evidence]


_SUBJECT, _DEMAND, _VERDICT, _EVIDENCE = map(attrgetter, ("subject", "demand", "verdict", "evidence"))

COLUMNS: tuple[Column[Judgement], ...] = (
    Column("conversation_id", pa.string(), lambda each: each.conversation, _SUBJECT),
    Column("source", pa.string(), lambda each: each.source, _SUBJECT),
    Column("channel", pa.string(), lambda each: each.channel, _SUBJECT),
    Column("team", pa.string(), lambda each: each.team, _SUBJECT),
    Column("agent", pa.string(), lambda each: each.agent),
    Column("opened_at", INSTANT, lambda each: each.opened_at, _SUBJECT),
    Column("sop", pa.string(), lambda each: each.sop, _DEMAND),
    Column("version", pa.string(), lambda each: each.version, _DEMAND),
    Column("clause", pa.string(), lambda each: each.clause, _DEMAND),
    Column("check", pa.string(), lambda each: each.check, _DEMAND),
    Column("code", pa.string(), lambda each: each.code, _DEMAND),
    Column("verdict", pa.string(), lambda each: each.verdict.value, _VERDICT),
    Column("severity", pa.string(), lambda each: each.severity.value, _DEMAND),
    Column("class", pa.string(), lambda each: each.error_class.value, _DEMAND),
    Column("weight", pa.float64(), lambda each: each.weight, _DEMAND),
    Column("message_ids", pa.list_(pa.string()), _message_ids, _EVIDENCE),
    Column("spans", pa.list_(_SPAN), _spans, _EVIDENCE),
    Column("words", pa.list_(pa.string()), _words, _EVIDENCE),
    Column("reason", pa.string(), lambda each: each.reason),
    Column("confidence", pa.float64(), lambda each: each.confidence),
    Column("pack_version", pa.string(), lambda each: each.pack_version, _DEMAND),
)
"""The columns in their order. `opened_at` is in UTC; `message_ids` holds each message of the evidence once,
`spans` every piece of it as a half-open range of characters, `words` the beginnings of the first of them: of
a pass too, so that what was said well can be shown."""


def new_verdict_table(path: Path) -> Table:
    """Return an empty verdict table, to be filled inside a `with` block."""
    return Table(path, COLUMNS)
