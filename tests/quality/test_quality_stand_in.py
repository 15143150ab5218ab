"""Texts to learn from name nobody, and read as before."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopgen.language.personal_data import mask_personal_data
from sopgen.quality.mask import mask_for
from sopgen.quality.stand_in import StandIn


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("Halo Kak Zulkarnaen, mohon ditunggu ya", "Halo Kak Sari, mohon ditunggu ya"),
        ("kak zulkarnaen sudah transfer? Zulkarnaen: sudah", "kak sari sudah transfer? Sari: sudah"),
        ("hubungi 0812-9876-5432 ya", "hubungi 0834-5678-9012 ya"),
        ("kirim ke zulkar@tokoku.co.id ya kak", "kirim ke nama@contoh.co.id ya kak"),
        ("pesanan 12 pcs harga 50.000", "pesanan 12 pcs harga 50.000"),
    ],
)
def test_people_give_way_to_others(text: str, instead: str) -> None:
    """The same name for the same name, numbers of the same form; what is nobody's stays."""
    assert StandIn(mask_for(("Zulkarnaen",)))(text) == instead


def test_a_name_that_stands_in_is_never_the_one_it_stands_for() -> None:
    """Somebody may be called as others are."""
    assert StandIn(mask_for(("Sari Dewi",)))("Sari Dewi menulis") == "Agus Sari menulis"


def test_two_people_stay_two() -> None:
    """Within a conversation names are told apart."""
    stand_in = StandIn(mask_for(("Zulkarnaen", "Wiryawangsa")))
    assert stand_in("Kak Zulkarnaen dan Kak Wiryawangsa") == "Kak Sari dan Kak Agus"
    assert stand_in("wah Wiryawangsa") == "wah Agus"


@given(st.text(alphabet="abZ 0123456789@.+-\n", max_size=60))
def test_nothing_that_a_mask_hides_is_left(text: str) -> None:
    """Long numbers and addresses are other ones, wherever they stand."""
    shown, instead = mask_personal_data(text), StandIn(mask_for(()))(text)
    for word, masked in zip(text.split(), shown.split(), strict=False):
        if "•" in masked and len(word) > 8:
            assert word not in instead.split()
