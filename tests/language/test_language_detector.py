"""Acts that a detector finds, and their guards."""

from collections.abc import Callable
from pathlib import Path

import pytest

from sopgen.base.diagnostic import Diagnostic
from sopgen.language.act import read_act
from sopgen.language.lexicon import Lexicon
from sopgen.language.recogniser import make_recogniser
from sopgen.language.recognition import Recognise

ACT = """
act: data
title: {id: Data, en: Data}
role: agent
detector: personal-data
examples: {hit: [0812-3456-7890], miss: [baik]}
"""

Make = Callable[[str], Recognise]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Return a function: further lines of the act file -> its recogniser."""

    def recogniser(lines: str) -> Recognise:
        path = tmp_path / "data.yaml"
        path.write_text(ACT + lines, encoding="utf-8")
        flaws: list[Diagnostic] = []
        act = read_act(path, flaws.append)
        assert act is not None, flaws
        made = make_recogniser({"data": act}, Lexicon(variants={}, groups={}), flaws.append)
        assert flaws == []
        return made

    return recogniser


def words_of(recognise: Recognise, text: str) -> list[str]:
    """Return the words of the hits in an agent's text."""
    return [text[hit.start : hit.end] for hit in recognise("agent", text).hits]


def test_a_detector_finds_hits_with_their_values(make: Make) -> None:
    """A hit carries what another text is compared by."""
    (hit,) = make("")("agent", "nomor 0812-3456-7890").hits
    assert (hit.act, hit.start, hit.value) == ("data", 6, "81234567890")


def test_an_act_may_choose_kinds(make: Make) -> None:
    """What the act does not ask for is no hit."""
    assert words_of(make("kinds: [email]"), "0812-3456-7890 budi@toko.example") == ["budi@toko.example"]


def test_a_detector_minds_the_speaker(make: Make) -> None:
    """The customer's number is no act of the agent."""
    assert make("")("customer", "nomor saya 0812-3456-7890").hits == ()


def test_cues_count_beside_the_detector(make: Make) -> None:
    """An act may have both; cue hits have no value."""
    hits = make("cues: {id: [data pribadi]}")("agent", "data pribadi: 0812-3456-7890").hits
    assert [hit.value for hit in hits] == ["", "81234567890"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("hotline kami: 0812-3456-7890", 0),
        ("Hotline kami:\n- WA 0812-3456-7890\n- 0813-3456-7890", 0),
        ("hotline tutup. Beliau bisa di 0812-3456-7890", 1),
        ("cs@toko.example", 0),
        ("kurir dan hotline 0812-3456-7890", 1),
        ("nomor 0812-3456-7890", 1),
    ],
)
def test_guards_speak_about_hits_by_kind(make: Make, text: str, count: int) -> None:
    """Exceptions may name a hit by its kind or by its words; what counts always beats them."""
    guards = "exceptions: [hotline …4 <datum>, <phone> hotline, /\\bcs@/]\nalways: [kurir …5 <phone>]\n"
    assert len(words_of(make(guards), text)) == count


@pytest.mark.parametrize(
    "lines", ["kinds: [phone]\ncues: {id: [halo]}\n", "", "cues: {id: []}\n"], ids=["kinds", "none", "empty"]
)
def test_an_act_that_nothing_finds_is_a_flaw(tmp_path: Path, lines: str) -> None:
    """Kinds without a detector, and an act without any cue, do not load."""
    path = tmp_path / "data.yaml"
    path.write_text(ACT.replace("detector: personal-data\n", "") + lines, encoding="utf-8")
    flaws: list[Diagnostic] = []
    assert read_act(path, flaws.append) is None
    assert [flaw.code for flaw in flaws] == ["ACT106"]
