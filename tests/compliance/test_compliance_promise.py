"""Promises of time: what a message promises, and what keeps or breaks it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, timedelta
from pathlib import Path

import pytest

from sopgen.compliance.checker import Checker
from sopgen.compliance.due import WEEKDAYS
from sopgen.compliance.gap import Doubt
from sopgen.compliance.model import Judgement, Verdict
from sopgen.compliance.pack import Pack, default_pack_folder, load_pack
from sopgen.compliance.promise import Promise, PromiseReader
from sopgen.compliance.timeline import Timeline
from sopgen.conversation.model import MINUTE, Conversation

PLAIN_ACTS = Path(__file__).parent / "cases" / "plain-acts"
MakeChecker = Callable[..., Checker]
Chat = Callable[[str], Conversation]
WORK = frozenset({"pending", "report-back", "hold"})
READER = PromiseReader(calendar=WEEKDAYS, work=WORK, rather=frozenset({"report-back"}))
ASKED = "09:00 pelanggan  refund saya kok belum masuk\n09:01 agen  "
CHECKED = "Sudah kami cek Kak, dananya masuk hari ini"


@pytest.fixture(scope="module")
def pack() -> Pack:
    """Return the default pack with acts of a few plain words, which no trained model has a say in."""
    flaws: list[object] = []
    loaded = load_pack([default_pack_folder(), PLAIN_ACTS], flaws.append)
    assert flaws == []
    return loaded


def only(judgements: tuple[Judgement, ...]) -> Judgement:
    assert len(judgements) == 1
    return judgements[0]


def coarse(conversation: Conversation) -> Conversation:
    return replace(
        conversation, messages=tuple(replace(each, precision=MINUTE) for each in conversation.messages)
    )


def in_utc(conversation: Conversation) -> Conversation:
    return replace(
        conversation,
        messages=tuple(
            replace(each, at=each.at.astimezone(UTC)) for each in conversation.messages if each.at
        ),
    )


def promised(text: str, pack: Pack, chat: Chat) -> str:
    """Return the words of the promise that counts, "" for none."""
    timeline = Timeline(chat(f"09:00 agen  {text}"), pack.recognise)
    promise = READER.read(timeline, (0,))
    assert promise is None or isinstance(promise, Promise)
    return text[promise.start : promise.end] if promise else ""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("kami cek dulu ya, 15 menit", "15 menit"),
        ("kami cek 15 menit, maksimal 1 jam ya", "1 jam"),
        ("refundnya 14 hari kerja, besok siang kami kabari", "besok siang"),
        ("We will call you tomorrow. It takes 3 days.", "tomorrow"),
        ("mohon maaf hari ini sistem gangguan. kami cek dulu ya kak", ""),
        ("hari ini juga kami cek ya kak", "hari ini"),
        ("kami cek dulu. paling lambat hari ini ya kak", "hari ini"),
        ("kami cek dulu ya kak", ""),
    ],
)
def test_the_promise_that_counts(text: str, words: str, pack: Pack, chat: Chat) -> None:
    """The latest of several, but rather the one of reporting back; a day that is only mentioned is none."""
    assert promised(text, pack, chat) == words


def test_a_message_without_time_promises_nobody_knows_what(pack: Pack, chat: Chat) -> None:
    """Without its time there is no deadline, and without an estimate no doubt either."""
    said = chat("09:00 agen  kami cek dulu ya, 15 menit\n09:01 agen  kami cek dulu ya")
    timeless = replace(said, messages=tuple(replace(each, at=None) for each in said.messages))
    timeline = Timeline(timeless, pack.recognise)
    assert READER.read(timeline, (0,)) is Doubt.NO_TIME
    assert READER.read(timeline, (1,)) is None


def test_an_unknown_zone_leaves_a_day_between_two_instants(pack: Pack, chat: Chat) -> None:
    """Tomorrow noon is somewhere in 23 hours; a length of time is exact."""
    said = in_utc(
        chat("09:00 agen  besok sebelum jam 12 siang kami kabari\n09:01 agen  kami cek, 15 menit ya")
    )
    timeline = Timeline(said, pack.recognise)
    day, length = READER.read(timeline, (0,)), READER.read(timeline, (1,))
    assert isinstance(day, Promise)
    assert isinstance(length, Promise)
    assert (day.doubt, day.latest - day.earliest) == (Doubt.NO_ZONE, timedelta(hours=23))
    assert length.latest == length.earliest


@pytest.mark.parametrize(
    ("rest", "verdict"),
    [
        ("mohon ditunggu 15 menit\n09:16 agen  " + CHECKED, Verdict.PASS),
        ("mohon ditunggu 15 menit\n09:16:01 agen  " + CHECKED, Verdict.FAIL),
        ("mohon ditunggu 15 menit\n09:10 agen  boleh kirim bukti transfernya?", Verdict.PASS),
        ("mohon ditunggu 15 menit\n09:01:30 agen  boleh kirim bukti transfernya?", Verdict.NA),
        ("mohon ditunggu 15 menit\n09:10 agen  baik kak\n09:20 agen  " + CHECKED, Verdict.FAIL),
        ("mohon ditunggu 15 menit\n09:17 pelanggan  mana?", Verdict.FAIL),
        ("mohon ditunggu 15 menit\n09:15 pelanggan  mana?", Verdict.NA),
        ("mohon ditunggu 15 menit\n12:00 sistem  (ditutup)", Verdict.NA),
        ("mohon ditunggu 15 menit\n12:00 agen  (ditutup)", Verdict.FAIL),
        ("mohon ditunggu 15 menit\n12:00 agen  (dinilai)", Verdict.NA),
        ("mohon ditunggu 15 menit\n09:10 pelanggan  sudah masuk kak, makasih", Verdict.PASS),
        ("mohon ditunggu 15 menit\n09:40 pelanggan  sudah masuk kak, makasih", Verdict.NA),
        ("mohon ditunggu 15 menit\n09:40 agen  seperti di telepon tadi, dananya sudah dikirim", Verdict.NA),
        ("mohon ditunggu ya kak\n11:00 agen  " + CHECKED, Verdict.NA),
    ],
)
def test_what_keeps_a_promise(rest: str, verdict: Verdict, checker_of: MakeChecker, chat: Chat) -> None:
    """A result at any time, other word from the middle on; a bare courtesy and what nobody saw keep none."""
    checker = checker_of("check=promise-kept grace=0s")
    assert only(checker.judge(chat(f"{ASKED}mohon maaf Kak, kami cek dulu, {rest}"))).verdict is verdict


def test_a_broken_promise_shows_its_words(checker_of: MakeChecker, chat: Chat) -> None:
    """The finding quotes the promise, and says by how much its time had passed."""
    said = chat(f"{ASKED}mohon maaf Kak, kami cek dulu, mohon ditunggu 15 menit\n09:41 agen  {CHECKED}")
    judged = only(checker_of("check=promise-kept").judge(said))
    assert judged.reason == "Janji “15 menit” terlewat: tenggatnya sudah lewat 25 menit, kabarnya belum ada."
    assert [each.text for each in judged.evidence] == ["15 menit", CHECKED]


@pytest.mark.parametrize(
    ("last", "verdict"), [("09:15", Verdict.PASS), ("09:16", Verdict.UNDECIDED), ("09:18", Verdict.FAIL)]
)
def test_a_clock_of_minutes_leaves_the_deadline_undecided(
    last: str, verdict: Verdict, checker_of: MakeChecker, chat: Chat
) -> None:
    """Fifteen minutes after 09:01 may be 09:16 or 09:17 by such a clock."""
    said = chat(f"{ASKED}mohon maaf Kak, kami cek dulu, mohon ditunggu 15 menit\n{last} agen  {CHECKED}")
    assert only(checker_of("check=promise-kept grace=0s").judge(coarse(said))).verdict is verdict


@pytest.mark.parametrize(
    ("rest", "verdict"),
    [
        ("13:00 agen  " + CHECKED, Verdict.UNDECIDED),
        ("09:03 pelanggan  oke makasih", Verdict.NA),
        ("13:00 agen  dicek\n12:00 agen  dicek\n11:00 agen  dicek\n10:00 pelanggan  halo?", Verdict.FAIL),
    ],
)
def test_an_unknown_zone_is_a_doubt_only_near_the_deadline(
    rest: str, verdict: Verdict, checker_of: MakeChecker, chat: Chat
) -> None:
    """Stamps in UTC do not say when noon is; what happens days before or after is plain all the same."""
    text = "mohon maaf Kak, kami cek dulu, nanti siang sebelum jam 1 siang kami kabari"
    said = in_utc(chat(f"{ASKED}{text}\n{rest.replace('agen  dicek', 'bot  halo')}"))
    assert only(checker_of("check=promise-kept").judge(said)).verdict is verdict


def test_an_open_conversation_may_still_keep_its_promise(checker_of: MakeChecker, chat: Chat) -> None:
    """Before the time has passed nothing is decided while the conversation goes on."""
    said = chat(f"{ASKED}mohon maaf Kak, kami cek dulu, mohon ditunggu 15 menit")
    asked = said.messages[-1].at
    assert asked is not None
    soon = checker_of("check=promise-kept", as_of=asked + timedelta(minutes=5))
    assert only(soon.judge(said)).verdict is Verdict.UNDECIDED
    assert only(checker_of("check=promise-kept").judge(said)).verdict is Verdict.NA


@pytest.mark.parametrize(
    ("text", "gap", "verdict"),
    [
        ("kami cek dulu ya", "09:40", Verdict.FAIL),
        ("kami cek dulu ya", "09:31", Verdict.PASS),
        ("kami cek dulu, maksimal 1 jam ya", "09:59", Verdict.PASS),
        ("kami cek dulu, maksimal 1 jam ya", "10:31", Verdict.FAIL),
        ("kami cek dulu, 5 menit ya", "09:30", Verdict.PASS),
    ],
)
def test_status_updates_wait_for_the_promised_time(
    text: str, gap: str, verdict: Verdict, checker_of: MakeChecker, chat: Chat
) -> None:
    """Half an hour without word is the most, or as long as the agent said."""
    said = chat(f"{ASKED}mohon maaf Kak, {text}\n{gap} agen  {CHECKED}")
    assert only(checker_of("check=status-update").judge(said)).verdict is verdict
