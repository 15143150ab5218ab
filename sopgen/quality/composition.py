"""From a stored run to the page that shows it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby
from urllib.parse import quote

from sopgen.base.diagnostic import Diagnostic, Level
from sopgen.compliance.model import Verdict
from sopgen.conversation.model import SetAside
from sopgen.quality.chart import rate, sentence, stacked
from sopgen.quality.excerpt import bubbles_of
from sopgen.quality.interval import share
from sopgen.quality.locale import day, full_moment, percent
from sopgen.quality.mask import mask_for, mask_place
from sopgen.quality.page import (
    AgentRow,
    Bounded,
    ClauseFindings,
    ClauseRow,
    DiagnosticRow,
    FindingView,
    NotGovernedRow,
    Page,
    Rate,
    Segment,
    SetAsideRow,
    SeverityFindings,
    SopTable,
)
from sopgen.quality.selection import ClauseKey, key_of, quotas, select, worst_first
from sopgen.quality.wording import Wording
from sopgen.runs.finding import Finding
from sopgen.runs.store import AgentCounts, StoredRun
from sopgen.runs.summary import MOST_SEVERE_FIRST, ClauseTally, NotGoverned, RunSummary
from sopgen.runs.trouble import damaged
from sopgen.sop.model import DRAFT

AGENTS_SHOWN = 100
SET_ASIDE_SHOWN = 100
DIAGNOSTICS_SHOWN = 100
"""Rows of a list that a page shows at most (our decision, 2026-11-21)."""

OPEN_FINDINGS = 12
"""Findings that lie open at first; the others unfold with a click (our decision, 2026-11-21)."""

Link = Callable[[ClauseTally], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Context:
    """What every part of the page needs."""

    wording: Wording
    link: Link
    anchors: Mapping[ClauseKey, str]
    open: frozenset[ClauseKey]


def compose(run: StoredRun, *, language: str, manual_url: str | None, limit: int) -> Page:
    """Return the page of a run, with at most `limit` findings in full.

    `manual_url` is where the manuals' site lies as seen from the page, None for no links. StorageError:
    STO202 where a file is damaged, or where the table does not hold what the summary counted.
    """
    _require_agreement(run)
    summary, wording = run.summary, Wording(language)
    wanted = quotas(worst_first(summary.clauses), limit)
    context = _Context(
        wording=wording, link=_linker(manual_url), anchors=_anchors(summary.clauses), open=_open(wanted)
    )
    findings = _findings(run, context, wanted)
    return Page(
        language=language,
        run_id=summary.run_id,
        started=full_moment(summary.started_at, language),
        pack_version=summary.pack_version,
        sopgen_version=summary.sopgen_version,
        sops=tuple(_sop_names(summary, wording)),
        headline=_headline(summary, wording),
        lead=_lead(summary, wording),
        fate=_fate(summary, wording),
        read=summary.totals.read,
        sums=_sums(summary, wording),
        severities=_severities(summary, wording),
        checked=summary.totals.checked,
        set_aside_count=summary.totals.set_aside,
        findings_count=summary.totals.findings,
        findings_shown=sum(len(clause.shown) for group in findings for clause in group.clauses),
        findings=findings,
        tables=_tables(summary, context),
        agents=_agents(run, wording),
        set_aside=_set_aside(run),
        not_governed=tuple(_not_governed(group) for group in summary.not_governed),
        diagnostics=_diagnostics(summary.diagnostics, wording),
        levels=tuple(_levels(summary.diagnostics, wording)),
        query=_query(summary.clauses),
    )


def _require_agreement(run: StoredRun) -> None:
    """Refuse to show figures that the table does not bear out."""
    told = {key_of(tally): tally.counts for tally in run.summary.clauses}
    counted = {(each.sop, each.version, each.clause, each.check): each.counts for each in run.by_clause()}
    if told != counted:
        difference = sorted(
            {key for key in told.keys() | counted.keys() if told.get(key) != counted.get(key)}
        )
        raise damaged(run.folder, ValueError(f"table and summary differ for {'/'.join(difference[0])}"))


def _anchors(tallies: Iterable[ClauseTally]) -> Mapping[ClauseKey, str]:
    """Return where on the page the findings of each clause stand: "critical-1", "critical-2", "major-1"."""
    by_severity = groupby(worst_first(tallies), key=lambda tally: tally.severity)
    return {
        key_of(tally): f"{severity}-{place}"
        for severity, group in by_severity
        for place, tally in enumerate(group, start=1)
    }


def _open(wanted: Mapping[ClauseKey, int]) -> frozenset[ClauseKey]:
    """Return the clauses whose findings lie open: the worst one, and those after it while there is room."""
    shown = list(accumulate(wanted.values()))
    return frozenset(key for place, key in enumerate(wanted) if place == 0 or shown[place] <= OPEN_FINDINGS)


def _linker(manual_url: str | None) -> Link:
    if manual_url is None:
        return lambda _: ""
    base = manual_url.rstrip("/")

    def link(tally: ClauseTally) -> str:
        sop, version, clause = (quote(part, safe="") for part in (tally.sop, tally.version, tally.clause))
        return f"{base}/{sop}/{version}/index.html#{clause}"

    return link


def _sop_names(summary: RunSummary, wording: Wording) -> Iterable[str]:
    for sop, versions in summary.sops.items():
        named = [
            wording.say("draft") if version == DRAFT else wording.say("version", version=version)
            for version in versions
        ]
        yield f"{sop} ({', '.join(named)})" if named else sop


def _headline(summary: RunSummary, wording: Wording) -> str:
    if not summary.totals.governed:
        return wording.say("nothing_judged")
    if not summary.totals.findings:
        return wording.say("no_findings")
    critical = summary.findings_by_severity[MOST_SEVERE_FIRST[0]]
    if critical:
        return wording.say("critical_first", count=critical)
    return wording.say("no_critical", count=summary.totals.findings)


def _lead(summary: RunSummary, wording: Wording) -> str:
    totals = summary.totals
    if not totals.governed:
        return ""
    return wording.say(
        "lead",
        found=totals.with_findings,
        count=totals.governed,
        rate=sentence(share(totals.with_findings, totals.governed), wording),
    )


def _fate(summary: RunSummary, wording: Wording) -> tuple[Segment, ...]:
    totals = summary.totals
    parts = (
        ("found", totals.with_findings),
        ("clean", totals.governed - totals.with_findings),
        ("not_governed", totals.not_governed),
        ("unchanged", totals.unchanged),
        ("set_aside", totals.set_aside),
    )
    return stacked((name, wording.say(f"fate_{name}"), count) for name, count in parts if count)


def _sums(summary: RunSummary, wording: Wording) -> tuple[str, ...]:
    totals = summary.totals
    counts = {name: getattr(totals, name) for name in type(totals).__slots__}
    sums = (wording.say("sum", **counts),)
    return (*sums, wording.say("sum_unchanged", **counts)) if totals.unchanged else sums


def _severities(summary: RunSummary, wording: Wording) -> tuple[Segment, ...]:
    counts = summary.findings_by_severity
    return stacked(
        (str(each), wording.say(f"tile_{each}", count=counts[each]), counts[each])
        for each in MOST_SEVERE_FIRST
    )


def _tables(summary: RunSummary, context: _Context) -> tuple[SopTable, ...]:
    return tuple(
        SopTable(sop=sop, version=version, rows=tuple(_clause(tally, context) for tally in tallies))
        for (sop, version), tallies in groupby(summary.clauses, key=lambda tally: (tally.sop, tally.version))
    )


def _clause(tally: ClauseTally, context: _Context) -> ClauseRow:
    counts = tally.counts.as_dict()
    order = (Verdict.PASS, Verdict.FAIL, Verdict.UNDECIDED, Verdict.NA)
    return ClauseRow(
        sop=tally.sop,
        version=tally.version,
        clause=tally.clause,
        number=tally.number,
        text=tally.text,
        language=tally.language,
        check=tally.check,
        code=tally.code,
        severity=tally.severity,
        verdicts=stacked((str(each), context.wording.say(f"verdict_{each}"), counts[each]) for each in order),
        rate=rate(tally.counts.passed, tally.counts.decided, context.wording),
        link=context.link(tally),
        anchor=context.anchors.get(key_of(tally), ""),
    )


def _findings(
    run: StoredRun, context: _Context, wanted: Mapping[ClauseKey, int]
) -> tuple[SeverityFindings, ...]:
    worst = worst_first(run.summary.clauses)
    chosen = select(run.findings(), wanted)
    return tuple(
        SeverityFindings(
            severity=severity,
            count=run.summary.findings_by_severity[severity],
            clauses=_by_clause([tally for tally in worst if tally.severity is severity], chosen, context),
        )
        for severity in MOST_SEVERE_FIRST
        if run.summary.findings_by_severity[severity]
    )


def _by_clause(
    tallies: Sequence[ClauseTally], chosen: Mapping[ClauseKey, Sequence[Finding]], context: _Context
) -> tuple[ClauseFindings, ...]:
    return tuple(
        ClauseFindings(
            clause=_clause(tally, context),
            count=tally.counts.failed,
            open=key_of(tally) in context.open,
            shown=tuple(
                _finding(finding, f"{context.anchors[key_of(tally)]}-{place}", context.wording)
                for place, finding in enumerate(chosen[key_of(tally)], start=1)
            ),
        )
        for tally in tallies
    )


def _finding(finding: Finding, anchor: str, wording: Wording) -> FindingView:
    judgement, mask = finding.judgement, mask_for(finding.customers)
    return FindingView(
        anchor=anchor,
        conversation=mask(judgement.conversation),
        source=mask(_last_parts(judgement.source)),
        channel=judgement.channel,
        team=judgement.team,
        agent=mask_place(judgement.agent) or wording.say("no_agent"),
        day=day(judgement.opened_at, wording.language) if judgement.opened_at else "",
        reason=mask(judgement.reason),
        remedy=mask(judgement.remedy),
        language=judgement.language,
        confidence=_confidence(judgement.confidence, wording),
        bubbles=bubbles_of(finding, mask, wording),
    )


def _last_parts(source: str) -> str:
    """Return a file's name and its folder's: where it lies on somebody's machine is nobody's business."""
    return "/".join(source.replace("\\", "/").split("/")[-2:])


def _confidence(confidence: float | None, wording: Wording) -> str:
    return "" if confidence is None or confidence >= 1 else percent(confidence, wording.language)


def _agents(run: StoredRun, wording: Wording) -> Bounded[AgentRow]:
    counted = run.by_agent()
    rows = tuple(
        AgentRow(
            agent=mask_place(each.agent) or wording.say("no_agent"),
            team=each.team,
            conversations=each.conversations,
            with_findings=each.with_findings,
            critical=each.critical,
            major=each.major,
            minor=each.minor,
            rate=_fair_rate(each, wording),
        )
        for each in counted[:AGENTS_SHOWN]
    )
    return Bounded(rows=rows, more=len(counted) - len(rows))


def _fair_rate(counts: AgentCounts, wording: Wording) -> Rate | None:
    """Return the share of conversations with findings, or None of few: "100%" of one chat says nothing."""
    found = rate(counts.with_findings, counts.conversations, wording)
    return None if found is None or found.estimate.small else found


def _set_aside(run: StoredRun) -> Bounded[SetAsideRow]:
    rows: list[SetAsideRow] = []
    for record in run.set_aside():
        if len(rows) >= SET_ASIDE_SHOWN:
            break
        rows.append(_set_aside_row(record))
    return Bounded(rows=tuple(rows), more=run.summary.totals.set_aside - len(rows))


def _set_aside_row(record: SetAside) -> SetAsideRow:
    """Return the row without the record's excerpt: what could not be read cannot be masked surely."""
    return SetAsideRow(
        place=mask_place(", ".join(filter(None, (_last_parts(record.source), record.position)))),
        code=record.code,
        reason=mask_place(record.reason),
        hint=mask_place(record.hint),
    )


