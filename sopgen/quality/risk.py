"""Which conversations a bounded page works through: the riskiest first, and some of every clause."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sopgen.runs.results import Results

CASES_SHOWN = 60
"""Conversations that a page works through at most: some 700 kB (our decision, 2026-11-22)."""

RISKIEST = 40
"""Of these, how many go to the riskiest; the others show clauses of which there is too little else."""

EXAMPLES = 2
"""Cases that every broken clause has on the page, where it has so many and there is room: one habit that a
thousand chats share must not hide every other (our decision, 2026-11-22)."""

_BROKEN = """
    SELECT run, source, conversation_id,
           count(*) FILTER (severity = 'critical'), count(*) FILTER (severity = 'major'),
           count(*) FILTER (severity = 'minor'), sum(weight),
           list(DISTINCT sop || '/' || clause ORDER BY sop || '/' || clause)
    FROM latest_verdicts WHERE verdict = 'fail'
    GROUP BY run, source, conversation_id
    ORDER BY 4 DESC, 7 DESC, max(opened_at) DESC NULLS LAST, conversation_id, source, run
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """A conversation with findings: how many of each severity, their weight, and which clauses they break."""

    run: int
    source: str
    conversation: str
    critical: int
    major: int
    minor: int
    weight: float
    clauses: tuple[str, ...]

    @property
    def key(self) -> tuple[int, str, str]:
        """Return what tells the conversation from every other."""
        return self.run, self.source, self.conversation

    @property
    def findings(self) -> int:
        """Return the findings of every severity."""
        return self.critical + self.major + self.minor


def broken_conversations(results: Results) -> tuple[Broken, ...]:
    """Return the conversations that have findings, the riskiest first.

    Risk counts critical findings before anything else, then what all findings weigh (our decision,
    2026-11-22). Of two alike the later conversation comes first.
    """
    return tuple(
        Broken(
            run=run,
            source=source,
            conversation=conversation,
            critical=critical,
            major=major,
            minor=minor,
            weight=weight,
            clauses=tuple(clauses),
        )
        for run, source, conversation, critical, major, minor, weight, clauses in results.rows(_BROKEN)
    )


def chosen_cases(broken: Sequence[Broken], limit: int = CASES_SHOWN) -> tuple[Broken, ...]:
    """Return at most `limit` conversations, the riskiest first, with EXAMPLES of every clause if possible."""
    first = min(RISKIEST, limit) if len(broken) > limit else limit
    chosen = {each.key: each for each in broken[:first]}
    shown = Counter(clause for each in chosen.values() for clause in each.clauses)
    for each in broken[first:]:
        if len(chosen) >= limit:
            break
        if any(shown[clause] < EXAMPLES for clause in each.clauses):
            chosen[each.key] = each
            shown.update(each.clauses)
    return tuple(each for each in broken if each.key in chosen)
