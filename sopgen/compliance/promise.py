"""What a message promises: by when there will be word, as a range where nobody can know it better.

A day or an hour in words means an instant only in a time zone. Where neither the SOP nor the words nor the
stamps name one, the promise lies between the earliest and the latest that it means anywhere.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from sopgen.compliance.due import Calendar, due_by
from sopgen.compliance.gap import Doubt, latest_of
from sopgen.compliance.timeline import Reads, Timeline, Unit, Work, reads_of
from sopgen.conversation.model import Role
from sopgen.language.estimate.reader import estimates_in
from sopgen.language.estimate.value import Ahead, Estimate, OnDay
from sopgen.language.recognition import Hit

_ZONES = tuple(timezone(timedelta(hours=hours)) for hours in range(-12, 15))
_CLAUSE_ENDS = re.compile(r"[,.;!?\n]")
_SENTENCE_ENDS = re.compile(r"[.;!?\n]")
_DEADLINE = re.compile(
    r"\b(?:paling lambat|maksimal|maks|sebelum|selambat\w*|by|before|until)\W{1,3}$", re.IGNORECASE
)

_Bounds = tuple[datetime, datetime, Doubt]


_ESTIMATES: Work[dict[int, tuple[Estimate, ...]]] = Work(lambda _: {})
"""The estimates in messages that somebody asked about."""

_BOUNDS: Work[dict[tuple[int, Estimate, Calendar], _Bounds | None]] = Work(lambda _: {})
"""What estimates mean at their messages' times."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """The words of a promise, and the earliest and the latest instant by which it is to be kept.

    `at` is when it was given; `doubt` says why the two instants differ, if they do.
    """

    position: int
    start: int
    end: int
    at: datetime
    earliest: datetime
    latest: datetime
    doubt: Doubt

    @property
    def middle(self) -> datetime:
        """Return the instant at which half of the promised time has passed."""
        return self.at + (self.latest - self.at) / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseReader:
    """Reads promises on a calendar.

    `work` are the acts that promise something: "today" counts only in one sentence with one of them. `rather`
    are acts such as reporting back: times beside one of them count before the others.
    """

    calendar: Calendar
    work: frozenset[str]
    rather: frozenset[str]

    @property
    def reads(self) -> Reads:
        """Return which acts have a say in what is read."""
        return reads_of(self.work | self.rather, Role)

    def read(self, timeline: Timeline, unit: Unit) -> Promise | Doubt | None:
        """Return what the unit promises, the latest of several; None for nothing.

        Doubt: NO_TIME when the message has none.
        """
        said = [position for position in unit if timeline.spoken >> position & 1]
        found = [each for position in said for each in self._promises(timeline, position)]
        promises = [each for each in found if isinstance(each, Promise)]
        if promises:
            return max(promises, key=lambda each: each.latest)
        return next((each for each in found if isinstance(each, Doubt)), None)

    def _promises(self, timeline: Timeline, position: int) -> Iterator[Promise | Doubt]:
        message = timeline.messages[position]
        latest = latest_of(message)
        for estimate in self._chosen(timeline, position):
            if message.at is None or latest is None:
                yield Doubt.NO_TIME
                return
            known, key = timeline[_BOUNDS], (position, estimate, self.calendar)
            if key not in known:
                known[key] = self._bounds(estimate, message.at, latest)
            bounds = known[key]
            if bounds is not None:
                yield Promise(
                    position=position,
                    start=estimate.start,
                    end=estimate.end,
                    at=message.at,
                    earliest=bounds[0],
                    latest=bounds[1],
                    doubt=bounds[2],
                )

    def _bounds(self, estimate: Estimate, first: datetime, last: datetime) -> _Bounds | None:
        dues = [due_by(estimate.said, at, self.calendar) for at in (first, last)]
        doubt = Doubt.NO_ZONE if Doubt.NO_ZONE in dues else Doubt.COARSE
        if doubt is Doubt.NO_ZONE:
            known = self.calendar.is_working_day
            zones = [Calendar(zone=zone, is_working_day=known) for zone in _ZONES]
            dues = [due_by(estimate.said, at, zone) for at in (first, last) for zone in zones]
        instants = [due for due in dues if isinstance(due, datetime)]
        return (min(instants), max(instants), doubt) if instants else None

    def _chosen(self, timeline: Timeline, position: int) -> tuple[Estimate, ...]:
        text = timeline.messages[position].text
        work, rather = (_placed(timeline, position, acts) for acts in (self.work, self.rather))
        known = timeline[_ESTIMATES]
        if position not in known:
            known[position] = tuple(estimates_in(text))
        found = tuple(each for each in known[position] if not work or _is_promised(text, each, work))
        return tuple(each for each in found if _is_near(text, each, rather, _CLAUSE_ENDS)) or found


def _placed(timeline: Timeline, position: int, acts: frozenset[str]) -> list[Hit]:
    """Return the hits that say where in the text the act is; the trained model only knows of the whole."""
    whole = (0, len(timeline.messages[position].text))
    return [hit for hit in timeline.hits_of(position, acts) if (hit.start, hit.end) != whole]


def _is_promised(text: str, estimate: Estimate, work: list[Hit]) -> bool:
    """Return whether the words say by when, rather than of which day something else is told ("tonight")."""
    if not isinstance(estimate.said, OnDay) or estimate.said.day != Ahead(0):
        return True
    is_deadline = _DEADLINE.search(text, 0, estimate.start) is not None
    return is_deadline or _is_near(text, estimate, work, _SENTENCE_ENDS)


def _is_near(text: str, estimate: Estimate, hits: Iterable[Hit], ends: re.Pattern[str]) -> bool:
    """Return whether nothing that ends a clause, or a sentence, stands between the estimate and a hit."""
    return any(
        not ends.search(text, min(estimate.end, hit.end), max(estimate.start, hit.start)) for hit in hits
    )
