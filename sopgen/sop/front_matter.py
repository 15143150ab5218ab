"""The front matter of an SOP: what it is called, who answers for it, whom it governs, when it is open."""

import re
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import ClassVar, Literal
from zoneinfo import ZoneInfo

from sopgen.base.diagnostic import Diagnostic, Level, Report
from sopgen.base.duration import parse_duration
from sopgen.base.shape import Document, Path, read_yaml, shape
from sopgen.base.span import Span
from sopgen.sop.attribute import is_id
from sopgen.sop.hours import HoursFlaw, read_week
from sopgen.sop.model import BusinessHours, Routing

_STRICT = {"extra": "forbid"}
_LANGUAGES = "write 'language: id' for Indonesian, or 'language: en' for English"
_COUNTRY = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class AppliesTo:
    """Which conversations the SOP governs, as written."""

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    channels: list[str] = field(default_factory=list)
    teams: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """When the service is open, as written: `mon-fri: ["08:00-12:00", "13:00-22:00"]`."""

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    timezone: str
    weekly: dict[str, list[str]]
    holidays: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """The keys of the front matter, as written."""

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    id: str
    title: str
    language: Literal["id", "en"]
    owner: str
    approver: str
    review_every: str
    applies_to: AppliesTo = field(default_factory=AppliesTo)
    hours: Hours | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Governance:
    """The front matter, understood."""

    id: str
    title: str
    language: str
    owner: str
    approver: str
    review_every: timedelta
    applies_to: Routing
    hours: BusinessHours | None


def read_front_matter(text: str, span: Span, report: Report) -> Governance | None:
    """Return the governance that YAML `text` sets out, or None after reporting what is wrong.

    Diagnostics: YML1xx not YAML, SOP103 a key missing, unknown or of the wrong shape, SOP104 a value that
    makes no sense. `span` is where the text begins.
    """
    flaws: list[Diagnostic] = []
    document = read_yaml(text, span, flaws.append)
    written = _shaped(document, span, flaws.append) if document is not None and not flaws else None
    governance = _understood(written, document, flaws.append) if written and document else None
    for flaw in flaws:
        report(flaw)
    return None if flaws else governance


def _shaped(document: Document, span: Span, report: Report) -> FrontMatter | None:
    if isinstance(document.value, dict):

        def told(flaw: Diagnostic) -> None:
            report(replace(flaw, hint=_LANGUAGES) if flaw.message.startswith("language: ") else flaw)

        return shape(document, FrontMatter, told, code="SOP103")
    report(
        Diagnostic(
            code="SOP103",
            level=Level.ERROR,
            span=span,
            message="the front matter holds no keys",
            hint="write lines such as 'id: cs-example' and 'title: …' between the two lines '---'",
        )
    )
    return None


def _understood(written: FrontMatter, document: Document, report: Report) -> Governance:
    def flaw(path: Path, message: str, hint: str) -> None:
        report(
            Diagnostic(
                code="SOP104", level=Level.ERROR, span=document.place(path), message=message, hint=hint
            )
        )

    if not is_id(written.id):
        flaw(
            ("id",), f"id: '{written.id}' is no document number", "write it in kebab-case, such as cs-example"
        )
    for key in ("title", "owner", "approver"):
        if not getattr(written, key).strip():
            flaw((key,), f"{key} is empty", f"write the {key}")
    every = parse_duration(written.review_every)
    if not every:
        hint = "write a length of time such as 90d or 26w"
        flaw(("review_every",), f"review_every: '{written.review_every}' is no length of time", hint)
    return Governance(
        id=written.id,
        title=written.title.strip(),
        language=written.language,
        owner=written.owner.strip(),
        approver=written.approver.strip(),
        review_every=every or timedelta(),
        applies_to=_routing(written.applies_to),
        hours=_hours(written.hours, flaw) if written.hours else None,
    )


def _routing(written: AppliesTo) -> Routing:
    return Routing(
        channels=tuple(dict.fromkeys(channel.strip().lower() for channel in written.channels)),
        teams=tuple(dict.fromkeys(team.strip() for team in written.teams)),
    )


def _hours(written: Hours, flaw: HoursFlaw) -> BusinessHours:
    if not _is_timezone(written.timezone):
        hint = "write a name such as Asia/Jakarta"
        flaw(("hours", "timezone"), f"timezone: '{written.timezone}' is unknown", hint)
    if written.holidays and not _COUNTRY.fullmatch(written.holidays):
        hint = "write a country's two letters, such as ID"
        flaw(("hours", "holidays"), f"holidays: '{written.holidays}' is no country code", hint)
    weekly = read_week(written.weekly, flaw)
    return BusinessHours(timezone=written.timezone, weekly=weekly, holidays=written.holidays)


def _is_timezone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, OSError, ValueError):
        return False
    return True
