"""A folded text as its words in a row and what stands between them, as `trail` walks it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from sopgen.language.memory import WordMemory
from sopgen.language.word_form import NO_FORMS

Forms = frozenset[str]
Range = tuple[int, int]

APART, JOINED, UNSURE, MARKED, ENDS = 1, 2, 4, 8, 16
"""What words may be for what stands between them: apart; or one word to those who pass over it ("don't");
or that hangs on what else is read as a word; or parts of a form that is written with it; or in two sentences.
Zero: nothing."""

_WORD = re.compile(r"(\w+)", re.ASCII)
_MARKS = ("\n", ".")
_BARRIER = re.compile(r"[.?!;:\n]")
_LONGEST_GAP = 4
_OF_WORDS = frozenset("'/*")
"""Marks that count as letters of the words that a gap passes over."""

_ENDS_SENTENCE = re.compile(r"[.!;\n?]")


@dataclass(frozen=True, slots=True)
class Told:
    """What a word is to the trails (`trail_index`), as the bits of their numbers.

    They are those of it alone, those that it may begin, those that may pass it, those that it may end, and
    those that it begins when it begins the text; `number` is that of all words of the same forms.
    """

    alone: int
    begins: int
    passed: int
    ends: int
    first: int
    forms: Forms
    is_filling: bool
    number: int


NOTHING_TOLD = Told(0, 0, 0, 0, 0, NO_FORMS, is_filling=False, number=0)


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

    def sentences(self) -> list[Range]:
        """Return the words of each sentence: the numbers of its first, and of the one past its last."""
        cuts = [at for at, kind in enumerate(self.kinds, 1) if kind == ENDS]
        last = len(self.kinds)
        if not cuts:
            return [(0, last)] if last else []
        if cuts[-1] != last:
            cuts.append(last)
        return list(pairwise([0, *cuts]))

    def start(self, at: int) -> int:
        """Return where a word begins."""
        return self.end(at) - len(self.words[at])

    def end(self, at: int) -> int:
        """Return where a word ends."""
        if self._ends is None:
            self._ends = list(accumulate(map(len, self.parts)))
        return self._ends[2 * at + 1]

    def end_of(self, at: int, way: str) -> int:
        """Return where a cue ends that ends with a word in this way (`stop.Ways`), -1 where it cannot."""
        if way == "?":
            return self.question_after(at)
        if way == "$":
            return len(self.text) if at == len(self.kinds) - 1 else -1
        return self.end(at)

    def question_after(self, at: int) -> int:
        """Return where the question mark after a word's sentence ends, -1 when another mark ends it."""
        found = _ENDS_SENTENCE.search(self.text, self.end(at))
        return found.end() if found is not None and found[0] == "?" else -1


def _kind_of(gap: str) -> int:
    if _BARRIER.search(gap):
        return MARKED if gap in _MARKS else ENDS if _ENDS_SENTENCE.search(gap) else 0
    joined = _OF_WORDS.issuperset(gap)
    if len(gap) > _LONGEST_GAP:
        return 0 if _OF_WORDS.isdisjoint(gap) else UNSURE
    return APART | JOINED if joined else APART


_kinds = WordMemory(_kind_of)
