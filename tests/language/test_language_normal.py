"""Folding, and the way back."""

from hypothesis import given
from hypothesis import strategies as st

from sopgen.language.normal import normalise


@given(st.text())
def test_every_folded_range_lies_in_the_original(text: str) -> None:
    """Every range of the folded text maps to a range of the original that is not inverted."""
    normal = normalise(text)
    for end in range(len(normal.text) + 1):
        start, stop = normal.original(max(end - 1, 0), end)
        assert 0 <= start <= stop <= len(text)


def test_accents_fancy_letters_and_invisible_marks_are_folded() -> None:
    """Bold letters, accents and zero-width marks do not hide a word, and its place is kept."""
    text = "dasar 𝗴\u200bóbl\ufe0fok"
    normal = normalise(text)
    assert normal.text == "dasar goblok"
    start = normal.text.index("goblok")
    assert text[slice(*normal.original(start, start + 6))] == "𝗴\u200bóbl\ufe0fok"


def test_letters_of_other_alphabets_do_not_hide_a_word() -> None:
    """Cyrillic and Greek letters that look Latin are read as they look, capitals too."""
    assert normalise("g\u043ebl\u041ek \u0421ara \u03b1su").text == "goblok cara asu"


def test_plain_text_keeps_its_offsets() -> None:
    """Plain ASCII is lowered and nothing moves."""
    assert normalise("Halo KAK").starts is None
