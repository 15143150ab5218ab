"""What a unit is like as a whole: its language, its writer's name, and whether it was said before."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from sopgen.compliance.checker import Checker
from sopgen.compliance.model import Verdict
from sopgen.conversation.model import Conversation

Chat = Callable[[str], Conversation]
MakeChecker = Callable[..., Checker]
LONG = "Mohon maaf atas kendalanya {}, saat ini sedang dalam pengecekan tim terkait, mohon ditunggu kabarnya"


def verdict(checker: Checker, conversation: Conversation) -> Verdict:
    (judged,) = checker.judge(conversation)
    return judged.verdict


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (LONG.format("Kak"), LONG.format("Kak Rina"), Verdict.FAIL),
        (LONG.format("Kak"), LONG.format("Kak").upper() + "!!! 🙏", Verdict.FAIL),
        (
            LONG.format("Kak"),
            LONG.format("Kak").replace("tim terkait", "bagian keuangan pusat"),
            Verdict.PASS,
        ),
        ("baik kak, mohon ditunggu", "baik kak, mohon ditunggu", Verdict.PASS),
    ],
)
def test_a_pasted_reply_is_known_by_its_words(
    checker_of: MakeChecker, chat: Chat, first: str, second: str, expected: Verdict
) -> None:
    """A name, signs and capitals do not hide it; other words, and few words, make it another reply."""
    said = f"09:00 pelanggan  a\n09:01 agen  {first}\n09:02 pelanggan  b\n09:03 agen  {second}"
    assert verdict(checker_of("check=copy-paste"), chat(said)) is expected


def test_the_evidence_of_a_pasted_reply_is_the_second_one(checker_of: MakeChecker, chat: Chat) -> None:
    """The first time it was an answer."""
    said = f"09:00 agen  {LONG.format('Kak')}\n09:01 pelanggan  b\n09:02 agen  {LONG.format('Kak')}"
    (judged,) = checker_of("check=copy-paste").judge(chat(said))
    assert [each.message for each in judged.evidence] == ["m3"]


@pytest.mark.parametrize(
    ("names", "said", "expected"),
    [
        (("Budi", "Dimas Pratama"), "Pagi Pak, DIMAS dari Toko Melati. Saya lacak dulu.", Verdict.PASS),
        (("Budi", "Dimas"), "Pagi Pak, kami lacak dulu.", Verdict.FAIL),
        (("Dimas A", "Dimas"), "Pagi Kak Dimas, kami lacak dulu.", Verdict.FAIL),
        (("Budi", "Toko Melati Care"), "Pagi Pak, di Toko Melati semua baru.", Verdict.FAIL),
        (("Budi", ""), "Pagi Pak, kami lacak dulu.", Verdict.FAIL),
        (("Budi", "Selamat Riyadi"), "Selamat pagi Pak, kami lacak dulu.", Verdict.FAIL),
        (("Budi", "Maya Sari"), "Pagi Pak, sari buahnya kami lacak dulu.", Verdict.FAIL),
        (("Budi", "Kak Sari"), "Baik Kak, kami lacak dulu.", Verdict.FAIL),
        (("Dewi Shop", "Dewi"), "Pagi Kak Dewi, kami lacak dulu.", Verdict.FAIL),
        (("Budi", "Dewi"), "Pagi, Pak. Dewi di sini, kami lacak dulu.", Verdict.PASS),
        (("Budi", "An"), "Pagi Pak, resi an. Bapak kami lacak dulu.", Verdict.FAIL),
    ],
)
def test_who_says_the_own_name_is_introduced(
    checker_of: MakeChecker, chat: Chat, names: tuple[str, str], said: str, expected: Verdict
) -> None:
    """The export tells it; the customer's name and that of an account are nobody's own."""
    talk = chat(f"09:00 pelanggan  min\n09:01 agen  {said}")
    messages = tuple(replace(each, author=name) for each, name in zip(talk.messages, names, strict=True))
    assert verdict(checker_of("check=agent-introduction"), replace(talk, messages=messages)) is expected


def test_a_turn_is_heard_as_a_whole(checker_of: MakeChecker, chat: Chat) -> None:
    """Messages too short to tell by themselves tell the language together."""
    said = (
        "09:00 pelanggan  kak\n09:00 pelanggan  pesanan saya kok\n09:00 pelanggan  belum sampai ya\n"
        "09:01 agen  so sorry\n09:01 agen  we are on it\n09:01 agen  it will be there by Monday"
    )
    (judged,) = checker_of("check=answer-in-customer-language").judge(chat(said))
    assert judged.verdict is Verdict.FAIL
    assert judged.evidence[0].message == "m4"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("09:00 agen  halo\n09:01 agen  (kategori: refund)\n09:01 agen  (prioritas: 1)", Verdict.PASS),
        ("09:00 agen  halo\n09:01 agen  (kategori: refund)", Verdict.FAIL),
        ("09:00 agen  halo\n09:01 catatan  Kategori : refund; prioritas tinggi", Verdict.PASS),
        ("09:00 agen  halo, kategori: refund, prioritas: tinggi", Verdict.FAIL),
    ],
)
def test_the_record_is_what_was_recorded(
    checker_of: MakeChecker, chat: Chat, said: str, expected: Verdict
) -> None:
    """Fields, tags and notes count; what the customer was told does not."""
    assert verdict(checker_of("check=triaged"), chat(f"08:59 pelanggan  halo\n{said}")) is expected


def test_a_missing_record_is_held_against_the_agents_last_message(
    checker_of: MakeChecker, chat: Chat
) -> None:
    """There is always a place to look at."""
    (judged,) = checker_of("check=documented").judge(
        chat("09:00 pelanggan  halo\n09:01 agen  halo\n09:02 agen  ok")
    )
    assert [each.message for each in judged.evidence] == ["m3"]
