"""The figures agree with what DuckDB says of the same Parquet, asked without the code that reports use."""

from collections.abc import Iterator

import pytest
from figure_month import VEIL, asked, runs

from sopgen.compliance.model import ErrorClass
from sopgen.quality.figure.figures import LeadFigures, OwnerFigures, QaFigures, Reader, figures
from sopgen.quality.figure.scorecard import LEAST_CONVERSATIONS
from sopgen.runs.results import Results, open_results


@pytest.fixture(scope="module")
def results() -> Iterator[Results]:
    """Return the month, open for reading."""
    with open_results(runs()) as opened:
        yield opened


@pytest.fixture(scope="module")
def qa(results: Results) -> QaFigures:
    """Return what quality assurance sees."""
    found = figures(results, Reader.QA, veil=VEIL)
    assert isinstance(found, QaFigures)
    return found


@pytest.fixture(scope="module")
def lead(results: Results) -> LeadFigures:
    """Return what a team lead sees."""
    found = figures(results, Reader.LEAD, veil=VEIL)
    assert isinstance(found, LeadFigures)
    return found


@pytest.fixture(scope="module")
def owner(results: Results) -> OwnerFigures:
    """Return what the owner of an SOP sees."""
    found = figures(results, Reader.OWNER, veil=VEIL)
    assert isinstance(found, OwnerFigures)
    return found


def test_totals(qa: QaFigures) -> None:
    """Conversations, verdicts, findings, and the critical ones among them."""
    scope = qa.scope
    ((conversations, messages),) = asked("SELECT count(*), sum(messages) FROM C")
    ((verdicts, findings, critical),) = asked("""
        SELECT count(*), count(*) FILTER (verdict = 'fail'),
               count(*) FILTER (verdict = 'fail' AND severity = 'critical') FROM V""")
    assert (scope.conversations, scope.messages) == (conversations, messages)
    assert (scope.verdicts, scope.findings, scope.critical) == (verdicts, findings, critical)
    assert (len(scope.runs), scope.findings > 0) == (12, True)


def test_clauses(qa: QaFigures) -> None:
    """Each verdict of each clause, and the days add up to the whole."""
    told = {
        (each.facts.key.sop, each.facts.key.clause, each.facts.key.check): each.counts.as_dict()
        for each in qa.clauses
    }
    expected: dict[tuple[str, str, str], dict[str, int]] = {key: dict.fromkeys(told[key], 0) for key in told}
    for sop, clause, check, verdict, count in asked("""
        SELECT sop, clause, "check", verdict, count(*) FROM V GROUP BY ALL"""):
        expected[sop, clause, check][verdict] = count
    assert told == expected
    for each in qa.clauses:
        assert sum(day.counts.total for day in each.days) == each.counts.total


def test_the_last_run_is_compared_with_the_one_before_and_with_its_weekday(qa: QaFigures) -> None:
    """What a change was taken of is what lies in those runs."""
    last, before = qa.scope.newest.id, qa.scope.runs[-2].id
    counts = asked(f"""
        SELECT sop, clause, "check", count(*) FILTER (decided AND source LIKE '%/{last}.jsonl'),
               count(*) FILTER (decided AND source LIKE '%/{before}.jsonl'),
               count(*) FILTER (decided AND source NOT LIKE '%/{last}.jsonl'
                                AND isodow(opened_at + INTERVAL 7 HOUR) = isodow(DATE '{last}'))
        FROM (SELECT *, verdict IN ('pass', 'fail') AS decided FROM V) GROUP BY ALL""")  # noqa: S608 - names of runs
    told = {
        (each.facts.key.sop, each.facts.key.clause, each.facts.key.check): (
            each.since_last and (each.since_last.after.of, each.since_last.before.of),
            each.same_weekday and (each.same_weekday.after.of, each.same_weekday.before.of),
        )
        for each in qa.clauses
    }
    assert told == {
        (sop, clause, check): (
            (after, last_time) if after and last_time else None,
            (after, weekdays) if after and weekdays else None,
        )
        for sop, clause, check, after, last_time, weekdays in counts
    }


