"""Which of some texts said first what a datum says, however it is written there.

A number may be part of a longer one, as 812… is of 62812…; of an address every word must have been said, be
it in several texts.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from sopgen.language.normal import normalise
from sopgen.language.personal.address import words_of
from sopgen.language.personal.email import emails_in
from sopgen.language.personal.numeral import numerals_in

_NOT_ALNUM = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class _Written:
    """Something of every text, one after another, and where each text's part begins."""

    text: str
    starts: tuple[int, ...]

    def first(self, value: str) -> int | None:
        """Return the first text that holds the value."""
        place = self.text.find(value)
        return None if place < 0 else bisect_right(self.starts, place) - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentions:
    """What some texts say: the digits of their numbers, their letters, e-mail addresses and words."""

    digits: _Written
    letters: _Written
    emails: Mapping[str, int]
    words: Mapping[str, int]

    def first(self, value: str) -> int | None:
        """Return the number of the text, from 0, by which the value of a datum has been said whole."""
        if "@" in value:
            return self.emails.get(value)
        if value.isdigit():
            return self.digits.first(value)
        if " " not in value:
            return self.letters.first(value)
        found = [self.words.get(word) for word in value.split()]
        return None if None in found else max((at for at in found if at is not None), default=None)


def mentions_in(texts: Sequence[str]) -> Mentions:
    """Return what the texts say, each of them numbered by its place."""
    folded = [normalise(text).text for text in texts]
    return Mentions(
        digits=_written(" ".join(numeral.digits for numeral in numerals_in(text)) for text in folded),
        letters=_written(_NOT_ALNUM.sub("", text) for text in folded),
        emails=_firsts([[email.value for email in emails_in(text)] for text in folded]),
        words=_firsts([words_of(text) for text in folded]),
    )


def _written(parts: Iterable[str]) -> _Written:
    each = [f"{part}\n" for part in parts]
    return _Written("".join(each), tuple(accumulate(map(len, each[:-1]), initial=0)))


def _firsts(said: Sequence[Sequence[str]]) -> Mapping[str, int]:
    """Return by what is said the first text that says it."""
    return {value: at for at in range(len(said) - 1, -1, -1) for value in said[at]}
