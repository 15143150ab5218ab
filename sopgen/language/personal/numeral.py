"""Numbers as people write them: groups of digits with a little between them.

Texts come folded (`normal`), so dashes may be of any kind, but letters are small.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

_BETWEEN = r"[ \t.\-/()\u2010-\u2015\u2212]{1,3}"
_NUMERAL = re.compile(rf"\+?\(?\d+(?:{_BETWEEN}\d+)*")
_GROUP = re.compile(r"\d+")
_MASK = r"(?:(?<![a-z])x{2,}(?![a-wyz])|[*#_]{3,}|[•●×]+)"
_MASK_BEFORE = re.compile(rf"{_MASK}[ \-.]{{0,2}}$")
_MASK_AFTER = re.compile(rf"[ \-.]{{0,2}}{_MASK}")
_NEAR = 8
_LONG = re.compile(
    r"(?<![\d.,])(?!\d{4}-\d{2}-\d{2}\b)\d(?:[ -]?\d){8,400}(?![.,]?\d)"
    r"|\b\d{4}(?:\.\d{4}){3}\b"
)
_DATES = ((2, 2, 4), (1, 2, 4), (2, 1, 4), (1, 1, 4), (2, 2, 2), (4, 2, 2), (1, 2, 2), (2, 2, 1))


@dataclass(frozen=True, slots=True)
class Group:
    """Digits in a row, at [start, end) of the text, as ASCII."""

    start: int
    end: int
    digits: str


@dataclass(frozen=True, slots=True)
class Numeral:
    """Groups with nothing but separators between them; `gaps[i]` stands between groups i and i + 1.

    `plus` is whether a plus sign opens it; `opening` is where it begins, plus and bracket included.
    """

    groups: tuple[Group, ...]
    gaps: tuple[str, ...]
    plus: bool
    opening: int

    @property
    def start(self) -> int:
        """Return where the first digit stands."""
        return self.groups[0].start

    @property
    def end(self) -> int:
        """Return the place after the last digit."""
        return self.groups[-1].end

    @property
    def digits(self) -> str:
        """Return all digits."""
        return "".join(group.digits for group in self.groups)

    @property
    def is_dated(self) -> bool:
        """Return whether it is written as a date or a span of hours: 21-11-2026, 2026/11/21, 09.00-17.00."""
        return tuple(len(group.digits) for group in self.groups[:3]) in _DATES

    def part(self, first: int, last: int) -> "Numeral":
        """Return groups `first` to `last`, both included."""
        opening = self.groups[first].start - int(first > 0 and self.gaps[first - 1].endswith("("))
        return Numeral(
            groups=self.groups[first : last + 1],
            gaps=self.gaps[first:last],
            plus=self.plus and first == 0,
            opening=opening if first else self.opening,
        )


def numerals_in(text: str, *, fewest_characters: int = 1) -> Iterator[Numeral]:
    """Yield the numbers of a text in reading order, those of so many characters or more."""
    for match in _NUMERAL.finditer(text):
        if match.end() - match.start() >= fewest_characters:
            yield _numeral(text, match)


def _numeral(text: str, match: re.Match[str]) -> Numeral:
    groups = tuple(
        Group(found.start(), found.end(), _ascii(found[0]))
        for found in _GROUP.finditer(text, match.start(), match.end())
    )
    gaps = tuple(text[one.end : other.start] for one, other in pairwise(groups))
    return Numeral(groups=groups, gaps=gaps, plus=match[0].startswith("+"), opening=_opening(match))


def _opening(match: re.Match[str]) -> int:
    """Return where the number begins; a bracket that nothing closes is not its own."""
    closed = ")" in match[0] or not match[0].lstrip("+").startswith("(")
    return match.start() if closed else match.start() + match[0].index("(") + 1


def _ascii(digits: str) -> str:
    return digits if digits.isascii() else "".join(str(unicodedata.decimal(digit)) for digit in digits)


def long_numbers_in(text: str) -> Iterator[tuple[int, int]]:
    """Yield the ranges of numbers of nine digits or more, whatever they are; money and dates are none."""
    for match in _LONG.finditer(text):
        yield match.span()


def is_masked(text: str, start: int, end: int) -> bool:
    """Return whether what stands at [start, end) is the visible part of something masked."""
    before, after = text[max(0, start - _NEAR) : start], text[end : end + _NEAR]
    return _MASK_BEFORE.search(before) is not None or _MASK_AFTER.match(after) is not None
