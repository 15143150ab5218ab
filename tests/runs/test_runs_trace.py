"""Whether a text names a person: as words of their own, where its script sets blanks between words."""

import unicodedata

import pytest

from sopgen.runs.night.trace import names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("[LINE] 山田太郎とのトーク履歴.txt", "山田太郎"),
        ("与王小明的聊天记录", "王小明"),
        ("김민수님과의대화.txt", "김민수"),
        (unicodedata.normalize("NFD", "김민수님과의대화.txt"), "김민수"),
        ("แชทกับสมชายวันนี้", "สมชาย"),
        ("Budiさんとのトーク.txt", "Budi"),
        ("Chat WhatsApp dengan budi  SANTOSO.txt", "Budi Santoso"),
        ("чат_Иван.txt", "иван"),
        ("李 Budi王先生", "Budi王"),
        ('{"author": "O\'Neil (2)"', "O'Neil (2)"),
    ],
)
def test_a_name_is_found(text, name):
    """Directly beside other letters in scripts without blanks, whatever the case, blanks or composition."""
    assert names(text, name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Budianto.txt", "Budi"),
        ("Иванов", "Иван"),
        ("081234", "1234"),
        ("ABudi王先生", "Budi王"),
        ("山田花子", "山田太郎"),
    ],
)
def test_what_only_contains_the_letters_is_nobody(text, name):
    """Part of a longer word, of a longer number, or another name."""
    assert not names(text, name)
