"""Conversations worked through: their findings, the gravest first, and the chat with the words marked."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson
from markupsafe import escape

from sopgen.quality.chart import stacked
from sopgen.quality.clause import Manual, clause_of_judgement
from sopgen.quality.excerpt import chat_of
from sopgen.quality.known import Known
from sopgen.quality.locale import clock, day, percent
from sopgen.quality.page import Case, Cases, Departure, Segment
from sopgen.quality.risk import Broken, chosen_cases
from sopgen.quality.veil import Veil, names_of, secrets_of
from sopgen.quality.wording import Wording
from sopgen.runs.check import FINDINGS
from sopgen.runs.finding import Finding, read_finding
from sopgen.runs.fingerprint import fingerprint_of
from sopgen.runs.results import Results
from sopgen.runs.summary import MOST_SEVERE_FIRST
from sopgen.runs.transcript import Transcript, read_transcript
from sopgen.runs.trouble import damaged

DEPARTURES_SHOWN = 12
"""Findings of one conversation that a page shows (our decision, 2026-11-22)."""

WHOLE_LENGTH = 900_000
"""Bytes of a page that whole conversations may take; the riskiest come first, and the others show what is
around their evidence (our decision, 2026-11-22)."""

MARKUP_LENGTH = 320
"""Bytes of a page that a message takes besides its words: measured, rounded up."""

Standing = Callable[[Finding], str]
"""What people have said of a finding, in the reader's language; "" of one that nobody has seen."""


def unknown(_: Finding) -> str:
    """Return nothing: nobody has said anything of any finding."""
    return ""


_TOLD = (
    "run", "source", "conversation", "channel", "team", "agent", "sop", "version", "clause", "clause_number",
    "clause_text", "check", "code", "reason", "remedy", "suggestion", "severity", "class", "weight",
    "confidence", "language", "pack_version", "spans", "words", "customers", "context", "opened_at",
)  # fmt: skip
_FINDINGS = """
    SELECT run, source, conversation, channel, team, agent, sop, version, clause, clause_number,
           clause_text, "check", code, reason, remedy, suggestion, severity, class, weight,
           confidence, language, pack_version, spans, words, customers, context,
           strftime(opened_at, '%Y-%m-%dT%H:%M:%S.%f+00:00')
    FROM findings
    JOIN (SELECT unnest($runs) AS run, unnest($sources) AS source, unnest($conversations) AS conversation)
         USING (run, source, conversation)
"""


_TRANSCRIPTS = """
    SELECT run, conversation_id, source, channel, customers, length, messages
    FROM transcripts
    JOIN (SELECT unnest($runs) AS run, unnest($sources) AS source, unnest($conversations) AS conversation_id)
         USING (run, source, conversation_id)
"""
_KEPT = ("run", "conversation_id", "source", "channel", "customers", "length", "messages")

Key = tuple[int, str, str]
"""A conversation of stored runs: the number of its run, its source, its id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Through what cases are seen: the words, the veil, the manual, and what people said of findings."""

    wording: Wording
    veil: Veil
    manual: Manual = field(default_factory=Manual)
    standing: Standing = unknown
    known: Known | None = None


def cases_of(results: Results, broken: Sequence[Broken], desk: Desk, *, limit: int) -> Cases:
    """Return at most `limit` of the conversations that have findings, worked through, the riskiest first."""
    chosen = chosen_cases(broken, limit)
    keys = [each.key for each in chosen]
    found, whole = findings_of(results, keys), _affordable(chosen, transcripts_of(results, keys))
    shown = tuple(
        _case(place, each, found[each.key], desk, whole.get(each.key))
        for place, each in enumerate(chosen, start=1)
    )
    return Cases(
        shown=shown,
        count=len(broken),
        findings=sum(each.findings for each in broken),
        findings_shown=sum(len(each.departures) for each in shown),
        query=_query(broken),
    )


def findings_of(results: Results, keys: Sequence[Key]) -> Mapping[Key, list[Finding]]:
    """Return the findings of conversations, the gravest first. StorageError: STO202."""
    found: dict[Key, list[Finding]] = {each: [] for each in keys}
    for row in _rows_of(results, _FINDINGS, keys):
        record = dict(zip(_TOLD, row, strict=True))
        record["context"] = orjson.loads(record["context"])
        try:
            found[record["run"], record["source"], record["conversation"]].append(read_finding(record))
        except (KeyError, TypeError, ValueError) as error:
            raise damaged(results.runs[record["run"] - 1].folder / FINDINGS, error) from error
    return {key: sorted(each, key=_gravity) for key, each in found.items()}


