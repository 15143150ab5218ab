"""What is left of a row that cannot be read: the conversations that it may belong to, likeliest first.

In: its cells or its text. Out: names, of which the reading believes the first that a sound row has, too. That
a conversation lacks a row matters more than why: its agent would be blamed for an answer that was lost.
"""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence

from sopgen.conversation.column import columns_of
from sopgen.conversation.line import LONGEST_LINE

_LINE_END = re.compile(r"\r\n|\r|\n")
_MEMBER = re.compile(r'"([^"\\]{1,100})"\s*:\s*(?="([^"\\]{1,500})"|(\d{1,30})\s*[,}])')
"""A key of a JSON object before a text or a whole number, which needs no sound object around it."""


def names_in_cells(cells: Sequence[str], width: int, place: int, *, shifted: bool = False) -> tuple[str, ...]:
    """Return the cells that may stand in the column at `place`, of `width`; () where there is none (-1).

    A delimiter too many before it moves the cell to the right, one too few to the left; `shifted`: it most
    likely did, for the text, where such delimiters stand, is before it.
    """
    if place < 0:
        return ()
    end = len(cells)
    while end > width and not cells[end - 1].strip():
        end -= 1
    off = end - width
    places = range(place, place + off + 1) if off >= 0 else range(place, place + off - 1, -1)
    names = [cells[each].strip() for each in places if 0 <= each < end]
    return tuple(reversed(names) if shifted else names)


def names_in_object(raw: bytes | str, stated: Mapping[str, str]) -> tuple[str, ...]:
    """Return the name that a broken JSON object gives its conversation, () where it can be read no more."""
    text = raw[:LONGEST_LINE].decode(errors="replace") if isinstance(raw, bytes) else raw
    found: dict[str, str] = {}
    for key, words, number in _MEMBER.findall(text):
        found.setdefault(key, words or number)
    column = columns_of(found, stated).get("conversation")
    return (found[column].strip(),) if column else ()


def rows_inside(cells: Sequence[str], delimiter: str) -> Iterator[list[str]]:
    """Yield the cells of each line that a quotation mark swallowed, which was never closed."""
    for line in _LINE_END.split(delimiter.join(cells))[1:]:
        try:
            yield next(csv.reader([line], delimiter=delimiter), [])
        except csv.Error:
            yield []
