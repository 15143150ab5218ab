"""Judging: verdicts, reasons, evidence, attribution, open conversations and clocks."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sopgen.base.notation import read_notation
from sopgen.base.span import Span
from sopgen.compliance.checker import Checker, governs
from sopgen.compliance.model import Judgement, Verdict
from sopgen.compliance.pack import Pack
from sopgen.compliance.timeline import Timeline
from sopgen.conversation.model import MINUTE, Conversation, Kind, Message, Role
from sopgen.conversation.notation import conversation_of
from sopgen.sop.model import Routing

MakeChecker = Callable[..., Checker]


def chat(text: str) -> Conversation:
    flaws: list[object] = []
    lines = read_notation(text, Span(file="chat"), flaws.append)
    assert flaws == []
    return conversation_of(lines, id="c")


def only(judgements: tuple[Judgement, ...]) -> Judgement:
    assert len(judgements) == 1
    return judgements[0]


def test_a_finding_names_clause_version_words_and_remedy(checker_of: MakeChecker) -> None:
    """A departure carries what makes it believable: clause, version, the very words, what would pass."""
    conversation = chat(
        "09:00 pelanggan  akun saya terkunci\n09:01 agen  Halo Kak, boleh infokan kode OTP-nya?"
    )
    finding = only(checker_of("check=no-secret-request").judge(conversation))
    assert (finding.verdict, finding.clause, finding.version) == (Verdict.FAIL, "c0", "draft")
    words = finding.evidence[0]
    assert conversation.messages[1].text[words.start : words.end] == words.text
    assert "OTP" in words.text
    assert words.text in finding.reason
    assert finding.remedy


def test_the_reason_follows_the_sops_language(checker_of: MakeChecker) -> None:
    """An English SOP explains itself in English."""
    conversation = chat("09:00 pelanggan  halo\n09:05 agen  halo kak")
    judged = only(checker_of("check=first-response-time", language="en").judge(conversation))
    assert judged.reason == "First answer after 5 minutes; the limit is 2 minutes."


def test_the_clauses_limit_is_the_limit(checker_of: MakeChecker) -> None:
    """A limit set in the clause replaces the rule's default."""
    conversation = chat("09:00 pelanggan  halo\n09:05 agen  halo kak")
    checker = checker_of("check=first-response-time", "check=first-response-time limit=10m")
    assert [each.verdict for each in checker.judge(conversation)] == [Verdict.FAIL, Verdict.PASS]


def test_a_clock_of_minutes_leaves_the_limit_undecided(checker_of: MakeChecker) -> None:
    """Stamps to the minute cannot tell two minutes from three; a minute further they can."""
    conversation = chat("09:00 pelanggan  halo\n09:02 agen  halo kak")
    coarse = replace(
        conversation, messages=tuple(replace(each, precision=MINUTE) for each in conversation.messages)
    )
    checker = checker_of("check=first-response-time")
    assert only(checker.judge(coarse)).verdict is Verdict.UNDECIDED
    late = coarse.messages[1]
    assert late.at is not None
    later = replace(coarse, messages=(coarse.messages[0], replace(late, at=late.at + MINUTE)))
    judged = only(checker.judge(later))
    assert judged.verdict is Verdict.FAIL
    assert judged.reason == "Balasan pertama setelah 3 menit, batasnya 2 menit."


def test_a_clock_that_runs_backwards_decides_nothing(checker_of: MakeChecker) -> None:
    """A negative gap is not a fast answer."""
    conversation = chat("09:10 pelanggan  halo\n09:11 agen  halo kak")
    answer = conversation.messages[1]
    assert answer.at is not None
    jumped = replace(answer, at=answer.at - timedelta(hours=1))
    odd = replace(conversation, messages=(conversation.messages[0], jumped))
    assert only(checker_of("check=first-response-time").judge(odd)).verdict is Verdict.UNDECIDED


def test_a_message_without_time_cannot_be_measured(checker_of: MakeChecker) -> None:
    """An export without times says so instead of passing."""
    conversation = chat("09:00 pelanggan  halo\n09:01 agen  halo kak")
    timeless = replace(conversation, messages=tuple(replace(each, at=None) for each in conversation.messages))
    judged = only(checker_of("check=first-response-time").judge(timeless))
    assert judged.verdict is Verdict.UNDECIDED
    assert "tidak memuat waktu" in judged.reason


