"""Whether a text already says what another one says, however it is written there."""

import re
from dataclasses import dataclass

from sopgen.language.normal import normalise
from sopgen.language.personal.address import words_of
from sopgen.language.personal.email import emails_in
from sopgen.language.personal.numeral import numerals_in

_NOT_ALNUM = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Mentions:
    """What texts say: the digits of their numbers, e-mail addresses, words, and letters without spaces."""

    numbers: tuple[str, ...]
    emails: frozenset[str]
    words: frozenset[str]
    letters: str

    def hold(self, value: str) -> bool:
        """Return whether the texts say the value of a datum, whole.

        A number may be part of a longer one, as 812… is of 62812…; of an address all words must be there.
        """
        if "@" in value:
            return value in self.emails
        if value.isdigit():
            return any(value in number for number in self.numbers)
        return value in self.letters or all(word in self.words for word in value.split())


def mentions_in(texts: tuple[str, ...]) -> Mentions:
    """Return what the texts say together."""
    folded = [normalise(text).text for text in texts]
    return Mentions(
        numbers=tuple(numeral.digits for text in folded for numeral in numerals_in(text)),
        emails=frozenset(email.value for text in folded for email in emails_in(text)),
        words=frozenset(word for text in folded for word in words_of(text)),
        letters=" ".join(_NOT_ALNUM.sub("", text) for text in folded),
    )
