"""Which of many patterns are worth trying on a text, told by its words alone.

Patterns and the signs they need (`sign`) go in once; for each text comes a set of patterns, as the bits of an
integer. What a word shows is worked out once and remembered: chats use the same words over and over, so a
text costs a look-up for each of its words, however many patterns there are.
"""

import re
from collections.abc import Iterator, Sequence

from sopgen.language.sign import DIGIT, Signs, signs_shown_by, strength

ROUNDS = 3
"""Clauses of a pattern that are looked at, the strongest ones (our decision, 2026-11-22)."""

WORDS_KNOWN = 1 << 16
"""Words remembered; then they are forgotten together (our decision, 2026-11-22)."""

LONGEST_KNOWN = 40
"""Letters of the longest word that is remembered."""

LONGEST_WORD = 400
"""Letters of a word whose parts are looked at; a longer one may show anything (our decision, 2026-11-22)."""

Shown = tuple[int, int, int]
"""For each round, the patterns that may still be found."""


class Shortlist:
    """The patterns by their numbers, in the order in which their signs are given."""

    def __init__(self, needs: Sequence[Signs]) -> None:
        self._all = (1 << len(needs)) - 1
        self._rest = [0] * ROUNDS
        self._by_sign: dict[str, list[int]] = {}
        self._known: dict[str, Shown] = {}
        for number, signs in enumerate(needs):
            self._enter(1 << number, signs)
        marks = sorted(sign for sign in self._by_sign if len(sign) == 1 and sign != DIGIT)
        self._find_tokens = re.compile("|".join((r"\w+", *map(re.escape, marks))), re.ASCII).findall

    def of(self, text: str) -> int:
        """Return the patterns that may be found in a folded text: bit n stands for pattern n."""
        first, second, third = self._rest
        known = self._known
        for token in set(self._find_tokens(text)):
            shown = known.get(token) or self._shown_by(token)
            first |= shown[0]
            second |= shown[1]
            third |= shown[2]
        return first & second & third

    def _enter(self, bit: int, signs: Signs) -> None:
        clauses = sorted(signs, key=strength, reverse=True)[:ROUNDS]
        for number in range(ROUNDS):
            if number >= len(clauses):
                self._rest[number] |= bit
                continue
            for sign in clauses[number]:
                self._by_sign.setdefault(sign, [0] * ROUNDS)[number] |= bit

    def _shown_by(self, token: str) -> Shown:
        if len(token) > LONGEST_WORD:
            return self._all, self._all, self._all
        shown = [0] * ROUNDS
        for sign in signs_shown_by(token) if token[0].isalnum() or token[0] == "_" else (token,):
            for number, bits in enumerate(self._by_sign.get(sign, ())):
                shown[number] |= bits
        if len(token) <= LONGEST_KNOWN:
            if len(self._known) >= WORDS_KNOWN:
                self._known.clear()
            self._known[token] = (shown[0], shown[1], shown[2])
        return shown[0], shown[1], shown[2]


def numbers_in(bits: int) -> Iterator[int]:
    """Yield the numbers of the bits that are set, ascending."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest
