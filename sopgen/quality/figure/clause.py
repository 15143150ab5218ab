"""Each clause: how often it was kept, broken, not activated, not decided; day by day; better or worse."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sopgen.compliance.model import ErrorClass
from sopgen.quality.figure.change import Change, change
from sopgen.quality.figure.scope import Scope
from sopgen.quality.interval import Estimate, share
from sopgen.runs.results import Results
from sopgen.runs.summary import VerdictCounts
from sopgen.sop.model import Severity

COUNTS = """count(*) FILTER (verdict = 'pass'), count(*) FILTER (verdict = 'fail'),
    count(*) FILTER (verdict = 'na'), count(*) FILTER (verdict = 'undecided')"""
_FACTS = """SELECT sop, clause, "check", last(version ORDER BY position), last(number ORDER BY position),
    last(text ORDER BY position), last(code ORDER BY position), last(severity ORDER BY position),
    last(class ORDER BY position), last(language ORDER BY position)
    FROM clauses GROUP BY ALL ORDER BY max(position)"""
_CLAUSE = 'sop, clause, "check"'
_WHOLE = f"SELECT {_CLAUSE}, {COUNTS} FROM counted GROUP BY ALL"  # noqa: S608 - words of this module
_DAILY = f"""SELECT {_CLAUSE}, day, {COUNTS} FROM counted
    WHERE day IS NOT NULL GROUP BY ALL ORDER BY day"""  # noqa: S608
_OF_RUN = f"SELECT {_CLAUSE}, {COUNTS} FROM judged WHERE run = $run GROUP BY ALL"  # noqa: S608
_OF_WEEKDAY = f"""SELECT {_CLAUSE}, {COUNTS} FROM counted
    WHERE run <> $run AND isodow(day) = (
        SELECT mode(isodow(day)) FROM counted WHERE run = $run AND day IS NOT NULL)
    GROUP BY ALL"""  # noqa: S608


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class ClauseKey:
    """A clause of an SOP under a check, whatever its version."""

    sop: str
    clause: str
    check: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseFacts:
    """What is known of a clause besides its counts, as the newest version that judged has it."""

    key: ClauseKey
    version: str
    number: str
    text: str
    code: str
    severity: Severity
    error_class: ErrorClass
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DayCounts:
    """The verdicts on conversations that began on one day."""

    day: date
    counts: VerdictCounts


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseFigure:
    """A clause and its counts. `passing` is the share of passes among passes and fails.

    `since_last` compares the newest run with the one before, `same_weekday` with earlier conversations of the
    newest run's weekday; None where there is nothing to compare. `trend` has the days of earlier runs, too,
    where a report looks back to them. `news` counts the fails that nobody knows yet, None where nothing is
    known.
    """

    facts: ClauseFacts
    counts: VerdictCounts
    passing: Estimate
    days: tuple[DayCounts, ...]
    since_last: Change | None
    same_weekday: Change | None
    trend: tuple[DayCounts, ...]
    news: int | None = None


def clause_facts(results: Results) -> dict[ClauseKey, ClauseFacts]:
    """Return what is known of every clause that judged, in reading order."""
    found = (
        ClauseFacts(
            key=ClauseKey(sop=sop, clause=clause, check=check),
            version=version,
            number=number,
            text=text,
            code=code,
            severity=Severity(severity),
            error_class=ErrorClass(error_class),
            language=language,
        )
        for sop, clause, check, version, number, text, code, severity, error_class, language in results.rows(
            _FACTS
        )
    )
    return {each.key: each for each in found}


def clause_figures(
    results: Results, scope: Scope, facts: Mapping[ClauseKey, ClauseFacts]
) -> tuple[ClauseFigure, ...]:
    """Return the figures of every clause, in reading order."""
    whole, days = _counts(results, _WHOLE), _daily(results)
    newest = _counts(results, _OF_RUN, run=scope.newest.run)
    previous = _counts(results, _OF_RUN, run=scope.previous.run) if scope.previous else {}
    weekday = _counts(results, _OF_WEEKDAY, run=scope.newest.run)
    return tuple(
        ClauseFigure(
            facts=each,
            counts=whole.get(key, VerdictCounts()),
            passing=passing(whole.get(key, VerdictCounts())),
            days=tuple(days.get(key, ())),
            since_last=_change(previous.get(key), newest.get(key)),
            same_weekday=_change(weekday.get(key), newest.get(key)),
            trend=tuple(days.get(key, ())),
        )
        for key, each in facts.items()
    )


def looking_back(figures: Iterable[ClauseFigure], longer: Iterable[ClauseFigure]) -> tuple[ClauseFigure, ...]:
    """Return the figures with the changes and the trend of the same clauses over more runs."""
    before = {each.facts.key: each for each in longer}
    return tuple(
        replace(
            each,
            since_last=before[each.facts.key].since_last,
            same_weekday=before[each.facts.key].same_weekday,
            trend=before[each.facts.key].trend,
        )
        for each in figures
    )


def passing(counts: VerdictCounts) -> Estimate:
    """Return the share of passes among what was decided."""
    return share(counts.passed, counts.decided)


def _change(before: VerdictCounts | None, after: VerdictCounts | None) -> Change | None:
    if before is None or after is None:
        return None
    return change((before.passed, before.decided), (after.passed, after.decided))


def _counts(results: Results, query: str, **parameters: object) -> dict[ClauseKey, VerdictCounts]:
    return {
        ClauseKey(sop=sop, clause=clause, check=check): verdict_counts(*counts)
        for sop, clause, check, *counts in results.rows(query, **parameters)
    }


def _daily(results: Results) -> dict[ClauseKey, list[DayCounts]]:
    found: defaultdict[ClauseKey, list[DayCounts]] = defaultdict(list)
    for sop, clause, check, day, *counts in results.rows(_DAILY):
        key = ClauseKey(sop=sop, clause=clause, check=check)
        found[key].append(DayCounts(day=day, counts=verdict_counts(*counts)))
    return found


def verdict_counts(passed: int, failed: int, na: int, undecided: int) -> VerdictCounts:
    """Return counts in the order in which `COUNTS` takes them."""
    return VerdictCounts(passed=passed, failed=failed, na=na, undecided=undecided)