def test_heat_maps(qa: QaFigures) -> None:
    """Cells of agents leave out what names nobody; cells of teams hold everything."""
    told = {
        (each.column.team, each.column.name, each.clause.sop, each.clause.clause): (
            each.failing.value,
            each.failing.of,
        )
        for each in qa.heat_by_agent.cells
    }
    assert told == {
        (team, agent, sop, clause): (failed / decided, decided)
        for team, agent, sop, clause, failed, decided in asked("""
            SELECT team, agent, sop, clause, count(*) FILTER (verdict = 'fail'), count(*) FROM V
            WHERE verdict IN ('pass', 'fail') AND agent <> '' GROUP BY ALL""")
    }
    ((decided,),) = asked("SELECT count(*) FROM V WHERE verdict IN ('pass', 'fail')")
    assert sum(each.failing.of for each in qa.heat_by_team.cells) == decided


def test_the_riskiest(qa: QaFigures) -> None:
    """Those with critical departures come first, and all of them are there."""
    expected = asked("""
        SELECT count(*) FILTER (severity = 'critical') AS critical, count(*) FILTER (severity = 'major'),
               count(*) FILTER (severity = 'minor') FROM V WHERE verdict = 'fail'
        GROUP BY source, conversation_id""")
    told = [(each.critical, each.major, each.minor) for each in qa.riskiest]
    assert [each[0] for each in told] == sorted((each[0] for each in expected), reverse=True)[: len(told)]
    assert all(each in expected for each in told)


def test_scores_and_critical_errors(lead: LeadFigures) -> None:
    """A score is the weighted share of passes that are not critical; critical errors stand apart by class."""
    expected = {
        (team, agent): row
        for team, agent, *row in asked("""
            SELECT team, agent, count(DISTINCT (source, conversation_id)),
                   sum(weight) FILTER (verdict = 'pass' AND severity <> 'critical')
                       / sum(weight) FILTER (severity <> 'critical'),
                   count(DISTINCT (source, conversation_id))
                       FILTER (verdict = 'fail' AND severity = 'critical'),
                   count(DISTINCT (source, conversation_id))
                       FILTER (verdict = 'fail' AND severity = 'critical' AND class = 'compliance')
            FROM V WHERE verdict IN ('pass', 'fail') AND agent <> '' GROUP BY ALL""")
    }
    assert {(each.who.team, each.who.name) for each in lead.agents} == set(expected)
    for card in lead.agents:
        conversations, score, critical, compliance = expected[card.who.team, card.who.name]
        assert card.conversations == conversations
        assert card.score.value == pytest.approx(score)
        assert card.any_critical.value == pytest.approx(critical / conversations)
        assert card.critical[ErrorClass.COMPLIANCE].value == pytest.approx(compliance / conversations)
        assert (card.score.low or 0) <= score <= (card.score.high or 1)
        assert (card.rank is None) == (conversations < LEAST_CONVERSATIONS)


def test_teams_count_what_names_nobody(lead: LeadFigures) -> None:
    """A chat that nobody answered is the team's, not an agent's."""
    expected = dict(
        asked("SELECT team, count(*) FROM V WHERE verdict IN ('pass', 'fail') GROUP BY ALL ORDER BY team")
    )
    assert {each.who.name: each.decided for each in lead.teams} == expected
    assert sum(each.decided for each in lead.agents) < sum(expected.values())


