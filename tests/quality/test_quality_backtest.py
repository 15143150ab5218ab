"""What another version would change adds up, has honest intervals, and is shown masked."""

import re
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_checker import BROKEN
from two_versions import SMALL, TALKS, Changed, sides

from sopgen.base.span import Span
from sopgen.compliance.model import Verdict
from sopgen.quality.backtest import Backtest, Kind, backtest
from sopgen.quality.backtest_form import backtest_record
from sopgen.quality.backtest_page import page_of
from sopgen.quality.disposition import Decision, Disposition
from sopgen.quality.interval import paired_change
from sopgen.quality.known import Known
from sopgen.quality.veil import Veil
from sopgen.runs.finding import findings_of
from sopgen.runs.fingerprint import fingerprint_of

VEIL = Veil(key=b"k" * 32)


def compared(old: object, new: object) -> Backtest:
    told: list[int] = []
    test = backtest([*TALKS, BROKEN], sides(old, new), told.append)
    assert told == list(range(1, len(TALKS) + 1))
    return test


def test_every_conversation_is_counted_once_for_each_clause() -> None:
    """The shifts of a clause sum to the conversations that either version governs."""
    test = compared(SMALL, Changed())
    governed = test.both + test.old_only + test.new_only
    assert (test.conversations, test.set_aside) == (len(TALKS), 1)
    assert governed == sum(each.channel != "email" for each in TALKS)
    assert [each.clause for each in test.clauses] == ["greet", "first-reply", "clean", "new"]
    assert all(sum(each.shifts.values()) == governed for each in test.clauses)


def test_clauses_that_come_and_go_are_told_so() -> None:
    """What is gone passes newly, what is new fails newly, and neither has a change of share."""
    greet, late, clean, new = compared(SMALL, Changed()).clauses
    failed = sum(each.verdict is Verdict.FAIL for talk in TALKS for each in SMALL.judge(talk)[:1])
    assert (greet.is_old, greet.is_new, greet.newly_passing) == (True, False, failed)
    assert (new.is_old, new.is_new, new.newly_failing) == (False, True, sum(new.shifts.values()))
    assert greet.change.value is new.change.value is late.change.value is None
    assert (clean.changed, clean.change.value) == (0, 0.0)
    assert late.newly_passing > 0
    assert {each.kind for each in late.examples} == {Kind.NEWLY_PASSING}
    assert {each.other for each in late.examples} == {Verdict.NA}


def test_turned_round_failing_and_passing_change_places() -> None:
    """The same comparison from the other side."""
    there, back = compared(SMALL, Changed()), compared(Changed(), SMALL)
    ways = [
        [
            (each.newly_failing, each.newly_passing)
            for each in sorted(test.clauses, key=lambda each: each.clause)
        ]
        for test in (there, back)
    ]
    assert ways[0] == [(passing, failing) for failing, passing in ways[1]]
    assert there.change.value == pytest.approx(-(back.change.value or 0))
    assert (there.joined, there.left) == (back.left, back.joined)


def test_a_version_against_itself_changes_nothing() -> None:
    """No clause has a shift, an example or a change."""
    test = compared(SMALL, SMALL)
    assert [each.changed for each in test.clauses] == [0, 0, 0]
    assert not any(each.examples for each in test.clauses)
    assert (test.joined, test.left, test.change.value) == (0, 0, 0.0)


def test_examples_are_masked() -> None:
    """Numbers in reasons and words, and customers; the other version's reason, too."""
    told = str(backtest_record(compared(SMALL, Changed()), Veil(key=b"k" * 32)))
    assert "0813 9876 5432" not in told
    assert "•" in told
    customers = {each.author for talk in TALKS for each in talk.messages if each.role == "customer"}
    words = set(re.findall(r"\w+", told))
    assert customers.isdisjoint(words)


@given(st.integers(0, 300), st.integers(0, 300), st.integers(0, 300))
def test_a_paired_change_lies_in_its_interval(more: int, fewer: int, same: int) -> None:
    """Between minus one and one, and mirrored when both ways are exchanged."""
    of = more + fewer + same
    change, mirrored = paired_change(more, fewer, of), paired_change(fewer, more, of)
    if not of:
        assert change.value is None
        return
    assert change.low is not None
    assert change.high is not None
    assert -1 <= change.low <= (change.value or 0) <= change.high <= 1
    assert change.low == pytest.approx(-(mirrored.high or 0))


def test_a_paired_change_is_that_of_its_source() -> None:
    """Agresti and Min's interval by hand: 20 joined and 5 left of 100."""
    change = paired_change(20, 5, 100)
    assert change.value == pytest.approx(0.15)
    assert change.low == pytest.approx(15 / 102 - 1.959964 * (26 - 15**2 / 102) ** 0.5 / 102, abs=1e-6)
    assert change.high == pytest.approx(15 / 102 + 1.959964 * (26 - 15**2 / 102) ** 0.5 / 102, abs=1e-6)


def test_what_people_decided_about_findings_that_go_is_told() -> None:
    """A confirmed finding that the new version has no more is a departure that it would miss."""
    talk = next(each for each in TALKS if SMALL.judge(each) and SMALL.judge(each)[0].verdict is Verdict.FAIL)
    (finding,) = findings_of(talk, SMALL.judge(talk)[:1])
    fingerprint = fingerprint_of(finding)
    decided = Disposition(
        finding=fingerprint, decision=Decision.CONFIRMED, until=None, reason="seen", by="Rina",
        on=date(2026, 11, 22), clause="", check="", instead=None, span=Span(file="dispositions.yaml"),
    )  # fmt: skip
    known = Known(baseline=frozenset(), dispositions={fingerprint: decided}, on=date(2026, 11, 22))
    test = backtest(TALKS, sides(), known=known)
    assert test.clauses[0].decided == {Decision.CONFIRMED: 1}
    assert [each.decided for each in test.clauses[1:]] == [{}, {}, {}]
    (first, *_) = backtest_record(test, VEIL)["clauses"]
    assert first["newly_passing_decided"] == {"confirmed": 1, "false alarm": 0, "accepted": 0}
    page = page_of(test, VEIL, started=datetime(2026, 11, 22, tzinfo=UTC), pack_version="small-1")
    assert page.rows[0].decided == "Tentang temuan yang hilang, orang sudah memutuskan: 1 dibenarkan."
