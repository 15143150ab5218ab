"""Phrases of clauses, found the way people type them, and not where they mean something else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopgen.compliance.pack import default_pack_folder
from sopgen.language.lexicon import read_lexicon
from sopgen.language.phrase_book import PhraseBook, split_phrases

BOOK = PhraseBook(read_lexicon([default_pack_folder()], lambda _: None))


def found(phrases: str, text: str, **options: object) -> list[str]:
    """Return the words of the text that the phrases find."""
    ranges = BOOK.finder(split_phrases(phrases), **options)(text)  # type: ignore[arg-type]
    return [text[start:end] for start, end in ranges]


@pytest.mark.parametrize(
    "text",
    [
        "terima kasih sudah menunggu",
        "Terima kasih kak sudah menunggu ya",
        "TERIMAKASIH SUDAH MENUNGGU!!",
        "makasiiih udah nungguin kak",
        "terima kasih sudah menungu",
        "terima kasih sudah mneunggu",
        "trims ya kak udah nunggu",
        "trima ksih sdh mnunggu",
        "Baik Kak, terima kasih sudah menunggu.",
    ],
)
def test_a_phrase_is_found_however_it_is_typed(text: str) -> None:
    """Case, letters drawn out, slang, slips and a form of address between the words change nothing."""
    assert found("terima kasih sudah menunggu", text) != []


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("terima kasih sudah menunggu", "terima kasih. sudah menunggu lama?"),
        ("terima kasih sudah menunggu", "terima kasih, nanti saya tunggu"),
        ("bonus pasti cair", "bonus tidak pasti cair"),
        ("sampah", "barang sudah sampai"),
        ("gue", "saya bantu ya"),
        ("SWIN", "situs swin_palsu.com"),
    ],
)
def test_what_only_looks_like_a_phrase_is_not_found(phrase: str, text: str) -> None:
    """Another sentence, a word that changes the meaning, a real word one letter away, another pronoun."""
    assert found(phrase, text) == []


def test_a_phrase_of_a_single_word_is_read_with_its_spellings() -> None:
    """Only the very word, shortened or with one letter changed, counts."""
    assert found("tidak", "saya tdk tau, gak bisa, tidaaak") == ["tdk", "tidaaak"]


def test_a_quick_reply_can_be_a_phrase() -> None:
    """Its signs are left out, its places to fill in stand for words, and its sentences follow one another."""
    reply = "Halo Kak, dengan {nama} di sini. Ada yang bisa kami bantu?"
    assert found(reply, "Hallo kak, dengan Dimas Anggara disini! Ada yg bisa kita bantu") != []
    assert found(reply, "Halo kak, ada yang bisa kami bantu?") == []


def test_the_words_are_told_by_their_place_in_the_original() -> None:
    """Invisible marks and accents do not shift them."""
    text = "é\u200b Mohon\u200b kak dítunggu ya"
    assert found("mohon ditunggu", text) == ["Mohon\u200b kak dítunggu"]


def test_a_sentence_with_an_exception_does_not_count() -> None:
    """The other sentences do."""
    text = "Kami tidak bisa menjamin bonus pasti cair. Eh, bonus pasti cair kok."
    assert found("bonus pasti cair", text, unless=["tidak bisa menjamin"]) == ["bonus pasti cair"]
    assert found("bonus pasti cair", 'jangan percaya "bonus pasti cair"', quoted=False) == []


@pytest.mark.parametrize(
    ("written", "phrases"),
    [
        ("a b | c", ("a b", "c")),
        ("(a|b) c|d [e|f]", ("(a|b) c", "d [e|f]")),
        ("/x|y/ | z", ("/x|y/", "z")),
        (" | ", ()),
        (["a | b", "c"], ("a", "b", "c")),
    ],
)
def test_bars_outside_brackets_separate_phrases(written: str | list[str], phrases: tuple[str, ...]) -> None:
    """A list of texts is the same as one text with bars."""
    assert split_phrases(written) == phrases


@pytest.mark.parametrize(
    ("phrase", "why"),
    [
        ("terima (kasih", "')' is missing"),
        ("!!", "an empty phrase"),
        ("[boleh]", "a cue needs a word that must be there"),
        ("/(/", "missing )"),
        ("<kakek>", "unknown word group '<kakek>'"),
        ("/a*/", "it is found in an empty text, so everywhere"),
    ],
)
def test_a_phrase_that_cannot_be_read_says_why(phrase: str, why: str) -> None:
    """The author is told what is wrong with it."""
    assert why in BOOK.flaw_in(phrase)


@given(st.text(max_size=40))
def test_any_phrase_is_read_or_refused_with_a_reason(phrase: str) -> None:
    """Nothing that a clause may hold crashes the book."""
    for each in split_phrases(phrase):
        if not BOOK.flaw_in(each):
            BOOK.finder([each])("halo kak, terima kasih sudah menunggu")
