"""Which mails belong together."""

import re

from sopgen.conversation.importers.mail.letter import Headers

_REPLY = re.compile(r"^\s*(?:(?:re|aw|sv|antw|bls|balas|balasan|res)\s*(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE)
_FORWARD = re.compile(r"^\s*(?:(?:fw|fwd|trs|wg|terusan)\s*:\s*)+", re.IGNORECASE)


class Threads:
    """Mails by their place, joined by the ids that they name."""

    def __init__(self) -> None:
        self._parents: dict[str, str] = {}
        self._order: dict[str, int] = {}
        self._names: list[str] = []
        self._subjects: dict[str, str] = {}

    def __len__(self) -> int:
        """Return how many mails were seen."""
        return len(self._names)

    def see(self, headers: Headers) -> None:
        """Take in a mail; its references come root first."""
        name = headers.id or f"mail {len(self._names) + 1}"
        self._names.append(name)
        for each in (*headers.references, name):
            self._order.setdefault(each, len(self._order))
            self._join(headers.references[0] if headers.references else name, each)
        subject, is_reply = _plain(headers.subject)
        if not headers.references and is_reply and subject in self._subjects:
            self._join(self._subjects[subject], name)
        if subject:
            self._subjects.setdefault(subject, name)

    def root_of(self, number: int) -> str:
        """Return the id of the first mail in the thread of the mail at that place, from 0."""
        return self._root(self._names[number])

    def _root(self, name: str) -> str:
        path = []
        while (parent := self._parents.get(name, name)) != name:
            path.append(name)
            name = parent
        self._parents.update(dict.fromkeys(path, name))
        return name

    def _join(self, first: str, second: str) -> None:
        one, other = self._root(first), self._root(second)
        if one != other:
            self._parents[other] = one


def _plain(subject: str) -> tuple[str, bool]:
    """Return the subject without what an answer puts before it, and whether anything was."""
    bare = _REPLY.sub("", subject)
    return " ".join(_FORWARD.sub("", bare).casefold().split()), bare != subject
