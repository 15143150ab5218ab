"""Which of many patterns are worth trying on a text, told by its words alone.

Patterns and the signs they need (`sign`) go in once; for each text comes a set of patterns, as the bits of an
integer. What a word shows is worked out once and remembered: chats use the same words over and over, so a
text costs a look-up for each of its words, however many patterns there are. Of patterns that find single
words (`one_word`) the answer itself is remembered with the word.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from operator import or_
from types import MappingProxyType

from sopgen.language.memory import WordMemory
from sopgen.language.pattern import Pattern
from sopgen.language.sign import DIGIT, INNER_DOT, LEAST_PART, Signs, squeezed, strength
from sopgen.language.word_row import WordRow

ROUNDS = 3
"""Clauses of a pattern that are looked at, the strongest ones (our decision, 2026-11-22)."""

LONGEST_WORD = 400
"""Letters of a word whose parts are looked at; a longer one may show anything (our decision, 2026-11-22)."""

Shown = int
"""Patterns that need a sign that was seen, for each round in bits of its own: those of a round stand after
those of the one before. After the last there stand those of single words that find this one."""

_WORD = re.compile(r"\w+", re.ASCII)
_NONE: Mapping[int, Pattern] = MappingProxyType({})


class Shortlist:
    """Patterns by their numbers, each with the signs that it needs.

    `single` are those of them that find single words.
    """

    FRESH = ("_known",)
    """What is worked out anew by each process."""

    def __init__(self, needs: Mapping[int, Signs], single: Mapping[int, Pattern] = _NONE) -> None:
        self._size = max(needs, default=-1) + 1
        self._single = single
        self._singles = sum(1 << number for number in single)
        self._several = sum(1 << number for number in needs) & ~self._singles
        self._rest: Shown = 0
        self.freshen()
        self._by_sign: dict[str, Shown] = {}
        for number, signs in needs.items():
            self._enter(number, signs)
        self._marks = frozenset(sign for sign in self._by_sign if len(sign) == 1 and sign != DIGIT)
        self._begins, self._ends = (self._keyed(kind, LEAST_PART) for kind in "<>")
        self._parts = [(length, self._keyed("~", length)) for length in (LEAST_PART, LEAST_PART + 1)]
        self._wordless = self._in_all_rounds(self._rest) & self._singles

    def freshen(self) -> None:
        """Know no word yet."""
        self._known = WordMemory(self._shown_by)

    def of(self, row: WordRow) -> int:
        """Return the patterns that may be found in a folded text, and those of single words that are found.

        Bit n stands for pattern n.
        """
        text, tokens = row.text, set(row.parts)
        if text.count(".") > text.count(". ") + text.endswith("."):
            tokens.add(INNER_DOT)
        shown = reduce(or_, map(self._known.__getitem__, tokens), self._rest)
        return self._in_all_rounds(shown) & self._several | shown >> ROUNDS * self._size

    def single_words(self, wanted: int, row: WordRow) -> Iterator[tuple[int, int, int]]:
        """Yield where these patterns of single words find one: the pattern's number, and the word's range."""
        wanted &= self._singles
        if not wanted:
            return
        for at, shown in enumerate(map(self._known.__getitem__, row.words)):
            found = shown >> ROUNDS * self._size & wanted
            if found:
                for number in numbers_in(found):
                    yield number, row.start(at), row.end(at)

    def singles(self) -> int:
        """Return the patterns that find single words."""
        return self._singles

    def _in_all_rounds(self, shown: Shown) -> int:
        """Return the patterns that are in each round, and perhaps numbers beyond them."""
        return shown & shown >> self._size & shown >> 2 * self._size

    def _enter(self, number: int, signs: Signs) -> None:
        """Note by each sign which pattern needs it, and in which round."""
        clauses = sorted(signs, key=strength, reverse=True)[:ROUNDS]
        for at in range(ROUNDS):
            bit = 1 << number + at * self._size
            if at >= len(clauses):
                self._rest |= bit
                continue
            for sign in clauses[at]:
                self._by_sign[sign] = self._by_sign.get(sign, 0) | bit

    def _keyed(self, kind: str, length: int) -> Mapping[str, Sequence[tuple[str, Shown]]]:
        """Return letters and what they show, by the last ones of an end, else by the first.

        Of parts those alone whose key has the length, but for the longest keys.
        """
        found: dict[str, list[tuple[str, Shown]]] = {}
        for sign, bits in sorted(self._by_sign.items()):
            letters = sign[1:]
            if sign[0] != kind or not letters:
                continue
            if kind == "~" and (len(letters) == LEAST_PART) != (length == LEAST_PART):
                continue
            found.setdefault(letters[-length:] if kind == ">" else letters[:length], []).append(
                (letters, bits)
            )
        return found

    def _shown_by(self, token: str) -> Shown:
        is_word = _WORD.match(token) is not None
        if is_word and len(token) > LONGEST_WORD:
            return (1 << ROUNDS * self._size) - 1 | self._found_in(token, self._singles)
        shown = self._shown_by_word(token) if is_word else self._shown_by_marks(token)
        if not shown and not self._wordless:
            return 0
        return shown | self._found_in(token, self._in_all_rounds(shown | self._rest) & self._singles)

    def _found_in(self, token: str, wanted: int) -> Shown:
        found = sum(1 << number for number in numbers_in(wanted) if self._single[number].is_in(token))
        return found << ROUNDS * self._size

    def _shown_by_marks(self, gap: str) -> Shown:
        shown = 0
        for mark in self._marks.intersection(gap):
            shown |= self._by_sign[mark]
        return shown

    def _shown_by_word(self, word: str) -> Shown:
        """Return what the word shows, as far as any pattern needs it."""
        has_digit = not word.isalpha() and any(map(str.isdigit, word))
        word = squeezed(word)
        shown = self._by_sign.get("=" + word, 0) | (self._by_sign.get(DIGIT, 0) if has_digit else 0)
        for length in range(1, LEAST_PART + 1):
            for letters, bits in self._begins.get(word[:length], ()):
                shown |= bits if word.startswith(letters) else 0
            for letters, bits in self._ends.get(word[-length:], ()):
                shown |= bits if word.endswith(letters) else 0
        for length, parts in self._parts:
            for start in range(len(word) - length + 1):
                for letters, bits in parts.get(word[start : start + length], ()):
                    shown |= bits if word.startswith(letters, start) else 0
        return shown


def numbers_in(bits: int) -> Iterator[int]:
    """Yield the numbers of the bits that are set, ascending."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest
