"""Texts lose what nobody typed, names are told apart, and columns are found."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopgen.conversation.column import columns_of
from sopgen.conversation.encoding import decode
from sopgen.conversation.model import EXCERPT_LENGTH, Role
from sopgen.conversation.options import ImportOptions
from sopgen.conversation.speaker import key_of, name_of, staff_of
from sopgen.conversation.text import clean, excerpt_of
from sopgen.conversation.vocabulary import kind_called, role_called


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("\u200e  halo\u00a0kak\u202f \r\n\r\n\ufeffoke\x00\x07\x7f ", "halo kak  \n\noke"),
        ("Rene\u0301", "René"),
        ("👩🏽\u200d🔧", "👩🏽\u200d🔧"),
        ("a\tb\rc", "a\tb\nc"),
        ("\u202a+62 812\u202c", "+62 812"),
    ],
)
def test_clean_texts(raw, text):
    """Direction marks and controls go, odd spaces become spaces, joined emoji stay."""
    assert clean(raw) == text


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text):
    """clean(clean(x)) == clean(x), in NFC."""
    once = clean(text)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)


@given(st.binary() | st.text())
def test_an_excerpt_is_one_printable_line(raw):
    """Whatever was broken, what is shown of it is short and prints on one line."""
    shown = excerpt_of(raw)
    assert len(shown) <= EXCERPT_LENGTH
    assert shown.isprintable()


@given(st.binary())
def test_any_bytes_decode(data):
    """Decoding never fails, and leaves no NUL and no mark at the start."""
    text = decode(data).text
    assert "\0" not in text or decode(data).note


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff")))
def test_utf8_decodes_to_itself(text):
    """Clean UTF-8 comes back as it is and without a note."""
    decoded = decode(text.encode())
    assert (decoded.text, decoded.note) == (text, "")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Budi  Santoso", "budi santoso"),
        ("~\u202fRina", "Rina"),
        ("0812-3456-7890", "+62 812\u20113456\u20117890"),
        ("\u202a+62 812 3456 7890\u202c", "6281234567890"),
    ],
)
def test_spellings_of_one_speaker(one, other):
    """Case, spacing, marks and the writing of a number do not make another person."""
    assert key_of(one) == key_of(other)


def test_names_keep_their_writing():
    """Only marks and the tilde of an unsaved contact go."""
    assert name_of("~\u202fRina Kartika") == "Rina Kartika"
    assert name_of("~") == "~"


def test_staff_is_who_the_options_name():
    """Bots before agents; everyone else is a customer."""
    staff = staff_of(ImportOptions(agents=("Rina", "0812 3456 7890"), bots=("melati bot",)))
    roles = [staff.role_of(name) for name in ("RINA", "+6281234567890", "Melati Bot", "Rina K")]
    assert roles == [Role.AGENT, Role.AGENT, Role.BOT, Role.CUSTOMER]


def test_words_for_roles_and_kinds():
    """Words of both languages are known, whatever their case; unknown words are nothing."""
    assert role_called(" Pelanggan ") is Role.CUSTOMER
    assert role_called("comment") is None
    assert kind_called("CATATAN") is not None
    assert kind_called(3) is None


def test_columns_are_found_by_their_usual_names():
    """The best name wins, whatever its case; a stated name wins over that, if it is there."""
    names = ["Waktu", "ID_Percakapan", "pesan", "sender", "name"]
    assert columns_of(names, {}) == {
        "conversation": "ID_Percakapan",
        "at": "Waktu",
        "author": "sender",
        "text": "pesan",
    }
    assert columns_of(names, {"author": "name", "role": "peran"})["author"] == "name"
    assert "role" not in columns_of(names, {"role": "peran"})
