"""Whether texts say what a datum says."""

import pytest

from sopgen.language.personal.mention import mentions_in

SAID = (
    "halo, nomor saya +62 812-3456-7890",
    "email Budi.S@Posmail.Example, jl melati putih c4",
    "no rumahnya 011, plat B 1234 XYZ",
)


@pytest.mark.parametrize(
    ("value", "first"),
    [
        ("81234567890", 0),
        ("81234567891", None),
        ("budi.s@posmail.example", 1),
        ("s@posmail.example", None),
        ("melati putih c 4", 1),
        ("melati putih c 4 11", 2),
        ("melati putih c 4 12", None),
        ("b1234xyz", 2),
    ],
)
def test_the_text_that_says_a_value_whole_is_known(value: str, first: int | None) -> None:
    """A number however it is spaced, an address word by word over several texts; a part is not the whole."""
    assert mentions_in(SAID).first(value) == first


def test_digits_of_two_texts_make_no_number() -> None:
    """Each text says its own numbers."""
    assert mentions_in(("0812", "34567890")).first("81234567890") is None
    assert mentions_in(()).first("81234567890") is None