def test_habits_are_the_agents_own(lead: LeadFigures) -> None:
    """At most three, each broken by that agent as often as the verdicts say, with words of their chats."""
    failed = {
        (team, agent, sop, clause): count
        for team, agent, sop, clause, count in asked("""
            SELECT team, agent, sop, clause, count(*) FROM V WHERE verdict = 'fail' GROUP BY ALL""")
    }
    owned = {
        (agent, clause, verdict): ids
        for agent, clause, verdict, ids in asked("""
            SELECT agent, clause, verdict, list(conversation_id) FROM V GROUP BY ALL""")
    }
    habits = [(page.who, habit) for page in lead.coaching for habit in page.habits]
    assert habits
    assert all(len(page.habits) <= 3 for page in lead.coaching)
    for who, habit in habits:
        sop, clause = habit.clause.key.sop, habit.clause.key.clause
        assert round((habit.failing.value or 0) * habit.failing.of) == failed[who.team, who.name, sop, clause]
        for example, verdict in ((habit.bad, "fail"), (habit.good, "pass")):
            assert example is None or example.key.conversation_id in owned[who.name, clause, verdict]


def test_service(owner: OwnerFigures) -> None:
    """Waits, ratings, recommendations, who came back."""
    whole = owner.service.whole
    ((first, median, late, mean, solved, csat, rated, nps, asked_nps),) = asked("""
        SELECT avg(first_response_seconds), median(first_response_seconds),
               quantile_cont(first_response_seconds, 0.9),
               sum(mean_response_seconds * responses) / sum(responses), avg(resolution_seconds),
               count(*) FILTER (csat >= 4), count(csat),
               count(*) FILTER (nps >= 9) - count(*) FILTER (nps <= 6), count(nps) FROM C""")
    waits = whole.waits
    assert waits.first_response.mean == pytest.approx(first)
    assert waits.first_response.median == pytest.approx(median)
    assert waits.first_response.p90 == pytest.approx(late)
    assert waits.mean_response == pytest.approx(mean)
    assert waits.resolution.mean == pytest.approx(solved)
    assert (whole.satisfied.value, whole.satisfied.of) == (csat / rated, rated)
    assert whole.promoters.value == pytest.approx(nps / asked_nps)
    assert sum(each.conversations for each in owner.service.teams) == whole.conversations
    assert sum(each.conversations for each in owner.service.days) == whole.conversations


def test_first_contact_and_returning_customers(owner: OwnerFigures) -> None:
    """Nobody of that name wrote about the same thing within seven days; some wrote on several days."""
    ((solved, ripe),) = asked(
        """
        SELECT count(*) FILTER (reopened = 0 AND NOT EXISTS (
                   SELECT 1 FROM C2 WHERE lower(C2.customer) = lower(C.customer) AND C2.category = C.category
                   AND C2.opened_at > C.opened_at AND C2.opened_at <= C.opened_at + INTERVAL 7 DAY)), count(*)
        FROM C WHERE opened_at <= (SELECT max(opened_at) FROM C2) - INTERVAL 7 DAY AND customer <> ''
        """.replace("FROM C2", "FROM (SELECT * FROM C) C2")
    )
    ((people, back),) = asked("""
        SELECT count(*), count(*) FILTER (days > 1) FROM (
            SELECT lower(customer), count(DISTINCT opened_on_the_wall::DATE) AS days FROM C
            WHERE customer <> '' GROUP BY ALL)""")
    assert (owner.service.whole.first_contact.of, owner.service.whole.returning.of) == (ripe, people)
    assert owner.service.whole.first_contact.value == pytest.approx(solved / ripe)
    assert owner.service.whole.returning.value == pytest.approx(back / people)


def test_health(owner: OwnerFigures) -> None:
    """How often a clause had something to say, and could not be decided."""
    expected = {
        (sop, clause, check): (active, total)
        for sop, clause, check, active, total in asked("""
            SELECT sop, clause, "check", count(*) FILTER (verdict <> 'na'), count(*) FROM V GROUP BY ALL""")
    }
    for each in owner.healths:
        key = each.clause.key
        active, total = expected[key.sop, key.clause, key.check]
        assert (each.conversations, each.undecided.of) == (total, active)
        assert each.activated.value == pytest.approx(active / total)
