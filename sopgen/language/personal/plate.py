"""Vehicle plates of Indonesia: a region's one or two letters, up to four digits, up to three letters."""

import re
from collections.abc import Iterator

from sopgen.language.personal.datum import DataKind, Datum

_REGIONS = (
    "aa|ab|ad|ae|ag|ba|bb|bd|be|bg|bh|bk|bl|bm|bn|bp|da|db|dc|dd|de|dg|dh|dk|dl|dm|dn|dp|dr|dt|dw|"
    "ea|eb|ed|kb|kh|kt|ku|pa|pb|pg|ps|pt|py|a|b|d|e|f|g|h|k|l|m|n|p|r|s|t|w|z"
)
_PLATE = re.compile(rf"(?<![\w#/-])({_REGIONS})([ -]?)(\d{{1,4}})([ -]?)([a-z]{{1,3}})(?![\w/-])")
_CALLED = re.compile(r"\b(?:plat|pelat|plate|nopol|no\.? ?pol|polisi|tnkb|licen[cs]e|registration)\b")
_REACH = 40
_FEWEST_DIGITS = 3


def plates_in(text: str, original: str) -> Iterator[Datum]:
    """Yield the plates of a folded text; `original` is the same text with its capitals, or "".

    Without a word such as "plat" before it, only capitals with three digits or more are a plate.
    """
    for match in _PLATE.finditer(text):
        called = _CALLED.search(text[max(0, match.start() - _REACH) : match.start()]) is not None
        written = original[match.start() : match.end()]
        if called or (len(match[3]) >= _FEWEST_DIGITS and written.isupper()):
            yield Datum(DataKind.PLATE, match.start(), match.end(), match[1] + match[3] + match[5])
