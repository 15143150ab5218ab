"""What a run came to: verdicts by clause, totals that add up, and where the results are."""

from collections.abc import Callable, Iterable
from pathlib import Path

from rich.text import Text

from sopgen.cli.screen.console import BAD, DOUBTFUL, GOOD, QUIET, coloured, say, show_table
from sopgen.cli.screen.plain import counted, one_line
from sopgen.cli.screen.standing_finding import standings_in_words
from sopgen.quality.known import News
from sopgen.runs.summary import MOST_SEVERE_FIRST, ClauseTally, RunSummary, Totals
from sopgen.runs.tally import Progress

NAME_CHANNEL = "name the channel: --channel livechat, or widen applies_to in the SOP"
"""What to do about conversations that no SOP governs."""

_MOST_CHANNELS = 8
COLUMNS = ("clause", "id", "check", "pass#", "fail#", "na#", "undecided#")


def how_far(progress: Progress) -> str:
    """Return how far a run is, in words."""
    aside = f", {progress.set_aside:,} set aside" if progress.set_aside else ""
    return f"{progress.read:,} read{aside}, {counted(progress.findings, 'finding')}"


def facts_of(progress: Progress) -> dict[str, int]:
    """Return how far a run is, for a machine."""
    return {name: getattr(progress, name) for name in Progress.__slots__}


def messages_of(progress: Progress) -> int:
    """Return how many messages were judged so far."""
    return progress.messages


def show_run(
    summary: RunSummary, folder: Path, news: News | None = None, *, remedy: Callable[[str], str] = str
) -> None:
    """Print the verdicts by clause, the totals, which findings are news, and where the results are.

    `remedy` puts a call's hint into the words of who called.
    """
    for sop, versions in summary.sops.items():
        for version in versions:
            rows = [each for each in summary.clauses if (each.sop, each.version) == (sop, version)]
            if rows:
                show_table(COLUMNS, map(_row, rows), title=f"{sop} {version}")
                say("")
    for line in totals_in_words(summary.totals, channels_not_governed(summary)):
        say(line)
    if summary.totals.governed and summary.totals.not_governed:
        say(f"  hint: {remedy(NAME_CHANNEL)}")
    say(_findings_in_words(summary), style=BAD if summary.totals.findings else GOOD)
    if news is not None and summary.totals.findings:
        say(standings_in_words(news), style="" if news.count else GOOD)
    show_paths(folder)


def _row(tally: ClauseTally) -> tuple[str | Text, ...]:
    counts = tally.counts
    return (
        tally.number,
        one_line(tally.clause),
        one_line(tally.check),
        f"{counts.passed:,}",
        coloured(f"{counts.failed:,}", BAD if counts.failed else QUIET),
        coloured(f"{counts.na:,}", QUIET),
        coloured(f"{counts.undecided:,}", DOUBTFUL if counts.undecided else QUIET),
    )


def channels_not_governed(summary: RunSummary) -> str:
    """Return the channels of the conversations that no SOP governs, as a list; "" where there are none."""
    if not summary.not_governed:
        return ""
    from sopgen.quality.mask import mask_place  # noqa: PLC0415 -- heavy, and mostly all are governed

    named = sorted({one_line(mask_place(each.channel)) or "none" for each in summary.not_governed})
    more = f" and {len(named) - _MOST_CHANNELS} more" if len(named) > _MOST_CHANNELS else ""
    return ", ".join(named[:_MOST_CHANNELS]) + more


def totals_in_words(totals: Totals, channels: str = "") -> Iterable[str]:
    """Yield the totals as sums that a reader can add up; `channels` are those of what no SOP governs."""
    yield (
        f"{totals.read:,} read = {counted(totals.checked, 'conversation')} checked"
        f" + {totals.unchanged:,} unchanged + {counted(totals.set_aside, 'record')} set aside"
    )
    if totals.not_governed:
        told = f"channels: {channels}; " if channels else ""
        yield f"{totals.not_governed:,} of the checked are governed by no SOP ({told}see applies_to)"
    if totals.erased:
        yield left_out_in_words(totals.erased)


def left_out_in_words(erased: int) -> str:
    """Return how many conversations were left out for the sake of people who were erased."""
    return f"{counted(erased, 'conversation')} of erased people left out, and counted nowhere else"


def _findings_in_words(summary: RunSummary) -> str:
    totals = summary.totals
    if not totals.findings:
        return f"No findings in {counted(totals.checked, 'conversation')}"
    severe = ", ".join(
        f"{summary.findings_by_severity[each]:,} {each}"
        for each in MOST_SEVERE_FIRST
        if summary.findings_by_severity[each]
    )
    where = counted(totals.with_findings, "conversation")
    return f"{counted(totals.findings, 'finding')} in {where}: {severe}"


def show_paths(folder: Path) -> None:
    """Print where the results of a run are, the report first."""
    for name in ("report.html", "findings.jsonl", "verdicts.parquet", "set_aside.jsonl", "summary.json"):
        path = folder / name
        if path.is_file() and path.stat().st_size:
            say(f"  {path}", style="bold" if name == "report.html" else "")
