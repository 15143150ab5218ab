"""Conversations worked through: their findings, the gravest first, and the chat with the words marked."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import orjson

from sopgen.quality.chart import stacked
from sopgen.quality.clause import Manual, clause_of_judgement
from sopgen.quality.excerpt import chat_of
from sopgen.quality.known import Known
from sopgen.quality.locale import clock, day, percent
from sopgen.quality.page import Case, Cases, Departure, Segment
from sopgen.quality.risk import Broken, chosen_cases
from sopgen.quality.veil import Veil, names_of
from sopgen.quality.wording import Wording
from sopgen.runs.finding import Finding, read_finding
from sopgen.runs.fingerprint import fingerprint_of
from sopgen.runs.results import Results
from sopgen.runs.summary import MOST_SEVERE_FIRST

DEPARTURES_SHOWN = 12
"""Findings of one conversation that a page shows (our decision, 2026-11-22)."""

Standing = Callable[[Finding], str]
"""What people have said of a finding, in the reader's language; "" of one that nobody has seen."""


def unknown(_: Finding) -> str:
    """Return nothing: nobody has said anything of any finding."""
    return ""


_TOLD = (
    "run", "source", "conversation", "channel", "team", "agent", "sop", "version", "clause", "clause_number",
    "clause_text", "check", "code", "reason", "remedy", "suggestion", "severity", "class", "weight",
    "confidence", "language", "pack_version", "spans", "words", "customers", "context", "opened_at",
)  # fmt: skip
_FINDINGS = """
    SELECT run, source, conversation, channel, team, agent, sop, version, clause, clause_number,
           clause_text, "check", code, reason, remedy, suggestion, severity, class, weight,
           confidence, language, pack_version, spans, words, customers, context,
           strftime(opened_at, '%Y-%m-%dT%H:%M:%S.%f+00:00')
    FROM findings
    JOIN (SELECT unnest($runs) AS run, unnest($sources) AS source, unnest($conversations) AS conversation)
         USING (run, source, conversation)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Through what cases are seen: the words, the veil, the manual, and what people said of findings."""

    wording: Wording
    veil: Veil
    manual: Manual = field(default_factory=Manual)
    standing: Standing = unknown
    known: Known | None = None


def cases_of(results: Results, broken: Sequence[Broken], desk: Desk, *, limit: int) -> Cases:
    """Return at most `limit` of the conversations that have findings, worked through, the riskiest first."""
    chosen = chosen_cases(broken, limit)
    found = findings_of(results, chosen)
    shown = tuple(_case(place, each, found[each.key], desk) for place, each in enumerate(chosen, start=1))
    return Cases(
        shown=shown,
        count=len(broken),
        findings=sum(each.findings for each in broken),
        findings_shown=sum(len(each.departures) for each in shown),
        query=_query(broken),
    )


def findings_of(results: Results, chosen: Sequence[Broken]) -> Mapping[tuple[int, str, str], list[Finding]]:
    """Return the findings of the chosen conversations, the gravest first."""
    found: dict[tuple[int, str, str], list[Finding]] = {each.key: [] for each in chosen}
    if not chosen:
        return found
    runs, sources, conversations = (list(each) for each in zip(*found, strict=True))
    for row in results.rows(_FINDINGS, runs=runs, sources=sources, conversations=conversations):
        record = dict(zip(_TOLD, row, strict=True))
        record["context"] = orjson.loads(record["context"])
        found[record["run"], record["source"], record["conversation"]].append(read_finding(record))
    return {key: sorted(each, key=_gravity) for key, each in found.items()}


def _gravity(finding: Finding) -> tuple[object, ...]:
    judgement = finding.judgement
    severity = MOST_SEVERE_FIRST.index(judgement.severity)
    return severity, -judgement.weight, judgement.sop, judgement.clause_number, judgement.check


def _case(place: int, broken: Broken, findings: Sequence[Finding], desk: Desk) -> Case:
    first, shown = findings[0].judgement, findings[:DEPARTURES_SHOWN]
    names = sorted({name for finding in findings for name in names_of(finding)})
    departures = tuple(_departure(number, each, desk) for number, each in enumerate(shown, start=1))
    return Case(
        place=place,
        anchor=f"case-{place}",
        conversation=desk.veil.identifier(first.conversation, channel=first.channel, names=names),
        source=desk.veil.place(first.source, names),
        channel=desk.veil.place(first.channel),
        team=desk.veil.agent(first.team),
        agents=tuple(dict.fromkeys(each.agent for each in departures)),
        moment=_moment(findings[0], desk.wording),
        open=place == 1,
        counts=_counts(broken, desk.wording),
        departures=departures,
        more=len(findings) - len(shown),
        bubbles=chat_of(shown, desk.veil, desk.wording),
    )


def _departure(place: int, finding: Finding, desk: Desk) -> Departure:
    judgement, names = finding.judgement, names_of(finding)
    return Departure(
        place=place,
        clause=clause_of_judgement(judgement, desk.manual),
        agent=desk.veil.agent(judgement.agent) or desk.wording.say("no_agent"),
        reason=desk.veil.text(judgement.reason, names),
        remedy=desk.veil.text(judgement.remedy, names),
        suggestion=judgement.suggestion,
        language=judgement.language,
        confidence=_confidence(judgement.confidence, desk.wording),
        standing=desk.standing(finding),
        fingerprint=fingerprint_of(finding),
    )


def _moment(finding: Finding, wording: Wording) -> str:
    """Return when the conversation began, on the clock of its messages."""
    told = [said.at for said in finding.context if said.at is not None]
    if not told:
        return ""
    moment = finding.judgement.opened_at or told[0]
    local = moment.astimezone(told[0].tzinfo)
    return f"{day(local, wording.language)}, {clock(local, wording.language)}"


def _counts(broken: Broken, wording: Wording) -> tuple[Segment, ...]:
    parts = (("critical", broken.critical), ("major", broken.major), ("minor", broken.minor))
    return stacked((name, wording.say(f"severity_{name}"), count) for name, count in parts if count)


def _confidence(confidence: float | None, wording: Wording) -> str:
    return "" if confidence is None or confidence >= 1 else percent(confidence, wording.language)


def _query(broken: Iterable[Broken]) -> str:
    """Return a query that finds all findings of the clause that is broken most, to be changed and pasted."""
    broken_most = Counter(clause for each in broken for clause in each.clauses).most_common(1)
    clause = broken_most[0][0].partition("/")[2] if broken_most else ""
    quoted = clause.replace("'", "''")
    return (
        "SELECT conversation, agent, reason, words\n"
        "FROM 'findings.jsonl'\n"
        f"WHERE clause = '{quoted}'"
    )  # fmt: skip
