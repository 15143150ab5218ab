"""A folded text as its words in a row and what stands between them, as `trail` walks it."""

import re
from collections.abc import Sequence
from itertools import accumulate

from sopgen.language.memory import WordMemory
from sopgen.language.word_form import NO_FORMS

Forms = frozenset[str]

APART, JOINED, UNSURE, MARKED = 1, 2, 4, 8
"""What words may be for what stands between them: apart; or one word to those who pass over it ("don't");
or that hangs on what else is read as a word; or parts of a form that is written with it. Zero: nothing."""

_WORD = re.compile(r"(\w+)", re.ASCII)
_MARKS = ("\n", ".")
_BARRIER = re.compile(r"[.?!;:\n]")
_LONGEST_GAP = 4
_OF_WORDS = frozenset("'/*")
"""Marks that count as letters of the words that a gap passes over."""

_ENDS_SENTENCE = re.compile(r"[.!;\n?]")

Told = tuple[int, int, int, int, int, Forms, bool]
"""What a word is to the trails (`trail_index`): those of it alone, those that it may begin, those that may
pass it, those that it may end, those that it begins when it begins the text; then the forms that it is of,
and whether it may stand in a filler."""

NOTHING_TOLD: Told = (0, 0, 0, 0, 0, NO_FORMS, False)


class WordRow:
    """The words of a text, in order, and what stands before, between and after them.

    Words are letters, digits and low lines as RE2 counts them: those of ASCII. `kinds` says of the gap after
    each word of what kind it is. `told` says of each word what it is, once a `TrailIndex` has told.
    """

    __slots__ = ("_ends", "gaps", "kinds", "parts", "text", "told", "words")

    def __init__(self, text: str) -> None:
        self.parts = parts = _WORD.split(text)
        self.text = text
        self.words = parts[1::2]
        self.gaps = parts[::2]
        self.kinds = list(map(_kinds.__getitem__, parts[2::2]))
        self.told: Sequence[Told] = ()
        self._ends: list[int] | None = None

    def start(self, at: int) -> int:
        """Return where a word begins."""
        return self.end(at) - len(self.words[at])

    def end(self, at: int) -> int:
        """Return where a word ends."""
        if self._ends is None:
            self._ends = list(accumulate(map(len, self.parts)))
        return self._ends[2 * at + 1]

    def question_after(self, at: int) -> int:
        """Return where the question mark after a word's sentence ends, -1 when another mark ends it."""
        found = _ENDS_SENTENCE.search(self.text, self.end(at))
        return found.end() if found is not None and found[0] == "?" else -1


def _kind_of(gap: str) -> int:
    if _BARRIER.search(gap):
        return MARKED if gap in _MARKS else 0
    joined = _OF_WORDS.issuperset(gap)
    if len(gap) > _LONGEST_GAP:
        return 0 if _OF_WORDS.isdisjoint(gap) else UNSURE
    return APART | JOINED if joined else APART


_kinds = WordMemory(_kind_of)
