"""Guards and places of hits, on acts written for the purpose."""

from pathlib import Path

import pytest

from sopgen.base.diagnostic import Diagnostic
from sopgen.language.act import read_act
from sopgen.language.lexicon import read_lexicon
from sopgen.language.recogniser import Recognise, make_recogniser

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
