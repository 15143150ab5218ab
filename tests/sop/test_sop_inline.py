"""The quick reading of plain and bold words says what the parser says."""

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from sopgen.sop.inline import cut_at_bold, plain_text

PARSER = MarkdownIt("commonmark").enable("table")
PIECES = (
    "**",
    "*",
    "Wajib",
    "a",
    " ",
    "  ",
    "\n",
    "\n  ",
    ".",
    ",",
    "(",
    ")",
    "_",
    "`",
    "é",
    "1",
    "\u00a0",
    "🙏",
    "!",
)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=9).map("".join).map(str.strip).filter(bool)


def by_parser(text: str) -> list[tuple[bool, str]]:
    """Return the words that the parser finds, each with whether it is bold; a line's end is a blank."""
    found, bold = [], False
    for token in PARSER.parseInline(text)[0].children or []:
        bold = bold != (token.type in ("strong_open", "strong_close"))
        if token.type in ("softbreak", "hardbreak"):
            found.append((bold, " "))
        elif token.content:
            found.append((bold, token.content))
    return found


@given(TEXTS)
def test_words_cut_at_bold_are_those_of_the_parser(text):
    """Where a text can be cut without the parser, the parser finds the same words and the same bold ones."""
    parts = cut_at_bold(text)
    if parts is None:
        return
    bold = ["".join(part.split()) for part in parts[1::2]]
    assert bold == ["".join(words.split()) for is_bold, words in by_parser(text) if is_bold]
    assert plain_text(text) == " ".join("".join(words for _, words in by_parser(text)).split())


def test_bold_at_the_beginning_needs_no_parser():
    """The usual clause is taken apart without the parser; others are left to it."""
    assert cut_at_bold("**Wajib** membalas.") == ("", "Wajib", " membalas.")
    assert cut_at_bold("Sapa pelanggan") == ("Sapa pelanggan",)
    for other in ("a**b** c", "** b**", "_b_", "`b`", "[b](#c)", "a  \nb", "**b", "a & b"):
        assert cut_at_bold(other) is None
