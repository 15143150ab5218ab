"""Text from outside, made harmless for a terminal."""

import re

_OBEYED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
"""What a terminal obeys instead of showing: bidirectional marks, control characters but tab and newline."""


def plain(text: str) -> str:
    r"""Return the text with each character that a terminal would obey written as an escape (`\x1b`)."""
    return _OBEYED.sub(lambda match: ascii(match[0])[1:-1], text)


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: "1 SOP", "1,200 findings"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def either(number: int, one: str, more: str) -> str:
    """Return the words that go with so many: "it goes" with 1, "they go" with any other number."""
    return one if number == 1 else more


def one_line(text: str) -> str:
    """Return the text on one line: runs of white space become one space."""
    return plain(" ".join(text.split()))
