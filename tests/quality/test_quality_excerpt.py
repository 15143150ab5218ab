"""Masks keep lengths, marks keep places, quotas keep bounds."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from small_checker import SmallChecker, conversations

from sopgen.compliance.model import Evidence
from sopgen.conversation.model import Conversation, Kind, Message, Role
from sopgen.quality import locale
from sopgen.quality.excerpt import bubbles_of, chat_of, pieces_of
from sopgen.quality.mask import last_parts, mask_for, mask_id, mask_place, mask_remark
from sopgen.quality.risk import RISKIEST, Broken, chosen_cases
from sopgen.quality.veil import Veil
from sopgen.quality.wording import Wording, words
from sopgen.runs.finding import Said, findings_of
from sopgen.runs.transcript import Transcript

QUALITY = Path(locale.__file__).parent


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Halo Kak Budi Santoso, apa kabar", "Halo Kak B••• S••••••, apa kabar"),
        ("kak budi sudah transfer?", "kak b••• sudah transfer?"),
        ("Budi sudah transfer, budi pekerti luhur", "B••• sudah transfer, budi pekerti luhur"),
        ("Pak Santoso, mohon ditunggu", "Pak S••••••, mohon ditunggu"),
        ("Budiman dan Santosonya", "Budiman dan Santosonya"),
        ("nomor 0812 3456 7890 ya", "nomor •••• •••• ••90 ya"),
        ("kirim ke budi@toko.co.id", "kirim ke b•••@••••••••••"),
    ],
)
def test_names_of_customers_are_masked(text: str, masked: str) -> None:
    """In full, as a part with a capital, or after a title; not as a part of another word."""
    assert mask_for(("Budi Santoso",))(text) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Alamat : Kampung Baru 3, Depok\nok", "Alamat : K•••••• B••• •, D••••\nok"),
        ("Tanggal lahir: 3 Mei 1990", "Tanggal lahir: • M•• ••••"),
        ("alamatnya sudah benar: ya", "alamatnya sudah benar: ya"),
    ],
)
def test_what_is_filled_into_a_form_is_masked(text: str, masked: str) -> None:
    """Wherever it lies: people write addresses that no form tells."""
    assert mask_for(())(text) == masked


def test_titles_and_roles_are_no_names() -> None:
    """A customer who writes as "Pak Sarno" or "Pelanggan" leaves pak and pelanggan readable."""
    assert mask_for(("Pak Sarno", "Pelanggan"))("Pak Sarno, Pelanggan kami") == "Pak S••••, Pelanggan kami"
    assert mask_for(("Al", "A"))("Al dan A") == "Al dan A"


def test_an_export_named_after_a_customer_is_masked() -> None:
    """In the names that WhatsApp gives in either language."""
    assert mask_place("Chat WhatsApp dengan Rina Kartika.txt") == "Chat WhatsApp dengan R••• K••••••.txt"
    assert mask_place("WhatsApp Chat - Toko Jaya.zip") == "WhatsApp Chat - T••• J•••.zip"
    assert mask_place("Obrolan WhatsApp dengan Rina/_chat.txt") == "Obrolan WhatsApp dengan R•••/_chat.txt"
    assert mask_place("WhatsApp_Chat_with_Rina.txt:3") == "WhatsApp_Chat_with_R•••.txt:3"


def test_an_id_of_words_alone_is_masked_as_a_name() -> None:
    """WhatsApp's chats are called after people; platforms number theirs."""
    assert mask_id("Rina Kartika") == "R••• K••••••"
    assert mask_id("C-2026-001") == "C-2026-001"
    assert mask_id("WhatsApp Chat with Rina") == "WhatsApp Chat with R•••"
    assert mask_id("+62 812 3456 7890") == "+•• ••• •••• ••90"


def test_speakers_whom_a_remark_names_are_masked() -> None:
    """Only in remarks that name people: what is quoted elsewhere says what to mend."""
    reason = "nothing tells who is staff; speakers: 'Rina D'Angelo', 'CS' ('CS' owns the phone)"
    assert mask_remark(reason, "WA104") == (
        "nothing tells who is staff; speakers: 'R••• D'A•••••', 'C•' ('C•' owns the phone)"
    )
    told = "no agent among the speakers: 'Rina Kartika', 'Budi'"
    for code in ("EXP118", "EXP119", "WA207"):
        assert mask_remark(told, code) == "no agent among the speakers: 'R••• K••••••', 'B•••'"
    alike = mask_remark("speakers: 'Ani', 'Adi', 'Budi', 'Bayu', 'Ana'", "WA104")
    assert alike == "speakers: 'A••' (2), 'B•••' (2), 'A••'"
    assert mask_remark("the conversation 'Rina K' is already on line 1", "CAN104").count("'R••• K'") == 1
    assert "'C-001'" in mask_remark("the conversation 'C-001' is already on line 1", "CAN104")
    assert mask_remark("message 1: unknown role 'agnt'", "CAN105").endswith("'agnt'")


