"""Scorecards of teams and agents, and a coaching page for each agent: what a team lead works with."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby

from sopgen.compliance.model import ErrorClass
from sopgen.quality.casework import Desk
from sopgen.quality.chart import rate_of
from sopgen.quality.clause import clause_of_facts
from sopgen.quality.figure.coaching import Coaching, Example, Habit
from sopgen.quality.figure.figures import lead_figures
from sopgen.quality.figure.heat import Column
from sopgen.quality.figure.scorecard import LEAST_CONVERSATIONS, Scorecard
from sopgen.quality.headline import head_of
from sopgen.quality.heat_map import agent_maps_of
from sopgen.quality.line import Line, spark
from sopgen.quality.locale import clock, duration, number, percent, short_day
from sopgen.quality.overview import overview_of
from sopgen.quality.page import ClauseName, Head, HeatMap, Rate
from sopgen.runs.results import Results

COACHED = 80
"""Agents that a page has coaching for, those with the most pressing habits first (our decision)."""

FLOORS = (0.9, 0.8, 0.7, 0.6, 0.5)
"""Where the pictures of scores may begin: scores lie close together, and far from nothing (our decision)."""

WORDS_SHOWN = 600
"""Characters of an example's words."""

NOTES = (
    "reading_score",
    "reading_critical",
    "reading_rank",
    "reading_author",
    "reading_rate",
    "reading_mask",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CriticalShare:
    """Of how many conversations had a critical error of one class; `name` is the class, "any" for all."""

    name: str
    label: str
    count: int
    rate: Rate | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CardRow:
    """One agent or team. `rank` is "" for who is not ranked, `anchor` leads to the agent's coaching.

    `standout` says that critical errors are more frequent than among the others of the team, "" otherwise.
    """

    rank: str
    name: str
    anchor: str
    conversations: int
    score: Rate | None
    criticals: tuple[CriticalShare, ...]
    standout: str
    satisfied: Rate | None
    first_response: str
    trend: Line | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamCards:
    """The agents of one team: those who are ranked, and those with too few conversations."""

    team: str
    ranked: tuple[CardRow, ...]
    unranked: tuple[CardRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """One of the agent's own conversations: which, when, the words that decided, and why."""

    conversation: str
    moment: str
    words: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HabitView:
    """One habit to work on: the agent's share of breaches beside that of the others of the team."""

    place: int
    clause: ClauseName
    own: Rate | None
    others: Rate | None
    worse: bool
    bad: Quote | None
    good: Quote | None
    remedy: str
    reply: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CoachView:
    """The coaching page of one agent."""

    anchor: str
    name: str
    team: str
    conversations: int
    card: CardRow | None
    habits: tuple[HabitView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadPage:
    """Everything that a team lead reads. `uncoached` agents stood out in nothing, `more` are left out.

    `scale` says from where to where the pictures of scores go.
    """

    language: str
    head: Head
    sections: tuple[str, ...]
    notes: tuple[str, ...]
    scale: str
    teams: tuple[CardRow, ...]
    cards: tuple[TeamCards, ...]
    maps: tuple[HeatMap, ...]
    coaching: tuple[CoachView, ...]
    uncoached: tuple[str, ...]
    more: int

    @property
    def reader(self) -> str:
        """Return for whom the page is."""
        return "lead"


def compose_lead(results: Results, desk: Desk) -> LeadPage:
    """Return the page of team leads over the runs. StorageError STO202 where a file is damaged."""
    overview, figures = overview_of(results), lead_figures(results, desk.veil, desk.known)
    coached = sorted((each for each in figures.coaching if each.habits), key=_urgency)
    anchors = {each.who: f"agent-{place}" for place, each in enumerate(coached[:COACHED], start=1)}
    floor = _floor((*figures.agents, *figures.teams))
    cards = {each.who: _row(each, anchors.get(each.who, ""), floor, desk) for each in figures.agents}
    facts = {each.facts.key: each.facts for each in figures.clauses}
    maps = agent_maps_of(figures.heat_by_agent, facts, desk)
    return LeadPage(
        language=desk.wording.language,
        head=head_of(overview, desk.wording, headline=_headline(figures.agents, desk), lead=_lead(desk)),
        sections=("teams", "agents", *(("maps",) if maps else ()), "coaching", "reading"),
        notes=NOTES,
        scale=desk.wording.say("score_scale", low=percent(floor, desk.wording.language)),
        teams=tuple(_row(each, "", floor, desk) for each in figures.teams),
        cards=tuple(_by_team(figures.agents, cards, desk)),
        maps=maps,
        coaching=tuple(
            _coach(each, anchors[each.who], cards.get(each.who), desk) for each in coached[:COACHED]
        ),
        uncoached=tuple(each.who.name for each in figures.coaching if not each.habits),
        more=max(0, len(coached) - COACHED),
    )


def _headline(agents: Sequence[Scorecard], desk: Desk) -> str:
    critical = sum(bool(each.any_critical.value) for each in agents)
    if not agents:
        return desk.wording.say("nothing_judged")
    key = "agents_critical" if critical else "agents_none_critical"
    return desk.wording.say(key, count=critical, of=len(agents))


def _lead(desk: Desk) -> str:
    return desk.wording.say("lead_scores")


def _by_team(agents: Iterable[Scorecard], cards: Mapping[Column, CardRow], desk: Desk) -> Iterable[TeamCards]:
    for team, group in groupby(agents, key=lambda each: each.who.team):
        listed = list(group)
        yield TeamCards(
            team=desk.veil.agent(team) or desk.wording.say("no_team"),
            ranked=tuple(cards[each.who] for each in listed if each.rank is not None),
            unranked=tuple(cards[each.who] for each in listed if each.rank is None),
        )


def _floor(cards: Iterable[Scorecard]) -> float:
    """Return where the pictures of scores begin: below all that are shown."""
    lowest = min((card.score.low or 0.0 for card in cards if _is_fair(card)), default=0.0)
    return next((floor for floor in FLOORS if floor <= lowest), 0.0)


def _is_fair(card: Scorecard) -> bool:
    return card.conversations >= LEAST_CONVERSATIONS


def _row(card: Scorecard, anchor: str, floor: float, desk: Desk) -> CardRow:
    wording, fair = desk.wording, _is_fair(card)
    response = card.first_response
    return CardRow(
        rank="" if card.rank is None else number(card.rank, wording.language),
        name=card.who.name or wording.say("no_team"),
        anchor=anchor,
        conversations=card.conversations,
        score=rate_of(card.score, wording, floor=floor) if fair else None,
        standout=wording.say("more_critical") if card.more_critical else "",
        criticals=tuple(_criticals(card, desk)),
        satisfied=rate_of(card.satisfied, wording),
        first_response="" if response is None else duration(timedelta(seconds=response), wording.language),
        trend=spark([(each.week, each.score) for each in card.weeks], wording) if fair else None,
    )


def _criticals(card: Scorecard, desk: Desk) -> Iterable[CriticalShare]:
    shares = {"any": card.any_critical, **{str(each): card.critical[each] for each in ErrorClass}}
    for name, share in shares.items():
        yield CriticalShare(
            name=name,
            label=desk.wording.say(f"critical_{name}"),
            count=round((share.value or 0) * share.of),
            rate=rate_of(share, desk.wording),
        )


def _urgency(coaching: Coaching) -> tuple[object, ...]:
    """Return a key that puts agents with critical habits first, then those worse than their team."""
    order = [(habit.clause.severity != "critical", not _worse(habit)) for habit in coaching.habits]
    return (*min(order), coaching.who)


def _worse(habit: Habit) -> bool:
    return habit.compared is not None and habit.compared.direction == "worse"


def _coach(coaching: Coaching, anchor: str, card: CardRow | None, desk: Desk) -> CoachView:
    return CoachView(
        anchor=anchor,
        name=coaching.who.name,
        team=desk.veil.agent(coaching.who.team),
        conversations=coaching.conversations,
        card=card,
        habits=tuple(_habit(place, each, desk) for place, each in enumerate(coaching.habits, start=1)),
    )


def _habit(place: int, habit: Habit, desk: Desk) -> HabitView:
    return HabitView(
        place=place,
        clause=clause_of_facts(habit.clause, desk.manual),
        own=rate_of(habit.failing, desk.wording),
        others=rate_of(habit.others, desk.wording),
        worse=_worse(habit),
        bad=_quote(habit.bad, desk),
        good=_quote(habit.good, desk),
        remedy=desk.veil.text(habit.remedy),
        reply=habit.reply,
    )


def _quote(example: Example | None, desk: Desk) -> Quote | None:
    if example is None:
        return None
    language, opened = desk.wording.language, example.opened
    return Quote(
        conversation=example.id,
        moment=f"{short_day(opened, language)}, {clock(opened, language)}" if opened else "",
        words=tuple(_short(each) for each in dict.fromkeys(example.words)),
        reason=example.reason,
    )


def _short(words: str) -> str:
    return words if len(words) <= WORDS_SHOWN else words[:WORDS_SHOWN].rstrip() + " …"
