"""What arrived, sorted: what has to be judged goes to the spool, everything else is counted."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from typing import Any

import sopgen
from sopgen.conversation.model import Conversation, Reading, SetAside
from sopgen.runs.night.arrival import Arrival
from sopgen.runs.night.ledger import Known, Ledger
from sopgen.runs.night.person import Erased
from sopgen.runs.night.record import Seen
from sopgen.runs.night.sighting import Sight, Sighting
from sopgen.runs.night.spool import Spool
from sopgen.runs.night.standard import fingerprint

LOOKED_UP_AT_ONCE = 500
"""Conversations for which the ledger is asked at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Which conversations count, by when they began; None is open. `rejudge`: also those as before.

    `earliest` is what is kept: what began before would be removed at once.
    """

    since: datetime | None = None
    until: datetime | None = None
    rejudge: bool = False
    earliest: datetime | None = None

    def holds(self, started: datetime | None) -> bool:
        """Return whether a conversation that began then counts."""
        if started is None:
            return self.since is None and self.until is None
        begins = [each for each in (self.since, self.earliest) if each is not None]
        return all(started >= each for each in begins) and (self.until is None or started < self.until)

    @property
    def is_empty(self) -> bool:
        """Return whether no conversation can have begun in it."""
        return self.since is not None and self.until is not None and self.since >= self.until

    @property
    def is_whole(self) -> bool:
        """Return whether nothing is left out but what is too old."""
        return self.since is None and self.until is None


@dataclass(slots=True, kw_only=True)
class Sorted:
    """What became of the records that were read.

    `read` counts neither `outside`, which began before or after what counts, nor `erased`, of people who were
    erased. The rest of `read` is in the spool.
    """

    read: int = 0
    unchanged: int = 0
    set_aside: int = 0
    outside: int = 0
    erased: int = 0
    seen: list[Seen] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorter:
    """Sorts arrivals one after another; what has to be judged goes into the spool."""

    sight: Sight
    ledger: Ledger
    erased: Erased
    window: Window
    spool: Spool
    result: Sorted = field(default_factory=Sorted)

    def take(
        self,
        arrival: Arrival,
        readings: Iterator[Reading],
        *,
        mark: str,
        close: Callable[[Arrival], bytes],
    ) -> None:
        """Sort what an arrival holds. `mark` is noted for it if all of it is as it will be from now on.

        `close` is called after the last reading, and returns the state of the arrival then.
        """
        settled = True
        while batch := list(islice(readings, LOOKED_UP_AT_ONCE)):
            settled = self._sort(batch, arrival) and settled
        after = close(arrival)
        whole = settled and self.window.is_whole and after == arrival.state
        self.result.seen.append(Seen(inbox=arrival.inbox.name, name=arrival.name, mark=mark if whole else ""))

    def _sort(self, batch: list[Reading], arrival: Arrival) -> bool:
        """Return whether none of the readings is a conversation that still goes on."""
        seen = [self._sighting(each, arrival) for each in batch if isinstance(each, Conversation)]
        known = self.ledger.known([sighting.key for sighting, _ in seen])
        sightings = iter(seen)
        for reading in batch:
            if isinstance(reading, SetAside):
                self.result.read += 1
                self.result.set_aside += 1
                self.spool.put_aside(reading)
            else:
                sighting, record = next(sightings)
                self._sort_one(reading, sighting, record, known.get(sighting.key))
        return all(sighting.open_until is None for sighting, _ in seen)

    def _sighting(self, conversation: Conversation, arrival: Arrival) -> tuple[Sighting, dict[str, Any]]:
        return self.sight.of(conversation, inbox=arrival.inbox.name, moment=arrival.moment)

    def _sort_one(
        self, conversation: Conversation, sighting: Sighting, record: dict[str, Any], known: Known | None
    ) -> None:
        result = self.result
        if self.erased.holds((*sighting.people, self.sight.people.conversation(sighting.key))):
            result.erased += 1
        elif not self.window.holds(conversation.started_at()):
            result.outside += 1
        else:
            result.read += 1
            if self._brings_nothing(sighting, known):
                result.unchanged += 1
            else:
                before = known.day if known is not None and known.day != sighting.day else ""
                self.spool.add(replace(sighting, day_before=before), record, conversation.position)

    def _brings_nothing(self, sighting: Sighting, known: Known | None) -> bool:
        """Return whether an earlier run has judged this already, or a later copy of it.

        What a file held with a time after its own is corrected by a newer version of that file.
        """
        if known is None:
            return False
        if sighting.content != known.content:
            is_newer = sighting.file == known.file and sighting.moment > known.moment
            is_corrected = is_newer and known.rank[0] > known.moment
            return sighting.rank < known.rank and not is_corrected
        was_open = known.open_until is not None and microseconds_of(self.sight) >= known.open_until
        return not (self.window.rejudge or was_open or sighting.standard != known.standard)


def microseconds_of(sight: Sight) -> int:
    """Return the moment for which a night judges, in microseconds since 1970."""
    return int(sight.as_of.timestamp() * 1_000_000)


def mark_of(arrival: Arrival, standard: bytes) -> str:
    """Return what stays the same while an arrival has to be read no more."""
    how = repr(arrival.inbox.options).encode("utf-8", "surrogatepass")
    return fingerprint(arrival.state, how, standard, sopgen.__version__.encode()).hex()


def unread(
    arrivals: Iterable[Arrival], marks: Callable[[str], Mapping[str, str]], standard: bytes
) -> list[Arrival]:
    """Return the arrivals that are new, or not as they were when they were read."""
    known: dict[str, Mapping[str, str]] = {}
    fresh = []
    for each in arrivals:
        inbox = each.inbox.name
        if inbox not in known:
            known[inbox] = marks(inbox)
        if known[inbox].get(each.name) != mark_of(each, standard):
            fresh.append(each)
    return fresh
