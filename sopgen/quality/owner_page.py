"""How clauses and checks fare, how well people are served, what they complain about: an owner's page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sopgen.quality.casework import Desk
from sopgen.quality.chart import rate_of
from sopgen.quality.clause import clause_of_facts
from sopgen.quality.figure.clause import ClauseFigure
from sopgen.quality.figure.figures import OwnerFigures, owner_figures
from sopgen.quality.figure.health import Ailment, ClauseHealth
from sopgen.quality.figure.service import ServiceFigure, Spread, Waits
from sopgen.quality.headline import head_of
from sopgen.quality.health import CheckHealth
from sopgen.quality.interval import Estimate
from sopgen.quality.line import Line, pooled, spark
from sopgen.quality.locale import duration, number, percent
from sopgen.quality.overview import overview_of
from sopgen.quality.page import ClauseName, Head, Rate
from sopgen.quality.recurring import Group, Recurring
from sopgen.runs.results import Results

BROKEN_SHOWN = 15
"""Clauses of "broken most" (our decision, 2026-11-22)."""

TOPICS_SHOWN = 15
"""Groups of complaints that a page shows, the biggest first."""

PARTS_SHOWN = 6
"""Parts of one matter that a page names, by the words that tell them apart."""

AILING_SHOWN = 20
"""Clauses of one ailment that a page names."""

NOTES = ("reading_owner", "reading_service", "reading_rate", "reading_mask")


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenRow:
    """A clause that is broken often: of how many cases, and how that went."""

    clause: ClauseName
    failing: Rate
    trend: Line | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AilmentView:
    """What may be wrong with some clauses; `more` of them are left out."""

    name: str
    title: str
    note: str
    clauses: tuple[tuple[ClauseName, str], ...]
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustRow:
    """What people decided about the findings of one check, and its precision by that."""

    check: str
    confirmed: int
    accepted: int
    false_alarms: int
    precision: Rate | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeRow:
    """Lengths of one kind: of how many, and their mean, median and percentiles, written out."""

    label: str
    of: str
    mean: str
    median: str
    p90: str
    p95: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareView:
    """A figure of the service with its range."""

    label: str
    value: str
    range: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartRow:
    """A team or a channel beside others."""

    name: str
    conversations: str
    first_response: str
    resolution: str
    first_contact: str
    satisfied: str
    complaints: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """What complaints are about: how many, of what share, week by week, in customers' own words."""

    name: str
    count: int
    share: Rate | None
    words: tuple[str, ...]
    parts: tuple[tuple[str, int], ...]
    quotes: tuple[tuple[str, str], ...]
    trend: Line | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerPage:
    """Everything that the owner of an SOP reads. `topics` end with the complaints that fit nowhere.

    `unnamed` counts the decisions of which nobody can say which check they are about.
    """

    language: str
    head: Head
    sections: tuple[str, ...]
    notes: tuple[str, ...]
    broken: tuple[BrokenRow, ...]
    more_broken: int
    ailments: tuple[AilmentView, ...]
    trust: tuple[TrustRow, ...]
    unnamed: int
    shares: tuple[ShareView, ...]
    times: tuple[TimeRow, ...]
    business_times: tuple[TimeRow, ...]
    teams: tuple[PartRow, ...]
    channels: tuple[PartRow, ...]
    complaints: int
    topics: tuple[Topic, ...]
    more_topics: int

    @property
    def reader(self) -> str:
        """Return for whom the page is."""
        return "owner"


def compose_owner(results: Results, desk: Desk) -> OwnerPage:
    """Return the page of SOP owners over the runs. StorageError STO202 where a file is damaged."""
    overview, figures = overview_of(results), owner_figures(results, desk.veil, desk.known)
    broken = [each for each in figures.healths if each.failing.value]
    whole, recurring = figures.service.whole, figures.recurring
    return OwnerPage(
        language=desk.wording.language,
        head=head_of(
            overview, desk.wording, headline=_headline(broken, figures, desk), lead=_lead(whole, desk)
        ),
        sections=("broken", "health", "service", "complaints", "reading"),
        notes=NOTES,
        broken=tuple(_broken(broken[:BROKEN_SHOWN], figures.clauses, desk)),
        more_broken=max(0, len(broken) - BROKEN_SHOWN),
        ailments=tuple(_ailments(figures.healths, desk)),
        trust=tuple(_trust(each, desk) for each in figures.trust.checks),
        unnamed=figures.trust.unnamed,
        shares=tuple(_shares(whole, desk)),
        times=tuple(_times(whole.waits, desk)),
        business_times=tuple(_times(whole.business, desk)) if whole.business.first_response.of else (),
        teams=tuple(_part(each, desk) for each in figures.service.teams),
        channels=tuple(_part(each, desk) for each in figures.service.channels),
        complaints=recurring.complaints,
        topics=tuple(_topics(recurring, desk)),
        more_topics=max(0, len(recurring.groups) - TOPICS_SHOWN),
    )


def _headline(broken: Sequence[ClauseHealth], figures: OwnerFigures, desk: Desk) -> str:
    if not figures.clauses:
        return desk.wording.say("nothing_judged")
    return desk.wording.say("owner_headline", count=len(broken), of=len(figures.clauses))


def _lead(service: ServiceFigure, desk: Desk) -> str:
    first = service.waits.first_response
    if first.median is None:
        return ""
    times = {name: _length(each, desk) for name, each in (("median", first.median), ("p90", first.p90))}
    return desk.wording.say("owner_lead", **times)


