"""Texts without personal data."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopgen.language.personal_data import mask_personal_data


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("hubungi 0812-3456-7890 ya", "hubungi ••••-••••-••90 ya"),
        ("+62 812 3456 7890", "+•• ••• •••• ••90"),
        ("NIK 3174012345678901", "NIK ••••••••••••••01"),
        ("kartu 4111 1111 1111 1111", "kartu •••• •••• •••• ••11"),
        ("token 55120933741822064190", "token ••••••••••••••••••90"),
        ("surel budi.s@contoh.id", "surel b•••••@•••••••••"),
        ("total Rp1.475.000 jam 09.30", "total Rp1.475.000 jam 09.30"),
        ("pesanan 55102", "pesanan 55102"),
        ("(021) 555-1234", "(•••) •••-••34"),
        ("(0812)  3456/7890", "(••••)  ••••/••90"),
        ("0812\u200b34567890", "••••\u200b••••••90"),
        ("+1 (415) 555-2671", "+• (•••) •••-••71"),
        ("4111.1111.1111.1111", "••••.••••.••••.••11"),
        ("dikirim 2026-11-21 09:00", "dikirim 2026-11-21 09:00"),
        ("9" * 60, "•" * 58 + "99"),
        ("alamat Jl. Melati Putih No. 11 ya", "alamat Jl. •••••• ••••• ••. •• ya"),
        ("to 48 Maple Avenue please", "to •• ••••• •••••• please"),
        ("mobil B 1234 XYZ putih", "mobil B •••• ••• putih"),
        ("resi 081234567890", "resi ••••••••••90"),
        ("budi at contoh dot id", "b••• •• •••••• ••• ••"),
        ("kontak 02130001111 0812 3456 7890", "kontak •••••••••11 •••• •••• ••90"),
        ("total 500.000 - 750.000.000, 21-11-2026", "total 500.000 - 750.000.000, 21-11-2026"),
    ],
)
def test_personal_data_is_masked_and_amounts_are_not(text: str, masked: str) -> None:
    """Numbers of people and their addresses go; money, times and short numbers stay."""
    assert mask_personal_data(text) == masked


@given(st.text(st.characters() | st.sampled_from("0123456789 .-/()@jlno+")))
def test_masking_keeps_the_length(text: str) -> None:
    """Spans into a text still fit after masking."""
    assert len(mask_personal_data(text)) == len(text)
