"""The findings that people decided about, found again in stored runs with all that was said around them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sopgen.conversation.model import Conversation, Message
from sopgen.quality.casework import Key, findings_of, transcripts_of
from sopgen.quality.disposition import Disposition
from sopgen.runs.finding import Finding
from sopgen.runs.fingerprint import fingerprint_of
from sopgen.runs.results import Results
from sopgen.runs.transcript import Transcript

_PLACES = """
    SELECT fingerprint, max((run, source, conversation))
    FROM findings WHERE list_contains($wanted, fingerprint)
    GROUP BY fingerprint ORDER BY fingerprint
"""
_RECORDS = """
    SELECT run, source, conversation_id, language, category, priority, team,
           strftime(closed_at, '%Y-%m-%dT%H:%M:%S.%f+00:00')
    FROM conversations
    JOIN (SELECT unnest($runs) AS run, unnest($sources) AS source, unnest($ids) AS conversation_id)
         USING (run, source, conversation_id)
"""
_RECORDED = ("language", "category", "priority", "team", "closed_at")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A finding that somebody decided about, its whole conversation, and the customers whom that names."""

    disposition: Disposition
    finding: Finding
    conversation: Conversation
    customers: tuple[str, ...]


def decided_findings(results: Results, dispositions: Mapping[str, Disposition]) -> Iterator[Decided]:
    """Yield the findings with a decision whose whole conversation was kept, each by its newest run."""
    found = results.rows(_PLACES, wanted=sorted(dispositions))
    keys: dict[Key, None] = dict.fromkeys(_key(place) for _, place in found)
    findings, transcripts = findings_of(results, tuple(keys)), transcripts_of(results, tuple(keys))
    records = _records(results, tuple(keys))
    for fingerprint, place in found:
        key = _key(place)
        transcript = transcripts.get(key)
        finding = next((each for each in findings[key] if fingerprint_of(each) == fingerprint), None)
        if finding is None or transcript is None or not transcript.is_whole:
            continue
        yield Decided(
            disposition=dispositions[fingerprint],
            finding=finding,
            conversation=_conversation(transcript, finding, records.get(key, {})),
            customers=transcript.customers,
        )


def _key(place: Mapping[str, Any] | tuple[Any, ...]) -> Key:
    """Return the key of a conversation, however the database hands a row of three over."""
    run, source, conversation = place.values() if isinstance(place, Mapping) else place
    return run, source, conversation


def _records(results: Results, keys: tuple[Key, ...]) -> Mapping[Key, Mapping[str, Any]]:
    if not keys:
        return {}
    runs, sources, ids = (list(each) for each in zip(*keys, strict=True))
    rows = results.rows(_RECORDS, runs=runs, sources=sources, ids=ids)
    return {(row[0], row[1], row[2]): dict(zip(_RECORDED, row[3:], strict=True)) for row in rows}


def _conversation(transcript: Transcript, finding: Finding, record: Mapping[str, Any]) -> Conversation:
    """Return the conversation as far as results tell it: enough to judge what was said in it."""
    closed_at = record.get("closed_at")
    return Conversation(
        id=transcript.conversation,
        channel=transcript.channel,
        source=transcript.source,
        language=record.get("language") or "",
        category=record.get("category") or "",
        priority=record.get("priority") or "",
        team=record.get("team") or "",
        opened_at=finding.judgement.opened_at,
        closed_at=datetime.fromisoformat(closed_at) if closed_at else None,
        messages=tuple(
            Message(
                id=said.id, at=said.at, role=said.role, kind=said.kind, author=said.author, text=said.text
            )
            for said in transcript.said
        ),
    )
