"""Characters that nobody sees, or that turn the text around: what people read must be what is checked.

`dilarang` behind a mark that turns the writing direction is read from its end; a space of no width cuts a
phrase in two for a machine alone. Joiners of emoji are no such characters.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_TURNING = "\u200e\u200f\u202a-\u202e\u2066-\u2069"
_CONTROL = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"
_WIDTHLESS = "\u00ad\u200b\u2060-\u2064\ufeff"
_MISLEADING = re.compile(f"[{_TURNING}{_CONTROL}]")
_UNSEEN = re.compile(f"[{_TURNING}{_CONTROL}{_WIDTHLESS}]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unseen:
    """The first such character of a line: where it stands, both from 1, and what it is called.

    `misleads` says that readers see other words than are there, or that no page can show it.
    """

    line: int
    column: int
    name: str
    misleads: bool


def unseen_in(text: str) -> Iterator[Unseen]:
    """Yield what stands in each line of a text, the worst of a line alone."""
    if _UNSEEN.search(text) is None:
        return
    for line, said in enumerate(text.split("\n"), start=1):
        found = _MISLEADING.search(said) or _UNSEEN.search(said)
        if found:
            misleads = _MISLEADING.match(found[0]) is not None
            yield Unseen(line=line, column=found.start() + 1, name=_name(found[0]), misleads=misleads)


def _name(character: str) -> str:
    """Return what Unicode calls it: "U+202E RIGHT-TO-LEFT OVERRIDE"."""
    return f"U+{ord(character):04X} {unicodedata.name(character, 'CONTROL CHARACTER')}"
