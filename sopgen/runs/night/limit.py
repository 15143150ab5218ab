"""The limits of a night: what makes it end with 1, each with what was and what may be."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from sopgen.runs.night.gathering import Sorted
from sopgen.runs.night.setting import FailSettings
from sopgen.runs.summary import RunSummary
from sopgen.sop.model import Severity

NIGHT = timedelta(hours=20)
"""Calls no further apart are one night, so that a second call may find nothing new. Less than a day: what the
night before brought must not stand for an export that did not arrive (our decision, 2026-11-23)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """One limit. `kind` is severity, rate, set_aside or fewest; `severity` only where the kind is that.

    `found` and `allowed` are counts, for a rate shares. `broken`: it was not kept. `known` counts findings
    that `found` leaves out, since they are known; None where all count.
    """

    kind: str
    found: float
    allowed: float
    broken: bool
    severity: Severity | None = None
    known: int | None = None


Count = Callable[[Severity], int]
"""Counts the findings of a run that are at least so severe."""


def limits_of(
    settings: FailSettings,
    summary: RunSummary | None,
    sorted_: Sorted,
    *,
    count: Count | None = None,
    judged: int = 0,
) -> tuple[Limit, ...]:
    """Return the limits that are set, in the order of the settings; without a summary nothing was judged.

    `count` counts findings where some are known already; without it all of them count. `judged`: how many
    conversations the calls of this night (NIGHT) judged by now.
    """
    checked = summary.totals.checked if summary else 0
    return (
        *_of_findings(settings, summary, count),
        *_of_shares(settings, summary, sorted_),
        *_of_conversations(settings, max(checked, judged)),
    )


def _of_findings(settings: FailSettings, summary: RunSummary | None, count: Count | None) -> Iterator[Limit]:
    if settings.severity is None and settings.findings is None:
        return
    severity, allowed = settings.severity or Severity.MINOR, settings.findings or 1
    whole = summary.findings_from(severity) if summary else 0
    found = count(severity) if count else whole
    yield Limit(
        kind="severity",
        found=found,
        allowed=allowed - 1,
        broken=found >= allowed,
        severity=severity,
        known=whole - found if count else None,
    )


def _of_shares(settings: FailSettings, summary: RunSummary | None, sorted_: Sorted) -> Iterator[Limit]:
    checked = summary.totals.checked if summary else 0
    if settings.rate is not None:
        share = summary.totals.with_findings / checked if summary and checked else 0.0
        yield Limit(kind="rate", found=share, allowed=settings.rate, broken=share > settings.rate)
    if settings.set_aside is not None:
        aside = sorted_.set_aside
        yield Limit(
            kind="set_aside", found=aside, allowed=settings.set_aside - 1, broken=aside >= settings.set_aside
        )


def _of_conversations(settings: FailSettings, judged: int) -> Iterator[Limit]:
    if settings.fewest is not None:
        yield Limit(kind="fewest", found=judged, allowed=settings.fewest, broken=judged < settings.fewest)
