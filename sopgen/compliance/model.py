"""What judging a conversation yields: verdicts with their evidence. Values only."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

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
class Subject:
    """The conversation that is judged, as far as a verdict names it; all verdicts on it share one."""

    conversation: str
    source: str
    channel: str
    team: str
    opened_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """A clause of one SOP version and what judges it; all verdicts on it share one.

    `remedy` says in `language` what would have passed, and `suggestion` is the SOP's own quick reply that
    does it, places to fill in and all, where there is one.
    """

    sop: str
    version: str
    clause: str
    clause_number: str
    clause_text: str
    check: str
    code: str
    severity: Severity
    error_class: ErrorClass
    weight: float
    remedy: str
    suggestion: str = ""
    language: str
    pack_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One clause of one SOP version held against one conversation.

    `reason` says in `language` why the verdict is what it is; `remedy` and `suggestion` what would have
    passed (fails only). `confidence` is in [0, 1]: 1 for what the clock or the order alone decides, None
    where nothing has calibrated the cues that decided.
    """

    subject: Subject
    demand: Demand
    agent: str
    verdict: Verdict
    evidence: tuple[Evidence, ...]
    reason: str
    confidence: float | None

    @property
    def conversation(self) -> str:
        """Return the id of the conversation."""
        return self.subject.conversation

    @property
    def source(self) -> str:
        """Return the file that the conversation came from."""
        return self.subject.source

    @property
    def channel(self) -> str:
        """Return the channel of the conversation."""
        return self.subject.channel

    @property
    def team(self) -> str:
        """Return the team of the conversation."""
        return self.subject.team

    @property
    def opened_at(self) -> datetime | None:
        """Return when the conversation began."""
        return self.subject.opened_at

    @property
    def sop(self) -> str:
        """Return the id of the SOP."""
        return self.demand.sop

    @property
    def version(self) -> str:
        """Return the version of the SOP."""
        return self.demand.version

    @property
    def clause(self) -> str:
        """Return the id of the clause."""
        return self.demand.clause

    @property
    def clause_number(self) -> str:
        """Return the number that people read beside the clause."""
        return self.demand.clause_number

    @property
    def clause_text(self) -> str:
        """Return the words of the clause."""
        return self.demand.clause_text

    @property
    def check(self) -> str:
        """Return the name of the check."""
        return self.demand.check

    @property
    def code(self) -> str:
        """Return the stable code of the check."""
        return self.demand.code

    @property
    def severity(self) -> Severity:
        """Return how much a departure weighs."""
        return self.demand.severity

    @property
    def error_class(self) -> ErrorClass:
        """Return whom a departure hurts."""
        return self.demand.error_class

    @property
    def weight(self) -> float:
        """Return what the verdict counts in scorecards."""
        return self.demand.weight

    @property
    def language(self) -> str:
        """Return the language of the SOP."""
        return self.demand.language

    @property
    def pack_version(self) -> str:
        """Return the version of the pack that judged."""
        return self.demand.pack_version

    @property
    def remedy(self) -> str:
        """Return what would have passed, "" unless the verdict is a fail."""
        return self.demand.remedy if self.verdict is Verdict.FAIL else ""

    @property
    def suggestion(self) -> str:
        """Return the quick reply that would have passed, "" unless the verdict is a fail."""
        return self.demand.suggestion if self.verdict is Verdict.FAIL else ""


def judgement_of(**values: Any) -> Judgement:
    """Return the judgement with these values, whichever of its parts each belongs to."""
    subject = {name: values.pop(name) for name in _OF_SUBJECT & values.keys()}
    demand = {name: values.pop(name) for name in _OF_DEMAND & values.keys()}
    return Judgement(subject=Subject(**subject), demand=Demand(**demand), **values)


def changed(judgement: Judgement, **values: Any) -> Judgement:
    """Return the judgement with some values changed, whichever of its parts each belongs to."""
    subject = {name: values.pop(name) for name in _OF_SUBJECT & values.keys()}
    demand = {name: values.pop(name) for name in _OF_DEMAND & values.keys()}
    return replace(
        judgement,
        subject=replace(judgement.subject, **subject),
        demand=replace(judgement.demand, **demand),
        **values,
    )


_OF_SUBJECT, _OF_DEMAND = frozenset(Subject.__slots__), frozenset(Demand.__slots__)


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
