"""What must follow in time: limits that are still running, pauses, ends of conversations."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from sopgen.base.diagnostic import Diagnostic
from sopgen.compliance.checker import Checker
from sopgen.compliance.constraints.logic import all_of, any_of, none_of
from sopgen.compliance.constraints.outcome import Outcome, alike
from sopgen.compliance.model import Judgement, Verdict
from sopgen.compliance.pack import Pack, default_pack_folder, load_pack
from sopgen.compliance.timeline import Timeline
from sopgen.conversation.model import Conversation

MakeChecker = Callable[..., Checker]
Chat = Callable[[str], Conversation]
RULE = """code: X101
name: uji
title: {id: Uji, en: Test}
severity: minor
error_class: customer
weight: 1
parameters:
  limit: 10m
  pause: {kind: choice, choices: [none, waiting-for-customer], default: none}
when: {existence: {of: {role: customer}}}
expect:
  response: {from: {role: customer, nth: first}, to: {role: agent}, within: $limit, pending: wait}
say: {fail: {id: "Sudah {gap}.", en: "It has been {gap}."}, na: {id: Belum., en: Not yet.}}
remedy: {id: Segera., en: Soon.}
examples:
  - {expect: pass, title: lekas, chat: "09:00 pelanggan  halo\\n09:01 agen  chat saya tutup ya"}
  - {expect: fail, title: lama, chat: "09:00 pelanggan  halo\\n10:00 agen  chat saya tutup ya"}
"""
ASKED = "09:00 pelanggan  barangnya rusak, saya minta refund\n"
APPROVED = f"{ASKED}09:05 agen  Baik Kak, mohon maaf ya. Refundnya kami setujui\n"


def only(judgements: tuple[Judgement, ...]) -> Judgement:
    assert len(judgements) == 1
    return judgements[0]


def flaws_of(rule: str, folder: Path) -> list[str]:
    """Return the messages of loading a pack with this rule on top of the default one."""
    (folder / "rules").mkdir(parents=True)
    (folder / "rules" / "uji.yaml").write_text(rule, encoding="utf-8")
    flaws: list[Diagnostic] = []
    load_pack([default_pack_folder(), folder], flaws.append)
    return [flaw.message for flaw in flaws]


@pytest.mark.parametrize(
    ("rest", "verdict"),
    [
        ("11:05 agen  Dananya sudah kami kembalikan ya Kak", Verdict.PASS),
        ("11:05:01 agen  Dananya sudah kami kembalikan ya Kak", Verdict.FAIL),
        ("11:05 pelanggan  refundnya mana?", Verdict.NA),
        ("11:06 pelanggan  refundnya mana?", Verdict.FAIL),
        ("11:06 bot  beri kami nilai", Verdict.NA),
        ("11:06 sistem  (ditutup)", Verdict.NA),
        ("11:06 agen  (ditutup)", Verdict.FAIL),
        ("11:06 catatan  refund tertunda", Verdict.NA),
        ("11:06 pelanggan  (dinilai)", Verdict.NA),
    ],
)
def test_a_limit_counts_until_the_last_word(
    rest: str, verdict: Verdict, checker_of: MakeChecker, chat: Chat
) -> None:
    """Two hours from the approval to the refund, or to a party's last word; what machines add is none."""
    checker = checker_of("check=refund-within limit=2h")
    assert only(checker.judge(chat(APPROVED + rest))).verdict is verdict


def test_a_running_limit_is_undecided_while_the_conversation_goes_on(
    checker_of: MakeChecker, chat: Chat
) -> None:
    """A limit that has passed is broken though the conversation is open; another may still be kept."""
    said = chat(f"{APPROVED}10:00 pelanggan  oke saya tunggu ya")
    last = said.messages[-1].at
    assert last is not None
    for limit, verdict in (("2h", Verdict.UNDECIDED), ("30m", Verdict.FAIL)):
        checker = checker_of(f"check=refund-within limit={limit}", as_of=last + timedelta(minutes=1))
        assert only(checker.judge(said)).verdict is verdict


def test_a_pause_is_said(checker_of: MakeChecker, chat: Chat) -> None:
    """The reason tells that the wait for the customer does not count, where there was one."""
    waiting = (
        "09:05 agen  Baik Kak, refundnya kami setujui. Boleh kirim nomor rekeningnya?\n"
        "11:00 pelanggan  BCA 1234567890 an Budi\n"
        "13:00 agen  Dananya sudah kami kembalikan ya Kak"
    )
    checker = checker_of("check=refund-within limit=1h pause=waiting-for-customer")
    judged = only(checker.judge(chat(ASKED + waiting)))
    assert judged.reason == (
        "Dana belum dikembalikan dalam 1 jam: sudah 2 jam (waktu menunggu pelanggan tidak dihitung)."
    )
    prompt = f"{APPROVED}11:05 agen  Dananya sudah kami kembalikan ya Kak"
    assert only(checker.judge(chat(prompt))).reason == "Dana belum dikembalikan dalam 1 jam: sudah 2 jam."


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("pending: wait", "pending: never"), "unknown pending 'never'"),
        ((", within: $limit", ""), "'pending: wait' stands without 'within'"),
        (("pending: wait", "pending: wait, pause: $pause"), ""),
        (("waiting-for-customer", "siesta"), ""),
        (
            ("[none, waiting-for-customer]", "[none, siesta]", "wait}", "wait, pause: $pause}"),
            "unknown moment",
        ),
    ],
)
def test_a_response_that_cannot_be_read_is_refused(
    change: tuple[str, ...], message: str, tmp_path: Path
) -> None:
    """RUL102 names what is wrong, also for a word that no clause has chosen yet."""
    rule = RULE
    for old, new in zip(change[::2], change[1::2], strict=True):
        assert old in rule
        rule = rule.replace(old, new)
    flaws = flaws_of(rule, tmp_path / "own")
    assert [flaw for flaw in flaws if message in flaw] == flaws
    assert bool(flaws) is bool(message)


def test_parts_that_do_not_apply_count_for_nothing(pack: Pack, chat: Chat) -> None:
    """The whole is decided by the other parts, and does not apply where there are none."""
    timeline = Timeline(chat("09:00 pelanggan  halo"), pack.recognise)
    held, broken, absent = (
        alike(outcome)
        for outcome in (Outcome(holds=True), Outcome(holds=False), Outcome(holds=True, applies=False))
    )
    assert not timeline[all_of((broken, absent))].holds
    assert not timeline[any_of((broken, absent))].holds
    assert timeline[all_of((held, absent))].holds
    for whole in (all_of((absent, absent)), any_of((absent,)), none_of(absent)):
        assert not timeline[whole].applies
