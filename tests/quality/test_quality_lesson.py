"""Lessons of several decisions: told once, none twice, none where people disagree."""

import json
from datetime import date
from pathlib import Path

import pytest

from sopgen.base.errors import PackError
from sopgen.base.span import Span
from sopgen.quality.disposition import Decision, Disposition
from sopgen.quality.lesson import MOST_ALIKE, Lesson, Lessons, Why, agreed
from sopgen.quality.lesson_file import write_lessons

DAY = date(2026, 11, 22)


def lesson(text: str, label: str, *, is_so: bool = True, before: str = "", finding: str = "0" * 12) -> Lesson:
    """Return what a decision says of an agent's words."""
    return Lesson(
        role="agent",
        before=before,
        text=text,
        labels=frozenset({label} if is_so else ()),
        asked=frozenset({label}),
        finding=finding,
        decision=Decision.CONFIRMED if is_so else Decision.FALSE_ALARM,
        on=DAY,
    )


def test_a_label_of_a_message_is_told_once() -> None:
    """By the first who told it; another label of the same message is another lesson."""
    first, other = lesson("halo", "greeting"), lesson("halo", "thanks", finding="1" * 12)
    assert agreed([first, lesson("halo", "greeting", finding="2" * 12), other]) == ((first, other), 0)


def test_where_decisions_disagree_nothing_is_learnt() -> None:
    """Counted, so that people can look."""
    kept = lesson("halo kak", "greeting")
    found = agreed([lesson("halo", "greeting"), lesson("halo", "greeting", is_so=False), kept])
    assert found == ((kept,), 1)


def test_of_the_same_words_in_many_places_a_few_are_kept() -> None:
    """A template that a thousand chats share is no thousand lessons."""
    many = [lesson("mohon ditunggu", "hold", before=str(place)) for place in range(40)]
    assert agreed(many) == (tuple(many[:MOST_ALIKE]), 0)


def disposition(finding: str, decision: Decision = Decision.CONFIRMED) -> Disposition:
    """Return a decision about a finding."""
    return Disposition(
        finding=finding,
        decision=decision,
        until=None,
        reason="seen",
        by="Rina",
        on=DAY,
        clause="",
        check="",
        instead=None,
        span=Span(file="dispositions.yaml"),
    )


def lessons(*taught: Lesson) -> Lessons:
    """Return lessons whose findings could all be looked at."""
    found = frozenset(each.finding for each in taught)
    return Lessons(lessons=taught, decisions=len(taught), found=found, silent={}, contradicted=0)


def test_every_decision_is_accounted_for() -> None:
    """Those that left a line, those that tell what others tell, and those that are silent add up."""
    found = Lessons(
        lessons=(
            lesson("halo", "greeting"),
            lesson("halo", "thanks"),
            lesson("ya", "hold", finding="1" * 12),
        ),
        decisions=7,
        found=frozenset(),
        silent={Why.GONE: 2, Why.SEVERAL: 1},
        contradicted=0,
    )
    assert found.repeated == 2
    assert found.as_dict()["silent"] == {"gone": 2, "changed": 0, "no_act": 0, "several": 1}


def test_lines_that_people_took_out_or_broke(tmp_path: Path) -> None:
    """A line that nobody could make again is kept as it is; a broken one is told with its place."""
    path, finding = tmp_path / "checks/training/decided.jsonl", "a" * 12
    decided = {finding: disposition(finding)}
    assert write_lessons(lessons(lesson("halo", "greeting", finding=finding)), decided, path) == 1
    record = json.loads(path.read_text(encoding="utf-8")) | {"remark": "by hand"}
    path.write_text(json.dumps(record) + "\n", encoding="utf-8")
    assert write_lessons(lessons(), decided, path) == 1
    assert json.loads(path.read_text(encoding="utf-8")) == record
    assert write_lessons(lessons(), {finding: disposition(finding, Decision.FALSE_ALARM)}, path) == 0
    path.write_text("{}\n", encoding="utf-8")
    with pytest.raises(PackError, match=r"decided.jsonl:1"):
        write_lessons(lessons(), decided, path)