def test_what_later_messages_can_cure_is_undecided_while_open(checker_of: MakeChecker) -> None:
    """An unanswered question is no finding a minute after it was asked, but is one an hour later."""
    conversation = chat("09:00 pelanggan  halo\n09:01 agen  halo kak\n09:02 pelanggan  kapan sampai?")
    asked = conversation.messages[-1].at
    assert asked is not None
    soon = checker_of("check=no-hanging-chat", as_of=asked + timedelta(minutes=1))
    late = checker_of("check=no-hanging-chat", as_of=asked + timedelta(hours=2))
    assert only(soon.judge(conversation)).verdict is Verdict.UNDECIDED
    assert only(late.judge(conversation)).verdict is Verdict.FAIL


@pytest.mark.parametrize("check", ["opening-greeting", "complaint-apology"])
def test_an_agent_may_finish_the_turn(checker_of: MakeChecker, check: str) -> None:
    """While the conversation is open, what the agent's last turn lacks may still come in its next message."""
    conversation = chat("09:00 pelanggan  paket belum sampai\n09:01 agen  bentar ya")
    ended = conversation.messages[-1].at
    assert ended is not None
    checker = checker_of(f"check={check}", as_of=ended + timedelta(minutes=1))
    assert only(checker.judge(conversation)).verdict is Verdict.UNDECIDED
    assert only(checker_of(f"check={check}").judge(conversation)).verdict is Verdict.FAIL


@pytest.mark.parametrize(
    ("last", "verdict"),
    [("sistem  (ditutup)", Verdict.FAIL), ("sistem  (dibuka kembali)", Verdict.UNDECIDED)],
)
def test_a_reopened_conversation_is_open(checker_of: MakeChecker, last: str, verdict: Verdict) -> None:
    """What was closed is judged at once; what was reopened since may still go on."""
    conversation = chat(
        f"09:00 pelanggan  halo\n09:01 sistem  (ditutup)\n09:02 pelanggan  kapan sampai?\n09:03 {last}"
    )
    ended = conversation.messages[-1].at
    assert ended is not None
    checker = checker_of("check=no-hanging-chat", as_of=ended + timedelta(minutes=1))
    assert only(checker.judge(conversation)).verdict is verdict


@pytest.mark.parametrize(
    ("check", "text", "reason"),
    [
        ("response-gap", "agen  halo\n09:02 pelanggan  ok makasih\n09:30 agen  sip", "Terpenuhi."),
        ("no-block-threat", "agen  (diblokir)", "Agen mengancam atau memblokir pelanggan."),
        ("no-profanity", "agen  dasar goblok {limit}", "Agen memakai kata kasar: “goblok”."),
    ],
)
def test_a_reason_has_no_empty_places(checker_of: MakeChecker, check: str, text: str, reason: str) -> None:
    """Where nothing was measured, or no words were said, the reason does not show the place of them."""
    conversation = chat(f"09:00 pelanggan  halo\n09:01 {text}")
    assert only(checker_of(f"check={check}").judge(conversation)).reason == reason


@pytest.mark.parametrize("check", ["no-profanity", "no-secret-request", "calm-tone", "no-block-threat"])
def test_a_caption_is_said_to_the_customer(checker_of: MakeChecker, check: str) -> None:
    """What must not be said must not be said under a picture either."""
    said = {
        "no-profanity": "dasar goblok",
        "no-secret-request": "kirim kode OTP-nya kak",
        "calm-tone": "kan sudah saya bilang dari tadi",
        "no-block-threat": "sekali lagi kasar nomornya saya blokir",
    }
    conversation = chat("09:00 pelanggan  halo\n09:01 agen  halo kak\n09:02 agen  (foto)")
    picture = replace(conversation.messages[2], text=said[check])
    shown = replace(conversation, messages=(*conversation.messages[:2], picture))
    assert only(checker_of(f"check={check}").judge(shown)).verdict is Verdict.FAIL


