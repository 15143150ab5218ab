"""What judging a conversation yields: verdicts with their evidence. Values only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sopgen.sop.model import Severity


class Verdict(StrEnum):
    """The outcome for one clause on one conversation.

    `NA`: the clause was not activated; vacuous truth is never compliance. `UNDECIDED`: the conversation is
    still open, the clock too coarse, or the checker not confident enough.
    """

    PASS = "pass"
    FAIL = "fail"
    NA = "na"
    UNDECIDED = "undecided"


class ErrorClass(StrEnum):
    """Whom a departure hurts (COPC's critical-error classes)."""

    CUSTOMER = "customer"
    BUSINESS = "business"
    COMPLIANCE = "compliance"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Words in a message: half-open character range [start, end) of its text, and the words themselves.

    A whole message (an event, a media file, a message that lacks something) has start 0 and end the text's
    length. `message` is the message's id, `at` its instant.
    """

    message: str
    start: int
    end: int
    text: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One clause of one SOP version held against one conversation.

    `reason` says in `language` why the verdict is what it is; `remedy` what would have passed (fails only),
    and `suggestion` is the SOP's own quick reply that does it, places to fill in and all, where there is one.
    `confidence` is in [0, 1]: 1 for what the clock or the order alone decides, None where nothing has
    calibrated the cues that decided.
    """

    conversation: str
    source: str
    channel: str
    team: str
    agent: str
    opened_at: datetime | None
    sop: str
    version: str
    clause: str
    clause_number: str
    clause_text: str
    check: str
    code: str
    verdict: Verdict
    severity: Severity
    error_class: ErrorClass
    weight: float
    evidence: tuple[Evidence, ...]
    reason: str
    remedy: str
    suggestion: str = ""
    confidence: float | None
    language: str
    pack_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Titles:
    """A text in both languages of the interface."""

    id: str
    en: str

    def of(self, language: str) -> str:
        """Return the text in `language` ("id" or "en"); other languages get English."""
        return self.id if language == "id" else self.en


Values = Mapping[str, str]
"""What fills the places in a message: `{gap}`, `{limit}`, `{words}` …"""
