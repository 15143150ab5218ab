"""An SOP as values: what it says, where each part stands, which parts a machine can check.

    Sop -> Section -> Block = Prose | ClauseList | Procedure | QuickReply
                      Procedure -> Block (its steps are a ClauseList)
                      Clause -> Example, and Prose below it

All values are immutable. Spans do not count for equality.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

from sopgen.base.notation import NotedLine
from sopgen.base.span import Span

DRAFT = "draft"
"""The version of a source that has not been released."""

_NOWHERE = Span(file="")


class SectionKind(StrEnum):
    """What a level-2 part of an SOP is for; the first seven are required."""

    PURPOSE = "purpose"
    SCOPE = "scope"
    RESPONSIBILITIES = "responsibilities"
    TOOLS = "tools"
    STANDARDS = "standards"
    PROCEDURES = "procedures"
    PROHIBITIONS = "prohibitions"
    DEFINITIONS = "definitions"
    REFERENCES = "references"
    INDICATORS = "indicators"
    ESCALATION = "escalation"
    RECORDS = "records"
    FEEDBACK = "feedback"
    REVIEW = "review"
    CASES = "cases"
    OTHER = "other"


REQUIRED_SECTIONS = (
    SectionKind.PURPOSE,
    SectionKind.SCOPE,
    SectionKind.RESPONSIBILITIES,
    SectionKind.TOOLS,
    SectionKind.STANDARDS,
    SectionKind.PROCEDURES,
    SectionKind.PROHIBITIONS,
)


class Modality(StrEnum):
    """How binding a clause is; `PLAIN` is a statement or a step without a modal word."""

    MUST = "must"
    SHOULD = "should"
    MAY = "may"
    MUST_NOT = "must-not"
    PLAIN = "plain"


class Severity(StrEnum):
    """How much a departure weighs, least first."""

    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"


class Expected(StrEnum):
    """What an example chat is meant to show; the `todo-` kinds are known gaps of the checker."""

    PASS = "pass"
    FAIL = "fail"
    TODO_PASS = "todo-pass"
    TODO_FAIL = "todo-fail"


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A fenced `chat` block under a clause: a test of its check, and a good or bad box in the manual."""

    expected: Expected
    title: str
    lines: tuple[NotedLine, ...]
    source: str
    span: Span = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """Markdown that demands nothing by itself: paragraphs, tables, notes, plain lists."""

    markdown: str
    span: Span = field(default=_NOWHERE, compare=False)


STEP_KEYS = ("act", "says", "event")
"""Attributes by which a step of a procedure says how it shows in a chat, for the check of the order."""

