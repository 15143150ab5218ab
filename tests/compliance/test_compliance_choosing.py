"""Clauses for some conversations only: one check bound several times, each with its own limit."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from sopgen.base.diagnostic import Diagnostic
from sopgen.compliance.binding import bind
from sopgen.compliance.checker import Checker
from sopgen.compliance.consistency import look_for_conflicts
from sopgen.compliance.examples import run_examples
from sopgen.compliance.model import Verdict
from sopgen.compliance.pack import Pack
from sopgen.conversation.model import Conversation
from sopgen.sop.model import SopHistory
from sopgen.sop.reader import read_sop

MakeChecker = Callable[..., Checker]
Chat = Callable[[str], Conversation]

HEAD = (
    "---\nid: cs\ntitle: CS\nlanguage: id\nowner: K\napprover: D\nreview_every: 90d\n"
    "applies_to: {channels: [livechat]}\n---\n\n## Standar Pelayanan\n\n"
)
SEVEN = "09:00 pelanggan  halo\n09:07 agen  Halo Kak"
BOTH = (
    'check=first-response-time limit=5m priority="P1 | kritis"',
    "check=first-response-time limit=10m priority=P2",
)


def history_of(*attributes: str) -> SopHistory:
    """Return an SOP with one clause for each text of attributes."""
    clauses = "".join(f"- **Wajib** {n}. {{#c{n} {each}}}\n" for n, each in enumerate(attributes))
    sop = read_sop(HEAD + clauses, file="sop.md", report=lambda _: None)
    assert sop is not None
    return SopHistory(draft=sop)


def flaws_of(*attributes: str, pack: Pack) -> list[Diagnostic]:
    """Return what is wrong with the bindings of these clauses."""
    flaws: list[Diagnostic] = []
    draft = history_of(*attributes).draft
    assert draft is not None
    bind(draft, pack, flaws.append)
    return flaws


@pytest.mark.parametrize(
    ("priority", "verdicts"),
    [
        ("P1", [Verdict.FAIL, Verdict.NA]),
        ("KRITIS", [Verdict.FAIL, Verdict.NA]),
        ("p2", [Verdict.NA, Verdict.PASS]),
        ("P3", [Verdict.NA, Verdict.NA]),
        ("P10", [Verdict.NA, Verdict.NA]),
        ("", [Verdict.NA, Verdict.NA]),
    ],
)
def test_each_priority_is_held_to_its_own_limit(
    checker_of: MakeChecker, chat: Chat, priority: str, verdicts: list[Verdict]
) -> None:
    """Seven minutes are too long for P1 and not for P2; the words are compared whole, capitals or not."""
    conversation = replace(chat(SEVEN), priority=priority)
    assert [each.verdict for each in checker_of(*BOTH).judge(conversation)] == verdicts


def test_the_reason_tells_why_a_clause_is_not_for_a_conversation(checker_of: MakeChecker, chat: Chat) -> None:
    """What was recorded, or that nothing was, in the language of the SOP."""
    elsewhere = [
        checker_of(*BOTH, language=language).judge(replace(chat(SEVEN), priority=priority))[0].reason
        for language, priority in (("id", "P3"), ("id", ""), ("en", "P3"))
    ]
    assert elsewhere == [
        "Klausul ini hanya untuk prioritas P1 atau kritis; percakapan ini: P3.",
        "Klausul ini hanya untuk prioritas P1 atau kritis; prioritas percakapan ini tidak tercatat.",
        "This clause is for priority P1 or kritis only; this conversation: P3.",
    ]


def test_what_an_export_records_is_shown_cut(checker_of: MakeChecker, chat: Chat) -> None:
    """A field of an export may hold anything, also a page of text."""
    judged = checker_of(*BOTH).judge(replace(chat(SEVEN), priority="x{0}" * 5000))[0]
    assert len(judged.reason) < 120


def test_every_key_must_match(checker_of: MakeChecker, chat: Chat) -> None:
    """A clause for refunds by livechat is not for refunds by another way, nor for other livechats."""
    checker = checker_of("check=first-response-time limit=5m category=refund channel=livechat")
    judged = {
        category: checker.judge(replace(chat(SEVEN), category=category, channel="livechat"))[0].verdict
        for category in ("Refund", "akun")
    }
    assert judged == {"Refund": Verdict.FAIL, "akun": Verdict.NA}


def test_a_choice_that_can_never_be_met_is_told(pack: Pack) -> None:
    """A channel that the SOP does not govern, and a choice without words, are errors at their place."""
    flaws = flaws_of(
        "check=first-response-time channel=email", 'check=response-gap priority=" | "', pack=pack
    )
    assert [(flaw.code, flaw.message) for flaw in flaws] == [
        ("BND103", "channel: the SOP does not govern the channel 'email'"),
        ("BND103", "priority: ' | ' names no priority"),
    ]
    assert flaws_of("check=first-response-time channel=LiveChat", pack=pack) == []


@pytest.mark.parametrize(
    ("one", "other", "conflicts"),
    [
        ("priority=P1", "priority=P2", 0),
        ('priority="P1 | P2"', "priority=p2", 1),
        ("priority=P1", "", 0),
        ("priority=P1", "category=akun", 1),
        ("priority=P1 category=akun", "priority=P1 category=bayar", 0),
        ("", "", 1),
    ],
)
def test_only_clauses_that_can_meet_contradict_each_other(
    pack: Pack, one: str, other: str, conflicts: int
) -> None:
    """Two limits for two priorities are no contradiction; two for the same are."""
    history = history_of(
        f"check=first-response-time limit=5m {one}", f"check=first-response-time limit=10m {other}"
    )
    found = [flaw.code for flaw in look_for_conflicts([history], pack)]
    assert found == ["CON101"] * conflicts


def test_an_example_is_one_that_its_clause_is_for(pack: Pack) -> None:
    """Its channel, and what it does not record itself, are those of the clause; what it records is kept."""
    chats = "".join(
        f'\n  ```chat {expected} "{title}"\n{record}  09:00 pelanggan  halo\n  09:07 agen  Halo Kak\n  ```\n'
        for expected, title, record in (
            ("fail", "silent", ""),
            ("fail", "P1", "  09:00 sistem  (prioritas: P1)\n"),
            ("pass", "P2", "  09:00 sistem  (prioritas: P2)\n"),
        )
    )
    clause = f"- **Wajib** A. {{#a check=first-response-time limit=5m priority=P1 channel=livechat}}\n{chats}"
    sop = read_sop(HEAD + clause, file="sop.md", report=lambda _: None)
    assert sop is not None
    tried = [each for each in run_examples(pack, [SopHistory(draft=sop)]) if each.kind == "clause"]
    assert [(each.title, each.actual) for each in tried] == [("silent", "fail"), ("P1", "fail"), ("P2", "na")]
