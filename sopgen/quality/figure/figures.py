"""All figures of one reader as one value: what every output, page or table or file, is made of."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from sopgen.quality.figure.clause import ClauseFigure, clause_facts, clause_figures, looking_back
from sopgen.quality.figure.coaching import Coaching, coaching
from sopgen.quality.figure.health import ClauseHealth, healths
from sopgen.quality.figure.heat import HeatMap, heat_by_agent, heat_by_team
from sopgen.quality.figure.risk import RiskyConversation, riskiest
from sopgen.quality.figure.scope import RunFacts, Scope, lay_out
from sopgen.quality.figure.scorecard import Scorecard, agent_cards, team_cards
from sopgen.quality.figure.service import Service, service
from sopgen.quality.figure.standing import Sorted, sort_out
from sopgen.quality.figure.trust import Trust, trust
from sopgen.quality.known import Known, News
from sopgen.quality.recurring import Recurring, recurring_complaints
from sopgen.quality.risk import Broken, broken_conversations
from sopgen.quality.veil import Veil
from sopgen.runs.results import Results

_ASIDE = """SELECT code, any_value(reason), count(*) FROM set_aside GROUP BY code ORDER BY 3 DESC, code"""
_NOT_GOVERNED = (
    """SELECT channel, team, count(*) FROM talks WHERE len(sops) = 0 GROUP BY ALL ORDER BY 3 DESC, 1, 2"""
)


class Reader(StrEnum):
    """For whom figures are: quality assurance in the morning, team leads, owners of SOPs."""

    QA = "qa"
    LEAD = "lead"
    OWNER = "owner"


@dataclass(frozen=True, slots=True, kw_only=True)
class Excluded:
    """Records that were not judged, and why: set aside (`reason` by code), or governed by no SOP."""

    what: str
    reason: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QaFigures:
    """What got better or worse, where clauses are broken, what to look at first, and what is left out.

    `news` says how the findings stand, None where nothing is known and all are news. `broken` are all
    conversations with findings, the riskiest first; `riskiest` says more of the first of them. `compared` are
    the runs between which `since_last` of a clause lies, the earlier one first; None without an earlier one.
    """

    scope: Scope
    news: News | None
    compared: tuple[RunFacts, RunFacts] | None
    clauses: tuple[ClauseFigure, ...]
    heat_by_agent: HeatMap
    heat_by_team: HeatMap
    broken: tuple[Broken, ...]
    riskiest: tuple[RiskyConversation, ...]
    set_aside: tuple[Excluded, ...]
    not_governed: tuple[Excluded, ...]
    service: Service


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadFigures:
    """How agents and teams do, and what to work on with each agent."""

    scope: Scope
    clauses: tuple[ClauseFigure, ...]
    agents: tuple[Scorecard, ...]
    teams: tuple[Scorecard, ...]
    coaching: tuple[Coaching, ...]
    heat_by_agent: HeatMap


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerFigures:
    """How clauses and their checks fare, how well people are served, and what they complain about."""

    scope: Scope
    clauses: tuple[ClauseFigure, ...]
    healths: tuple[ClauseHealth, ...]
    trust: Trust
    service: Service
    recurring: Recurring


Figures = QaFigures | LeadFigures | OwnerFigures


def figures(
    results: Results,
    reader: Reader,
    *,
    veil: Veil,
    known: Known | None = None,
    history: Results | None = None,
) -> Figures:
    """Return the figures of a reader; customers and what they said have passed the veil.

    For leads and owners a finding that is `known` for a false alarm counts as what somebody said it is, else
    as undecided; QA sees what the checker found, and how it stands. `history` are the same runs and those
    before them, with which QA compares. StorageError: STO202 where a stored file is damaged.
    """
    match reader:
        case Reader.QA:
            return qa_figures(results, veil, known, history=history)
        case Reader.LEAD:
            return lead_figures(results, veil, known)
        case Reader.OWNER:
            return owner_figures(results, veil, known)


def qa_figures(
    results: Results, veil: Veil, known: Known | None = None, *, history: Results | None = None
) -> QaFigures:
    """Return what quality assurance looks at in the morning."""
    scope, facts = lay_out(results), clause_facts(results)
    stands = sort_out(results, known)
    broken = broken_conversations(results)
    clauses, compared = clause_figures(results, scope, facts), scope
    if history is not None:
        compared = lay_out(history)
        longer = clause_figures(history, compared, clause_facts(history))
        clauses = looking_back(clauses, longer)
    return QaFigures(
        scope=scope,
        news=stands.news if stands else None,
        compared=(compared.previous, compared.newest) if compared.previous else None,
        clauses=tuple(_with_news(clauses, stands)),
        heat_by_agent=heat_by_agent(results, facts, veil),
        heat_by_team=heat_by_team(results, facts, veil),
        broken=broken,
        riskiest=riskiest(results, broken, veil),
        set_aside=tuple(
            Excluded(what=code, reason=veil.remark(reason, code), count=count)
            for code, reason, count in results.rows(_ASIDE)
        ),
        not_governed=tuple(
            Excluded(what=channel, reason=team, count=count)
            for channel, team, count in results.rows(_NOT_GOVERNED)
        ),
        service=service(results),
    )


def _with_news(clauses: Iterable[ClauseFigure], stands: Sorted | None) -> Iterable[ClauseFigure]:
    for each in clauses:
        yield each if stands is None else replace(each, news=stands.by_clause[each.facts.key])


def lead_figures(results: Results, veil: Veil, known: Known | None = None) -> LeadFigures:
    """Return what a team lead works with."""
    scope, facts = lay_out(results, known), clause_facts(results)
    return LeadFigures(
        scope=scope,
        clauses=clause_figures(results, scope, facts),
        agents=agent_cards(results, veil),
        teams=team_cards(results, veil),
        coaching=coaching(results, facts, veil),
        heat_by_agent=heat_by_agent(results, facts, veil),
    )


def owner_figures(results: Results, veil: Veil, known: Known | None = None) -> OwnerFigures:
    """Return what the owner of an SOP decides by."""
    scope, facts = lay_out(results, known), clause_facts(results)
    clauses = clause_figures(results, scope, facts)
    return OwnerFigures(
        scope=scope,
        clauses=clauses,
        healths=healths(clauses),
        trust=trust(results, known),
        service=service(results),
        recurring=recurring_complaints(results, veil),
    )
