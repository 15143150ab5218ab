"""The language of a text: told where its function words leave no doubt, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopgen.compliance.pack import default_pack_folder
from sopgen.language.lexicon import Lexicon, read_lexicon
from sopgen.language.tongue import Tongue, make_tongue

tell = make_tongue(read_lexicon([default_pack_folder()], lambda _: None))


@pytest.mark.parametrize(
    ("text", "tongue"),
    [
        ("Mohon maaf Kak, pesanannya sedang kami cek ya", Tongue.INDONESIAN),
        ("kak brg sy blm smpe, udh 5 hari gmn nih", Tongue.INDONESIAN),
        ("Yaaaa kaaak tolooong dicek duluuu dongggg", Tongue.INDONESIAN),
        ("We are sorry for the delay, your order is on its way.", Tongue.ENGLISH),
        ("i cant log in and its been 3 days", Tongue.ENGLISH),
        ("hi kak, my order belum sampai, can you cek it for me ya", None),
        ("refund order cancel ok", None),
        ("ok thanks", None),
        ("", None),
        ("Die Bestellung ist noch nicht angekommen", None),
    ],
)
def test_a_language_is_told_or_left_open(text: str, tongue: Tongue | None) -> None:
    """Slang and drawn-out letters are known; mixtures, loanwords, short and other texts are neither."""
    assert tell(text) is tongue


@given(st.text(max_size=80))
def test_any_text_has_at_most_one_language(text: str) -> None:
    """Nothing crashes, and saying it twice does not change the language."""
    told = tell(text)
    if told is not None:
        assert tell(f"{text}\n{text}") is told


def test_without_words_nothing_is_told() -> None:
    """A pack that has no function words tells no language."""
    assert make_tongue(Lexicon(variants={}, groups={}))("saya mau tanya ya kak") is None
