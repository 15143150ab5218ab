"""A report as values: every figure, text and place of the page, masked and written out. No HTML."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from sopgen.quality.excerpt import Stretch
from sopgen.quality.interval import Estimate
from sopgen.quality.line import Line
from sopgen.sop.model import Severity

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A part of a stacked bar: a name (its class), its colour, a label, a count, its place in per cent."""

    name: str
    colour: str
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
class ClauseName:
    """A clause as a page names it. `link` leads into the manual, "" where none was built.

    `key` is what the filter and the page's address call it: the same in every version.
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
    error_class: str
    link: str

    @property
    def key(self) -> str:
        """Return what the filter calls the clause."""
        return f"{self.sop}/{self.clause}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """One finding of a case; `place` is its number in the case, from 1. `confidence` is "" where full.

    `standing` says that people know the finding already, and what they said of it; "" for a new one.
    `fingerprint` is by what they decide about it.
    """

    place: int
    clause: ClauseName
    agent: str
    reason: str
    remedy: str
    suggestion: str
    language: str
    confidence: str
    standing: str
    fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A conversation with its findings, the gravest first, and the chat around them.

    `place` is its rank by risk, from 1; `anchor` is unique on the page; `counts` are its findings of each
    severity that it has. `more` counts the findings that are left out. `whole`: the chat holds every message
    that was kept, those far from evidence folded; else those around the evidence alone.
    """

    place: int
    anchor: str
    conversation: str
    source: str
    channel: str
    team: str
    agents: tuple[str, ...]
    moment: str
    open: bool
    counts: tuple[Segment, ...]
    departures: tuple[Departure, ...]
    more: int
    whole: bool
    chat: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cases:
    """The cases of a page: how many conversations and findings there are, and how many are shown."""

    shown: tuple[Case, ...]
    count: int
    findings: int
    findings_shown: int
    query: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseRow:
    """One bound clause and its verdicts; `rate` is None where nothing was decided.

    `trend` is its compliance over days, `examples` are cases on the page that break it.
    """

    clause: ClauseName
    verdicts: tuple[Segment, ...]
    rate: Rate | None
    trend: Line | None
    examples: tuple[Case, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SopTable:
    """The clauses of one SOP in reading order, as its newest version that judged has them."""

    sop: str
    version: str
    rows: tuple[ClauseRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CriticalRow:
    """A clause whose breach is critical, how often it was broken, by whom, and where to read about it.

    `news` says how many of the findings nobody knows yet, "" where nothing is known.
    """

    clause: ClauseName
    count: int
    news: str
    difference: str
    agents: tuple[str, ...]
    more_agents: int
    examples: tuple[Case, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """A clause whose compliance moved by more than chance would: `kind` is "better" or "worse".

    `start` and `width` are the way from before to after, in per cent.
    """

    kind: str
    clause: ClauseName
    before: Rate
    after: Rate
    difference: str
    range: str
    start: float
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What moved since another time. `steady` counts clauses that moved no more than chance would.

    `few` counts those that had too few cases then or now; `more` are rows that are left out.
    """

    title: str
    note: str
    worse: tuple[Shift, ...]
    better: tuple[Shift, ...]
    more: int
    steady: int
    few: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Heat:
    """One cell of a heat map: what it says, how warm it is (0 to 5, None without a case), of how many.

    `label` says all of it in words; `filter` is what the page shows when it is chosen.
    """

    text: str
    step: int | None
    small: bool
    label: str
    filter: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatRow:
    """A clause and its cells, one a column."""

    clause: ClauseName
    cells: tuple[Heat, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatMap:
    """Clauses against agents or teams: how often each clause was broken.

    `more` columns are left out, and `kept` clauses that nobody there broke. `several`: the clauses are of
    more than one SOP.
    """

    by: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[HeatRow, ...]
    more: int
    kept: int
    several: bool
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAsideRow:
    """One record that could not be read: `told` in the page's language, reason and hint in the tool's own."""

    place: str
    code: str
    told: str
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
    """One flaw of the input: `told` in the page's language, message and hint in the tool's own."""

    level: str
    code: str
    place: str
    told: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounded(Generic[Row]):
    """The rows that are shown, and how many more there are."""

    rows: tuple[Row, ...]
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Leftover:
    """What was not judged, with reasons. `levels` sums the diagnostics up."""

    set_aside_count: int
    set_aside: Bounded[SetAsideRow]
    not_governed: tuple[NotGovernedRow, ...]
    diagnostics: Bounded[DiagnosticRow]
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """A figure that stands out: its name (class), what it counts, how much of it is new, what it was before.

    `news` and `difference` are "" where there is nothing to tell.
    """

    name: str
    value: str
    label: str
    news: str = ""
    difference: str = ""
    none: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a page says first, and from what it was made.

    `name` is the run's, or the period; `sample` says that the data was generated, where it was.
    """

    name: str
    period: str
    headline: str
    lead: str
    sample: str
    runs: str
    started: str
    sops: tuple[str, ...]
    pack_version: str
    sopgen_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QaPage:
    """Everything that QA reads in the morning.

    `fate` is what became of the records that were read, `trend` the share of conversations with findings.
    `standing` says how many findings are known already, "" where none is. `others` counts the runs that the
    lines go back to and that no figure has.
    """

    language: str
    head: Head
    sections: tuple[str, ...]
    notes: tuple[str, ...]
    read: int
    tiles: tuple[Tile, ...]
    standing: str
    fate: tuple[Segment, ...]
    sums: tuple[str, ...]
    trend: Line | None
    others: int
    critical: tuple[CriticalRow, ...]
    comparisons: tuple[Comparison, ...]
    tables: tuple[SopTable, ...]
    maps: tuple[HeatMap, ...]
    cases: Cases
    leftover: Leftover

    @property
    def reader(self) -> str:
        """Return for whom the page is."""
        return "qa"
