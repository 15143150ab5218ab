"""Mojibake: found where it stands, mended where it can be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopgen.sop.mojibake import mojibake

BROKEN = st.sampled_from(["“", "”", "’", "–", "…", "😊", "🙏", "é", "©", "€"])


@pytest.mark.parametrize(
    ("line", "column", "broken", "mended"),
    [
        ("β€œHalo Kak", 1, "β€œ", "“"),
        ("baik πŸ˜Š", 6, "πŸ˜Š", "😊"),
        ("maaf πŸ™", 6, "πŸ™", ""),
        ("CafÃ©", 4, "Ã©", "é"),
        ("вЂњHaloвЂќ", 1, "вЂњ", "“"),
        ("itâ€™s", 3, "â€™", "’"),
    ],
)
def test_it_is_found_and_mended(line: str, column: int, broken: str, mended: str) -> None:
    """The first mojibake of a line comes back with its column and what it was meant to be."""
    assert mojibake(line) == (column, broken, mended)


@given(st.text(st.characters(max_codepoint=0x7E)), BROKEN)
def test_text_read_as_latin_is_found(before: str, meant: str) -> None:
    """UTF-8 that was read as Windows-1252 is found, whatever stands before it."""
    broken = "".join(_read_wrongly(byte) for byte in meant.encode())
    assert mojibake(before + broken) == (len(before) + 1, broken, meant)


def _read_wrongly(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


@pytest.mark.parametrize(
    "line",
    ["Halo Kak 😊 – “siap” …", "naïve café, «été»", "Weiß», Über»", "±2 × 3 ≤ 7 €", "Ελλάδα", "Привет"],
)
def test_sound_text_is_left_alone(line: str) -> None:
    """Emoji, typographic marks and the letters of other languages are no mojibake."""
    assert mojibake(line) is None
