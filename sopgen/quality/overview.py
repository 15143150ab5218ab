"""What the runs of a report came to together: totals, severities, and the verdicts of every clause.

A conversation that several runs checked counts once, as the newest of them judged it. Records that were read
or set aside are those of all runs.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sopgen.compliance.model import ErrorClass
from sopgen.quality.interval import Estimate, share
from sopgen.runs.results import Results
from sopgen.runs.summary import ClauseTally, RunSummary, Totals, VerdictCounts
from sopgen.runs.trouble import damaged
from sopgen.sop.model import Severity

_TALLIES = """
    SELECT sop, version, clause, number, text, "check", code, severity, class, language,
           passed, failed, na, undecided
    FROM clauses JOIN (
        SELECT sop, version, clause, "check",
               count(*) FILTER (verdict = 'pass') AS passed, count(*) FILTER (verdict = 'fail') AS failed,
               count(*) FILTER (verdict = 'na') AS na, count(*) FILTER (verdict = 'undecided') AS undecided
        FROM latest_verdicts GROUP BY ALL
    ) USING (sop, version, clause, "check")
    ORDER BY position
"""
_CHECKED = """
    SELECT count(*), count(*) FILTER (len(sops) > 0), coalesce(sum(messages), 0)::BIGINT,
           coalesce(bool_and(list_contains(tags, 'generated')), false),
           min(opened_on_the_wall)::DATE, max(opened_on_the_wall)::DATE
    FROM latest_conversations
"""
_FOUND = """
    SELECT count(DISTINCT (run, source, conversation_id)), count(*),
           count(*) FILTER (severity = 'critical'), count(*) FILTER (severity = 'major'),
           count(*) FILTER (severity = 'minor')
    FROM latest_verdicts WHERE verdict = 'fail'
"""
_DAYS = """
    SELECT opened_on_the_wall::DATE AS day, count(*) FILTER (broken), count(*)
    FROM latest_conversations LEFT JOIN (
        SELECT DISTINCT run, source, channel, conversation_id, true AS broken
        FROM latest_verdicts WHERE verdict = 'fail'
    ) USING (run, source, channel, conversation_id)
    WHERE len(sops) > 0 AND opened_on_the_wall IS NOT NULL GROUP BY day ORDER BY day
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """What the runs came to.

    `first` and `last` are the days on which conversations began, by the clock of those who wrote; `days` how
    many of the judged ones of each day have findings. `generated`: nobody had any of the conversations.
    """

    runs: tuple[RunSummary, ...]
    totals: Totals
    severities: Mapping[Severity, int]
    tallies: tuple[ClauseTally, ...]
    generated: bool
    first: date | None
    last: date | None
    days: tuple[tuple[date, Estimate], ...]

    @property
    def newest(self) -> RunSummary:
        """Return the newest run."""
        return self.runs[-1]


def overview_of(results: Results) -> Overview:
    """Return what the runs came to.

    StorageError STO202 where the table of a single run does not hold what its summary counted.
    """
    ((checked, governed, messages, generated, first, last),) = results.rows(_CHECKED)
    ((with_findings, findings, critical, major, minor),) = results.rows(_FOUND)
    tallies = _tallies(results)
    runs = tuple(run.summary for run in results.runs)
    overview = Overview(
        runs=runs,
        totals=Totals(
            read=sum(run.totals.read for run in runs),
            checked=checked,
            unchanged=sum(run.totals.unchanged for run in runs),
            set_aside=sum(run.totals.set_aside for run in runs),
            governed=governed,
            not_governed=checked - governed,
            with_findings=with_findings,
            messages=messages,
            verdicts=sum(each.counts.total for each in tallies),
            findings=findings,
            erased=sum(run.totals.erased for run in runs),
        ),
        severities={Severity.CRITICAL: critical, Severity.MAJOR: major, Severity.MINOR: minor},
        tallies=tallies,
        generated=generated,
        first=first,
        last=last,
        days=tuple((day, share(found, of)) for day, found, of in results.rows(_DAYS)),
    )
    _require_agreement(results, overview)
    return overview


def _tallies(results: Results) -> tuple[ClauseTally, ...]:
    return tuple(
        ClauseTally(
            sop=sop,
            version=version,
            clause=clause,
            number=number,
            text=text,
            check=check,
            code=code,
            severity=Severity(severity),
            error_class=ErrorClass(error_class),
            language=language,
            counts=VerdictCounts(passed=passed, failed=failed, na=na, undecided=undecided),
        )
        for (
            sop, version, clause, number, text, check, code, severity, error_class, language,
            passed, failed, na, undecided,
        ) in results.rows(_TALLIES)
    )  # fmt: skip


def _require_agreement(results: Results, overview: Overview) -> None:
    """Refuse to show figures of a run that its table does not bear out."""
    if len(results.runs) != 1:
        return
    run = results.runs[0]
    told, counted = _counts(run.summary.clauses), _counts(overview.tallies)
    if told != counted or overview.totals.findings != run.summary.totals.findings:
        differ = sorted(key for key in told.keys() | counted.keys() if told.get(key) != counted.get(key))
        place = "/".join(differ[0]) if differ else "findings"
        raise damaged(run.folder, ValueError(f"table and summary differ for {place}"))


def _counts(tallies: tuple[ClauseTally, ...]) -> Mapping[tuple[str, ...], VerdictCounts]:
    return {(each.sop, each.version, each.clause, each.check): each.counts for each in tallies}
