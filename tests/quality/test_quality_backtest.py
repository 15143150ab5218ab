"""What another version would change adds up, has honest intervals, and is shown masked."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_checker import BROKEN, SmallChecker, conversations

from sopgen.compliance.model import Judgement, Verdict, changed
from sopgen.conversation.model import Conversation
from sopgen.quality.backtest import Backtest, Kind, Sides, backtest
from sopgen.quality.backtest_form import backtest_record
from sopgen.quality.interval import paired_change
from sopgen.quality.veil import Veil

SMALL = SmallChecker()
TALKS = list(conversations())


class Changed:
    """The small checker without its greeting, late replies forgiven, and with a clause that always fails."""

    def judge(self, conversation: Conversation) -> tuple[Judgement, ...]:
        """Return the small checker's judgements but for those."""
        judged = SMALL.judge(conversation)
        if not judged:
            return ()
        _, late, clean = judged
        forgiven = changed(late, verdict=Verdict.NA, evidence=(), version="2.0")
        strict = changed(clean, clause="new", clause_number="10.1", verdict=Verdict.FAIL, version="2.0")
        return forgiven, changed(clean, version="2.0"), strict


def compared(old: object, new: object) -> Backtest:
    sides = Sides(sop="s", language="id", old_version="1.0", new_version="2.0", old=old, new=new)  # type: ignore[arg-type]
    told: list[int] = []
    test = backtest([*TALKS, BROKEN], sides, told.append)
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