def test_a_hash_in_a_remark_stays_whole() -> None:
    """Digits of a SHA-256 may look like a phone number; who compares two hashes needs all of both."""
    digest = "330ca8e782f4b472259816464eae4c4c5a14d653be4493f78ce7f0d9ffe752c2"
    told = f"its sha256 is {digest}, call 0812-1111-2222"
    assert mask_place(told).count(digest) == 0
    assert mask_remark(told, "MAN109").count(digest) == 1
    assert "1111" not in mask_remark(told, "MAN109")


def test_whom_a_remark_takes_for_staff_is_named() -> None:
    """As on the rest of the page, so that the guess can be checked; the customer is masked, however named."""
    guess = "by the file's name, '{}' is the customer and '{}', '{}' the agent"
    shown = guess.format("R••• K••••••", "CS Putri Kencana", "+•• ••• •••• ••90")
    told = guess.format("Rina Kartika", "CS Putri Kencana", "+62 812 3456 7890")
    assert mask_remark(told, "WA203") == shown
    sly = mask_remark(guess.format("Budi' is the customer and 'Rina", "CS", "CS2"), "WA203")
    assert "Budi" not in sly
    assert "Rina" not in sly


def test_a_place_is_told_by_name_and_folder() -> None:
    """On either kind of machine."""
    assert last_parts("/srv/x/night/chat.txt") == "night/chat.txt"
    assert last_parts("C:\\Users\\Budi\\night\\chat.txt") == "night/chat.txt"
    assert last_parts("chat.txt") == "chat.txt"


@given(st.text(), st.lists(st.text(max_size=30), max_size=4))
def test_a_mask_keeps_the_length(text: str, customers: list[str]) -> None:
    """Whatever is said and whatever people call themselves: else spans would point elsewhere."""
    assert len(mask_for(tuple(customers))(text)) == len(text)


@given(
    st.text(min_size=1, max_size=200),
    st.lists(st.tuples(st.integers(0, 250), st.integers(0, 250)), max_size=6),
    st.integers(0, 60),
)
def test_pieces_join_to_the_text(text: str, spans: list[tuple[int, int]], offset: int) -> None:
    """Marked or not, every character is shown once, and marked exactly where a span covers it."""
    length = offset + len(text) + 7
    evidence = [Evidence(message="m", start=min(span), end=max(span), text="") for span in spans]
    said = Said(
        id="m", position=0, at=None, role=Role.AGENT, kind=Kind.TEXT, author="", text=text,
        offset=offset, length=length,
    )  # fmt: skip
    pieces = pieces_of(said, evidence, str)
    assert "".join(piece.text for piece in pieces) == text
    shown = [piece.marked for piece in pieces for _ in piece.text]
    covered = [any(each.start <= offset + at < each.end for each in evidence) for at in range(len(text))]
    assert shown == covered
    assert not any(piece.whole for piece in pieces)


def test_bubbles_show_who_spoke_and_what_is_left_out() -> None:
    """Customers by a pseudonym, agents by name, the day once, a gap where messages are missing."""
    second = list(conversations())[1]
    finding = list(findings_of(second, SmallChecker().judge(second)))[-1]
    bubbles = bubbles_of(finding, Veil(key=b"k" * 32), Wording("id"))
    customer = Veil(key=b"k" * 32).person("Sari")
    assert [bubble.speaker for bubble in bubbles] == [customer, customer, "Doni", customer, "Doni", customer]
    assert [bubble.evidence for bubble in bubbles] == [False, False, True, False, True, False]
    assert [bubble.day for bubble in bubbles] == ["5 Januari 2026 · WIB", "", "", "", "", ""]
    assert bubbles[0].clock == "10.01"
    assert not any(bubble.gap for bubble in bubbles)


def test_the_rest_of_a_chat_is_folded() -> None:
    """With the transcript every message is there once and nothing is left out; evidence is never folded."""
    messages = tuple(
        Message(id=f"m{place}", at=None, role=Role.AGENT, text="goblok" if place == 10 else f"pesan {place}")
        for place in range(30)
    )
    conversation = Conversation(id="x", channel="livechat", messages=messages)
    finding = list(findings_of(conversation, SmallChecker().judge(conversation)))[-1]
    veil, say = Veil(key=b"k" * 32), Wording("id")
    said = tuple(
        replace(finding.context[0], id=each.id, position=place, text=each.text, length=len(each.text))
        for place, each in enumerate(messages)
    )
    transcript = Transcript(
        conversation="x", source="", channel="livechat", customers=(), length=len(said), said=said
    )
    chat = chat_of((finding,), veil, say, transcript)
    assert [(each.folded, len(each.bubbles)) for each in chat] == [(True, 8), (False, 5), (True, 17)]
    bubbles = [bubble for each in chat for bubble in each.bubbles]
    assert ["".join(piece.text for piece in each.pieces) for each in bubbles] == [
        each.text for each in messages
    ]
    assert not any(each.gap for each in bubbles)
    assert [each.evidence for each in chat[1].bubbles] == [False, False, True, False, False]
    assert [each.folded for each in chat_of((finding,), veil, say)] == [False]


