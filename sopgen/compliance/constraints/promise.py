"""Promised response: what must follow by the time that the first message itself promised.

MP-Declare lets the data of an activation limit the time of its target; here the data is an estimate in words.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate

from sopgen.base.shape import Path
from sopgen.base.suggestion import did_you_mean
from sopgen.compliance.clock import Length
from sopgen.compliance.compiling import Compiling
from sopgen.compliance.constraints.outcome import (
    NOTHING_APPLIES,
    Constraint,
    Mark,
    Outcome,
    one_by_one,
    owned,
    reads_of_all,
    show_these,
)
from sopgen.compliance.constraints.relation import next_of, together
from sopgen.compliance.constraints.response import Answered, end_of, pause_of, timed_response
from sopgen.compliance.gap import Doubt, gap_between, latest_of
from sopgen.compliance.meter import Meter
from sopgen.compliance.promise import Promise, PromiseReader
from sopgen.compliance.selection import EMPTY, Selection
from sopgen.compliance.selector import check_keys, compile_selection
from sopgen.compliance.timeline import Timeline, Unit, Work

_KEYS = ("from", "to", "news", "shown", "standing", "work", "rather", "grace", "within", "pause")

Find = Callable[[Timeline, Promise, Unit], Unit | None]
"""What finds the unit that answers a promise."""


def compile_promised_response(spec: Mapping[str, object], path: Path, compiling: Compiling) -> Constraint:
    """Return promised-response: one of `to` follows each `from` by the time that its words promise.

    `news` is word that is no result: it counts from the middle of the promised time on. `shown` shows that
    it was done, though not when: it keeps a promise in time, and decides nothing later. `work` and `rather`
    are acts that help to read the words (`PromiseReader`). `grace` is added to the time. What a message of
    `standing` promised before holds for later ones too, if it is later than what they promise themselves.

    With `within` there is that long in any case, and also where nothing was promised; without, a `from` that
    promises no time does not count. Nor does one whose time had not passed when the conversation ended.
    `pause` is as for response. The value `late` says by how much the time had passed.
    """
    check_keys(spec, _KEYS, path, compiling)
    promised = compile_selection(spec.get("from"), (*path, "from"), compiling)
    answer = compile_selection(spec.get("to"), (*path, "to"), compiling)
    reader = PromiseReader(
        calendar=compiling.calendar,
        work=_acts(spec, "work", path, compiling),
        rather=_acts(spec, "rather", path, compiling),
    )
    earlier = _selection(spec, "standing", path, compiling)
    standing = _standing(earlier, reader)
    news, shown = (_selection(spec, key, path, compiling) for key in ("news", "shown"))
    judge = _judge(compiling.duration(spec.get("grace", "0s"), (*path, "grace")), news, shown)
    pause = pause_of(spec, path, compiling) or EMPTY
    answered = _within(spec, path, compiling, pause)

    def evaluate(timeline: Timeline) -> Outcome:
        answer_to = next_of(answer.units(timeline))
        outcomes = []
        for unit in promised.units(timeline):
            reply = answer_to(unit)
            promise = _later_of(reader.read(timeline, unit), standing(timeline, unit))
            judged = [] if promise is None else [judge(timeline, promise, unit, reply)]
            if answered is not None:
                judged.append(answered(timeline, unit, reply))
            outcomes.append(max(judged, key=_kindness) if judged else NOTHING_APPLIES)
        return together(owned(timeline, outcomes))

    uses = (answer, earlier, news, shown, pause)
    reads = reads_of_all((promised, *uses)) | reader.reads
    return one_by_one(evaluate, reads, of=promised, uses=uses, asks=reader.reads)


def _acts(spec: Mapping[str, object], key: str, path: Path, compiling: Compiling) -> frozenset[str]:
    value = spec.get(key, ())
    names = [str(each) for each in value] if isinstance(value, list | tuple) else [str(value)]
    for name in names:
        if name not in compiling.acts:
            compiling.flaw((*path, key), f"unknown act '{name}'", did_you_mean(name, compiling.acts))
    return frozenset(names)


def _within(
    spec: Mapping[str, object], path: Path, compiling: Compiling, pause: Selection
) -> Answered | None:
    if "within" not in spec:
        return None
    limit = compiling.duration(spec["within"], (*path, "within"))
    return timed_response(limit, Meter(compiling.clock, None if pause is EMPTY else pause))


Judge = Callable[[Timeline, Promise | Doubt, Unit, Unit | None], Outcome]


def _judge(grace: timedelta, news: Selection, shown: Selection) -> Judge:
    """Return what judges a promise by what follows it."""
    find_news = _later(news)

    def judge(timeline: Timeline, promise: Promise | Doubt, unit: Unit, reply: Unit | None) -> Outcome:
        if isinstance(promise, Doubt):
            return Outcome(holds=False, doubt=promise)
        word = _first(reply, find_news(timeline, promise, unit))
        sight = next_of(shown.units(timeline))(unit)
        seen = _first(word, sight)
        outcome = _kept(timeline, promise, seen, grace)
        is_only_shown = seen is not None and seen != word
        return NOTHING_APPLIES if is_only_shown and not outcome.holds else outcome

    return judge


def _selection(spec: Mapping[str, object], key: str, path: Path, compiling: Compiling) -> Selection:
    if key not in spec:
        return EMPTY
    return compile_selection(spec[key], (*path, key), compiling)


def _standing(selection: Selection, reader: PromiseReader) -> Callable[[Timeline, Unit], Promise | None]:
    """Return a function: timeline and unit -> the latest that the selection had promised before the unit."""

    def list_promises(timeline: Timeline) -> tuple[list[int], list[Promise]]:
        read = ((unit[-1], reader.read(timeline, unit)) for unit in selection.units(timeline))
        found = [(end, promise) for end, promise in read if isinstance(promise, Promise)]
        latest = accumulate((promise for _, promise in found), lambda *two: max(two, key=_latest))
        return [end for end, _ in found], list(latest)

    listed = Work(list_promises, selection.reads | reader.reads)

    def find(timeline: Timeline, unit: Unit) -> Promise | None:
        ends, latest = timeline[listed]
        count = bisect_left(ends, unit[0])
        return latest[count - 1] if count else None

    return find


def _latest(promise: Promise) -> datetime:
    return promise.latest


def _later_of(own: Promise | Doubt | None, standing: Promise | None) -> Promise | Doubt | None:
    if standing is None or isinstance(own, Doubt):
        return own
    return standing if own is None else max(own, standing, key=_latest)


def _first(one: Unit | None, other: Unit | None) -> Unit | None:
    found = [each for each in (one, other) if each is not None]
    return min(found, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class _News:
    """Units that bring word, and the latest time by each, so that the first of some hour is bisected."""

    units: tuple[Unit, ...]
    starts: list[int]
    times: list[datetime]


def _later(selection: Selection) -> Find:
    """Return what finds the first of the selection after a unit, from the middle of the promised time on."""

    def list_news(timeline: Timeline) -> _News:
        all_units = selection.units(timeline)
        units = tuple(unit for unit in all_units if timeline.messages[unit[0]].at is not None)
        times = [at for unit in units if (at := timeline.messages[unit[0]].at) is not None]
        return _News(units=units, starts=[unit[0] for unit in units], times=list(accumulate(times, max)))

    listed = Work(list_news, selection.reads)

    def find(timeline: Timeline, promise: Promise, unit: Unit) -> Unit | None:
        news = timeline[listed]
        at = max(bisect_right(news.starts, unit[-1]), bisect_left(news.times, promise.middle))
        return news.units[at] if at < len(news.units) else None

    return find


def _kept(timeline: Timeline, promise: Promise, reply: Unit | None, grace: timedelta) -> Outcome:
    said, seen = (
        timeline.messages[promise.position],
        timeline.messages[reply[0] if reply else end_of(timeline)],
    )
    words = Mark(position=promise.position, range=(promise.start, promise.end))
    show = show_these(words, Mark(position=reply[0])) if reply else show_these(words)
    gap, came = gap_between(said, seen), latest_of(seen)
    if isinstance(gap, Doubt):
        return Outcome(holds=False, show=show, doubt=gap)
    assert seen.at is not None
    assert came is not None
    values = dict(_values(promise, seen.at))
    in_time, late = came <= promise.earliest + grace, seen.at > promise.latest + grace
    if late or (reply and in_time):
        return Outcome(holds=not late, show=show, values=values)
    if not reply:
        return NOTHING_APPLIES
    return Outcome(holds=False, show=show, doubt=promise.doubt, values=values)


def _values(promise: Promise, seen: datetime) -> Iterator[tuple[str, Length]]:
    for name, length in (
        ("late", seen - promise.latest),
        ("gap", seen - promise.at),
        ("limit", promise.latest - promise.at),
    ):
        yield name, Length(time=max(length, timedelta()))


def _kindness(outcome: Outcome) -> tuple[int, timedelta]:
    """Return how good it is for whoever promised; of two violations the one that left more time is kinder."""
    limit = outcome.values.get("limit")
    time = limit.time if isinstance(limit, Length) else timedelta()
    if outcome.doubt is not None:
        return 1, time
    if not outcome.holds:
        return 0, time
    return (3 if outcome.applies else 2), time
