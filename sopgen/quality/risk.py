"""Which conversations are riskiest, and which of them a bounded page works through.

There is one order, for pages and tables: what is news before what people know already, critical findings
before anything else, then what all findings weigh (our decision, 2026-11-22). Of two alike the one with a
complaint comes first, then the one with the worse rating, then the later one.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from sopgen.quality.figure.standing import NEWS
from sopgen.runs.results import Results

CASES_SHOWN = 60
"""Conversations that a page works through at most: some 700 kB (our decision, 2026-11-22)."""

RISKIEST = 40
"""Of these, how many go to the riskiest; the others show clauses of which there is too little else."""

EXAMPLES = 2
"""Cases that every broken clause has on the page, where it has so many and there is room: one habit that a
thousand chats share must not hide every other (our decision, 2026-11-22)."""

_BROKEN = f"""
    SELECT run, source, channel, conversation_id,
           count(*) FILTER (severity = 'critical'), count(*) FILTER (severity = 'major'),
           count(*) FILTER (severity = 'minor'), sum(weight), count(*) FILTER (is_news),
           list(DISTINCT sop || '/' || clause ORDER BY sop || '/' || clause),
           list(DISTINCT sop || '/' || clause ORDER BY sop || '/' || clause) FILTER (severity = 'critical')
    FROM (SELECT *, standing IN ({NEWS}) AS is_news FROM found)
    LEFT JOIN talks USING (run, source, channel, conversation_id)
    GROUP BY run, source, channel, conversation_id
    ORDER BY count(*) FILTER (is_news AND severity = 'critical') DESC,
             coalesce(sum(weight) FILTER (is_news), 0) DESC, 5 DESC, 8 DESC, any_value(complains) DESC,
             any_value(csat) NULLS LAST, any_value(opened_at) DESC NULLS LAST, conversation_id, source, run
"""  # noqa: S608 - words of ours


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """A conversation with findings: how many of each severity, their weight, and which clauses they break.

    `news` counts those that nobody knows yet, `grave` are the clauses whose breach is critical.
    """

    run: int
    source: str
    channel: str
    conversation: str
    critical: int
    major: int
    minor: int
    weight: float
    news: int
    clauses: tuple[str, ...]
    grave: tuple[str, ...] = ()

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

    They are read from what `lay_out` and `sort_out` left on the connection.
    """
    return tuple(
        Broken(
            run=run,
            source=source,
            channel=channel,
            conversation=conversation,
            critical=critical,
            major=major,
            minor=minor,
            weight=weight,
            news=news,
            clauses=tuple(clauses),
            grave=tuple(grave or ()),
        )
        for (
            run, source, channel, conversation, critical, major, minor, weight, news, clauses, grave,
        ) in results.rows(_BROKEN)
    )  # fmt: skip


def chosen_cases(broken: Sequence[Broken], limit: int = CASES_SHOWN) -> tuple[Broken, ...]:
    """Return at most `limit` conversations, the riskiest first, with EXAMPLES of every clause if possible.

    Where room is short, each critical clause has one before any other has, and each has one before any has
    two.
    """
    first = min(RISKIEST, limit) if len(broken) > limit else limit
    chosen = {each.key: each for each in broken[:first]}
    shown = Counter(clause for each in chosen.values() for clause in each.clauses)
    for clauses_of, enough in ((_GRAVE, 1), *((_ALL, number) for number in range(1, EXAMPLES + 1))):
        for each in broken[first:]:
            if len(chosen) >= limit:
                break
            if each.key not in chosen and any(shown[clause] < enough for clause in clauses_of(each)):
                chosen[each.key] = each
                shown.update(each.clauses)
    return tuple(each for each in broken if each.key in chosen)


_GRAVE, _ALL = attrgetter("grave"), attrgetter("clauses")