CHOOSING_KEYS = ("priority", "category", "channel")
"""Attributes by which a clause says which conversations it is for, so that a check may be bound with several
limits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One addressable demand: an item of standards or prohibitions, a step, a duty.

    `number` is its place in the document ("6.3", "7.B.2"); it may change between releases, `id` never does.
    `text` is plain; `markdown` is the same in inline Markdown; neither holds the attribute block.
    `check` is the name of the check that judges it, or "" when none does; then `reason` says why, when the
    author gave one. `parameters` are what the author set for the check (limit, phrases …), as written, and
    `places` where. `was` are the ids that it had in earlier releases.
    """

    id: str
    number: str
    text: str
    markdown: str
    modality: Modality
    check: str = ""
    reason: str = ""
    severity: Severity | None = None
    parameters: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    examples: tuple[Example, ...] = ()
    body: tuple["Block", ...] = ()
    section: SectionKind = SectionKind.OTHER
    was: tuple[str, ...] = ()
    span: Span = field(default=_NOWHERE, compare=False)
    places: Mapping[str, Span] = field(default_factory=lambda: MappingProxyType({}), compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseList:
    """Clauses that stand together as one list; `ordered` lists are steps in their order."""

    ordered: bool
    clauses: tuple[Clause, ...]
    span: Span = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuickReply:
    """A reply template that agents copy; `{name}` marks what the agent fills in. `id` is its anchor.

    `was` are the ids that it had in earlier releases.
    """

    id: str
    title: str
    text: str
    was: tuple[str, ...] = ()
    span: Span = field(default=_NOWHERE, compare=False)

    @property
    def fields(self) -> tuple[str, ...]:
        """Return the names of the places to fill in, in their order, each once."""
        return tuple(
            dict.fromkeys(part.partition("}")[0] for part in self.text.split("{")[1:] if "}" in part)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """A level-3 part of the procedures section: prose, steps, what comes out, replies to copy.

    `was` are the ids that it had in earlier releases.
    """

    id: str
    number: str
    title: str
    blocks: tuple["Block", ...]
    output: str = ""
    was: tuple[str, ...] = ()
    span: Span = field(default=_NOWHERE, compare=False)


Block = Prose | ClauseList | QuickReply | Procedure


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A level-2 part. `heading` is as written without its number; `number` counts from 1."""

    kind: SectionKind
    id: str
    number: str
    heading: str
    blocks: tuple[Block, ...]
    span: Span = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Routing:
    """Which conversations an SOP governs; an empty tuple means any."""

    channels: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BusinessHours:
    """When the service is open: per weekday (0 = Monday) the intervals as minutes since midnight.

    `holidays` is an ISO 3166 country code whose public holidays are closed, or "".
    """

    timezone: str
    weekly: tuple[tuple[tuple[int, int], ...], ...]
    holidays: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sop:
    """One governed document, as drafted or as released."""

    id: str
    title: str
    language: str
    owner: str
    approver: str
    review_every: timedelta
    applies_to: Routing = Routing()
    hours: BusinessHours | None = None
    sections: tuple[Section, ...] = ()
    version: str = DRAFT
    folder: str = ""
    source: str = ""
    span: Span = field(default=_NOWHERE, compare=False)

    def clauses(self) -> Iterator[Clause]:
        """Yield every clause in reading order."""
        for section in self.sections:
            yield from clauses_of(section.blocks)

    def quick_replies(self) -> Iterator[QuickReply]:
        """Yield every quick reply in reading order."""
        for section in self.sections:
            yield from quick_replies_of(section.blocks)


class Category(StrEnum):
    """What kind of change a release brings."""

    SUBSTANTIVE = "substantive"
    CLARIFICATION = "clarification"
    ADMINISTRATIVE = "administrative"


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """One entry of `releases/index.yaml`: a frozen version. `effective` is an aware instant.

    `assets` are the names of the files that it shows or links to, each with its SHA-256; `seal` is the hash
    of the entry itself; `place` is its place in the index, from 0.
    """

    version: str
    category: Category
    effective: datetime
    approved_by: str
    approved_on: date
    summary: str
    source_sha256: str
    pdf_sha256: str
    assets: tuple[tuple[str, str], ...] = ()
    seal: str = ""
    place: int = 0
    span: Span = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A released SOP together with the entry that froze it.

    `pdf` is the file as approved; None for an edition that has not been frozen on a disk.
    """

    release: Release
    sop: Sop
    pdf: Path | None = None

    @property
    def review_due(self) -> datetime | None:
        """Return when this version is due for review; None when that lies beyond the calendar."""
        return review_due(self.release.effective, self.sop.review_every)


@dataclass(frozen=True, slots=True, kw_only=True)
class SopHistory:
    """An SOP's working draft and its editions, oldest first.

    `draft` is None when the draft cannot be read: the editions govern all the same. `withheld` are releases
    whose frozen files are missing or were changed: they keep their time, and nothing governs in it. One of
    `draft` and `editions` is always there.
    """

    draft: Sop | None
    editions: tuple[Edition, ...] = ()
    withheld: tuple[Release, ...] = ()

    @property
    def id(self) -> str:
        """Return the document number."""
        return self.newest.id

    @property
    def newest(self) -> Sop:
        """Return the text that was worked on last: the draft, or the last edition where it cannot be read."""
        return self.draft or self.editions[-1].sop

    @property
    def releases(self) -> tuple[Release, ...]:
        """Return the releases in the order of the index, the withheld ones among them."""
        sound = tuple(edition.release for edition in self.editions)
        if not self.withheld:
            return sound
        return tuple(sorted((*sound, *self.withheld), key=lambda each: each.place))

    def release_at(self, at: datetime | None) -> Release | None:
        """Return the release whose time the instant `at` is: the one that took effect last by then, or None.

        An unknown instant (None) belongs to the release effective last. Of two effective at once, the later
        entry counts. The release may be a withheld one.
        """
        effective = [each for each in reversed(self.releases) if at is None or each.effective <= at]
        return max(effective, key=lambda each: each.effective) if effective else None

    def in_force(self, at: datetime | None) -> Sop | None:
        """Return the SOP that governs the instant `at`: the edition that took effect last by then.

        Without any release the draft governs. None when every release came later, or the instant belongs to
        one that is withheld: no other version may judge in its place.
        """
        if not self.releases:
            return self.draft
        edition = self.edition_of(self.release_at(at))
        return edition.sop if edition else None

    def edition_of(self, release: Release | None) -> Edition | None:
        """Return the edition that a release froze, or None for a withheld one."""
        if release is None:
            return None
        return next((each for each in self.editions if each.release.version == release.version), None)


def review_due(effective: datetime, every: timedelta) -> datetime | None:
    """Return when a version that took effect then is due for review; None beyond the year 9999."""
    try:
        return effective + every
    except OverflowError:
        return None


def clauses_of(blocks: tuple[Block, ...]) -> Iterator[Clause]:
    """Yield the clauses in `blocks`, those inside procedures and under clauses included."""
    for block in blocks:
        if isinstance(block, ClauseList):
            for clause in block.clauses:
                yield clause
                yield from clauses_of(clause.body)
        elif isinstance(block, Procedure):
            yield from clauses_of(block.blocks)


def quick_replies_of(blocks: tuple[Block, ...]) -> Iterator[QuickReply]:
    """Yield the quick replies in `blocks`, those inside procedures and under clauses included."""
    for block in blocks:
        if isinstance(block, QuickReply):
            yield block
        elif isinstance(block, Procedure):
            yield from quick_replies_of(block.blocks)
        elif isinstance(block, ClauseList):
            for clause in block.clauses:
                yield from quick_replies_of(clause.body)
