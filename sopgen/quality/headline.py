"""What a report says first: which run this is, what it came to, and that its totals add up."""

from collections.abc import Iterable

from sopgen.quality.chart import sentence, stacked
from sopgen.quality.interval import share
from sopgen.quality.locale import full_moment
from sopgen.quality.page import Head, Segment
from sopgen.quality.wording import Wording
from sopgen.runs.summary import MOST_SEVERE_FIRST, RunSummary
from sopgen.sop.model import DRAFT


def head_of(summary: RunSummary, wording: Wording) -> Head:
    """Return the head of a run's page."""
    return Head(
        run_id=summary.run_id,
        started=full_moment(summary.started_at, wording.language),
        pack_version=summary.pack_version,
        sopgen_version=summary.sopgen_version,
        sops=tuple(_sop_names(summary, wording)),
        headline=_headline(summary, wording),
        lead=_lead(summary, wording),
        read=summary.totals.read,
        checked=summary.totals.checked,
        set_aside=summary.totals.set_aside,
        fate=_fate(summary, wording),
        sums=_sums(summary, wording),
        severities=_severities(summary, wording),
    )


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
