"""Secrets that only the chat around them tells."""

import pytest

from sopgen.conversation.model import Role
from sopgen.language.personal.given_secret import ANSWERS, given_secrets

CUSTOMER, AGENT = Role.CUSTOMER, Role.AGENT
ASKED = (AGENT, "Boleh sebutkan kode OTP yang baru masuk?")


@pytest.mark.parametrize(
    ("said", "secrets"),
    [
        (
            [
                (AGENT, "Kirim password yang lama sama password baru yang dimau ya."),
                (CUSTOMER, "lama: kopi1tem, baru: kopisusu2"),
            ],
            ("kopi1tem", "kopisusu2"),
        ),
        ([ASKED, (CUSTOMER, "sebentar kak"), (CUSTOMER, "ini 883120")], ("883120",)),
        ([ASKED, (CUSTOMER, "48 13 07")], ("48 13 07",)),
        ([(AGENT, "Password-nya apa kak?"), (CUSTOMER, "Jay#Sushi9")], ("Jay#Sushi9",)),
        ([(AGENT, "Password-nya apa kak?"), (CUSTOMER, "hmm MelatiPutih")], ()),
        ([(AGENT, "Password-nya apa kak?"), (CUSTOMER, "MelatiPutihku")], ("MelatiPutihku",)),
        ([(AGENT, "What are the three numbers on the back of the card?"), (CUSTOMER, "716")], ("716",)),
        ([(CUSTOMER, "otp nya"), (CUSTOMER, "883120")], ("883120",)),
        ([(CUSTOMER, "pin saya 1234"), (AGENT, "1234 ya kak")], ("1234",)),
    ],
)
def test_answers_to_who_asks_for_a_secret_are_secrets(
    said: list[tuple[Role, str]], secrets: tuple[str, ...]
) -> None:
    """Also those that come a little later, and those of customers who announce one themselves."""
    assert given_secrets(said) == secrets


@pytest.mark.parametrize(
    "said",
    [
        [(AGENT, "Jangan berikan OTP ke siapa pun. Nomor pesanannya berapa?"), (CUSTOMER, "55102")],
        [ASKED, (CUSTOMER, "belum masuk"), (AGENT, "Nomor pesanannya berapa?"), (CUSTOMER, "55102")],
        [ASKED, *[(CUSTOMER, "belum")] * ANSWERS, (CUSTOMER, "55102")],
        [ASKED, (CUSTOMER, "pesanan 55102 tanggal 21-11-2026, sudah 15 menit, bayar 50rb, budi@mail.com")],
        [ASKED, (CUSTOMER, "ga mau. pesanan #55102 GJ-20018 gimana, bukti_tf1.jpg")],
        [(CUSTOMER, "pin saya salah"), (CUSTOMER, "55102")],
        [(AGENT, "Nomor pesanannya berapa?"), (CUSTOMER, "55102")],
    ],
)
def test_other_numbers_are_no_secrets(said: list[tuple[Role, str]]) -> None:
    """After a warning, another question, too long a while, or where the words say what they are."""
    assert given_secrets(said) == ()
