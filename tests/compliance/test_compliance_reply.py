"""What would have passed: the SOP's own quick reply that does what was missing."""

from collections.abc import Callable

import pytest

from sopgen.compliance.checker import Checker, make_checker
from sopgen.compliance.model import Judgement, Verdict
from sopgen.compliance.pack import Pack
from sopgen.conversation.model import Conversation
from sopgen.runs.finding import findings_of, read_finding, write_finding
from sopgen.sop.model import SopHistory
from sopgen.sop.reader import read_sop

SOP = """---
id: cs
title: CS
language: id
owner: K
approver: D
review_every: 90d
---

## Standar Pelayanan

- **Wajib** menyapa. {#greet check=opening-greeting}
- **Wajib** berterima kasih. {#waiting check=must-say phrases="terima kasih sudah menunggu" where=after-wait}
- **Wajib** menyebut nomor tiket. {#ticket check=must-say phrases="nomor tiket"}
- **Dilarang** memaki. {#clean check=no-profanity}

## Prosedur

### Menjawab {#answering}

> [!TEMPLATE] Menunggu
> Makasih ya {sapaan} sudah menunggu.

> [!TEMPLATE] Salam
> Halo Kak, selamat pagi, dengan {nama} di sini.
> Ada yang bisa kami bantu?

> [!TEMPLATE] Salam singkat
> Halo Kak!
"""
Chat = Callable[[str], Conversation]
RUDE = "09:00 pelanggan  poin saya belum masuk\n09:01 agen  bentar ya goblok\n09:06 agen  sudah masuk"


@pytest.fixture
def checker(pack: Pack) -> Checker:
    """Return the checker of the SOP above."""
    sop = read_sop(SOP, file="sop.md", report=lambda _: None)
    assert sop is not None
    return make_checker([SopHistory(draft=sop)], pack, lambda _: None, draft=True)


def judged(checker: Checker, conversation: Conversation) -> dict[str, Judgement]:
    return {each.clause: each for each in checker.judge(conversation)}


def test_a_finding_shows_the_first_quick_reply_that_would_have_passed(checker: Checker, chat: Chat) -> None:
    """An act or a phrase that was missing; places to fill in stay as the SOP writes them."""
    told = judged(
        checker,
        chat("09:00 pelanggan  poin saya belum masuk\n09:01 agen  mohon ditunggu\n09:06 agen  sudah masuk"),
    )
    assert (
        told["greet"].suggestion
        == "Halo Kak, selamat pagi, dengan {nama} di sini.\nAda yang bisa kami bantu?"
    )
    assert told["waiting"].suggestion == "Makasih ya {sapaan} sudah menunggu."


def test_nothing_is_suggested_where_no_reply_does_it(checker: Checker, chat: Chat) -> None:
    """Nor for what must not be said, nor for what was kept."""
    told = judged(checker, chat("09:00 pelanggan  poin saya belum masuk\n09:01 agen  halo, goblok"))
    assert told["ticket"].verdict is Verdict.FAIL
    assert [told[name].suggestion for name in ("ticket", "clean", "greet")] == ["", "", ""]


def test_a_suggestion_is_stored_with_its_finding(checker: Checker, chat: Chat) -> None:
    """It is read back; a finding stored before there were suggestions has none."""
    conversation = chat("09:00 pelanggan  poin saya belum masuk\n09:01 agen  ok")
    found = next(
        each
        for each in findings_of(conversation, checker.judge(conversation))
        if each.judgement.clause == "greet"
    )
    record = write_finding(found)
    assert record["suggestion"].startswith("Halo Kak")
    assert read_finding(record) == found
    del record["suggestion"]
    assert read_finding(record).judgement.suggestion == ""
