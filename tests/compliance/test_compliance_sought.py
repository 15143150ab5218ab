"""Values that somebody had not written before: `unsaid-by`."""

from collections.abc import Callable
from pathlib import Path

import pytest

from sopgen.base.diagnostic import Diagnostic
from sopgen.compliance.checker import Checker
from sopgen.compliance.model import Verdict
from sopgen.compliance.pack import load_pack
from sopgen.conversation.model import Conversation

Chat = Callable[[str], Conversation]
MakeChecker = Callable[..., Checker]
LEAK = "check=no-personal-data-leak"


def test_only_what_the_customer_had_not_written_is_evidence(checker_of: MakeChecker, chat: Chat) -> None:
    """Of two numbers in one message, the finding marks the one that the customer had not given."""
    conversation = chat(
        "09:00 pelanggan  nomor saya 0812 3456 7890\n"
        "09:01 agen  nomor 0812-3456-7890 dan 0857-1111-2222 terdaftar ya"
    )
    (judgement,) = checker_of(LEAK).judge(conversation)
    assert judgement.verdict is Verdict.FAIL
    assert [evidence.text for evidence in judgement.evidence] == ["0857-1111-2222"]


@pytest.mark.parametrize(
    ("first", "verdict"),
    [
        ("09:00 pelanggan  nomorku 081234567890", Verdict.PASS),
        ("09:00 pelanggan  nomorku +62 812 3456 7890 atau 021", Verdict.PASS),
        ("09:00 pelanggan  nomorku 08123456", Verdict.FAIL),
        ("09:00 bot  nomor terdaftar 081234567890", Verdict.FAIL),
        ("09:00 pelanggan  halo", Verdict.FAIL),
    ],
)
def test_a_value_counts_as_said_when_the_customer_said_it_whole(
    checker_of: MakeChecker, chat: Chat, first: str, verdict: Verdict
) -> None:
    """Spacing does not matter; a part, and what others wrote, do not count."""
    conversation = chat(f"{first}\n09:01 agen  nomor terdaftarnya 0812-3456-7890 ya")
    assert checker_of(LEAK).judge(conversation)[0].verdict is verdict


def test_what_is_said_afterwards_comes_too_late(checker_of: MakeChecker, chat: Chat) -> None:
    """Who reads a number out first has leaked it, even if the customer repeats it."""
    conversation = chat("09:00 agen  nomornya 0812-3456-7890 kan\n09:01 pelanggan  iya 081234567890")
    assert checker_of(LEAK).judge(conversation)[0].verdict is Verdict.FAIL


RULE = """code: X901
name: anew
title: {id: Baru, en: Anew}
severity: minor
error_class: customer
weight: 1
when: {existence: {of: {role: agent}}}
expect: {absence: {of: {role: agent, SPEC}}}
say: {fail: {id: a, en: a}, na: {id: a, en: a}}
remedy: {id: a, en: a}
examples:
  - {expect: fail, title: anew, chat: "09:00 agen kata sandi"}
  - {expect: pass, title: said, chat: "09:00 pelanggan kata itu sandi\\n09:01 agen kata sandi"}
"""
ACT = """act: words
title: {id: Kata, en: Words}
role: agent
cues: {id: [kata sandi]}
examples: {hit: [kata sandi], miss: [baik]}
"""


def flaws_of(folder: Path, spec: str) -> list[Diagnostic]:
    """Return what loading a pack with a rule of this selection reports."""
    for name, text in (("rules/anew.yaml", RULE.replace("SPEC", spec)), ("acts/words.yaml", ACT)):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "rules" / "sound.yaml").write_text(
        RULE.replace("SPEC", "act: words").replace("anew", "sound").replace("X901", "X902"), encoding="utf-8"
    )
    flaws: list[Diagnostic] = []
    load_pack([folder], flaws.append)
    return flaws


@pytest.mark.parametrize(
    ("spec", "flawed"),
    [
        ("act: words, unsaid-by: customer", False),
        ("act: words, unsaid-by: [customer, bot]", False),
        ("unsaid-by: customer", True),
        ("act: words, unsaid-by: nobody", True),
    ],
)
def test_the_key_is_checked(pack_folder: Path, spec: str, flawed: bool) -> None:  # noqa: FBT001
    """`unsaid-by` needs an act and a role that exists."""
    assert bool(flaws_of(pack_folder, spec)) == flawed


def test_words_of_cues_count_too(
    pack_folder: Path, checker_in: Callable[[list[Path]], Checker], chat: Chat
) -> None:
    """The hit of a cue was said before when all its words were."""
    assert flaws_of(pack_folder, "act: words, unsaid-by: customer") == []
    checker = checker_in([pack_folder])
    said = chat("09:00 pelanggan  kata itu sandi\n09:01 agen  kata sandi")
    anew = chat("09:00 pelanggan  halo\n09:01 agen  kata sandi")
    verdicts = [judged.verdict for each in (said, anew) for judged in checker.judge(each)]
    assert verdicts == [Verdict.PASS, Verdict.FAIL, Verdict.FAIL, Verdict.FAIL]
