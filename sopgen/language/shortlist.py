"""Which of many patterns are worth trying on a text, told by its words alone.

Patterns and the signs they need (`sign`) go in once; for each text comes a set of patterns, as the bits of an
integer. What a word shows is worked out once and remembered: chats use the same words over and over, so a
text costs a look-up for each of its words, however many patterns there are. Of patterns that find single
words (`one_word`) the answer itself is remembered with the word.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from sopgen.language.pattern import Pattern
from sopgen.language.sign import DIGIT, INNER_DOT, LEAST_PART, Signs, squeezed, strength
from sopgen.language.word_row import WordRow

ROUNDS = 3
"""Clauses of a pattern that are looked at, the strongest ones (our decision, 2026-11-22)."""

WORDS_KNOWN = 1 << 16
"""Words remembered; then they are forgotten together (our decision, 2026-11-22)."""

LONGEST_KNOWN = 40
"""Letters of the longest word that is remembered."""

LONGEST_WORD = 400
"""Letters of a word whose parts are looked at; a longer one may show anything (our decision, 2026-11-22)."""

Bits = tuple[int, int, int]
"""For each round, the patterns that need a sign there."""

Shown = tuple[int, int, int, int]
"""For each round, the patterns that may still be found; then those of single words that find this one."""

_WORD = re.compile(r"\w+", re.ASCII)
_NOTHING: Shown = (0, 0, 0, 0)
_NONE: Mapping[int, Pattern] = MappingProxyType({})


class Shortlist:
    """Patterns by their numbers, each with the signs that it needs.

    `single` are those of them that find single words.
    """

    FRESH = ("_known",)
    """What is worked out anew by each process."""

    def __init__(self, needs: Mapping[int, Signs], single: Mapping[int, Pattern] = _NONE) -> None:
        self._all = sum(1 << number for number in needs)
        self._single = single
        self._singles = sum(1 << number for number in single)
        self._rest = [0] * ROUNDS
        self.freshen()
        by_sign: dict[str, list[int]] = {}
        for number, signs in needs.items():
            self._enter(number, signs, by_sign)
        self._by_sign: Mapping[str, Bits] = {sign: (a, b, c) for sign, (a, b, c) in by_sign.items()}
        self._marks = frozenset(sign for sign in by_sign if len(sign) == 1 and sign != DIGIT)
        self._begins, self._ends = (self._keyed(kind, LEAST_PART) for kind in "<>")
        self._parts = [(length, self._keyed("~", length)) for length in (LEAST_PART, LEAST_PART + 1)]
        self._wordless = self._singles & self._rest[0] & self._rest[1] & self._rest[2]

    def freshen(self) -> None:
        """Know no word yet."""
        self._known: dict[str, Shown] = {}

    def of(self, row: WordRow) -> int:
        """Return the patterns that may be found in a folded text, and those of single words that are found.

        Bit n stands for pattern n.
        """
        first, second, third = self._rest
        single = 0
        known, text, tokens = self._known, row.text, set(row.parts)
        if text.count(".") > text.count(". ") + text.endswith("."):
            tokens.add(INNER_DOT)
        for token in tokens:
            shown = known.get(token) or self._shown_by(token)
            if shown is _NOTHING:
                continue
            first |= shown[0]
            second |= shown[1]
            third |= shown[2]
            single |= shown[3]
        return first & second & third & ~self._singles | single

    def single_words(self, wanted: int, row: WordRow) -> Iterator[tuple[int, int, int]]:
        """Yield where these patterns of single words find one: the pattern's number, and the word's range."""
        wanted &= self._singles
        if not wanted:
            return
        for at, word in enumerate(row.words):
            found = (self._known.get(word) or self._shown_by(word))[3] & wanted
            for number in numbers_in(found):
                yield number, row.start(at), row.end(at)

    def singles(self) -> int:
        """Return the patterns that find single words."""
        return self._singles

    def _enter(self, number: int, signs: Signs, by_sign: dict[str, list[int]]) -> None:
        """Note by each sign which pattern needs it, and in which round."""
        clauses = sorted(signs, key=strength, reverse=True)[:ROUNDS]
        for at, clause in enumerate(clauses):
            for sign in clause:
                by_sign.setdefault(sign, [0] * ROUNDS)[at] |= 1 << number
        for at in range(len(clauses), ROUNDS):
            self._rest[at] |= 1 << number

    def _keyed(self, kind: str, length: int) -> Mapping[str, Sequence[tuple[str, Bits]]]:
        """Return letters and what they show, by the last ones of an end, else by the first.

        Of parts those alone whose key has the length, but for the longest keys.
        """
        found: dict[str, list[tuple[str, Bits]]] = {}
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
            return self._all, self._all, self._all, self._found_in(token, self._singles)
        answer = self._answer(self._bits_of_word(token) if is_word else self._bits_of_marks(token), token)
        if len(token) <= LONGEST_KNOWN:
            if len(self._known) >= WORDS_KNOWN:
                self._known.clear()
            self._known[token] = answer
        return answer

    def _answer(self, shown: Sequence[Bits], token: str) -> Shown:
        if not shown and not self._wordless:
            return _NOTHING
        first = second = third = 0
        for bits in shown:
            first |= bits[0]
            second |= bits[1]
            third |= bits[2]
        rest = self._rest
        wanted = (first | rest[0]) & (second | rest[1]) & (third | rest[2]) & self._singles
        return first, second, third, self._found_in(token, wanted)

    def _found_in(self, token: str, wanted: int) -> int:
        return sum(1 << number for number in numbers_in(wanted) if self._single[number].is_in(token))

    def _bits_of_marks(self, gap: str) -> list[Bits]:
        return [self._by_sign[mark] for mark in self._marks.intersection(gap)]

    def _bits_of_word(self, word: str) -> list[Bits]:
        """Return what the word shows, as far as any pattern needs it."""
        by_sign = self._by_sign
        has_digit = not word.isalpha() and any(map(str.isdigit, word))
        word = squeezed(word)
        found = [by_sign[sign] for sign in ("=" + word, DIGIT if has_digit else "") if sign in by_sign]
        for length in range(1, LEAST_PART + 1):
            found += [
                bits for letters, bits in self._begins.get(word[:length], ()) if word.startswith(letters)
            ]
            found += [bits for letters, bits in self._ends.get(word[-length:], ()) if word.endswith(letters)]
        for length, parts in self._parts:
            for start in range(len(word) - length + 1):
                alike = parts.get(word[start : start + length])
                if alike is not None:
                    found += [bits for letters, bits in alike if word.startswith(letters, start)]
        return found


def numbers_in(bits: int) -> Iterator[int]:
    """Yield the numbers of the bits that are set, ascending."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest
