"""How findings stand: news, known and decided ones, and each check's precision by what was decided."""

from collections.abc import Sequence
from pathlib import Path

from sopgen.cli.screen.console import say, show_table
from sopgen.cli.screen.plain import counted, one_line
from sopgen.quality.disposition import Disposition
from sopgen.quality.health import CheckHealth
from sopgen.quality.interval import Estimate
from sopgen.quality.known import News, Standing


def show_standings(news: News, health: Sequence[CheckHealth]) -> None:
    """Print how many findings stand how, then the checks by precision, the least trusted first."""
    say(standings_in_words(news))
    if not health:
        say("nobody has decided about any finding yet")
        return
    say("")
    rows = [
        (
            one_line(each.check),
            f"{each.confirmed:,}",
            f"{each.accepted:,}",
            f"{each.false_alarms:,}",
            _precision(each.precision),
        )
        for each in health
    ]
    show_table(("check", "confirmed#", "accepted#", "false alarms#", "precision#"), rows)
    say("precision of the findings that somebody decided about, with 95 % interval; * of fewer than 30")


def standings_in_words(news: News) -> str:
    """Return the sum: "29 findings: 3 new, 20 known, 4 confirmed, 2 expired"."""
    counts = news.standings
    parts = ", ".join(f"{counts[each]:,} {each}" for each in Standing if counts[each])
    total = counted(sum(counts.values()), "finding")
    return f"{total}: {parts}" if parts else total


def show_decided(decided: Sequence[Disposition], path: Path) -> None:
    """Print what was written down."""
    for each in decided:
        until = f" until {each.until}" if each.until else ""
        say(f"{each.finding} {one_line(each.clause)}: {each.decision}{until}, by {one_line(each.by)}")
    say(f"  {path}")


def _precision(estimate: Estimate) -> str:
    if estimate.value is None:
        return "-"
    return f"{estimate.value:.2f} [{estimate.low:.2f}-{estimate.high:.2f}]{'*' if estimate.small else ''}"
