"""Promised response: what must follow by the time that the first message itself promised.

MP-Declare lets the data of an activation limit the time of its target; here the data is an estimate in words.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sopgen.base.shape import Path
from sopgen.base.suggestion import did_you_mean
from sopgen.compliance.clock import Length
from sopgen.compliance.compiling import Compiling
from sopgen.compliance.constraints.outcome import Evaluate, Mark, Outcome
from sopgen.compliance.constraints.relation import next_of, together
from sopgen.compliance.constraints.response import Answered, end_of, pause_of, timed_response
from sopgen.compliance.due import Calendar, due_by
from sopgen.compliance.meter import Meter
from sopgen.compliance.selector import check_keys, compile_selection
from sopgen.compliance.timeline import Doubt, Timeline, Unit, gap_between, latest_of
from sopgen.language.estimate.reader import estimates_in
from sopgen.language.estimate.value import Estimate

_NOT_YET = Outcome(holds=True, applies=False)
_CLAUSE_ENDS = re.compile(r"[,.;!?\n]")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Promise:
    """What a message promised, where it says so, and the earliest and latest instant that this can mean."""

    position: int
    estimate: Estimate
    earliest: datetime
    latest: datetime


def compile_promised_response(spec: Mapping[str, object], path: Path, compiling: Compiling) -> Evaluate:
    """Return promised-response: one of `to` follows each `from` by the time that its words promise.

    The latest of several times counts; where the act `rather` stands beside one of them, only those beside
    it. `grace` is added to it. With `within` there is that long in any case, and also where nothing was
    promised; without, a `from` that promises no time does not count. Nor does one whose time had not passed
    when the conversation ended. `pause` is as for response. The value `late` says by how much it had passed.
    """
    check_keys(spec, ("from", "to", "rather", "grace", "within", "pause"), path, compiling)
    promised = compile_selection(spec.get("from"), (*path, "from"), compiling)
    answer = compile_selection(spec.get("to"), (*path, "to"), compiling)
    grace = compiling.duration(spec.get("grace", "0s"), (*path, "grace"))
    rather = str(spec.get("rather", ""))
    if rather and rather not in compiling.acts:
        compiling.flaw((*path, "rather"), f"unknown act '{rather}'", did_you_mean(rather, compiling.acts))
    read = _reader(frozenset({rather}), compiling.calendar)
    answered = _within(spec, path, compiling)

    def evaluate(timeline: Timeline) -> Outcome:
        answer_to = next_of(answer.select(timeline))
        outcomes = []
        for unit in promised.select(timeline):
            reply, promise = answer_to(unit), read(timeline, unit)
            judged = [] if promise is None else [_kept(timeline, promise, reply, grace)]
            if answered is not None:
                judged.append(answered(timeline, unit, reply))
            outcomes.append(max(judged, key=_kindness) if judged else _NOT_YET)
        return together(outcomes)

    return evaluate


def _within(spec: Mapping[str, object], path: Path, compiling: Compiling) -> Answered | None:
    pause = pause_of(spec, path, compiling)
    if "within" not in spec:
        return None
    return timed_response(
        compiling.duration(spec["within"], (*path, "within")), Meter(compiling.clock, pause)
    )


def _reader(
    rather: frozenset[str], calendar: Calendar
) -> Callable[[Timeline, Unit], _Promise | Doubt | None]:
    """Return a function: timeline and unit -> what it promises, None for nothing, or why nobody can tell."""

    def read(timeline: Timeline, unit: Unit) -> _Promise | Doubt | None:
        found = [
            each
            for position in timeline.said(unit)
            for each in _promises(timeline, position, rather, calendar)
        ]
        promises = [each for each in found if isinstance(each, _Promise)]
        if promises:
            return max(promises, key=lambda each: each.latest)
        return next((each for each in found if isinstance(each, Doubt)), None)

    return read


def _promises(
    timeline: Timeline, position: int, rather: frozenset[str], calendar: Calendar
) -> Iterator[_Promise | Doubt]:
    message = timeline.messages[position]
    latest = latest_of(message)
    for estimate in _chosen(timeline, position, rather):
        if message.at is None or latest is None:
            yield Doubt.NO_TIME
            return
        first, last = due_by(estimate.said, message.at, calendar), due_by(estimate.said, latest, calendar)
        if isinstance(first, datetime) and isinstance(last, datetime):
            yield _Promise(position=position, estimate=estimate, earliest=first, latest=max(first, last))
        elif isinstance(first, Doubt):
            yield first


def _chosen(timeline: Timeline, position: int, rather: frozenset[str]) -> tuple[Estimate, ...]:
    """Return the estimates of a message: those in one clause with a hit of the acts, if there are any."""
    text = timeline.messages[position].text
    found = estimates_in(text)
    hits = timeline.recognition(position).hits_of(rather) if rather and len(found) > 1 else ()
    beside = tuple(
        each
        for each in found
        if any(
            not _CLAUSE_ENDS.search(text, min(each.end, hit.end), max(each.start, hit.start)) for hit in hits
        )
    )
    return beside or found


def _kept(timeline: Timeline, promise: _Promise | Doubt, reply: Unit | None, grace: timedelta) -> Outcome:
    if isinstance(promise, Doubt):
        return Outcome(holds=False, doubt=promise)
    said = timeline.messages[promise.position]
    seen = timeline.messages[reply[0] if reply else end_of(timeline)]
    words = Mark(position=promise.position, range=(promise.estimate.start, promise.estimate.end))
    marks = (words, Mark(position=reply[0])) if reply else (words,)
    gap, came = gap_between(said, seen), latest_of(seen)
    if isinstance(gap, Doubt):
        return Outcome(holds=False, marks=marks, doubt=gap)
    assert said.at is not None
    assert seen.at is not None
    assert came is not None
    values = {
        "late": Length(time=max(seen.at - promise.latest, timedelta())),
        "gap": Length(time=max(seen.at - said.at, timedelta())),
        "limit": Length(time=promise.latest - said.at),
    }
    in_time, late = came <= promise.earliest + grace, seen.at > promise.latest + grace
    if late or (reply and in_time):
        return Outcome(holds=not late, marks=marks, values=values)
    if not reply:
        return _NOT_YET
    return Outcome(holds=False, marks=marks, doubt=Doubt.COARSE, values=values)


def _kindness(outcome: Outcome) -> tuple[int, timedelta]:
    """Return how good it is for whoever promised; of two violations the one that left more time is kinder."""
    limit = outcome.values.get("limit")
    time = limit.time if isinstance(limit, Length) else timedelta()
    if outcome.doubt is not None:
        return 1, time
    if not outcome.holds:
        return 0, time
    return (3 if outcome.applies else 2), time
