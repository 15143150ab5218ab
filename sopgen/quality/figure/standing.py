"""Which findings are news: what neither the baseline nor a decision of people knows.

`sort_out` leaves a narrow table of the findings that count on the connection, `found`: each finding of the
newest judgement of a conversation, with how it stands. Whatever puts conversations or clauses in the order of
their risk reads it.
"""

from collections import Counter
from dataclasses import dataclass

from sopgen.quality.figure.clause import ClauseKey
from sopgen.quality.known import Known, News, Standing
from sopgen.runs.results import Results
from sopgen.sop.model import Severity

NEWS = ", ".join(f"'{each}'" for each in Standing if each.is_news)
"""The standings that are news, as a list in a query."""

_FOUND = """CREATE OR REPLACE TEMP TABLE found AS
    SELECT run, source, channel, conversation AS conversation_id, sop, version, clause, "check", severity,
           weight, fingerprint, coalesce(standing, 'new') AS standing
    FROM findings
    SEMI JOIN (SELECT channel, conversation_id AS conversation, sop, max(run) AS run
               FROM verdicts GROUP BY ALL) USING (channel, conversation, sop, run)
    ANTI JOIN (SELECT * RENAME (conversation_id AS conversation) FROM corrected)
        USING (run, source, channel, conversation)
    LEFT JOIN (SELECT unnest($fingerprints::VARCHAR[]) AS fingerprint,
                      unnest($standings::VARCHAR[]) AS standing) USING (fingerprint)"""
_STANDINGS = """SELECT standing, severity, sop, clause, "check", count(*) FROM found GROUP BY ALL"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorted:
    """How the findings stand; `by_clause` counts the news of each clause that has any."""

    news: News
    by_clause: Counter[ClauseKey]


def sort_out(results: Results, known: Known | None) -> Sorted | None:
    """Return how the findings stand, None where nothing is known and all are news; leaves `found`."""
    told = _told(known)
    fingerprints, standings = list(told), [str(each) for each in told.values()]
    results.rows(_FOUND, fingerprints=fingerprints, standings=standings)
    if known is None or not known.in_force:
        return None
    by_standing: Counter[Standing] = Counter()
    by_severity: Counter[Severity] = Counter()
    by_clause: Counter[ClauseKey] = Counter()
    for standing, severity, sop, clause, check, count in results.rows(_STANDINGS):
        by_standing[Standing(standing)] += count
        if Standing(standing).is_news:
            by_severity[Severity(severity)] += count
            by_clause[ClauseKey(sop=sop, clause=clause, check=check)] += count
    news = News(
        standings={each: by_standing[each] for each in Standing},
        by_severity={each: by_severity[each] for each in Severity},
    )
    return Sorted(news=news, by_clause=by_clause)


def _told(known: Known | None) -> dict[str, Standing]:
    """Return how each finding stands that anybody said anything about."""
    if known is None:
        return {}
    return {each: known.standing(each) for each in sorted({*known.baseline, *known.dispositions})}
