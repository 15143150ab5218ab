"""Scorecards are fair: the author answers, few are not ranked, nothing grave hides in an average."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from figure_month import VEIL
from small_checker import conversations, run

from sopgen.base.span import Span
from sopgen.compliance.model import ErrorClass, Verdict
from sopgen.conversation.model import Conversation, Role
from sopgen.quality.disposition import Decision, Disposition
from sopgen.quality.figure.figures import LeadFigures, lead_figures
from sopgen.quality.figure.scorecard import LEAST_CONVERSATIONS, score
from sopgen.quality.figure.service import promoters
from sopgen.quality.known import Known
from sopgen.runs.results import open_results


def repeated(original: Conversation, count: int, prefix: str) -> Iterator[Conversation]:
    """Yield the same chat so many times, each under an id of its own."""
    for number in range(count):
        yield replace(original, id=f"{prefix}{number}")


def lead(folder: Path, chats: Iterator[Conversation]) -> LeadFigures:
    """Return what a team lead sees of these chats."""
    run(folder / "runs" / "r1", chats)
    with open_results([folder / "runs" / "r1"]) as results:
        return lead_figures(results, VEIL)


def test_agents_with_few_conversations_are_not_ranked(tmp_path: Path) -> None:
    """They have every figure and no rank, one conversation short of the threshold too."""
    good, bad, *_ = conversations()
    chats = (*repeated(good, LEAST_CONVERSATIONS, "g"), *repeated(bad, LEAST_CONVERSATIONS - 1, "b"))
    rina, doni = lead(tmp_path, iter(chats)).agents
    assert (rina.who.name, rina.rank, rina.conversations) == ("Rina", 1, LEAST_CONVERSATIONS)
    assert (doni.who.name, doni.rank, doni.conversations) == ("Doni", None, LEAST_CONVERSATIONS - 1)


def test_critical_errors_stand_apart_from_the_score(tmp_path: Path) -> None:
    """Swearing in every chat leaves the score of the other clauses as it is, and shows as 100 %."""
    _, bad, *_ = conversations()
    greeted = tuple(
        replace(each, text=f"halo kak, {each.text}", at=bad.messages[0].at)
        if each.role is Role.AGENT
        else each
        for each in bad.messages
    )
    (doni,) = lead(tmp_path, repeated(replace(bad, messages=greeted), 3, "b")).agents
    assert doni.score.value == 1.0
    assert doni.any_critical.value == 1.0
    assert doni.critical[ErrorClass.CUSTOMER].value == 1.0
    assert doni.critical[ErrorClass.COMPLIANCE].value == 0.0


def test_a_habit_has_the_agents_own_words_and_a_way_out(tmp_path: Path) -> None:
    """The critical one comes first; what would have passed stands beside it; customers are pseudonyms."""
    _, bad, *_ = conversations()
    (page,) = lead(tmp_path, repeated(bad, 3, "b")).coaching
    assert [each.clause.key.check for each in page.habits] == [
        "no-profanity", "opening-greeting", "first-response-time",
    ]  # fmt: skip
    first = page.habits[0]
    assert first.bad is not None
    assert first.bad.words == ("goblok", "goblok")
    assert first.good is None
    assert first.remedy == "Halo Kak, ada yang bisa kami bantu?"
    assert (first.failing.value, first.others.of, first.compared) == (1.0, 0, None)


def test_one_slip_is_no_habit_unless_it_is_critical(tmp_path: Path) -> None:
    """Of a single bad chat only the swearing is worked on."""
    _, bad, *_ = conversations()
    (page,) = lead(tmp_path, iter([bad])).coaching
    assert [each.clause.key.check for each in page.habits] == ["no-profanity"]


@pytest.mark.parametrize(
    ("pairs", "value"),
    [([(3, 4), (4, 4), (2, 4)], 0.75), ([(4, 4)] * 5, 1.0), ([(0, 4)] * 5, 0.0), ([(1, 2)], 0.5)],
)
def test_a_score_has_an_interval_that_holds_it(pairs: list[tuple[int, int]], value: float) -> None:
    """Where all conversations score alike the interval still has a width."""
    squares = [sum(a * a for a, _ in pairs), sum(a * b for a, b in pairs), sum(b * b for _, b in pairs)]
    found = score(len(pairs), sum(a for a, _ in pairs), sum(b for _, b in pairs), *squares)
    assert found.value == pytest.approx(value)
    assert found.low is not None
    assert found.high is not None
    assert 0 <= found.low <= value <= found.high <= 1
    assert found.high - found.low > 0.05


def test_nothing_decided_has_no_score() -> None:
    """It is not zero: it is not known."""
    assert score(0, 0, 0, 0, 0, 0).value is None


@pytest.mark.parametrize(
    ("counts", "value"), [((5, 5, 20), 0.0), ((20, 0, 20), 1.0), ((0, 20, 20), -1.0), ((0, 0, 20), 0.0)]
)
def test_promoters_less_detractors(counts: tuple[int, int, int], value: float) -> None:
    """Between -1 and 1, with an interval inside that and around it."""
    found = promoters(*counts)
    assert found.value == value
    assert found.low is not None
    assert found.high is not None
    assert -1 <= found.low <= value <= found.high <= 1
    assert found.low < found.high


def test_a_false_alarm_counts_against_nobody(tmp_path: Path) -> None:
    """A person's word goes before the checker's, in scores, critical errors, habits and clauses alike."""
    _, bad, *_ = conversations()
    run(tmp_path / "runs" / "r1", repeated(bad, 2, "b"))
    with open_results([tmp_path / "runs" / "r1"]) as results:
        fingerprints = results.rows("SELECT fingerprint FROM findings WHERE \"check\" = 'no-profanity'")
        known = Known(
            baseline=frozenset(),
            dispositions={each: disposition(each) for (each,) in fingerprints},
            on=date(2026, 11, 21),
        )
        before, after = lead_figures(results, VEIL), lead_figures(results, VEIL, known)
    assert (before.scope.critical, after.scope.critical) == (2, 0)
    assert after.agents[0].any_critical.value == 0.0
    assert "no-profanity" not in [each.clause.key.check for each in after.coaching[0].habits]
    counts = {each.facts.key.check: each.counts for each in after.clauses}
    assert (counts["no-profanity"].failed, counts["no-profanity"].passed) == (0, 2)


def disposition(fingerprint: str) -> Disposition:
    """Return what a person said of a finding: it was none, the clause was kept."""
    return Disposition(
        finding=fingerprint,
        decision=Decision.FALSE_ALARM,
        until=None,
        reason="kutipan",
        by="QA",
        on=date(2026, 11, 21),
        clause="clean",
        check="no-profanity",
        instead=Verdict.PASS,
        span=Span(file="dispositions.yaml"),
    )


@pytest.mark.parametrize(
    ("chats", "flagged"), [(LEAST_CONVERSATIONS, {"Doni"}), (LEAST_CONVERSATIONS - 1, set())]
)
def test_critical_errors_beyond_those_of_the_team_are_flagged(
    tmp_path: Path, chats: int, flagged: set[str]
) -> None:
    """Beside the rank, however good the score; never of too few conversations."""
    good, bad, *_ = conversations()
    swearing = repeated(replace(bad, team=good.team), chats, "b")
    cards = lead(tmp_path, iter((*repeated(good, 40, "g"), *swearing))).agents
    assert {card.who.name for card in cards if card.more_critical} == flagged
