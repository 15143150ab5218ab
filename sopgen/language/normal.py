"""A text folded for matching, with the way back to the original characters."""

import unicodedata
from typing import NamedTuple

_DROPPED = "\0"
_NO_CHARACTER = "\N{REPLACEMENT CHARACTER}"
"""What half a surrogate pair folds to; no encoding of UTF-8 holds one, and RE2 reads UTF-8."""

_STRAIGHT = {
    "‘": "'",
    "’": "'",
    "‚": "'",
    "`": "'",
    "´": "'",
    "“": '"',
    "”": '"',
    "„": '"',
    "…": ".",
    " ": " ",
}

_LOOK_ALIKE = dict(
    zip(
        "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u0501\u04bb\u03b1\u03bf",
        "aeopcyxijsdhao",
        strict=True,
    )
)
"""Cyrillic and Greek small letters that are drawn like Latin ones, and hide a word from a plain search."""


class Normal(NamedTuple):
    """A folded text; `starts[i]` is where folded character i stood, None when nothing moved."""

    text: str
    starts: tuple[int, ...] | None = None

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return the half-open range of the original text that the folded range [start, end) came from."""
        if self.starts is None:
            return start, end
        if start < end:
            return self.starts[start], self.starts[end - 1] + 1
        place = self.starts[start] if start < len(self.starts) else self._length()
        return place, place

    def _length(self) -> int:
        return self.starts[-1] + 1 if self.starts else 0


class _Folding(dict[int, str]):
    """A lazily filled translation table: one character to one lower-case character without accents."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        folded = _STRAIGHT.get(character) or _fold(character)
        self[code] = folded
        return folded


def _fold(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cs":
        return _NO_CHARACTER
    if category in ("Mn", "Cf"):
        return _DROPPED
    base = unicodedata.normalize("NFKD", character)[0].lower()
    return _LOOK_ALIKE.get(base[0], base[0])


_folding = _Folding()


def normalise(text: str) -> Normal:
    """Return the text in lower case, without accents, invisible marks and fancy letters.

    Each character becomes exactly one character or none, so that spans can be mapped back.
    """
    if text.isascii() and _DROPPED not in text:
        return Normal(text.lower())
    folded = text.translate(_folding)
    if _DROPPED not in folded:
        return Normal(folded)
    kept = [(character, position) for position, character in enumerate(folded) if character != _DROPPED]
    return Normal("".join(character for character, _ in kept), tuple(position for _, position in kept))
