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

ROUNDS = 3
"""Clauses of a pattern that are looked at, the strongest ones (our decision, 2026-11-22)."""

WORDS_KNOWN = 1 << 16
"""Words remembered; then they are forgotten together (our decision, 2026-11-22)."""

LONGEST_KNOWN = 40
"""Letters of the longest word that is remembered."""

LONGEST_WORD = 400
"""Letters of a word whose parts are looked at; a longer one may show anything (our decision, 2026-11-22)."""

Shown = tuple[int, int, int, int]
"""For each round, the patterns that may still be found; then those of single words that find this one."""

_WORD = re.compile(r"\w+", re.ASCII)
_NOTHING: Shown = (0, 0, 0, 0)
_NONE: Mapping[int, Pattern] = MappingProxyType({})


class Shortlist:
    """The patterns by their numbers, in the order in which their signs are given.

    `single` are those of them that find single words.
    """

    def __init__(self, needs: Sequence[Signs], single: Mapping[int, Pattern] = _NONE) -> None:
        self._all = (1 << len(needs)) - 1
        self._single = single
        self._singles = sum(1 << number for number in single)
        self._rest = [0] * ROUNDS
        self._by_sign: dict[str, list[tuple[int, int]]] = {}
        self._known: dict[str, Shown] = {}
        for number, signs in enumerate(needs):
            self._enter(number, signs)
        marks = sorted(sign for sign in self._by_sign if len(sign) == 1 and sign not in (DIGIT, INNER_DOT))
        self._find_tokens = re.compile("|".join((r"\w+", *map(re.escape, marks))), re.ASCII).findall
        self._begins, self._ends, self._parts = (self._keyed(kind) for kind in "<>~")
        self._wordless = self._singles & self._rest[0] & self._rest[1] & self._rest[2]

    def of(self, text: str) -> int:
        """Return the patterns that may be found in a folded text, and those of single words that are found.

        Bit n stands for pattern n.
        """
        first, second, third = self._rest
        single = 0
        known = self._known
        tokens = set(self._find_tokens(text))
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

    def single_words(self, wanted: int, text: str) -> Iterator[tuple[int, int, int]]:
        """Yield where these patterns of single words find one: the pattern's number, and the word's range."""
        wanted &= self._singles
        if not wanted:
            return
        for match in _WORD.finditer(text):
            found = (self._known.get(match[0]) or self._shown_by(match[0]))[3] & wanted
            for number in numbers_in(found):
                yield number, *match.span()

    def singles(self) -> int:
        """Return the patterns that find single words."""
        return self._singles

    def _enter(self, number: int, signs: Signs) -> None:
        """Note by each sign which pattern needs it, and in which round."""
        clauses = sorted(signs, key=strength, reverse=True)[:ROUNDS]
        for at, clause in enumerate(clauses):
            need = at, number
            for sign in clause:
                self._by_sign.setdefault(sign, []).append(need)
        for at in range(len(clauses), ROUNDS):
            self._rest[at] |= 1 << number

    def _keyed(self, kind: str) -> Mapping[str, tuple[str, ...]]:
        """Return the signs of a kind by some of their letters: the last ones of an end, else the first."""
        found: dict[str, list[str]] = {}
        for sign in sorted(self._by_sign):
            if sign[0] == kind and len(sign) > 1:
                letters = sign[1:]
                key = letters[-LEAST_PART:] if kind == ">" else letters[:LEAST_PART]
                found.setdefault(key, []).append(sign)
        return {key: tuple(signs) for key, signs in found.items()}

    def _shown_by(self, token: str) -> Shown:
        if len(token) > LONGEST_WORD:
            return self._all, self._all, self._all, self._found_in(token, self._singles)
        answer = self._answer(token)
        if len(token) <= LONGEST_KNOWN:
            if len(self._known) >= WORDS_KNOWN:
                self._known.clear()
            self._known[token] = answer
        return answer

    def _answer(self, token: str) -> Shown:
        shown = [0] * ROUNDS
        for sign in self._signs_of(token) if _WORD.match(token) else (token,):
            for at, number in self._by_sign.get(sign, ()):
                shown[at] |= 1 << number
        if not any(shown) and not self._wordless:
            return _NOTHING
        first, second, third = (bits | rest for bits, rest in zip(shown, self._rest, strict=True))
        return shown[0], shown[1], shown[2], self._found_in(token, first & second & third & self._singles)

    def _found_in(self, token: str, wanted: int) -> int:
        return sum(1 << number for number in numbers_in(wanted) if self._single[number].is_in(token))

    def _signs_of(self, word: str) -> Iterator[str]:
        """Yield the signs that the word shows, as far as any pattern needs them."""
        has_digit = not word.isalpha() and any(letter.isdigit() for letter in word)
        word = squeezed(word)
        if has_digit:
            yield DIGIT
        yield f"={word}"
        for length in range(1, LEAST_PART + 1):
            yield from (sign for sign in self._begins.get(word[:length], ()) if word.startswith(sign[1:]))
            yield from (sign for sign in self._ends.get(word[-length:], ()) if word.endswith(sign[1:]))
        for start in range(len(word) - LEAST_PART + 1):
            key = word[start : start + LEAST_PART]
            if key in self._parts:
                yield from (sign for sign in self._parts[key] if word.startswith(sign[1:], start))


def numbers_in(bits: int) -> Iterator[int]:
    """Yield the numbers of the bits that are set, ascending."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest
