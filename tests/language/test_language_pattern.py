"""Patterns on RE2: where they are found, in characters."""

import pytest
import re2

from sopgen.language.pattern import Encoded, Pattern, PatternError

TEXTS = ("", "aa", "baab aa", "é aa 👍 aaa é", "b\naa\n")


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("source", ["a+", "a*", r"\ba", "a$", "^", "👍|é", "[^a]", r"\b"])
def test_ranges_are_those_that_the_engine_finds_one_after_the_other(source, text):
    """Every range that is not empty is told, in characters, also beside letters of several bytes."""
    expected = [each.span() for each in re2.finditer(source, text) if each.start() < each.end()]
    assert Pattern(source).ranges(Encoded(text)) == expected
    assert Pattern(source, small=True).is_in(text) == (re2.search(source, text) is not None)


def test_what_the_engine_refuses_is_an_error_when_checked():
    """A pattern is compiled late, so that who needs to know asks beforehand."""
    with pytest.raises(PatternError):
        Pattern("(a", small=True).check()
