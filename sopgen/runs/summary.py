"""What a run came to: totals that add up, and counts per clause. Values only."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sopgen.base.diagnostic import Diagnostic
from sopgen.compliance.model import ErrorClass, Verdict
from sopgen.sop.model import Severity

MOST_SEVERE_FIRST = tuple(reversed(Severity))
"""The order in which people look at findings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictCounts:
    """How often each verdict was given."""

    passed: int = 0
    failed: int = 0
    na: int = 0
    undecided: int = 0

    @property
    def total(self) -> int:
        """Return the number of verdicts."""
        return self.passed + self.failed + self.na + self.undecided

    @property
    def decided(self) -> int:
        """Return the number of passes and fails: what a rate of compliance is a share of."""
        return self.passed + self.failed

    def as_dict(self) -> dict[str, int]:
        """Return the counts by the verdicts' own words."""
        words = (Verdict.PASS, Verdict.FAIL, Verdict.NA, Verdict.UNDECIDED)
        counts = (self.passed, self.failed, self.na, self.undecided)
        return dict(zip(map(str, words), counts, strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseTally:
    """One bound clause of one SOP version, and the verdicts that it gave. `language` is its text's."""

    sop: str
    version: str
    clause: str
    number: str
    text: str
    check: str
    code: str
    severity: Severity
    error_class: ErrorClass
    language: str
    counts: VerdictCounts


@dataclass(frozen=True, slots=True, kw_only=True)
class NotGoverned:
    """Conversations of one channel and team for which no SOP has a bound clause; a few of their ids."""

    channel: str
    team: str
    conversations: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """How many records were read and what became of them.

    `read = checked + unchanged + set_aside`; `checked = governed + not_governed`. `messages` counts those of
    the checked conversations; `with_findings` the checked conversations that have at least one finding.
    `erased` were left out, or taken out afterwards, being of people who were erased: no other count has them.
    """

    read: int
    checked: int
    unchanged: int
    set_aside: int
    governed: int
    not_governed: int
    with_findings: int
    messages: int
    verdicts: int
    findings: int
    erased: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSummary:
    """What one run came to. `sops` gives the versions of each SOP that took part, oldest first."""

    run_id: str
    started_at: datetime
    sopgen_version: str
    pack_version: str
    sops: Mapping[str, tuple[str, ...]]
    totals: Totals
    findings_by_severity: Mapping[Severity, int]
    clauses: tuple[ClauseTally, ...]
    not_governed: tuple[NotGoverned, ...]
    set_aside_by_code: Mapping[str, int]
    diagnostics: tuple[Diagnostic, ...]

    @property
    def language(self) -> str:
        """Return the language of the clauses that judged where they agree, else "id"."""
        spoken = {clause.language for clause in self.clauses}
        return spoken.pop() if len(spoken) == 1 else "id"

    def findings_from(self, severity: Severity) -> int:
        """Return the number of findings that are at least so severe."""
        order = tuple(Severity)
        return sum(self.findings_by_severity[each] for each in order[order.index(severity) :])

    def by_check(self) -> Mapping[str, VerdictCounts]:
        """Return the verdicts of each check over all clauses that it judges, by name."""
        checks = sorted({tally.check for tally in self.clauses})
        return {
            check: _sum(tally.counts for tally in self.clauses if tally.check == check) for check in checks
        }


def _sum(counts: Iterable[VerdictCounts]) -> VerdictCounts:
    listed = tuple(counts)
    return VerdictCounts(
        passed=sum(each.passed for each in listed),
        failed=sum(each.failed for each in listed),
        na=sum(each.na for each in listed),
        undecided=sum(each.undecided for each in listed),
    )
