"""Verdicts told of many conversations together: the same as of each by itself."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from sopgen.compliance.certainty import Doubts
from sopgen.compliance.checker import Checker
from sopgen.compliance.model import Judgement, Subject, Verdict
from sopgen.compliance.pack import Pack
from sopgen.compliance.timeline import Timeline
from sopgen.compliance.timelines import State, Timelines
from sopgen.compliance.trial import Decided, Trial, trial_of
from sopgen.conversation.export import read_exports
from sopgen.conversation.model import Conversation
from sopgen.conversation.notation import conversation_of
from sopgen.conversation.options import ImportOptions

MakeChecker = Callable[..., Checker]
Chat = Callable[[str], Conversation]
SAMPLE = Path(__file__).parents[1] / "cases" / "sample-chats.jsonl"
NOBODY = Decided(passed=0, failed=0, na=0, undecided=0, silent=0, called_for=0)
"""What is known together of conversations of which nothing is: then each is judged by itself."""
SUBJECT = Subject(conversation="c", source="", channel="", team="", opened_at=None)

SALUTE = "existence: {of: {role: agent, says: [halo]}}"
CLEAN = "absence: {of: {role: agent, says: [sial]}}"
REPLY = "chain-response: {from: {role: customer, nth: first}, next: {role: agent}, holds: {says: [halo]}}"
RULE = """code: X10{number}
name: uji-{number}
title: {{id: Uji, en: Test}}
severity: minor
error_class: customer
weight: 1
when: {{existence: {{of: {{role: customer}}}}}}
expect: {{{expect}}}
say: {{hold: {{id: Ada., en: There is.}}, fail: {{id: Tidak., en: No.}}, na: {{id: Belum., en: Not yet.}}}}
remedy: {{id: Segera., en: Soon.}}
examples:
  - {{expect: pass, title: baik, chat: "09:00 pelanggan  halo\\n09:01 agen  halo kak"}}
  - {{expect: fail, title: buruk, chat: "09:00 pelanggan  halo\\n09:01 agen  sial"}}
"""
CHATS = (
    "09:00 pelanggan  hai\n09:01 agen  halo kak",
    "09:00 pelanggan  hai\n09:01 agen  baik kak",
    "09:00 pelanggan  hai\n09:01 agen  halo, sial",
    "09:00 pelanggan  hai\n09:01 agen  sial",
    "09:01 agen  halo kak",
)


def both_ways(
    checker: Checker, pack: Pack, conversations: Sequence[Conversation]
) -> Iterator[tuple[list[Judgement], list[Judgement]]]:
    """Yield for each clause its judgements by what is known together, and of each by itself."""
    talks = Timelines([Timeline(each, pack.recognise) for each in conversations])
    subjects = [SUBJECT] * len(conversations)
    for clause in checker.clauses:
        trial: Trial = trial_of(clause, pack, frozenset(), State(lambda _: 0))
        doubts = Doubts(talks, [])
        decided = trial.decide(talks)
        together = trial.judge(talks, decided, subjects, doubts)
        yield together, trial.judge(talks, NOBODY, subjects, doubts)


def examples_of(pack: Pack) -> list[Conversation]:
    """Return the conversations of the examples of every rule, and the sample."""
    options = ImportOptions(tz="Asia/Jakarta", channel="livechat")
    sample = [each for each in read_exports([SAMPLE], options, lambda _: None) if hasattr(each, "messages")]
    return sample + [
        conversation_of(rule.example_lines(number, lambda _: None), id=f"{name}-{number}")
        for name, rule in sorted(pack.rules.items())
        for number in range(len(rule.source.examples))
    ]


@pytest.fixture
def own(pack_folder: Path, checker_in: Callable[[list[Path]], Checker]) -> Callable[..., Checker]:
    """Return a function: what rules expect -> the checker of a pack of these rules."""

    def make(*expects: str) -> Checker:
        (pack_folder / "rules").mkdir(parents=True)
        for number, expect in enumerate(expects):
            written = RULE.format(number=number, expect=expect)
            (pack_folder / "rules" / f"uji-{number}.yaml").write_text(written, encoding="utf-8")
        return checker_in([pack_folder])

    return make


def test_what_is_known_together_is_what_is_known_of_each(pack: Pack, whole_checker: Checker) -> None:
    """Verdict, reason, evidence and agent, for every rule of the pack and every example of every rule."""
    conversations = examples_of(pack)
    seen = set()
    for together, apart in both_ways(whole_checker, pack, conversations):
        assert together == apart
        seen |= {(each.verdict, bool(each.evidence)) for each in together}
    assert {(Verdict.PASS, True), (Verdict.PASS, False), (Verdict.FAIL, True), (Verdict.NA, False)} <= seen


def test_a_clause_for_some_conversations_tells_of_each_why_not(
    checker_of: MakeChecker, pack: Pack, chat: Chat
) -> None:
    """That a clause is not for a conversation goes before that nothing called for it, or nothing broke it."""
    checker = checker_of('check=no-secret-request priority="P1"', 'check=opening-greeting priority="P1"')
    plain = [chat("09:00 pelanggan  halo\n09:01 agen  halo kak"), chat("09:00 pelanggan  halo")]
    conversations = [replace(each, priority=priority) for each in plain for priority in ("P1", "P2", "")]
    for together, apart in both_ways(checker, pack, conversations):
        assert together == apart
        elsewhere = [each for number, each in enumerate(together) if number % 3]
        assert {each.verdict for each in elsewhere} == {Verdict.NA}
        assert len({each.reason for each in elsewhere}) == 2


@pytest.mark.parametrize(
    ("expect", "shown"),
    [
        (f"any: [{{{SALUTE}}}, {{{CLEAN}}}]", ["halo", "", "halo", None]),
        (f"any: [{{{CLEAN}}}, {{{SALUTE}}}]", ["", "", "halo", None]),
        (f"all: [{{{CLEAN}}}, {{{SALUTE}}}]", ["halo", None, None, None]),
        (f"all: [{{{CLEAN}}}, {{{CLEAN}}}]", ["", "", None, None]),
        (REPLY, ["halo", None, "halo", None]),
        (CLEAN, ["", "", None, None]),
    ],
)
def test_a_pass_shows_what_there_is_to_see(
    own: Callable[..., Checker], chat: Chat, expect: str, shown: list[str | None]
) -> None:
    """The words that kept the rule, where there are some; none where nothing broke it. None: no pass."""
    examined = own(expect).examine_all([chat(each) for each in CHATS])
    judged = [each.judgements[0] for each in examined]
    assert judged.pop().verdict is Verdict.NA
    passed = [each.verdict is Verdict.PASS for each in judged]
    assert passed == [words is not None for words in shown]
    evidence = [" ".join(mark.text for mark in each.evidence).lower() for each in judged]
    assert [words for words, ok in zip(evidence, passed, strict=True) if ok] == [
        words for words in shown if words is not None
    ]
