"""What the first bytes of a JSON file show, as far as they go: enough to tell whose export it is.

    fits(head, "chats[].thread.events", "chats[].users")

A path names keys from the record inwards; `[]` steps into the elements of a list. The record is the file's
object, an element of its array, or the object on its first line, so that one path tells all three.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sopgen.conversation.document.mending import closed
from sopgen.conversation.document.record import parsed
from sopgen.conversation.importer import NO, Head, Sniff

GLIMPSE_LENGTH = 1 << 18
"""Bytes of a JSON file that detection looks at."""

_ELEMENTS_LOOKED_AT = 20
_LINES_LOOKED_AT = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Glimpse:
    """The records that the first bytes show, what is cut off left out; never empty."""

    records: tuple[Any, ...]


def glimpse_of(start: bytes) -> Glimpse | None:
    """Return what the bytes show, None where they are no JSON."""
    text = start.lstrip(b"\xef\xbb\xbf \t\r\n\0")
    if not text.startswith((b"{", b"[")):
        return None
    records = tuple(islice(_records_in(text), _ELEMENTS_LOOKED_AT))
    return Glimpse(records=records) if records else None


def fits(head: Head, *paths: str) -> bool:
    """Return whether one record has all the paths; `"type=conversation"` also wants that value there."""
    if head.glimpse is None:
        return False
    return any(all(_has(record, path) for path in paths) for record in head.glimpse.records)


def sniffed(head: Head, score: int, reason: str, *alternatives: str) -> Sniff:
    """Return the score and reason if any of the alternatives fits, each paths with spaces between."""
    return (
        Sniff(score=score, reason=reason) if any(fits(head, *each.split()) for each in alternatives) else NO
    )


def values_at(record: Any, path: str) -> Iterator[Any]:
    """Yield what stands under the path; several where it steps into lists."""
    name, _, rest = path.partition(".")
    key, into = name.removesuffix("[]"), name.endswith("[]")
    if key:
        if not isinstance(record, dict) or key not in record:
            return
        record = record[key]
    for each in (
        record[:_ELEMENTS_LOOKED_AT] if into and isinstance(record, list) else () if into else (record,)
    ):
        if rest:
            yield from values_at(each, rest)
        else:
            yield each


def _has(record: Any, path: str) -> bool:
    keys, equals, wanted = path.partition("=")
    return any(not equals or str(value) == wanted for value in values_at(record, keys))


def _records_in(text: bytes) -> Iterator[Any]:
    lines = [line for line in text.split(b"\n", _LINES_LOOKED_AT)[:_LINES_LOOKED_AT] if line.strip()]
    whole = _value_of(lines[0]) if lines and lines[0].startswith(b"{") else None
    for line in lines if whole is not None else ():
        value = _value_of(line)
        if isinstance(value, dict):
            yield value
    value = _value_of(closed(text, halves=True)) if whole is None else None
    if isinstance(value, list):
        yield from value
    if value is not None:
        yield value


def _value_of(raw: bytes) -> Any:
    try:
        return parsed(raw)
    except ValueError:
        return None
