"""What a verdict hangs on: the acts that alone would change it."""

import pytest

from sopgen.base.notation import read_notation
from sopgen.base.span import Span
from sopgen.compliance.hinge import Assayer
from sopgen.compliance.model import Judgement, Verdict
from sopgen.compliance.pack import default_pack_folder, load_pack
from sopgen.conversation.model import Conversation
from sopgen.conversation.notation import conversation_of
from sopgen.sop.library import read_library

SOP = """\
---
id: cs-hinge
title: Pelayanan
language: id
owner: Kepala Layanan
approver: Direktur
review_every: 90d
applies_to: {channels: [livechat]}
---

## Tujuan

Melayani.

## Ruang Lingkup

Semua chat.

## Tanggung Jawab

- Petugas menjawab. {#answer check=none reason="uraian tugas"}

## Perlengkapan

Aplikasi.

## Standar Pelayanan

- **Wajib** meminta maaf atas keluhan. {#sorry check=complaint-apology}
- **Wajib** membalas pesan pertama dalam 2 menit. {#first check=first-response-time limit=2m}

## Prosedur

1. Baca pesan. {#read check=none reason="tidak terlihat"}

## Larangan

- **Dilarang** meminta kode OTP. {#otp check=no-secret-request}
"""


@pytest.fixture(scope="module")
def assayer(tmp_path_factory: pytest.TempPathFactory) -> Assayer:
    """Return one for an SOP of three clauses."""
    folder = tmp_path_factory.mktemp("sops")
    (folder / "cs-hinge").mkdir()
    (folder / "cs-hinge/sop.md").write_text(SOP, encoding="utf-8")
    flaws: list[object] = []
    histories = read_library(folder, flaws.append)
    assert [each.id for each in histories] == ["cs-hinge"], flaws
    return Assayer(histories, load_pack([default_pack_folder()], flaws.append))


def chat(lines: str) -> Conversation:
    """Return a conversation from chat notation."""
    return conversation_of(read_notation(lines, Span(file="x"), print), id="c", channel="livechat")


def judged(assayer: Assayer, talk: Conversation, clause: str) -> Judgement:
    """Return the judgement of a clause."""
    return next(each for each in assayer.judged(talk, "cs-hinge", "draft") if each.clause == clause)


def hinges(assayer: Assayer, talk: Conversation, clause: str) -> set[tuple[str, str, bool, Verdict]]:
    """Return what the verdict of a clause hangs on: words, act, whether they do it, the verdict else."""
    found = assayer.hinges_of(talk, judged(assayer, talk, clause))
    return {(each.text, each.act, each.performed, each.otherwise) for each in found}


def test_a_prohibition_hangs_on_the_words_that_break_it(assayer: Assayer) -> None:
    """Were it no request for a secret, the clause would be kept; the customer's words do not matter."""
    talk = chat("09:00 pelanggan  akun saya terkunci\n09:01 agen  Halo Kak, boleh infokan kode OTP-nya?\n")
    assert judged(assayer, talk, "otp").verdict is Verdict.FAIL
    asked = "Halo Kak, boleh infokan kode OTP-nya?"
    assert hinges(assayer, talk, "otp") == {(asked, "secret-request", True, Verdict.PASS)}


def test_broken_twice_it_hangs_on_neither(assayer: Assayer) -> None:
    """Nobody can tell which of two was meant."""
    lines = "09:00 pelanggan  akun saya terkunci\n09:01 agen  boleh infokan kode OTP-nya?\n"
    talk = chat(lines + "09:02 agen  kirim PIN kakak ke sini ya\n")
    assert judged(assayer, talk, "otp").verdict is Verdict.FAIL
    assert hinges(assayer, talk, "otp") == set()


def test_a_duty_hangs_on_what_called_for_it_and_on_what_is_missing(assayer: Assayer) -> None:
    """Were it no complaint, the clause would not apply; were the answer an apology, it would be kept."""
    asked = "Halo Kak, boleh nomor resinya?"
    talk = chat(f"09:00 pelanggan  paket saya belum sampai juga, rusak lagi\n09:01 agen  {asked}\n")
    assert judged(assayer, talk, "sorry").verdict is Verdict.FAIL
    found = hinges(assayer, talk, "sorry")
    assert (asked, "apology", False, Verdict.PASS) in found
    assert ("paket saya belum sampai juga, rusak lagi", "complaint", True, Verdict.NA) in found


def test_what_the_clock_decides_hangs_on_no_act(assayer: Assayer) -> None:
    """However the words are heard, the answer was late."""
    talk = chat("09:00 pelanggan  halo kak\n09:09 agen  Halo Kak, ada yang bisa dibantu?\n")
    assert judged(assayer, talk, "first").verdict is Verdict.FAIL
    assert hinges(assayer, talk, "first") == set()


def test_judging_is_as_before_afterwards(assayer: Assayer) -> None:
    """What was taken the other way is taken back; an SOP that is not there judges nothing."""
    talk = chat("09:00 pelanggan  akun saya terkunci\n09:01 agen  Halo Kak, boleh infokan kode OTP-nya?\n")
    before = assayer.judged(talk, "cs-hinge", "draft")
    list(assayer.hinges_of(talk, judged(assayer, talk, "otp")))
    assert assayer.judged(talk, "cs-hinge", "draft") == before
    assert assayer.judged(talk, "no-such-sop", "draft") == ()
