"""The limits of a night: what makes it end with 1, each with what was and what may be."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sopgen.runs.night.gathering import Sorted
from sopgen.runs.night.setting import FailSettings
from sopgen.runs.summary import RunSummary
from sopgen.sop.model import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """One limit. `kind` is severity, rate, set_aside or fewest; `severity` only where the kind is that.

    `found` and `allowed` are counts, for a rate shares. `broken`: it was not kept.
    """

    kind: str
    found: float
    allowed: float
    broken: bool
    severity: Severity | None = None


Count = Callable[[Severity], int]
"""Counts the findings of a run that are at least so severe."""


def limits_of(
    settings: FailSettings, summary: RunSummary | None, sorted_: Sorted, *, count: Count | None = None
) -> tuple[Limit, ...]:
    """Return the limits that are set, in the order of the settings; without a summary nothing was judged.

    `count` counts findings where some are known already; without it all of them count.
    """
    found = count or (summary.findings_from if summary else None)
    return tuple(_limits(settings, summary, sorted_, found))


def _limits(
    settings: FailSettings, summary: RunSummary | None, sorted_: Sorted, count: Count | None
) -> Iterator[Limit]:
    checked = summary.totals.checked if summary else 0
    if settings.severity is not None or settings.findings is not None:
        severity = settings.severity or Severity.MINOR
        found, allowed = count(severity) if count else 0, settings.findings or 1
        yield Limit(
            kind="severity", found=found, allowed=allowed - 1, broken=found >= allowed, severity=severity
        )
    if settings.rate is not None:
        share = summary.totals.with_findings / checked if summary and checked else 0.0
        yield Limit(kind="rate", found=share, allowed=settings.rate, broken=share > settings.rate)
    if settings.set_aside is not None:
        aside = sorted_.set_aside
        yield Limit(
            kind="set_aside", found=aside, allowed=settings.set_aside - 1, broken=aside >= settings.set_aside
        )
    if settings.fewest is not None:
        yield Limit(kind="fewest", found=checked, allowed=settings.fewest, broken=checked < settings.fewest)
