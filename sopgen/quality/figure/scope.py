"""What is counted: the runs, the days, how many conversations; and the narrow tables that counting reads."""

from dataclasses import dataclass
from datetime import date, datetime

from sopgen.compliance.model import Verdict
from sopgen.quality.disposition import Decision
from sopgen.quality.known import Known
from sopgen.quality.veil import Veil
from sopgen.runs.results import NOT_CORRECTED, Results
from sopgen.runs.summary import RunSummary

_MISTAKEN = """CREATE OR REPLACE TEMP TABLE mistaken AS
    SELECT run, source, conversation AS conversation_id, sop, version, clause, "check", instead
    FROM findings JOIN (SELECT unnest($fingerprints) AS fingerprint, unnest($instead) AS instead)
        USING (fingerprint)"""
_NOTHING_MISTAKEN = """CREATE OR REPLACE TEMP TABLE mistaken AS
    SELECT run, source, conversation_id, sop, version, clause, "check", verdict AS instead
    FROM verdicts LIMIT 0"""
_JUDGED = """CREATE OR REPLACE TEMP VIEW judged AS
    SELECT v.* REPLACE (CASE WHEN v.verdict = 'fail' THEN coalesce(mistaken.instead, v.verdict)
                             ELSE v.verdict END AS verdict)
    FROM verdicts v LEFT JOIN mistaken USING (run, source, conversation_id, sop, version, clause, "check")"""
_COUNTED = f"""CREATE OR REPLACE TEMP TABLE counted AS
    SELECT v.run, v.source, v.channel, v.conversation_id, v.team, v.agent, v.sop, v.version, v.clause,
           v."check", v.verdict, v.severity, v.class, v.weight, c.opened_on_the_wall::DATE AS day
    FROM judged v
    SEMI JOIN (SELECT channel, conversation_id, sop, max(run) AS run FROM verdicts GROUP BY ALL)
        USING (channel, conversation_id, sop, run)
    {NOT_CORRECTED}
    LEFT JOIN conversations c USING (run, source, channel, conversation_id)"""  # noqa: S608 - our own
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


def lay_out(results: Results, known: Known | None = None) -> Scope:
    """Return the scope, and leave on the connection what is counted.

    These are `judged` (verdicts of all runs) and `counted` (the newest of each conversation), in which a
    finding that somebody called a false alarm has the verdict that they gave instead, and `talks`
    (conversations, the newest of each).
    """
    mistakes = _mistakes(known)
    if mistakes:
        fingerprints, instead = map(list, zip(*mistakes, strict=True))
        results.rows(_MISTAKEN, fingerprints=fingerprints, instead=instead)
    else:
        results.rows(_NOTHING_MISTAKEN)
    for query in (_JUDGED, _COUNTED, _TALKS):
        results.rows(query)
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


def _mistakes(known: Known | None) -> list[tuple[str, str]]:
    """Return the fingerprints of false alarms, each with the verdict that somebody gave instead."""
    decided = known.dispositions.items() if known is not None else ()
    return sorted(
        (fingerprint, str(each.instead or Verdict.UNDECIDED))
        for fingerprint, each in decided
        if each.decision is Decision.FALSE_ALARM
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
