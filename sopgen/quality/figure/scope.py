"""What is counted: the runs, the days, how many conversations; and the narrow tables that counting reads."""

from dataclasses import dataclass
from datetime import date, datetime

from sopgen.quality.veil import Veil
from sopgen.runs.results import Results
from sopgen.runs.summary import RunSummary

_COUNTED = """CREATE TEMP TABLE IF NOT EXISTS counted AS
    SELECT v.run, v.source, v.channel, v.conversation_id, v.team, v.agent, v.sop, v.version, v.clause,
           v."check", v.verdict, v.severity, v.class, v.weight, c.opened_on_the_wall::DATE AS day
    FROM latest_verdicts v LEFT JOIN conversations c USING (run, source, channel, conversation_id)"""
_TALKS = """CREATE TEMP TABLE IF NOT EXISTS talks AS
    SELECT * EXCLUDE (complaint_text, complaint_message_id, tags),
           complaint_message_id IS NOT NULL AS complains, opened_on_the_wall::DATE AS day
    FROM latest_conversations"""
_SCOPE = """SELECT
    (SELECT min(day) FROM talks), (SELECT max(day) FROM talks),
    (SELECT count(*) FROM talks), (SELECT count(*) FROM talks WHERE len(sops) > 0),
    (SELECT coalesce(sum(messages), 0)::BIGINT FROM talks), (SELECT count(*) FROM set_aside),
    (SELECT count(*) FROM counted), (SELECT count(*) FROM counted WHERE verdict = 'fail'),
    (SELECT count(*) FROM counted WHERE verdict = 'fail' AND severity = 'critical'),
    (SELECT count(*) FROM (SELECT DISTINCT run, source, channel, conversation_id FROM counted
                           WHERE verdict = 'fail'))"""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFacts:
    """One of the runs that are counted."""

    run: int
    id: str
    started_at: datetime
    conversations: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What the figures were taken of. `first` and `last` are the days of conversations, None without stamps.

    `runs` are in the order of their starts. `findings` counts verdicts that are fail, `critical` those among
    them that are critical; `with_findings` the conversations that have any.
    """

    runs: tuple[RunFacts, ...]
    first: date | None
    last: date | None
    conversations: int
    governed: int
    messages: int
    set_aside: int
    verdicts: int
    findings: int
    critical: int
    with_findings: int

    @property
    def newest(self) -> RunFacts:
        """Return the last run."""
        return self.runs[-1]

    @property
    def previous(self) -> RunFacts | None:
        """Return the run before the last one."""
        return self.runs[-2] if len(self.runs) > 1 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationKey:
    """By what a stored conversation is found, as stored: not for showing."""

    run: int
    source: str
    channel: str
    conversation_id: str


def lay_out(results: Results) -> Scope:
    """Return the scope, and leave the tables `counted` (verdicts) and `talks` on the connection."""
    results.connection.execute(_COUNTED)
    results.connection.execute(_TALKS)
    ((first, last, *counts),) = results.rows(_SCOPE)
    names = (
        "conversations", "governed", "messages", "set_aside", "verdicts", "findings", "critical",
        "with_findings",
    )  # fmt: skip
    return Scope(
        runs=tuple(_run_facts(number, run.summary) for number, run in enumerate(results.runs, 1)),
        first=first,
        last=last,
        **dict(zip(names, counts, strict=True)),
    )


def _run_facts(number: int, summary: RunSummary) -> RunFacts:
    return RunFacts(
        run=number,
        id=summary.run_id,
        started_at=summary.started_at,
        conversations=summary.totals.checked,
    )


def shown_id(veil: Veil, key: ConversationKey, customer: str) -> str:
    """Return a conversation's id as people may see it."""
    return veil.identifier(key.conversation_id, channel=key.channel, names=(customer,) if customer else ())
