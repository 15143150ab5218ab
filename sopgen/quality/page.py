"""A report as values: every figure, text and place of the page, masked and written out. No HTML."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from sopgen.quality.excerpt import Bubble
from sopgen.quality.interval import Estimate
from sopgen.sop.model import Severity

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A part of a stacked bar: a name (its colour), a label, a count, and its place in per cent."""

    name: str
    label: str
    count: int
    start: float
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """A share with its interval, in words and as places in per cent."""

    estimate: Estimate
    value: str
    range: str
    at: float
    low: float
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseRow:
    """One bound clause and its verdicts; `rate` is None where nothing was decided.

    `link` leads into the manual, `anchor` to the clause's findings on the page; either may be "".
    """

    sop: str
    version: str
    clause: str
    number: str
    text: str
    language: str
    check: str
    code: str
    severity: Severity
    verdicts: tuple[Segment, ...]
    rate: Rate | None
    link: str
    anchor: str

    @property
    def key(self) -> str:
        """Return what the filter calls the clause."""
        return "/".join((self.sop, self.version, self.clause, self.check))


@dataclass(frozen=True, slots=True, kw_only=True)
class SopTable:
    """The clauses of one SOP version in reading order."""

    sop: str
    version: str
    rows: tuple[ClauseRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingView:
    """One finding as the page shows it. `anchor` is unique on the page; `confidence` is "" where full."""

    anchor: str
    conversation: str
    source: str
    channel: str
    team: str
    agent: str
    day: str
    reason: str
    remedy: str
    suggestion: str
    language: str
    confidence: str
    bubbles: tuple[Bubble, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseFindings:
    """The findings of one clause: how many there are, those that are shown, and whether they lie open."""

    clause: ClauseRow
    count: int
    open: bool
    shown: tuple[FindingView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeverityFindings:
    """The findings of one severity, by clause."""

    severity: Severity
    count: int
    clauses: tuple[ClauseFindings, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentRow:
    """What stands against one agent; `rate` is None where the conversations are too few for a share."""

    agent: str
    team: str
    conversations: int
    with_findings: int
    critical: int
    major: int
    minor: int
    rate: Rate | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAsideRow:
    """One record that could not be read."""

    place: str
    code: str
    reason: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotGovernedRow:
    """Conversations of one channel and team for which there is no SOP."""

    channel: str
    team: str
    conversations: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DiagnosticRow:
    """One flaw of the input."""

    level: str
    code: str
    place: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounded(Generic[Row]):
    """The rows that are shown, and how many more there are."""

    rows: tuple[Row, ...]
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a page says first: which run this is, what it came to, and that its totals add up.

    `fate` is what became of the records that were read, `severities` the findings of each severity.
    """

    run_id: str
    started: str
    pack_version: str
    sopgen_version: str
    sops: tuple[str, ...]
    headline: str
    lead: str
    read: int
    checked: int
    set_aside: int
    fate: tuple[Segment, ...]
    sums: tuple[str, ...]
    severities: tuple[Segment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Everything that a report shows. `levels` sums the diagnostics up, `query` finds what is left out."""

    language: str
    head: Head
    tables: tuple[SopTable, ...]
    findings: tuple[SeverityFindings, ...]
    findings_count: int
    findings_shown: int
    query: str
    agents: Bounded[AgentRow]
    set_aside: Bounded[SetAsideRow]
    not_governed: tuple[NotGovernedRow, ...]
    diagnostics: Bounded[DiagnosticRow]
    levels: tuple[str, ...]