def _topics(recurring: Recurring, desk: Desk) -> Iterable[Topic]:
    """Yield the groups, the biggest first, then what fits none of them."""
    for group in recurring.groups[:TOPICS_SHOWN]:
        yield _topic(group, group.name, desk)
    if recurring.unsorted is not None:
        yield _topic(recurring.unsorted, desk.wording.say("unsorted"), desk)


def _topic(group: Group, name: str, desk: Desk) -> Topic:
    return Topic(
        name=name,
        count=group.count,
        share=rate_of(group.share, desk.wording),
        words=group.words,
        parts=tuple((", ".join(part.words) or part.name, part.count) for part in group.parts[:PARTS_SHOWN]),
        quotes=tuple((each.conversation, each.text) for each in group.quotes),
        trend=spark([(week.start, week.share) for week in group.weeks], desk.wording),
    )


def _broken(
    broken: Iterable[ClauseHealth], clauses: Iterable[ClauseFigure], desk: Desk
) -> Iterable[BrokenRow]:
    days = {
        each.facts.key: [(day.day, day.counts.failed, day.counts.decided) for day in each.days]
        for each in clauses
    }
    for each in broken:
        failing = rate_of(each.failing, desk.wording)
        assert failing is not None
        yield BrokenRow(
            clause=clause_of_facts(each.clause, desk.manual),
            failing=failing,
            trend=spark(pooled(days.get(each.clause.key, [])), desk.wording),
        )


def _ailments(healths: Sequence[ClauseHealth], desk: Desk) -> Iterable[AilmentView]:
    """Yield what may be wrong, also where nothing is: a list that is missing tells nobody anything."""
    for ailment in Ailment:
        name = ailment.replace("-", "_")
        ailing = [each for each in healths if ailment in each.ailments]
        yield AilmentView(
            name=name,
            title=desk.wording.say(f"ailment_{name}"),
            note=desk.wording.say(f"ailment_{name}_note"),
            clauses=tuple(
                (clause_of_facts(each.clause, desk.manual), _symptom(ailment, each, desk))
                for each in ailing[:AILING_SHOWN]
            ),
            more=max(0, len(ailing) - AILING_SHOWN),
        )


def _symptom(ailment: Ailment, health: ClauseHealth, desk: Desk) -> str:
    """Return the figure that shows the ailment."""
    match ailment:
        case Ailment.NEVER_ACTIVATED:
            return desk.wording.say("in_conversations", count=health.conversations)
        case Ailment.OFTEN_UNDECIDED:
            return _share(health.undecided, desk)
        case Ailment.MORE_BROKEN_THAN_KEPT:
            return _share(health.failing, desk)


def _share(estimate: Estimate, desk: Desk) -> str:
    if estimate.value is None:
        return "–"
    share = percent(estimate.value, desk.wording.language)
    return f"{share} ({desk.wording.say('of_cases', count=estimate.of)})"


def _trust(health: CheckHealth, desk: Desk) -> TrustRow:
    return TrustRow(
        check=health.check,
        confirmed=health.confirmed,
        accepted=health.accepted,
        false_alarms=health.false_alarms,
        precision=rate_of(health.precision, desk.wording),
    )


def _shares(service: ServiceFigure, desk: Desk) -> Iterable[ShareView]:
    named = (
        "first_contact", "satisfied", "returning", "complaints", "closed", "reopened", "transferred",
    )  # fmt: skip
    for name in named:
        estimate: Estimate = getattr(service, name)
        rate = rate_of(estimate, desk.wording)
        of = desk.wording.say("of_cases", count=estimate.of)
        label = desk.wording.say(f"service_{name}")
        yield ShareView(
            label=label, value=rate.value if rate else "–", range=f"{rate.range} · {of}" if rate else of
        )
        if name == "satisfied":
            yield from _promoters(service.promoters, desk)


def _promoters(promoters: Estimate, desk: Desk) -> Iterable[ShareView]:
    """Yield the net promoter score, which runs from -100 to 100 and is no share."""
    if promoters.value is None:
        yield ShareView(label="NPS", value="–", range=desk.wording.say("of_cases", count=0))
        return
    value, low, high = (
        number(round(100 * (each or 0)), desk.wording.language)
        for each in (promoters.value, promoters.low, promoters.high)
    )
    span = desk.wording.say("range", low=low, high=high)
    of = desk.wording.say("of_cases", count=promoters.of)
    yield ShareView(label="NPS", value=value, range=f"{span} · {of}")


def _times(waits: Waits, desk: Desk) -> Iterable[TimeRow]:
    spreads = {
        "first_response": waits.first_response,
        "response": waits.response,
        "resolution": waits.resolution,
    }
    for name, spread in spreads.items():
        yield _time_row(desk.wording.say(f"time_{name}"), spread, desk)


def _time_row(label: str, spread: Spread, desk: Desk) -> TimeRow:
    written = (_length(each, desk) for each in (spread.mean, spread.median, spread.p90, spread.p95))
    mean, median, p90, p95 = written
    return TimeRow(
        label=label,
        of=number(spread.of, desk.wording.language),
        mean=mean,
        median=median,
        p90=p90,
        p95=p95,
    )


def _length(seconds: float | None, desk: Desk) -> str:
    return "–" if seconds is None else duration(timedelta(seconds=seconds), desk.wording.language)


def _part(service: ServiceFigure, desk: Desk) -> PartRow:
    return PartRow(
        name=desk.veil.place(service.name) or desk.wording.say("none"),
        conversations=number(service.conversations, desk.wording.language),
        first_response=_length(service.waits.first_response.median, desk),
        resolution=_length(service.waits.resolution.median, desk),
        first_contact=_share(service.first_contact, desk),
        satisfied=_share(service.satisfied, desk),
        complaints=_share(service.complaints, desk),
    )
