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


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("user saya sari_88, password saya kucing2020", "user saya s••••••, password saya ••••••••••"),
        ("OTP nya barusan masuk 883120", "OTP nya barusan masuk ••••••"),
        ("482913, pin 1234", "••••••, pin ••••"),
        ("my cvv is 123", "my cvv is •••"),
        ("passwordnya Rahasia123!", "passwordnya •••••••••••"),
        ("password lama: kopi1tem, baru: kopisusu2", "password lama: ••••••••, baru: •••••••••"),
        ("PIN:1234", "PIN:••••"),
        ("otp=883120 ya", "otp=•••••• ya"),
        ("OTP dari bank 883120", "OTP dari bank ••••••"),
        ("OTP lewat wa 883120", "OTP lewat wa ••••••"),
        ("p1n 4455, pw: kucing", "p1n ••••, pw: ••••••"),
        ("883120 itu otpnya kak", "•••••• itu otpnya kak"),
        ("PIN ATM BCA saya 12 34 56 tolong", "PIN ATM BCA saya •• •• •• tolong"),
        ('password "kopi susu 99" kak', 'password "•••• •••• ••" kak'),
        ("kode verifikasi G-482913", "kode verifikasi ••••••••"),
        ("password " + "a1" * 100, "password " + "•" * 200),
        ("my password is hunter", "my password is ••••••"),
        ("PIN saya 081234567890", "PIN saya ••••••••••••"),
        ("P\u0430ssword: Kop\u200bi9", "P\u0430ssword: ••••••"),
    ],
)
def test_nothing_is_shown_of_a_secret(text: str, masked: str) -> None:
    """A value beside a word for a secret, whichever way it is written; of an account's name one letter."""
    assert mask_personal_data(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "jangan berikan PIN ke siapa pun",
        "PIN baru",
        "share pin lokasi 3 ya",
        "kode OTP 6 digit, berlaku 5 menit",
        "OTP belum masuk 10 menit",
        "PIN saya salah 3x",
        "password baru harus minimal 8 karakter",
        "password tokopedia saya lupa, sandi terblokir",
        "PIN: jangan dibagikan",
        "password is wrong",
        "pesanan 55102, pin saya lupa",
        "OTP untuk pesanan 55102 tanggal 21-11-2026 jam 09.30 belum masuk",
        "tolong reset password akun HM-4471",
        "Booking PW-1408, total Rp1.475.000",
        "lahir 12 Feb 1979\nPIN lama lupa",
    ],
)
def test_what_is_said_of_secrets_stays_readable(text: str) -> None:
    """Warnings, counts, amounts, days and the numbers of orders beside a word for a secret are no secrets."""
    assert mask_personal_data(text) == text


@given(st.text(st.characters() | st.sampled_from("0123456789 .-/()@jlno+")))
def test_masking_keeps_the_length(text: str) -> None:
    """Spans into a text still fit after masking."""
    assert len(mask_personal_data(text)) == len(text)
