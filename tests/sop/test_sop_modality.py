"""The modality of a demand, in both languages."""

import pytest

from sopgen.sop.modality import modality_of
from sopgen.sop.model import Modality


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Wajib membalas ramah.", Modality.MUST),
        ("Agen CS harus mencatat.", Modality.MUST),
        ("Setiap agen baru wajib membaca dokumen ini.", Modality.MUST),
        ("Wajib jangan memblokir pelanggan.", Modality.MUST_NOT),
        ("Tidak boleh memblokir pelanggan.", Modality.MUST_NOT),
        ("Dilarang keras memaki.", Modality.MUST_NOT),
        ("Jangan memotong pembicaraan.", Modality.MUST_NOT),
        ("Bila data tidak cocok, jangan membukanya.", Modality.MUST_NOT),
        ("Sebaiknya tidak memakai singkatan.", Modality.SHOULD),
        ("Tidak wajib memakai template.", Modality.MAY),
        ("Boleh memakai emoji.", Modality.MAY),
        ("Tetap tenang dan jangan membalas dengan emosi.", Modality.PLAIN),
        ("Catat apa yang harus dikerjakan.", Modality.PLAIN),
        ("Sapa pelanggan.", Modality.PLAIN),
        ("The agent must not argue.", Modality.MUST_NOT),
        ("Agents shall greet the customer.", Modality.MUST),
        ("Don’t promise refunds.", Modality.MUST_NOT),
        ("If the data do not match, do not open the account.", Modality.MUST_NOT),
        ("Never ask for a PIN.", Modality.MUST_NOT),
        ("You should confirm first.", Modality.SHOULD),
        ("An agent may use emoji.", Modality.MAY),
        ("You do not have to use a template.", Modality.MAY),
        ("Greet the customer.", Modality.PLAIN),
        ("Explain what the customer must do.", Modality.PLAIN),
        ("", Modality.PLAIN),
    ],
)
def test_the_modal_word_decides(text: str, modality: Modality) -> None:
    """A demand is as binding as the modal word that opens it."""
    assert modality_of(text) is modality