def test_an_answer_to_who_asks_for_a_secret_is_hidden() -> None:
    """In every message of the chat, and nothing of it is shown."""
    texts = (
        "Kirim password lama sama yang baru ya.",
        "lama: kopi1tem, baru: Kopisusu2",
        "goblok",
        "kopisusu2?",
    )
    roles = (Role.AGENT, Role.CUSTOMER, Role.AGENT, Role.AGENT)
    messages = tuple(
        Message(id=f"m{place}", at=None, role=role, text=text)
        for place, (role, text) in enumerate(zip(roles, texts, strict=True))
    )
    conversation = Conversation(id="x", channel="livechat", messages=messages)
    finding = list(findings_of(conversation, SmallChecker().judge(conversation)))[-1]
    bubbles = bubbles_of(finding, Veil(key=b"k" * 32), Wording("id"))
    shown = ["".join(piece.text for piece in each.pieces) for each in bubbles]
    assert shown == [texts[0], "lama: ••••••••, baru: •••••••••", "goblok", "•••••••••?"]
    bare = Veil(key=b"k" * 32, open=True)
    assert "kopi1tem" in str(bubbles_of(finding, bare, Wording("id")))


def broken(name: str, critical: int, clauses: tuple[str, ...]) -> Broken:
    return Broken(
        run=1, source="a", channel="c", conversation=name, critical=critical, major=0, minor=0, weight=1.0,
        news=critical, clauses=clauses,
    )  # fmt: skip


@given(st.lists(st.sets(st.sampled_from("abcdef"), min_size=1), max_size=90), st.integers(1, 70))
def test_a_page_shows_as_many_cases_as_it_may(clauses: list[set[str]], limit: int) -> None:
    """Never more than the limit, all where there are no more, the riskiest always, in their order."""
    listed = [broken(str(place), 0, tuple(sorted(each))) for place, each in enumerate(clauses)]
    chosen = chosen_cases(listed, limit)
    assert len(chosen) <= limit
    assert chosen == tuple(each for each in listed if each in chosen)
    assert set(listed[: min(RISKIEST, limit)]) <= set(chosen)
    if len(listed) <= limit:
        assert list(chosen) == listed


def test_one_habit_does_not_hide_the_others() -> None:
    """Behind a hundred chats that share one breach, two examples of another clause are still shown."""
    common = [broken(f"otp-{place}", 1, ("otp",)) for place in range(100)]
    rare = [broken(f"rare-{place}", 0, ("rare",)) for place in range(3)]
    chosen = chosen_cases([*common, *rare])
    assert [each.conversation for each in chosen[RISKIEST:]] == ["rare-0", "rare-1"]


def test_every_word_has_both_languages_and_the_same_places() -> None:
    """A translation that lost a figure would lose it in silence."""
    for key, texts in words().items():
        assert set(texts) == {"id", "en"}, key
        places = [set(re.findall(r"\{(\w+)\}", text)) for text in texts.values()]
        assert places[0] == places[1], key


def test_every_word_is_used_and_every_used_word_is_there() -> None:
    """Templates and code ask for exactly the texts that exist, those made of parts apart."""
    sources = [*QUALITY.rglob("*.py"), *QUALITY.glob("templates/*.j2")]
    source = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    made = {"severity_", "verdict_", "fate_", "role_", "kind_", "event_", "level_", "levels_"}
    made |= {
        "class_",
        "direction_",
        "part_",
        "title_",
        "short_",
        "map_",
        "standing_",
        "stands_",
        "reading_",
        "tile_",
        "critical_",
        "quote_",
        "ailment_",
        "service_",
        "time_",
        "standings_",
        "letter_limit_",
        "letter_limits_",
        "at_",
    }
    quoted = set(re.findall(r"""["'](\w+)["']""", source))
    for key in words():
        assert key in quoted or any(key.startswith(start) for start in made), key
    asked = set(re.findall(r"""say\(["'](\w+)["']""", source)) - made
    assert asked <= set(words())


def test_wording_is_plain_yaml() -> None:
    """Translators open the file with any editor; no text is a number or a truth value by accident."""
    texts = yaml.safe_load((QUALITY / "wording.yaml").read_text(encoding="utf-8"))
    assert all(isinstance(text, str) for entry in texts.values() for text in entry.values())


def test_numbers_and_moments_follow_the_language() -> None:
    """Points and commas change places; Indonesian zones have names."""
    moment = next(iter(conversations())).messages[0].at
    assert moment is not None
    assert (locale.number(1234567, "id"), locale.number(1234567, "en")) == ("1.234.567", "1,234,567")
    assert (locale.percent(0.6667, "id"), locale.percent(1, "en")) == ("66,7%", "100%")
    assert locale.full_moment(moment, "id") == "5 Januari 2026, 09.00 WIB"
    assert locale.full_moment(moment, "en") == "5 January 2026, 09:00 UTC+7"
