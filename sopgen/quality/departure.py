"""Clauses and their findings as a page shows them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby
from urllib.parse import quote

from sopgen.compliance.model import Verdict
from sopgen.quality.chart import rate, stacked
from sopgen.quality.excerpt import bubbles_of
from sopgen.quality.locale import day, percent
from sopgen.quality.page import ClauseFindings, ClauseRow, FindingView, SeverityFindings, SopTable
from sopgen.quality.selection import ClauseKey, key_of, quotas, select, worst_first
from sopgen.quality.veil import Veil, names_of
from sopgen.quality.wording import Wording
from sopgen.runs.finding import Finding
from sopgen.runs.store import StoredRun
from sopgen.runs.summary import MOST_SEVERE_FIRST, ClauseTally

OPEN_FINDINGS = 12
"""Findings that lie open at first; the others unfold with a click (our decision, 2026-11-21)."""

Link = Callable[[ClauseTally], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """What ties the parts of a page together: words, links into the manual, anchors, and how much is shown.

    `wanted` is how many findings each clause shows, worst clause first; `open` are those that lie open.
    """

    wording: Wording
    veil: Veil
    link: Link
    anchors: Mapping[ClauseKey, str]
    wanted: Mapping[ClauseKey, int]
    open: frozenset[ClauseKey]


def bind(
    tallies: Sequence[ClauseTally], wording: Wording, veil: Veil, *, manual_url: str | None, limit: int
) -> Binding:
    """Return what ties the parts together, for at most `limit` findings."""
    wanted = quotas(worst_first(tallies), limit)
    return Binding(
        wording=wording,
        veil=veil,
        link=_linker(manual_url),
        anchors=_anchors(tallies),
        wanted=wanted,
        open=_open(wanted),
    )


def tables_of(tallies: Sequence[ClauseTally], binding: Binding) -> tuple[SopTable, ...]:
    """Return the clauses of each SOP version, in reading order."""
    return tuple(
        SopTable(sop=sop, version=version, rows=tuple(_clause(tally, binding) for tally in group))
        for (sop, version), group in groupby(tallies, key=lambda tally: (tally.sop, tally.version))
    )


def findings_of(run: StoredRun, binding: Binding) -> tuple[SeverityFindings, ...]:
    """Return the findings by severity and clause, the gravest first, as many as are wanted."""
    worst = worst_first(run.summary.clauses)
    chosen = select(run.findings(), binding.wanted)
    return tuple(
        SeverityFindings(
            severity=severity,
            count=run.summary.findings_by_severity[severity],
            clauses=_by_clause([tally for tally in worst if tally.severity is severity], chosen, binding),
        )
        for severity in MOST_SEVERE_FIRST
        if run.summary.findings_by_severity[severity]
    )


def _by_clause(
    tallies: Sequence[ClauseTally], chosen: Mapping[ClauseKey, Sequence[Finding]], binding: Binding
) -> tuple[ClauseFindings, ...]:
    return tuple(
        ClauseFindings(
            clause=_clause(tally, binding),
            count=tally.counts.failed,
            open=key_of(tally) in binding.open,
            shown=tuple(
                _finding(finding, f"{binding.anchors[key_of(tally)]}-{place}", binding)
                for place, finding in enumerate(chosen[key_of(tally)], start=1)
            ),
        )
        for tally in tallies
    )


def _clause(tally: ClauseTally, binding: Binding) -> ClauseRow:
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
        verdicts=stacked((str(each), binding.wording.say(f"verdict_{each}"), counts[each]) for each in order),
        rate=rate(tally.counts.passed, tally.counts.decided, binding.wording),
        link=binding.link(tally),
        anchor=binding.anchors.get(key_of(tally), ""),
    )


def _finding(finding: Finding, anchor: str, binding: Binding) -> FindingView:
    judgement, veil, wording = finding.judgement, binding.veil, binding.wording
    names = names_of(finding)
    return FindingView(
        anchor=anchor,
        conversation=veil.identifier(judgement.conversation, channel=judgement.channel, names=names),
        source=veil.place(judgement.source, names),
        channel=veil.place(judgement.channel),
        team=veil.agent(judgement.team),
        agent=veil.agent(judgement.agent) or wording.say("no_agent"),
        day=day(judgement.opened_at, wording.language) if judgement.opened_at else "",
        reason=veil.text(judgement.reason, names),
        remedy=veil.text(judgement.remedy, names),
        suggestion=judgement.suggestion,
        language=judgement.language,
        confidence=_confidence(judgement.confidence, wording),
        bubbles=bubbles_of(finding, veil, wording),
    )


def _confidence(confidence: float | None, wording: Wording) -> str:
    return "" if confidence is None or confidence >= 1 else percent(confidence, wording.language)


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
