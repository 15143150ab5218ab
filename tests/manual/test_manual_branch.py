"""Branches read from the words of a step, in both languages."""

import pytest

from sopgen.manual.branch import Act, Choice, branches_of

CHOICES = [
    ("id", "Bila data tidak cocok, minta data lain.", "Data tidak cocok?", "Minta data lain", None),
    ("id", "Apabila pelanggan marah maka tenangkan.", "Pelanggan marah?", "Tenangkan", None),
    (
        "id",
        "Jika nama, surel, atau nomor salah, tanyakan lagi.",
        "Nama, surel, atau nomor salah?",
        "Tanyakan lagi",
        None,
    ),
    (
        "id",
        "Minta bukti, seperti foto, bila barangnya rusak.",
        "Barangnya rusak?",
        "Minta bukti, seperti foto",
        None,
    ),
    ("id", "Jika rusak parah, minta foto. Jika tidak, tutup.", "Rusak parah?", "Minta foto", "Tutup"),
    ("id", "Bila ia memaksa, diamlah. Balas yang pokok.", "Ia memaksa?", "Diamlah. Balas yang pokok", None),
    ("en", "If it is late, then apologise; otherwise, say when.", "It is late?", "Apologise", "Say when"),
    ("en", "Ask what is needed when nothing was said.", "Nothing was said?", "Ask what is needed", None),
]


@pytest.mark.parametrize(
    ("language", "text", "question", "then", "otherwise"), CHOICES, ids=[c[1] for c in CHOICES]
)
def test_a_condition_becomes_a_choice(language, text, question, then, otherwise):
    """The condition is the question; what to do is on yes, what "if not" says on no."""
    (choice,) = branches_of(text, language)
    assert isinstance(choice, Choice)
    assert (choice.question, choice.then.text) == (question, then)
    assert (choice.otherwise and choice.otherwise.text) == otherwise


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("id", "Sapa pelanggan."),
        ("id", "Minta pelanggan mengabari bila belum bisa."),
        ("id", "Sertakan tautan bila ada."),
        ("en", "Let the customer know if it is closed."),
    ],
)
def test_what_is_no_branch_stays_whole(language, text):
    """A step without a condition of its own stays one act, with all its words."""
    assert branches_of(text, language) == (Act(text=text.rstrip(".")),)


def test_a_jump_names_its_step():
    """An act that leads to another step says which."""
    (choice,) = branches_of("Jika tidak ditemukan, periksa lagi; jika tidak, lanjut ke langkah 5.", "id")
    assert choice.otherwise == Act(text="Lanjut ke langkah 5", goes_to="5")


def test_sentences_before_a_condition_stand_before_it():
    """What is always to be done comes before the question."""
    first, choice = branches_of("Buka panel. Bila data kosong, muat ulang.", "id")
    assert first == Act(text="Buka panel")
    assert choice.question == "Data kosong?"
