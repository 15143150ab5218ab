"""Conversations of people who were erased, left out of what exports hold, as a night leaves them out.

A customer is known by name, id or number in any export. A conversation that a night knew of the customer, and
in which the customer goes by another name, is known by its id in the exports of the inbox that it came from.
"""

import glob
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sopgen.conversation.model import Conversation, Reading
from sopgen.runs.night.person import Erased, People
from sopgen.runs.night.sighting import hashes_of, key_of


@dataclass(slots=True, kw_only=True)
class Omission:
    """Leaves out of readings the conversations that are erased, and counts them."""

    is_erased: Callable[[Conversation], bool]
    count: int = 0

    def rest(self, readings: Iterable[Reading]) -> Iterator[Reading]:
        """Yield the readings that stay, in their order."""
        for reading in readings:
            if isinstance(reading, Conversation) and self.is_erased(reading):
                self.count += 1
            else:
                yield reading


def omission_of(erased: Erased, people: People, inboxes: Mapping[str, Path]) -> Omission:
    """Return what leaves out the erased conversations; `inboxes` are their paths, or patterns, by name."""
    roots = {name: _root(path) for name, path in inboxes.items()}

    @cache
    def inboxes_of(source: str) -> list[str]:
        path = Path(os.path.realpath(source))
        return [name for name, root in roots.items() if path.is_relative_to(root)]

    def is_erased(conversation: Conversation) -> bool:
        keys = (key_of(inbox, conversation.id) for inbox in inboxes_of(conversation.source))
        known = (people.conversation(key) for key in keys)
        return erased.holds((*hashes_of(conversation, people), *known))

    return Omission(is_erased=is_erased)


def _root(path: Path) -> Path:
    """Return the folder or file that a pattern starts from."""
    steady = path
    while glob.has_magic(os.fspath(steady)):
        steady = steady.parent
    return Path(os.path.realpath(steady))
