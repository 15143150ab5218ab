"""Guards and places of hits, on acts written for the purpose."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopgen.base.diagnostic import Diagnostic
from sopgen.language.act import read_act
from sopgen.language.lexicon import read_lexicon
from sopgen.language.recogniser import make_recogniser
from sopgen.language.recognition import Hit, Layout, Recognise, Recognition

ACTS = {
    "minta": """
act: minta
title: {id: Minta, en: Ask}
role: agent
cues: {id: [kirim … otp]}
exceptions: [(jangan|tidak usah) … otp]
negations: [jangan]
blockers: [rahasia]
examples: {hit: [kirim otp], miss: [baik]}
""",
    "sip": """
act: sip
title: {id: Sip, en: Ok}
role: any
cues: {id: [sip, makasih]}
examples: {hit: [sip], miss: [baik]}
""",
}


FLOODS = ["kirim otp. ", "siiip ", "makasih kak ", '"sip" ', "> sip\n", "jangan kirim otp ", "?!"]


@pytest.fixture
def recognise(tmp_path: Path) -> Recognise:
    flaws: list[Diagnostic] = []
    acts = {}
    for name, text in ACTS.items():
        path = tmp_path / f"{name}.yaml"
        path.write_text(text, encoding="utf-8")
        act = read_act(path, flaws.append)
        assert act is not None
        acts[name] = act
    (tmp_path / "lexicons").mkdir()
    (tmp_path / "lexicons" / "filler.txt").write_text("# words\nkak\nya # particle\n", encoding="utf-8")
    lexicon = read_lexicon([tmp_path], flaws.append)
    recogniser = make_recogniser(acts, lexicon, flaws.append)
    assert flaws == []
    return recogniser


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("Kirim kode OTP ya", ["Kirim kode OTP"]),
        ("jangan kirim kode OTP", []),
        ("Jangan ragu. Kirim kode OTP", ["Kirim kode OTP"]),
        ("kirim otp, ini rahasia", []),
        ('kata penipu: "kirim otp"', []),
        ("> kirim otp\nini jelas penipuan", []),
    ],
)
def test_guards_take_hits_back(recognise: Recognise, text: str, hits: list[str]) -> None:
    """Exceptions, negations, blockers and quotation silence a hit; other sentences do not."""
    found = recognise("agent", text)
    assert [found.text[hit.start : hit.end] for hit in found.hits] == hits


def test_an_act_of_the_agent_is_not_the_customers(recognise: Recognise) -> None:
    """The speaker's role decides which acts a text can perform."""
    assert recognise("customer", "kirim kode otp").hits == ()


def test_a_message_that_does_nothing_else_is_known(recognise: Recognise) -> None:
    """Fillers and emoji do not make a courtesy more than a courtesy; a further word does."""
    courtesy = frozenset({"sip"})
    assert recognise("customer", "siiip makasih ya kak 😊").does_only(courtesy)
    assert not recognise("customer", "sip kak, kapan sampai").does_only(courtesy)


def test_hits_of_one_act_that_overlap_are_one(recognise: Recognise) -> None:
    """Two cues over the same words are one thing said once."""
    found = recognise("agent", "kirim kirim kode otp")
    assert [found.text[hit.start : hit.end] for hit in found.hits] == ["kirim kirim kode otp"]


@pytest.mark.parametrize("said", FLOODS)
def test_a_flood_costs_in_proportion_to_its_length(
    recognise: Recognise, said: str, calls_of: Callable[[Callable[[], object]], int]
) -> None:
    """Eight times the hits cost about eight times as much; quadratic work would cost sixty-four times."""

    def cost(length: int) -> int:
        text = (said * length)[:length]
        return calls_of(lambda: recognise("agent", text).does_only(frozenset({"sip"})))

    assert cost(16_000) < 12 * cost(2_000)


@pytest.mark.parametrize("text", ["halo \ud800 sip", "\u0301", "sip\u200b", "si\0p", "\0"])
def test_characters_that_no_keyboard_types_do_no_harm(recognise: Recognise, text: str) -> None:
    """Half surrogates, lone accents and NULs neither crash nor hide a word."""
    found = recognise("customer", text)
    assert found.performs(frozenset({"sip"})) == ("s" in text)
    assert all(0 <= hit.start < hit.end <= len(text) for hit in found.hits)


@given(st.text(alphabet="sip kakmazht?.,x", max_size=40))
def test_a_courtesy_is_one_range_around_each_word(text: str) -> None:
    """Sweeping over the ranges finds what comparing every word with every range finds."""
    words = tuple((n, n + 2) for n in range(0, len(text), 3))
    hits = tuple(Hit("sip", n, n + ord(text[n]) % 9 + 1) for n in range(len(text)) if text[n] in "sk")
    recognition = Recognition(text, hits, Layout(lambda: (words, ())))
    slowly = all(any(hit.start <= start and end <= hit.end for hit in hits) for start, end in words)
    assert recognition.does_only(frozenset({"sip"})) == slowly
