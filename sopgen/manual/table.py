"""How wide a table is on paper: as it is, in smaller type, on a page turned sideways, or with broken words.

The widths are those of `print.css`; a letter is taken for 0.6 of the type's size, which is ample for ours.
"""

from collections.abc import Sequence
from itertools import takewhile

from markdown_it.token import Token

MOST_COLUMNS = 40
"""Beyond, fewer than four letters of a word stand on a line (our decision, 2026-11-24)."""

_LONGEST_WORD = 24
"""Letters of a word that widens its column; a longer one, such as a key, is broken."""

_PORTRAIT, _LANDSCAPE = 146, 233
"""What a clause leaves of a page, in mm."""

_LETTER, _GAP = 1.85, 3.0
_SMALL_LETTER, _SMALL_GAP = 1.45, 1.5
"""A letter, and the space beside a cell, in mm: in the usual type of tables, and in the smaller one."""


def fit_table(tokens: Sequence[Token], place: int) -> int:
    """Give the table that opens at `place` the classes of its width; return how many columns it has.

    Its children are read, so they stand in `tokens` already. "small", "sideways" and "broken" are of the
    table, "long" is of a cell with a word that is broken wherever its line ends.
    """
    longest: dict[int, int] = {}
    column = 0
    for before, token in takewhile(
        lambda pair: pair[1].type != "table_close", zip(tokens[place:], tokens[place + 1 :], strict=False)
    ):
        if token.type == "tr_open":
            column = 0
        elif token.type == "inline" and before.type in ("th_open", "td_open"):
            letters = max(map(len, _said(token).split()), default=0)
            if letters > _LONGEST_WORD:
                before.attrJoin("class", "long")
            longest[column] = max(longest.get(column, 0), min(letters, _LONGEST_WORD))
            column += 1
    classes = _classes(len(longest), sum(longest.values()))
    if classes:
        tokens[place].attrSet("class", classes)
    return len(longest)


def _said(cell: Token) -> str:
    return "".join(each.content if each.content else " " for each in cell.children or [])


def _classes(columns: int, letters: int) -> str:
    if columns * _GAP + letters * _LETTER <= _PORTRAIT:
        return ""
    small = columns * _SMALL_GAP + letters * _SMALL_LETTER
    if small <= _PORTRAIT:
        return "small"
    return "small sideways" if small <= _LANDSCAPE else "small sideways broken"