def test_a_complaint_under_a_picture_is_a_complaint(checker_of: MakeChecker) -> None:
    """Customers show what is broken, and say so in the caption."""
    conversation = chat("09:00 pelanggan  (foto)\n09:01 agen  boleh nomor pesanannya?")
    picture = replace(conversation.messages[0], text="barangnya pecah kak")
    shown = replace(conversation, messages=(picture, conversation.messages[1]))
    assert only(checker_of("check=complaint-apology").judge(shown)).verdict is Verdict.FAIL


def test_a_departure_belongs_to_the_author_of_its_words(checker_of: MakeChecker) -> None:
    """The agent who swore answers for it, not the one who came after."""
    conversation = chat("09:00 pelanggan  halo\n09:01 agen  halo, goblok\n09:02 agen  maaf kak")
    first, rude, last = conversation.messages
    shared = replace(
        conversation, messages=(first, replace(rude, author="Ani"), replace(last, author="Budi"))
    )
    assert only(checker_of("check=no-profanity").judge(shared)).agent == "Ani"


def test_an_internal_note_is_not_said_to_the_customer(checker_of: MakeChecker) -> None:
    """A note neither fulfils a demand nor breaks one."""
    conversation = chat("09:00 pelanggan  halo\n09:01 catatan  dasar goblok\n09:01 agen  baik")
    verdicts = [
        each.verdict
        for each in checker_of("check=no-profanity", "check=opening-greeting").judge(conversation)
    ]
    assert verdicts == [Verdict.PASS, Verdict.FAIL]


def test_other_channels_are_not_governed(checker_of: MakeChecker) -> None:
    """An SOP for live chat does not judge mail."""
    conversation = replace(chat("09:00 pelanggan  halo\n09:01 agen  ya"), channel="email")
    assert checker_of("check=opening-greeting").judge(conversation) == ()


ROLES = st.sampled_from([Role.CUSTOMER, Role.AGENT, Role.BOT, Role.SYSTEM])
KINDS = st.sampled_from([Kind.TEXT, Kind.MEDIA, Kind.EVENT, Kind.NOTE])
SAYINGS = st.sampled_from(
    [
        "halo",
        "kapan sampai?",
        "belum masuk",
        "maaf",
        "goblok",
        "chat saya tutup",
        "selamat siang",
        "ok makasih",
        "closed",
        "",
    ]
)


@given(st.lists(st.tuples(ROLES, KINDS, SAYINGS | st.text(max_size=30)), max_size=12))
@settings(max_examples=150, deadline=None)
def test_any_conversation_gets_one_verdict_per_clause(
    pack: Pack, whole_checker: Checker, said: list[tuple[Role, Kind, str]]
) -> None:
    """No sequence of messages crashes a rule of the pack, and every evidence lies inside its message."""
    messages = tuple(
        Message(id=f"m{n}", at=None, role=role, kind=kind, text=text)
        for n, (role, kind, text) in enumerate(said)
    )
    conversation = Conversation(id="c", channel="livechat", messages=messages)
    assert Timeline(conversation, pack.recognise).turns is not None
    judgements = whole_checker.judge(conversation)
    assert len(judgements) == len(pack.rules)
    texts = {message.id: message.text for message in messages}
    for judged in judgements:
        for words in judged.evidence:
            assert texts[words.message][words.start : words.end] == words.text


def test_a_must_not_finding_survives_an_unrelated_turn(checker_of: MakeChecker) -> None:
    """What was said stays said, whatever is said afterwards."""
    checker = checker_of("check=no-profanity")
    rude = "09:00 pelanggan  halo\n09:01 agen  halo, goblok"
    assert only(checker.judge(chat(rude))).verdict is Verdict.FAIL
    assert (
        only(checker.judge(chat(rude + "\n09:02 pelanggan  hah\n09:03 agen  maaf kak"))).verdict
        is Verdict.FAIL
    )


@pytest.mark.parametrize(
    ("channel", "is_governed"),
    [("livechat", True), ("webchat", True), ("WebChat", True), ("email", False), ("", False)],
)
def test_what_help_desks_call_webchat_is_an_sops_livechat(*, channel: str, is_governed: bool) -> None:
    """Whichever name the export uses, the SOP of the chats governs; no other channel's conversations."""
    conversation = Conversation(id="c", channel=channel, messages=())
    assert governs(Routing(channels=("livechat",)), conversation) is is_governed
