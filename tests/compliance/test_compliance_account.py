"""What a conversation came to besides its verdicts: waits, closes, complaints."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from sopgen.base.diagnostic import Diagnostic
from sopgen.compliance.account import Account, Times, account_of
from sopgen.compliance.checker import Checker, make_checker
from sopgen.compliance.clock import Clock
from sopgen.compliance.opening import Opening
from sopgen.compliance.pack import Pack
from sopgen.conversation.model import Conversation
from sopgen.sop.model import BusinessHours, SopHistory
from sopgen.sop.reader import read_sop

Chat = Callable[[str], Conversation]
MINUTE = timedelta(minutes=1)
TWO_QUESTIONS = """
09:00 pelanggan  (foto)
09:01 pelanggan  ini kenapa ya
09:05 agen       kami cek
09:06 agen       sudah ya kak
09:10 pelanggan  lalu?
09:30 agen       selesai
09:31 pelanggan  ok
"""


def test_waits_run_from_the_first_text_of_a_turn_to_its_answer(chat: Chat) -> None:
    """A picture before the words, a second answer and a last word without answer do not count."""
    account = account_of(chat(TWO_QUESTIONS))
    assert account.times == Times(responses=(4 * MINUTE, 20 * MINUTE), resolution=None)
    assert account.business is None


@pytest.mark.parametrize(
    ("end", "resolution", "reopened"),
    [
        ("", None, 0),
        ("09:40 agen  (ditutup)", 40 * MINUTE, 0),
        ("23:40 sistem  (ditutup)", 31 * MINUTE, 0),
        ("09:40 agen  (ditutup)\n09:50 pelanggan  halo\n09:50 sistem  (dibuka kembali)", None, 1),
    ],
)
def test_only_what_was_closed_was_resolved(
    chat: Chat, end: str, resolution: timedelta | None, reopened: int
) -> None:
    """It ends with its agent's close or the last word of a party; a system's close shows nothing."""
    account = account_of(chat(TWO_QUESTIONS + end))
    assert (account.times.resolution, account.reopened) == (resolution, reopened)
    assert account.closed == (resolution is not None)


def test_a_conversation_without_stamps_has_no_times(chat: Chat) -> None:
    """The waits are there; how long they were nobody knows."""
    conversation = chat(TWO_QUESTIONS)
    timeless = replace(conversation, messages=tuple(replace(each, at=None) for each in conversation.messages))
    assert account_of(timeless).times == Times(responses=(None, None))


def test_business_times_count_opening_hours(chat: Chat) -> None:
    """Closed from 09:10 to 09:25, so the second answer took five minutes."""
    hours = BusinessHours(
        timezone="Asia/Jakarta", weekly=(((9 * 60, 9 * 60 + 10), (9 * 60 + 25, 18 * 60)),) * 7, holidays=""
    )
    clock = Clock(Opening(hours, lambda _: frozenset(), lambda _: None))
    business = account_of(chat(TWO_QUESTIONS + "09:40 agen (ditutup)"), clock=clock).business
    assert business is not None
    assert business.responses == (4 * MINUTE, 5 * MINUTE)
    assert business.resolution == 25 * MINUTE


def test_the_checker_tells_the_first_complaint(chat: Chat, whole_checker: Checker) -> None:
    """It is the message in which the customer says what went wrong, whichever clauses there are."""
    conversation = chat(
        "09:00 pelanggan  halo\n09:01 agen  halo\n09:02 pelanggan  paket saya belum sampai juga"
    )
    examination = whole_checker.examine(conversation)
    assert examination.judgements == whole_checker.judge(conversation)
    assert examination.account.complaint == conversation.messages[2]
    assert whole_checker.examine(chat("09:00 pelanggan  mau tanya ongkir")).account.complaint is None


SOP = """---
id: cs-kecil
title: CS Kecil
language: id
owner: A
approver: B
review_every: 90d
applies_to: {channels: [livechat]}
hours: {timezone: Asia/Jakarta, weekly: {mon-sun: ["08:00-17:00"]}}
---

## Standar Pelayanan
- **Wajib** menyapa. {#greet check=opening-greeting}
"""


def test_the_checker_reads_times_on_the_clock_of_the_service(pack: Pack, chat: Chat) -> None:
    """Hours of the SOP count whatever clock its clauses chose; a conversation it does not govern has none."""
    flaws: list[Diagnostic] = []
    sop = read_sop(SOP, file="sop.md", report=flaws.append)
    assert sop is not None
    checker = make_checker([SopHistory(draft=sop)], pack, flaws.append, draft=True)
    conversation = replace(chat("16:50 pelanggan  halo\n17:30 agen  halo kak"), channel="livechat")
    governed = checker.examine(conversation).account
    assert governed.times.responses == (40 * MINUTE,)
    assert governed.business == Times(responses=(10 * MINUTE,))
    elsewhere: Account = checker.examine(replace(conversation, channel="email")).account
    assert (elsewhere.business, elsewhere.complaint) == (None, None)
