"""Texts to learn from, in which nobody stands: names and data replaced by others of the same kind.

Masks make a text safe to read, but not to learn from: a model that learnt dots would look for dots. So every
word that a mask hides gives way to a name that many people have, every number to another of its length, every
address of e-mail to one that nobody has. What is learnt is then how people write, and not who they are.
"""

import re
from collections.abc import Iterator

from sopgen.quality.mask import Mask

NAMES = ("Sari", "Agus", "Dewi", "Joko", "Putri", "Andi", "Rina", "Eko")
"""Names that millions share (our decision, 2026-11-22)."""

EMAIL = "nama@contoh.co.id"
"""An address in a domain that examples use."""

KEPT_DIGITS = 2
"""Digits at the beginning of a number that stay, since they tell what kind it is: 08 for a telephone."""

_PARTS = re.compile(r"(?P<email>\S+@\S+)|(?P<number>\+?\d(?:[\d\s().-]{0,60}\d)?)|(?P<word>[^\W\d_]+)")


class StandIn:
    """What stands in for the people of one conversation: the same name for the same name in all its texts."""

    def __init__(self, mask: Mask) -> None:
        self._mask = mask
        self._names: dict[str, str] = {}

    def __call__(self, text: str) -> str:
        """Return the text without anybody in it; what the mask leaves readable stays."""
        shown = self._mask(text)
        return "".join(self._pieces(text, shown)) if shown != text else text

    def _pieces(self, text: str, shown: str) -> Iterator[str]:
        done = 0
        for match in _PARTS.finditer(text):
            start, end = match.span()
            if shown[start:end] == text[start:end]:
                continue
            yield text[done:start]
            yield self._instead(match)
            done = end
        yield text[done:]

    def _instead(self, match: re.Match[str]) -> str:
        if match["email"]:
            return EMAIL
        return _other_number(match[0]) if match["number"] else self._name(match[0])

    def _name(self, word: str) -> str:
        name = self._names.get(word.casefold())
        if name is None:
            others = [each for each in NAMES if each.casefold() != word.casefold()]
            free = [each for each in others if each not in self._names.values()]
            name = self._names[word.casefold()] = (free or others)[0]
        return name if word[0].isupper() else name.lower()


def _other_number(number: str) -> str:
    """Return a number of the same form: its first digits, and then those that come next."""
    digits = 0
    out = []
    for character in number:
        if character.isdigit():
            digits += 1
            character = character if digits <= KEPT_DIGITS else str(digits % 10)  # noqa: PLW2901 - as meant
        out.append(character)
    return "".join(out)
