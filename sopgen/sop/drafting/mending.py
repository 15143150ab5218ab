"""Text that went through the wrong encoding, back as it was meant; and characters that nobody sees."""

import re

from sopgen.sop.mojibake import mojibake

_UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad]"
)
_CUT_OFF = re.compile(r"[âβ]€\x9d?(?=[\s.,;:!?)]|$)")
"""A closing quotation mark whose last byte the wrong encoding has no character for, dropped on the way."""

_OPENED = re.compile(r"[âβ]€[œ“]|(?<!€)“")
_CLOSED = re.compile(r"(?<!€)”")
_LONGEST = 20_000
_MOST_MENDINGS = 200
"""Mojibake mended one by one in a text that ftfy leaves as it is; the rest is left for the lint to show."""


def mended(text: str) -> str:
    """Return the text without mojibake, control characters and marks of direction; words stay as they are."""
    return text if text.isascii() and text.isprintable() else _UNSEEN.sub("", _meant(text))


def _meant(text: str) -> str:
    if text.isascii() or len(text) > _LONGEST:
        return text
    import ftfy  # noqa: PLC0415 - only imports need it

    whole: str = ftfy.fix_encoding(_CUT_OFF.sub(_closed, text))
    return whole if mojibake(whole) is None else _piecemeal(whole)


def _closed(match: re.Match[str]) -> str:
    """Return a closing quotation mark where one is open before it, else what stood there."""
    before = match.string[: match.start()]
    opened = len(_OPENED.findall(before))
    closed = len(_CLOSED.findall(before)) + len(_CUT_OFF.findall(before))
    return "”" if opened > closed else match[0]


def _piecemeal(text: str) -> str:
    """Return the text with each mojibake mended where it stands, for lines that also hold sound emoji."""
    for _ in range(_MOST_MENDINGS):
        found = mojibake(text)
        if found is None or not found[2]:
            return text
        column, broken, meant = found
        text = f"{text[: column - 1]}{meant}{text[column - 1 + len(broken) :]}"
    return text
