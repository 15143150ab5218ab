"""The message for a chat or a mail: a title and the five lines that matter, of a report or of one night.

Plain text without markup; nothing in it was said by anybody. It speaks of the same figures as QA's page: what
is grave, what is broken most, what got worse or better. A report ends with how well people were served, a
night with whether its limits were kept, and where to read on.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sopgen.quality.figure.change import Direction
from sopgen.quality.figure.clause import ClauseFigure
from sopgen.quality.figure.figures import QaFigures
from sopgen.quality.interval import Estimate
from sopgen.quality.locale import duration, number, percent, period
from sopgen.quality.wording import Wording
from sopgen.runs.night.limit import NIGHT, Limit
from sopgen.runs.summary import MOST_SEVERE_FIRST, Totals
from sopgen.sop.model import Severity

NAMED = 3
"""Clauses that one line names (our decision, 2026-11-22)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A title, and the lines of a body."""

    title: str
    lines: tuple[str, ...]

    @property
    def body(self) -> str:
        """Return the lines as one text."""
        return "\n".join(self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class NightFacts:
    """What is told of one night besides its figures: totals, limits, where its report is, and of when.

    `place` is "" where there is no report, since nothing was judged. `unread`: inboxes that could not be
    read. `flaws`: places and codes of errors in SOPs and checks, for which nothing was judged.
    """

    totals: Totals
    limits: tuple[Limit, ...]
    place: str
    when: str
    unread: tuple[str, ...] = ()
    flaws: tuple[str, ...] = ()


def report_letter(figures: QaFigures, wording: Wording) -> Letter:
    """Return the message about a report."""
    return Letter(
        title=wording.say("title_qa"),
        lines=(
            _scope(figures, wording),
            _grave(figures, wording),
            _changes(figures, wording),
            _broken(figures, wording),
            _service(figures, wording),
        ),
    )


def night_letter(figures: QaFigures | None, night: NightFacts, wording: Wording) -> Letter:
    """Return the message about a night; `figures` are those of its run, None where nothing was judged."""
    say = wording.say
    state = "none" if not night.limits else "broken" if any(each.broken for each in night.limits) else "kept"
    limits = "; ".join(_limit(each, wording) for each in night.limits)
    unread = ", ".join(night.unread)
    counts = {name: getattr(night.totals, name) for name in ("read", "checked", "unchanged", "set_aside")}
    return Letter(
        title=say(
            "letter_title_unread" if unread else "letter_title",
            state=say(f"letter_limits_{state}"),
            findings=night.totals.findings,
        ),
        lines=(
            *((say("letter_unread", inboxes=unread),) if unread else ()),
            say("letter_read", **counts),
            _grave(figures, wording) if figures else say("no_findings"),
            f"{_broken(figures, wording)} {_changes(figures, wording)}" if figures else say("letter_nothing"),
            say("letter_limits", limits=limits) if limits else say("letter_no_limits"),
            say("letter_place", moment=night.when, place=night.place or say("letter_nothing")),
        ),
    )


def refused_letter(night: NightFacts, wording: Wording) -> Letter:
    """Return the message about a night that judged nothing, since SOPs or checks have errors."""
    return Letter(
        title=wording.say("letter_title_refused"),
        lines=(
            wording.say("letter_refused", flaws=_named(night.flaws)),
            wording.say("letter_refused_remedy"),
            wording.say("letter_place", moment=night.when, place=wording.say("letter_nothing")),
        ),
    )


def _scope(figures: QaFigures, wording: Wording) -> str:
    scope = figures.scope
    days = (
        "–"
        if scope.first is None or scope.last is None
        else period(scope.first, scope.last, wording.language)
    )
    share = scope.with_findings / scope.conversations if scope.conversations else 0.0
    return wording.say(
        "letter_scope",
        period=days,
        count=scope.conversations,
        found=scope.with_findings,
        share=percent(share, wording.language),
    )


def _grave(figures: QaFigures, wording: Wording) -> str:
    """Return how many findings there are, how many are new, of which severity, of which critical clauses."""
    scope, say = figures.scope, wording.say
    if not scope.findings:
        return say("no_findings")
    told = ", ".join(_of_severity(each, figures, wording) for each in MOST_SEVERE_FIRST)
    news = f" ({say('of_which_new', count=figures.news.count)})" if figures.news else ""
    return say("letter_findings", count=scope.findings, news=news, told=told)


def _of_severity(severity: Severity, figures: QaFigures, wording: Wording) -> str:
    of_it = [each for each in figures.clauses if each.facts.severity is severity and each.counts.failed]
    count = number(sum(each.counts.failed for each in of_it), wording.language)
    told = f"{count} {wording.say(f'severity_{severity}')}"
    if severity is not Severity.CRITICAL or not of_it:
        return told
    most = sorted(of_it, key=lambda each: (-each.counts.failed, name_of(each)))
    named = (f"{name_of(each)}: {number(each.counts.failed, wording.language)}" for each in most[:NAMED])
    return f"{told} ({'; '.join(named)})"


def _changes(figures: QaFigures, wording: Wording) -> str:
    """Return which clauses got worse or better since the run before, the greatest difference first."""
    if figures.compared is None:
        return wording.say("letter_nothing_before")
    worse, better = (_called(figures.clauses, direction) for direction in (Direction.WORSE, Direction.BETTER))
    if not worse and not better:
        return wording.say("letter_unchanged")
    return wording.say("letter_changed", worse=_named(worse), better=_named(better))


def _called(clauses: Iterable[ClauseFigure], direction: Direction) -> list[str]:
    changed = [
        (abs(each.since_last.difference), name_of(each))
        for each in clauses
        if each.since_last is not None and each.since_last.direction is direction
    ]
    return [name for _, name in sorted(changed, key=lambda each: (-each[0], each[1]))]


def _named(names: Sequence[str]) -> str:
    more = f" +{len(names) - NAMED}" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more if names else "–"


def _broken(figures: QaFigures, wording: Wording) -> str:
    """Return the clauses that are broken most often for certain: by the lower bound of their share."""
    broken = [each for each in figures.clauses if each.counts.failed]
    if not broken:
        return wording.say("letter_unbroken")
    broken.sort(key=lambda each: (each.passing.high or 0.0, name_of(each)))
    named = ", ".join(
        f"{name_of(each)} {percent(each.counts.failed / each.counts.decided, wording.language)}"
        for each in broken[:NAMED]
    )
    return wording.say("letter_broken", clauses=named)


def _service(figures: QaFigures, wording: Wording) -> str:
    whole = figures.service.whole
    first = whole.waits.first_response.median
    return wording.say(
        "letter_service",
        first="–" if first is None else duration(timedelta(seconds=first), wording.language),
        csat=_percent(whole.satisfied, wording),
        once=_percent(whole.first_contact, wording),
    )


def _percent(estimate: Estimate, wording: Wording) -> str:
    return "–" if estimate.value is None else percent(estimate.value, wording.language)


def _limit(limit: Limit, wording: Wording) -> str:
    is_rate = limit.kind == "rate"
    found, allowed = (
        percent(each, wording.language) if is_rate else number(int(each), wording.language)
        for each in (limit.found, limit.allowed)
    )
    severity = wording.say(f"severity_{limit.severity}") if limit.severity else ""
    known = f"{wording.say('standings_known', count=limit.known)}, " if limit.known else ""
    kind = "news" if limit.known is not None else limit.kind
    told = wording.say(
        f"letter_limit_{kind}",
        severity=severity,
        found=found,
        known=known,
        allowed=allowed,
        hours=NIGHT // timedelta(hours=1),
    )
    return f"{told} {'✗' if limit.broken else '✓'}"


def name_of(figure: ClauseFigure) -> str:
    """Return a clause as a message names it: its SOP, its number, and what is checked."""
    facts = figure.facts
    return f"{facts.key.sop} {facts.number or facts.key.clause} {facts.key.check}"
