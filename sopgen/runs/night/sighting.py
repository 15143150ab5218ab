"""A conversation as the ledger knows it: which one it is, what it says, how late it is, who wrote in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any

import orjson

from sopgen.compliance.checker import STILL_OPEN
from sopgen.conversation.canonical_form import write_record
from sopgen.conversation.model import Conversation, Role
from sopgen.runs.night.person import People
from sopgen.runs.night.standard import Standard, fingerprint

NO_DAY = "__HIVE_DEFAULT_PARTITION__"
"""The day of a conversation without any time, as every reader of partitions writes "none"."""

Rank = tuple[int, int, int, bytes]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_SORTED = orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """One copy of a conversation in an inbox.

    `key` says which conversation it is, `content` what it says, `standard` what judges it. `last` is its last
    message and `moment` the time of its file, in microseconds since 1970. `open_until` is when it can no
    longer be going on, None where it already could not. `day` is when it began, by the project's clock.
    `day_before` is the day of the copy that was judged before, "" where that was none or the same.
    `people` are the customers in it, by their keyed hashes.
    """

    inbox: str
    source: str
    conversation: str
    key: bytes
    content: bytes
    standard: bytes
    last: int
    moment: int
    messages: int
    open_until: int | None
    day: str
    people: tuple[bytes, ...]
    day_before: str = ""

    @property
    def file(self) -> bytes:
        """Return which file it came in, in a form that tells no name."""
        return fingerprint(_encoded(self.source))

    @property
    def rank(self) -> Rank:
        """Return what orders copies of one conversation, the one that counts last."""
        return self.last, self.moment, self.messages, self.content


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What sightings of a night have in common."""

    standard: Standard
    people: People
    as_of: datetime
    zone: tzinfo

    def of(self, conversation: Conversation, *, inbox: str, moment: int) -> tuple[Sighting, dict[str, Any]]:
        """Return the sighting, and the conversation in canonical form."""
        record = write_record(conversation)
        last = max((each.at for each in conversation.messages if each.at is not None), default=None)
        started = conversation.started_at()
        sighting = Sighting(
            inbox=inbox,
            source=conversation.source,
            conversation=conversation.id,
            key=key_of(inbox, conversation.id),
            content=fingerprint(_written(record)),
            standard=self.standard.of(conversation),
            last=microseconds(last) if last else 0,
            moment=moment,
            messages=len(conversation.messages),
            open_until=self._open_until(last),
            day=started.astimezone(self.zone).date().isoformat() if started else NO_DAY,
            people=hashes_of(conversation, self.people),
        )
        return sighting, record

    def _open_until(self, last: datetime | None) -> int | None:
        if last is None or self.as_of - last >= STILL_OPEN:
            return None
        return microseconds(last + STILL_OPEN)


def key_of(inbox: str, conversation: str) -> bytes:
    """Return which conversation it is, whatever file it came in."""
    return fingerprint(_encoded(inbox), _encoded(conversation))


def hashes_of(conversation: Conversation, people: People) -> tuple[bytes, ...]:
    """Return the customers of a conversation by their keyed hashes, each once."""
    return tuple(dict.fromkeys(people.hash_of(name) for name in customers_of(conversation)))


def customers_of(conversation: Conversation) -> Iterator[str]:
    """Yield the names, ids and numbers under which customers wrote, perhaps several times."""
    for message in conversation.messages:
        if message.role is Role.CUSTOMER and message.author:
            yield message.author
    for key in _PERSON:
        value = conversation.details.get(key)
        if isinstance(value, str | int) and not isinstance(value, bool) and value != "":
            yield str(value)


_PERSON = ("customer_id", "customer", "contact_id", "contact", "user_id", "requester_id", "requester")
"""Further keys of the canonical form under which systems say who the customer is (our list, 2026-11-22)."""


def microseconds(instant: datetime) -> int:
    """Return the microseconds since 1970."""
    return (instant - _EPOCH) // _MICROSECOND


def _written(record: dict[str, Any]) -> bytes:
    try:
        return orjson.dumps(record, option=_SORTED)
    except orjson.JSONEncodeError:
        return repr(record).encode("utf-8", "surrogatepass")


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
