"""What a report says first: what it came to, in a sentence and in figures, and that its totals add up."""

from collections.abc import Iterable
from dataclasses import replace

from sopgen.quality.chart import sentence, stacked
from sopgen.quality.interval import share
from sopgen.quality.known import News, Standing
from sopgen.quality.locale import full_moment, number, period
from sopgen.quality.overview import Overview
from sopgen.quality.page import Head, Segment, Tile
from sopgen.quality.wording import Wording
from sopgen.runs.summary import MOST_SEVERE_FIRST, RunSummary
from sopgen.sop.model import DRAFT, Severity


def head_of(overview: Overview, wording: Wording, *, headline: str = "", lead: str = "") -> Head:
    """Return the head of a page over all its runs; what it opens with is QA's where nothing else is said."""
    newest = overview.newest
    return Head(
        name=newest.run_id if len(overview.runs) == 1 else period_of(overview, wording),
        period=period_of(overview, wording),
        headline=headline or _headline(overview, wording),
        lead=lead or _lead(overview, wording),
        sample=wording.say("sample_data") if overview.generated else "",
        runs=_runs(overview, wording),
        started=full_moment(newest.started_at, wording.language),
        sops=tuple(_sop_names(overview, wording)),
        pack_version=newest.pack_version,
        sopgen_version=newest.sopgen_version,
    )


def period_of(overview: Overview, wording: Wording) -> str:
    """Return the days on which the conversations began; without any stamp, when the newest run did."""
    if overview.first is None or overview.last is None:
        return full_moment(overview.newest.started_at, wording.language)
    return period(overview.first, overview.last, wording.language)


def tiles_of(
    overview: Overview, wording: Wording, *, previous: RunSummary | None = None, news: News | None = None
) -> tuple[Tile, ...]:
    """Return the figures that stand out: findings of each severity, then conversations.

    Of a single run each says how many it is of 100 conversations, and was in the `previous` run: a smaller
    night looks no better. Where people know some of the findings already, it says how many are `news`.
    """
    fresh = news.by_severity if news is not None else {}
    severities = tuple(
        _severity(each, overview, wording, previous=previous, news=fresh.get(each))
        for each in MOST_SEVERE_FIRST
    )
    totals = overview.totals
    others = (("checked", totals.checked), ("set_aside", totals.set_aside))
    return (*severities, *(_tile("plain", f"tile_{name}", count, wording) for name, count in others))


def standing_of(news: News | None, wording: Wording) -> str:
    """Return how many findings stand how, in a sentence; "" where nothing is known of any."""
    if news is None:
        return ""
    told = ", ".join(
        wording.say(f"standings_{each.name.lower()}", count=news.standings[each])
        for each in Standing
        if news.standings[each]
    )
    return wording.say("standing_sum", count=sum(news.standings.values()), told=told)


def _severity(
    severity: Severity, overview: Overview, wording: Wording, *, previous: RunSummary | None, news: int | None
) -> Tile:
    tile = _tile(str(severity), f"tile_{severity}", overview.severities[severity], wording)
    return replace(
        tile,
        news="" if news is None else wording.say("of_which_new", count=news),
        difference="" if previous is None else _against(severity, overview, previous, wording),
    )


def _against(severity: Severity, overview: Overview, previous: RunSummary, wording: Wording) -> str:
    """Return how many findings of 100 judged conversations it is and was, "" where none was judged."""
    now, then = overview.totals.governed, previous.totals.governed
    if not now or not then:
        return ""
    findings = overview.severities[severity], previous.findings_by_severity.get(severity, 0)
    rates = [100 * count / of for count, of in zip(findings, (now, then), strict=True)]
    now_told, then_told = (number(rate, wording.language) for rate in rates)
    return wording.say("tile_before", now=now_told, then=then_told)


def _tile(name: str, label: str, count: int, wording: Wording) -> Tile:
    return Tile(
        name=name,
        value=number(count, wording.language),
        label=wording.say(label, count=count),
        none=count == 0 and name != "plain",
    )


def fate_of(overview: Overview, wording: Wording) -> tuple[Segment, ...]:
    """Return what became of the records that were read."""
    totals = overview.totals
    parts = (
        ("found", totals.with_findings),
        ("clean", totals.governed - totals.with_findings),
        ("not_governed", totals.not_governed),
        ("unchanged", totals.unchanged),
        ("set_aside", totals.set_aside),
    )
    return stacked((name, wording.say(f"fate_{name}"), count) for name, count in parts if count)


def sums_of(overview: Overview, wording: Wording) -> tuple[str, ...]:
    """Return sentences in which the totals add up, of several runs their records too."""
    totals = overview.totals
    counts = {name: getattr(totals, name) for name in type(totals).__slots__}
    if len(overview.runs) > 1:
        counts["checked"] = sum(run.totals.checked for run in overview.runs)
        told = [wording.say("sum_runs", count=len(overview.runs), conversations=totals.checked, **counts)]
    else:
        told = [wording.say("sum", **counts)]
        told += [wording.say("sum_unchanged", **counts)] if totals.unchanged else []
    told += [wording.say("sum_units")] if totals.set_aside else []
    return (*told, wording.say("sum_erased", count=totals.erased)) if totals.erased else tuple(told)


def _runs(overview: Overview, wording: Wording) -> str:
    if len(overview.runs) == 1:
        return overview.newest.run_id
    first, last = overview.runs[0].run_id, overview.newest.run_id
    return wording.say("runs_from_to", count=len(overview.runs), first=first, last=last)


def _sop_names(overview: Overview, wording: Wording) -> Iterable[str]:
    for sop, versions in overview.newest.sops.items():
        named = [
            wording.say("draft") if version == DRAFT else wording.say("version", version=version)
            for version in versions
        ]
        yield f"{sop} ({', '.join(named)})" if named else sop


def _headline(overview: Overview, wording: Wording) -> str:
    if not overview.totals.governed:
        return wording.say("nothing_judged")
    if not overview.totals.findings:
        return wording.say("no_findings")
    critical = overview.severities[MOST_SEVERE_FIRST[0]]
    if critical:
        return wording.say("critical_first", count=critical)
    return wording.say("no_critical", count=overview.totals.findings)


def _lead(overview: Overview, wording: Wording) -> str:
    totals = overview.totals
    if not totals.governed:
        return ""
    return wording.say(
        "lead",
        found=totals.with_findings,
        count=totals.governed,
        rate=sentence(share(totals.with_findings, totals.governed), wording),
    )
