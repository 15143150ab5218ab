"""Messages built at the speed a night needs.

A frozen dataclass sets each field through `object.__setattr__`, which costs as much as parsing the JSON of
the whole message. Importers build a plain twin with the same slots and turn it into a Message instead
(measured 2026-11-21: 0.4 µs against 1.7 µs). The result is an ordinary, frozen Message.
"""

from datetime import datetime, timedelta
from typing import Any, cast

from sopgen.conversation.model import SECOND, Kind, Message, Role


class _Draft:
    """A Message that can still be written: same slots in the same order."""

    __slots__ = ("id", "at", "role", "text", "kind", "author", "precision", "details")  # noqa: RUF023

    def __init__(self, id: str, at: datetime | None, role: Role, text: str, kind: Kind) -> None:  # noqa: A002
        self.id = id
        self.at = at
        self.role = role
        self.text = text
        self.kind = kind
        self.author = ""
        self.precision = SECOND
        self.details: dict[str, Any] = {}


def build_message(
    id: str,  # noqa: A002
    at: datetime | None,
    role: Role,
    text: str,
    kind: Kind,
    *,
    author: str = "",
    precision: timedelta = SECOND,
    details: dict[str, Any] | None = None,
) -> Message:
    """Return the Message that `Message(id=…, at=…, …)` would be."""
    draft = _Draft(id, at, role, text, kind)
    draft.author = author
    if precision is not SECOND:
        draft.precision = precision
    if details:
        draft.details = details
    draft.__class__ = Message  # type: ignore[assignment]
    return cast("Message", draft)
