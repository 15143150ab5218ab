"""An inbox as a night meets it: listed, brought here where it is elsewhere, read, and let go of."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sopgen.base.diagnostic import Diagnostic, Level, Report
from sopgen.base.errors import SopgenError
from sopgen.base.span import Span
from sopgen.conversation.export import read_exports, thinned
from sopgen.conversation.model import Reading
from sopgen.conversation.options import ImportOptions
from sopgen.runs.night.arrival import Arrival, is_unfinished, local_arrivals, state_now
from sopgen.runs.night.remedy import reading_set, report_set
from sopgen.runs.night.remote import RemoteInbox
from sopgen.runs.night.setting import Inbox, shown_url
from sopgen.runs.night.sighting import microseconds

Fill = Callable[[str], str]
"""Fills in what a path names of the environment: `${BUCKET}`."""


@dataclass(slots=True, kw_only=True)
class Delivery:
    """What was found in one inbox. `trouble` says why nothing could be, "" where it could.

    `found` counts files; those of them that are one export count as one. `left` were too young or not whole,
    `read` were new or changed.
    """

    inbox: str
    found: int = 0
    left: int = 0
    read: int = 0
    trouble: str = ""

    @property
    def as_before(self) -> int:
        """Return how many are as they were when they were read."""
        return self.found - self.left - self.read


class Post:
    """All inboxes of a night. `spool` is where files from elsewhere come to lie; `folder` the project's."""

    def __init__(
        self, inboxes: tuple[Inbox, ...], *, folder: Path, spool: Path, fill: Fill, report: Report
    ) -> None:
        self._folder = folder
        self._report = report
        self._once = thinned(report)
        self._inboxes = inboxes
        self._remote = {
            each.name: RemoteInbox(each, fill(each.path), spool / str(number))
            for number, each in enumerate(inboxes)
            if each.is_remote
        }
        self._changed: set[str] = set()
        self.deliveries = [Delivery(inbox=each.name) for each in inboxes]

    def arrivals(self, *, now: datetime, settle: timedelta) -> Iterator[Arrival]:
        """Yield what lies in all inboxes and was left alone for a while; one that fails is told."""
        for inbox, delivery in zip(self._inboxes, self.deliveries, strict=True):
            try:
                listed = self._listed(inbox)
            except SopgenError as error:
                self._tell(inbox.name, error)
                continue
            delivery.found = len(listed)
            for each in listed:
                age = timedelta(microseconds=abs(microseconds(now) - each.moment))
                if is_unfinished(each.files) or age < settle:
                    delivery.left += 1
                else:
                    yield each

    def open(self, arrival: Arrival) -> Iterator[Reading] | None:
        """Return what an arrival holds, brought here if need be, or None where that failed (NGT104)."""
        delivery = next(each for each in self.deliveries if each.inbox == arrival.inbox.name)
        remote = self._remote.get(arrival.inbox.name)
        if remote is not None:
            try:
                if not remote.fetch(arrival):
                    self._changed.add(arrival.name)
            except SopgenError as error:
                self._tell(arrival.inbox.name, error)
                return None
        delivery.read += 1
        inbox = arrival.inbox
        report = report_set(self._once, inbox.name)
        readings = read_exports([arrival.location], ImportOptions(), report, defaults=inbox.options)
        return (reading_set(each, inbox.name) for each in readings)

    def close(self, arrival: Arrival) -> bytes:
        """Return the state of an arrival after it was read; files that were brought here are deleted."""
        if arrival.inbox.name not in self._remote:
            return state_now(arrival)
        for path in arrival.files:
            with suppress(OSError):
                path.unlink()
        return b"" if arrival.name in self._changed else arrival.state

    def _listed(self, inbox: Inbox) -> tuple[Arrival, ...]:
        remote = self._remote.get(inbox.name)
        return remote.arrivals() if remote else local_arrivals(inbox, self._folder, self._report)

    def _tell(self, inbox: str, error: SopgenError) -> None:
        delivery = next(each for each in self.deliveries if each.inbox == inbox)
        delivery.trouble = error.message
        place = next(each.path for each in self._inboxes if each.name == inbox)
        self._report(
            Diagnostic(
                code=error.code,
                level=Level.ERROR,
                span=Span(file=shown_url(place)),
                message=error.message,
                hint=error.hint,
            )
        )