def _not_governed(group: NotGoverned) -> NotGovernedRow:
    return NotGovernedRow(
        channel=group.channel,
        team=group.team,
        conversations=group.conversations,
        examples=tuple(mask_place(each) for each in group.examples),
    )


def _diagnostics(diagnostics: Sequence[Diagnostic], wording: Wording) -> Bounded[DiagnosticRow]:
    rows = tuple(
        DiagnosticRow(
            level=wording.say(f"level_{each.level}"),
            code=each.code,
            place=mask_place(_last_parts(str(each.span))),
            message=mask_place(each.message),
            hint=mask_place(each.hint),
        )
        for each in diagnostics[:DIAGNOSTICS_SHOWN]
    )
    return Bounded(rows=rows, more=len(diagnostics) - len(rows))


def _levels(diagnostics: Sequence[Diagnostic], wording: Wording) -> Iterable[str]:
    """Yield how many diagnostics there are of each level, gravest first: "3 errors", "1 warning"."""
    for level in Level:
        count = sum(each.level is level for each in diagnostics)
        if count:
            yield wording.say(f"levels_{level}", count=count)


def _query(tallies: Iterable[ClauseTally]) -> str:
    """Return a query that finds the findings of the clause that has most, to be changed and pasted."""
    most = max(tallies, key=lambda tally: tally.counts.failed, default=None)
    clause = most.clause if most else ""
    quoted = clause.replace("'", "''")
    return (
        "SELECT conversation, agent, reason, words\n"
        "FROM 'findings.jsonl'\n"
        f"WHERE clause = '{quoted}'"
    )  # fmt: skip
