"""Which patterns find single words, whatever the text."""

import pytest

from sopgen.language.one_word import is_of_one_word


@pytest.mark.parametrize(
    "source",
    [r"\bhalo\b", r"\bh+a+l+o+(?:nya*)?\b", r"(?:\bpin\b|\botp\b)", r"\b[a-c]x{2,}\b", r"\b\w*nya\b"],
)
def test_whole_words_are_told(source):
    """What stands between word boundaries and holds letters alone is a word."""
    assert is_of_one_word(source)


@pytest.mark.parametrize(
    "source",
    [
        "halo", r"\bhalo", r"\bhalo\b|maaf", r"\bterima kasih\b", r"\be.?mail\b",
        r"\b(?i)halo\b",
        r"\b?halo\b",
        r"\b[^a]\b", r"\b[a-]\b", r"\b\b", "", r"\ba\b$", r"(?:\ba\b)(?:\bb\b)", r"\ba\W\b", r"(?:\ba\b)?",
    ],
)  # fmt: skip
def test_anything_else_is_not(source):
    """A sign, a blank, an open end or a flag: in doubt it is no single word."""
    assert not is_of_one_word(source)
