"""A departure from a clause together with enough of the chat around it to be understood by itself."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sopgen.compliance.model import ErrorClass, Evidence, Judgement, Verdict, judgement_of
from sopgen.conversation.model import Conversation, Kind, Message, Role
from sopgen.language.personal.name import NAME_LENGTH, names_in
from sopgen.sop.model import Severity

CONTEXT_AROUND = 2
"""Messages kept before and after each message of the evidence (our decision, 2026-11-21)."""

CONTEXT_MESSAGES = 24
"""Messages that one finding carries at most, the first evidence first (our decision, 2026-11-21)."""

TEXT_LENGTH = 2000
"""Characters of one message, or of the words of one piece of evidence, that a finding carries at most."""

LEAD_LENGTH = 200
"""Characters kept before the evidence where a longer message is cut."""

GAP_SEARCH = 100
"""Characters that are looked through for a gap between words where a long message is cut."""

CUSTOMER_NAMES = 8
"""Names of customers up to which a finding carries all of them; of more, those that its words may hold."""

_PARTS = re.compile(r"[^\W\d_]+")
_OF_NUMBERS = frozenset("0123456789+-.()/ ")
Record = dict[str, Any]
_TEXTS = (
    "source", "channel", "team", "agent", "sop", "version", "clause", "clause_number", "clause_text", "check",
    "code", "reason", "remedy", "language", "pack_version",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One message of the context. `position` counts from 0 in the conversation: a gap shows what is left out.

    `text` is the message's text from character `offset` on, at most TEXT_LENGTH characters of its `length`.
    """

    id: str
    position: int
    at: datetime | None
    role: Role
    kind: Kind
    author: str
    text: str
    offset: int
    length: int

    @property
    def goes_on(self) -> bool:
        """Return whether the message has more text after what is kept."""
        return self.offset + len(self.text) < self.length


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A `fail` with its context; `customers` are the names of customers, so that its words can be masked."""

    judgement: Judgement
    context: tuple[Said, ...]
    customers: tuple[str, ...]


def findings_of(
    conversation: Conversation, judgements: Iterable[Judgement], customers: tuple[str, ...] | None = None
) -> Iterator[Finding]:
    """Yield a finding for every fail, in their order; `customers` are the names in it, where known."""
    failed = [each for each in judgements if each.verdict is Verdict.FAIL]
    if not failed:
        return
    positions = {message.id: place for place, message in reversed(tuple(enumerate(conversation.messages)))}
    customers = names_in(conversation) if customers is None else customers
    for judgement in failed:
        context = _context(conversation, judgement.evidence, positions)
        named = named_in(customers, _told(judgement, context))
        yield Finding(judgement=judgement, context=context, customers=named)


def _told(judgement: Judgement, context: tuple[Said, ...]) -> Iterator[str]:
    """Yield every text of a finding that may name somebody."""
    yield from (judgement.reason, judgement.remedy)
    yield from (each.text for each in judgement.evidence)
    yield from (text for said in context for text in (said.text, said.author))


def named_in(customers: tuple[str, ...], told: Iterable[str]) -> tuple[str, ...]:
    """Return the names of customers of whom texts may tell: of a group of hundreds, a few."""
    if len(customers) <= CUSTOMER_NAMES:
        return customers
    words = set(_PARTS.findall(" ".join(told).casefold()))
    return tuple(name for name in customers if not words.isdisjoint(_PARTS.findall(name.casefold())))


def _context(
    conversation: Conversation, evidence: tuple[Evidence, ...], positions: Mapping[str, int]
) -> tuple[Said, ...]:
    starts: dict[int, int] = {}
    for each in evidence:
        if each.message in positions:
            starts.setdefault(positions[each.message], each.start)
    wanted: dict[int, None] = {}
    for place in starts:
        around = range(max(0, place - CONTEXT_AROUND), place + CONTEXT_AROUND + 1)
        wanted |= dict.fromkeys(each for each in around if each < len(conversation.messages))
        if len(wanted) >= CONTEXT_MESSAGES:
            break
    kept = sorted(tuple(wanted)[:CONTEXT_MESSAGES])
    return tuple(_said(conversation.messages[place], place, starts.get(place, 0)) for place in kept)


def _said(message: Message, place: int, start: int) -> Said:
    offset, end = kept_range(message.text, start)
    return Said(
        id=message.id,
        position=place,
        at=message.at,
        role=message.role,
        kind=message.kind,
        author=message.author[:NAME_LENGTH],
        text=message.text[offset:end],
        offset=offset,
        length=len(message.text),
    )


def kept_range(text: str, start: int) -> tuple[int, int]:
    """Return the range of the text to keep, so that what stands at `start` is in it."""
    if len(text) <= TEXT_LENGTH:
        return 0, len(text)
    offset = _gap_before(text, max(0, start - LEAD_LENGTH))
    return offset, _gap_before(text, min(len(text), offset + TEXT_LENGTH))


def _gap_before(text: str, place: int) -> int:
    """Return the nearest gap between words at or before `place`, and never one inside a number.

    A telephone number that is cut in two would no longer be known as one, and so not be masked.
    """
    if place in (0, len(text)):
        return place
    for gap in range(place, max(0, place - GAP_SEARCH), -1):
        left, space, right = text[max(0, gap - 2)], text[gap - 1], text[gap]
        if space.isspace() and not (left in _OF_NUMBERS and right in _OF_NUMBERS):
            return gap
    return place


def write_finding(finding: Finding) -> Record:
    """Return the finding as one JSON object; `spans` and `words` run in parallel."""
    judgement = finding.judgement
    return {
        "conversation": judgement.conversation,
        "opened_at": _written(judgement.opened_at),
        **{name: getattr(judgement, name) for name in _TEXTS},
        "suggestion": judgement.suggestion,
        "severity": str(judgement.severity),
        "class": str(judgement.error_class),
        "weight": judgement.weight,
        "confidence": judgement.confidence,
        "message_ids": list(dict.fromkeys(each.message for each in judgement.evidence)),
        "spans": [
            {"message": each.message, "start": each.start, "end": each.end} for each in judgement.evidence
        ],
        "words": [each.text[:TEXT_LENGTH] for each in judgement.evidence],
        "customers": list(finding.customers),
        "context": [_write_said(said) for said in finding.context],
    }


def read_finding(record: Mapping[str, Any]) -> Finding:
    """Return the finding that `write_finding` wrote; KeyError, TypeError or ValueError on anything else."""
    context = tuple(read_said(each) for each in record["context"])
    times = {said.id: said.at for said in context}
    evidence = tuple(
        Evidence(**span, text=words, at=times.get(span["message"]))
        for span, words in zip(record["spans"], record["words"], strict=True)
    )
    judgement = judgement_of(
        conversation=record["conversation"],
        opened_at=_instant(record["opened_at"]),
        **{name: record[name] for name in _TEXTS},
        suggestion=record.get("suggestion", ""),
        verdict=Verdict.FAIL,
        severity=Severity(record["severity"]),
        error_class=ErrorClass(record["class"]),
        weight=record["weight"],
        confidence=record["confidence"],
        evidence=evidence,
    )
    return Finding(judgement=judgement, context=context, customers=tuple(record["customers"]))


def _write_said(said: Said) -> Record:
    return {
        "id": said.id,
        "position": said.position,
        "at": _written(said.at),
        "role": str(said.role),
        "kind": str(said.kind),
        "author": said.author,
        "text": said.text,
        "offset": said.offset,
        "length": said.length,
    }


def read_said(record: Mapping[str, Any]) -> Said:
    """Return the message that a record holds; KeyError, TypeError or ValueError on anything else."""
    return Said(
        **{name: record[name] for name in ("id", "position", "author", "text", "offset", "length")},
        at=_instant(record["at"]),
        role=Role(record["role"]),
        kind=Kind(record["kind"]),
    )


def _written(instant: datetime | None) -> str | None:
    return None if instant is None else instant.isoformat()


def _instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
