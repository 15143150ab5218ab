"""The language of cues, tried on folded text."""

import pytest
import re2
from hypothesis import given
from hypothesis import strategies as st

from sopgen.language.normal import normalise
from sopgen.language.phrase import PhraseError, compile_phrase

VARIANTS = {"maaf": ("maap",), "terima": ("trima",), "makasih": ("thank you",)}
GROUPS = {"kakak": ("kak", "bapak"), "round": ("<round> a", "<round> b"), "bare": ()}


def found(phrase: str, text: str) -> str | None:
    match = re2.compile(compile_phrase(phrase, variants=VARIANTS, groups=GROUPS)).search(normalise(text).text)
    return match.group() if match else None


@pytest.mark.parametrize(
    ("phrase", "text", "hit"),
    [
        ("mohon maaf", "Mohon  MAAAP ya", "mohon  maaap"),
        ("mohon maaf", "mohon. Maaf", None),
        ("terima kasih [banyak] <kakak>", "trima kasih, bapak", "trima kasih, bapak"),
        ("terima kasih [banyak] <kakak>", "terima kasih banyak kak", "terima kasih banyak kak"),
        ("[sudah] beres", "beres", "beres"),
        ("[sudah] beres", "sudah beres", "sudah beres"),
        ("minta … otp", "minta dong tolong kode otpnya", "minta dong tolong kode otpnya"),
        ("minta …1 otp", "minta dong tolong otp", None),
        ("sabar*", "sabarlah", "sabarlah"),
        ("*nya", "kodenya", "kodenya"),
        ("^halo", "kak halo", None),
        ("beres$", "sudah beres!", "beres!"),
        ("ada lagi ?", "ada lagi yang bisa dibantu kak?", "ada lagi yang bisa dibantu kak?"),
        ("ada lagi ?", "ada lagi. oke?", None),
        ("makasih", "THANK YOU", "thank you"),
        ("(chat|obrolan ini) ditutup", "obrolan ini ditutup", "obrolan ini ditutup"),
        ("maaf", "dimaafkan", None),
        ("Maaf Kafé", "maaf kafe", "maaf kafe"),
        (r"/\bp{2,}\b/", "ppp", "ppp"),
        ("halo <bare>", "halo ", None),
    ],
)
def test_a_cue_finds_what_it_says(phrase: str, text: str, hit: str | None) -> None:
    """Each construct of the language finds its words and nothing beyond them."""
    assert found(phrase, text) == hit


@pytest.mark.parametrize(
    "phrase",
    ["", "(halo", "halo)", "[halo]", "<nobody> halo", "a | b", "halo $ kak", "*", "-", "<round>", "(" * 999],
)
def test_a_malformed_cue_is_refused(phrase: str) -> None:
    """What is not in the language is refused with a reason, never compiled to something else."""
    with pytest.raises(PhraseError, match=r"."):
        compile_phrase(phrase, variants={}, groups=GROUPS)


@given(st.text())
def test_any_text_is_a_cue_or_is_refused(phrase: str) -> None:
    """No cue crashes the compiler or yields a pattern that RE2 refuses, bare patterns aside."""
    if phrase.startswith("/"):
        return
    try:
        pattern = compile_phrase(phrase, variants={}, groups={})
    except PhraseError:
        return
    re2.compile(pattern)
