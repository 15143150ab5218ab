"""What a night came to: inboxes, totals that add up, limits, messages, and what was removed."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import timedelta
from functools import partial
from typing import Any

from sopgen.base.diagnostic import diagnostic_record
from sopgen.cli.house import Night
from sopgen.cli.screen.console import BAD, DOUBTFUL, GOOD, say, show_table
from sopgen.cli.screen.plain import counted, either, one_line
from sopgen.cli.screen.run import left_out_in_words, show_run, totals_in_words
from sopgen.quality.mask import mask_place
from sopgen.quality.veil import out_of, project_veil
from sopgen.quality.veiled_summary import veiled_summary
from sopgen.runs.night.limit import NIGHT, Limit
from sopgen.runs.night.notice import Sent
from sopgen.runs.night.post import Delivery
from sopgen.runs.night.remedy import as_set
from sopgen.runs.summary_form import summary_record

COLUMNS = ("inbox", "files#", "as before#", "left for later#", "read#", "")


def show_night(night: Night) -> None:
    """Print what a night came to."""
    if night.deliveries:
        show_table(COLUMNS, map(_row, night.deliveries))
        say("")
    if night.recovered:
        say(f"Taken up from a night that ended early: {', '.join(night.recovered)}", style=DOUBTFUL)
    if night.flaws:
        say("Nothing was read or judged: SOPs or checks have errors", style=BAD)
    elif night.dry_run:
        say(f"{counted(night.to_judge, 'conversation')} would be judged; nothing was written")
    elif night.summary is None or night.folder is None:
        for line in totals_in_words(night.totals):
            say(line)
        say("Nothing new to judge", style=GOOD)
    else:
        inbox = "', '".join(each.inbox for each in night.deliveries if each.read)
        show_run(night.summary, night.folder, night.news, remedy=partial(as_set, inbox=inbox))
    for line in _more(night):
        say(line)
    for limit in night.limits:
        say(_limit(limit), style=BAD if limit.broken else GOOD)
    for sent in night.sent:
        _show_sent(sent)


def _show_sent(sent: Sent) -> None:
    """Print what became of the messages to a target; of what was refused also why, and what to do."""
    if not sent.waiting:
        say(f"told {one_line(sent.kind)}: {sent.sent} sent")
        return
    waiting = f"{sent.waiting} refused and kept for the next night"
    say(f"told {one_line(sent.kind)}: {sent.sent} sent, {waiting}: {sent.why}", style=DOUBTFUL)
    say(f"  hint: {sent.hint}")


def night_record(night: Night) -> dict[str, Any]:
    """Return what a night came to as one flat document for programs."""
    done = night.sorted
    return {
        "started_at": night.started_at.isoformat(),
        "dry_run": night.dry_run,
        "run": night.folder.name if night.folder else None,
        "folder": str(night.folder) if night.folder else None,
        "inboxes": [_delivery(each) for each in night.deliveries],
        "read": done.read,
        "to_judge": night.to_judge,
        "unchanged": done.unchanged,
        "set_aside": done.set_aside,
        "outside": done.outside,
        "erased": done.erased,
        "recovered": list(night.recovered),
        "limits": [asdict(each) for each in night.limits],
        "flaws": [diagnostic_record(each) for each in night.flaws],
        "notices": [asdict(each) for each in night.sent],
        "removed": asdict(night.removed),
        "news": night.news.as_dict() if night.news else None,
        "summary": _summary(night),
    }


def _delivery(delivery: Delivery) -> dict[str, Any]:
    """Return what arrived in an inbox; why nothing did may name a file that is called after somebody."""
    told = asdict(delivery) | {"as_before": delivery.as_before}
    return told | {"trouble": mask_place(delivery.trouble)}


def _summary(night: Night) -> dict[str, Any] | None:
    if night.summary is None or night.folder is None:
        return None
    return summary_record(veiled_summary(night.summary, project_veil(out_of(night.folder))))


def _row(delivery: Delivery) -> tuple[str, ...]:
    counts = (delivery.found, delivery.as_before, delivery.left, delivery.read)
    return (
        one_line(delivery.inbox),
        *(f"{count:,}" for count in counts),
        one_line(mask_place(delivery.trouble)),
    )


def _more(night: Night) -> Iterable[str]:
    done, removed = night.sorted, night.removed
    if left := sum(each.left for each in night.deliveries):
        yield f"{counted(left, 'file')} left for later: changed within the time to settle, or named as a part"
    if done.outside:
        were = either(done.outside, "was", "were")
        yield f"{counted(done.outside, 'conversation')} began outside what counts, and {were} left alone"
    if done.erased and night.dry_run:
        yield left_out_in_words(done.erased)
    if removed.runs:
        yield f"{_removed(len(removed.runs), 'run')} ({', '.join(removed.runs)})"
    if removed.days:
        yield f"{_removed(len(removed.days), 'day')} of results"


def _removed(number: int, noun: str) -> str:
    return f"Removed, {either(number, 'its', 'their')} time was up: {counted(number, noun)}"


def _limit(limit: Limit) -> str:
    """Return a limit in words: what was found, and what may be."""
    is_rate = limit.kind == "rate"
    found = f"{limit.found:.1%}" if is_rate else f"{limit.found:,.0f}"
    allowed = f"{limit.allowed:.1%}" if is_rate else f"{limit.allowed:,.0f}"
    names = {
        "severity": f"{'' if limit.known is None else 'new '}findings of at least {limit.severity}",
        "rate": "conversations with findings",
        "set_aside": "records set aside",
        "fewest": f"conversations judged within {NIGHT // timedelta(hours=1)} hours",
    }
    known = f" ({limit.known:,} known)" if limit.known else ""
    bound = "at least" if limit.kind == "fewest" else "at most"
    state = "broken" if limit.broken else "kept"
    return f"limit {state}: {names[limit.kind]}: {found}{known}, {bound} {allowed}"