def transcripts_of(results: Results, keys: Sequence[Key]) -> Mapping[Key, Transcript]:
    """Return what was said in conversations, as far as their runs kept it."""
    records = (dict(zip(_KEPT, row, strict=True)) for row in _rows_of(results, _TRANSCRIPTS, keys))
    return {
        (record["run"], record["source"], record["conversation_id"]): read_transcript(record)
        for record in records
    }


def _rows_of(results: Results, query: str, keys: Sequence[Key]) -> list[tuple[Any, ...]]:
    if not keys:
        return []
    runs, sources, conversations = (list(each) for each in zip(*keys, strict=True))
    return results.rows(query, runs=runs, sources=sources, conversations=conversations)


def _affordable(chosen: Iterable[Broken], kept: Mapping[Key, Transcript]) -> Mapping[Key, Transcript]:
    """Return the transcripts that a page can show, of the riskiest conversations first."""
    shown: dict[Key, Transcript] = {}
    left = WHOLE_LENGTH
    for each in chosen:
        transcript = kept.get(each.key)
        if transcript is None:
            continue
        length = sum(len(escape(said.text).encode()) + MARKUP_LENGTH for said in transcript.said)
        if length <= left:
            shown[each.key] = transcript
            left -= length
    return shown


def _gravity(finding: Finding) -> tuple[object, ...]:
    judgement = finding.judgement
    severity = MOST_SEVERE_FIRST.index(judgement.severity)
    return severity, -judgement.weight, judgement.sop, judgement.clause_number, judgement.check


def _case(
    place: int, broken: Broken, findings: Sequence[Finding], desk: Desk, transcript: Transcript | None
) -> Case:
    first, shown = findings[0].judgement, findings[:DEPARTURES_SHOWN]
    names = sorted({name for finding in findings for name in names_of(finding)})
    departures = tuple(_departure(number, each, desk) for number, each in enumerate(shown, start=1))
    return Case(
        place=place,
        anchor=f"case-{place}",
        conversation=desk.veil.identifier(first.conversation, channel=first.channel, names=names),
        source=desk.veil.place(first.source, names),
        channel=desk.veil.place(first.channel),
        team=desk.veil.agent(first.team),
        agents=tuple(dict.fromkeys(each.agent for each in departures)),
        moment=_moment(findings[0], desk.wording),
        open=place == 1,
        counts=_counts(broken, desk.wording),
        departures=departures,
        more=len(findings) - len(shown),
        whole=transcript is not None,
        chat=chat_of(shown, desk.veil, desk.wording, transcript),
    )


def _departure(place: int, finding: Finding, desk: Desk) -> Departure:
    judgement, names = finding.judgement, names_of(finding)
    secrets = secrets_of(finding.context)
    return Departure(
        place=place,
        clause=clause_of_judgement(judgement, desk.manual),
        agent=desk.veil.agent(judgement.agent) or desk.wording.say("no_agent"),
        reason=desk.veil.text(judgement.reason, names, secrets),
        remedy=desk.veil.text(judgement.remedy, names),
        suggestion=judgement.suggestion,
        language=judgement.language,
        confidence=_confidence(judgement.confidence, desk.wording),
        standing=desk.standing(finding),
        fingerprint=fingerprint_of(finding),
    )


def _moment(finding: Finding, wording: Wording) -> str:
    """Return when the conversation began, on the clock of its messages."""
    told = [said.at for said in finding.context if said.at is not None]
    if not told:
        return ""
    moment = finding.judgement.opened_at or told[0]
    local = moment.astimezone(told[0].tzinfo)
    return f"{day(local, wording.language)}, {clock(local, wording.language)}"


def _counts(broken: Broken, wording: Wording) -> tuple[Segment, ...]:
    parts = (("critical", broken.critical), ("major", broken.major), ("minor", broken.minor))
    return stacked((name, wording.say(f"severity_{name}"), count) for name, count in parts if count)


def _confidence(confidence: float | None, wording: Wording) -> str:
    return "" if confidence is None or confidence >= 1 else percent(confidence, wording.language)


def _query(broken: Iterable[Broken]) -> str:
    """Return a query that finds all findings of the clause that is broken most, to be changed and pasted."""
    broken_most = Counter(clause for each in broken for clause in each.clauses).most_common(1)
    clause = broken_most[0][0].partition("/")[2] if broken_most else ""
    quoted = clause.replace("'", "''")
    return (
        "SELECT conversation, agent, reason, words\n"
        "FROM 'findings.jsonl'\n"
        f"WHERE clause = '{quoted}'"
    )  # fmt: skip
