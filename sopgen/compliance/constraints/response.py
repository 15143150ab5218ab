"""Response: what must follow, perhaps in time, perhaps without the time that the customer took."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from sopgen.base.shape import Path
from sopgen.compliance.compiling import Compiling
from sopgen.compliance.constraints.outcome import (
    NOTHING_APPLIES,
    Constraint,
    Mark,
    Outcome,
    Show,
    one_by_one,
    owned,
    reads_of_all,
)
from sopgen.compliance.constraints.relation import next_of, show_wholes, together, wholes
from sopgen.compliance.gap import Doubt
from sopgen.compliance.meter import Meter
from sopgen.compliance.selection import Selection
from sopgen.compliance.selector import check_keys, choice_of, compile_selection
from sopgen.compliance.timeline import Timeline, Unit, Work
from sopgen.conversation.event import happening_of
from sopgen.conversation.model import SPEAKING, Kind, Message, Role

NO_PAUSE = "none"

Answered = Callable[[Timeline, Unit, Unit | None], Outcome]
"""What becomes of a unit, and of the one that follows it, if there is one."""


def compile_response(spec: Mapping[str, object], path: Path, compiling: Compiling) -> Constraint:
    """Return response: each unit of `from` is followed by one of `to`, within `within` when it is given.

    The clock runs from the first message of `from` to the first message of the next `to`; it stands still
    from a message of the moment `pause` to the customer's next message. A `from` that nothing follows is a
    curable violation; with `pending: ignore` it does not count; with `pending: wait` it is a violation once
    the limit has passed before the conversation ends, and does not count before.
    """
    check_keys(spec, ("from", "to", "within", "pending", "pause"), path, compiling)
    asked = compile_selection(spec.get("from"), (*path, "from"), compiling)
    answer = compile_selection(spec.get("to"), (*path, "to"), compiling)
    pending = choice_of(spec, "pending", ("fail", "ignore", "wait"), path, compiling)
    if pending == "wait" and "within" not in spec:
        compiling.flaw((*path, "pending"), "'pending: wait' stands without 'within'", "add `within: $limit`")
    pause = pause_of(spec, path, compiling)
    answered = _answered(spec, path, compiling, pause)
    waits = pending == "wait"

    def evaluate(timeline: Timeline) -> Outcome:
        answer_to = next_of(answer.units(timeline))
        outcomes = []
        for unit in asked.units(timeline):
            reply = answer_to(unit)
            if reply is not None or waits:
                outcomes.append(answered(timeline, unit, reply))
            elif pending == "fail":
                outcomes.append(Outcome(holds=False, show=show_wholes(unit), curable=True))
        return together(owned(timeline, outcomes))

    uses = [answer, *([pause] if pause else [])]
    return one_by_one(evaluate, reads_of_all([asked, *uses]), of=asked, uses=uses)


def _answered(
    spec: Mapping[str, object], path: Path, compiling: Compiling, pause: Selection | None
) -> Answered:
    if "within" in spec:
        limit = compiling.duration(spec["within"], (*path, "within"))
        return timed_response(limit, Meter(compiling.clock, pause))
    return lambda _, unit, reply: Outcome(holds=True, show=_show(unit, reply))


def pause_of(spec: Mapping[str, object], path: Path, compiling: Compiling) -> Selection | None:
    """Return the moment that pauses the clock; every word that a clause may choose must be one, or `none`."""
    value, where = spec.get("pause", NO_PAUSE), (*path, "pause")
    for word in compiling.words(value):
        if word != NO_PAUSE:
            compile_selection(word, where, compiling)
    chosen = compiling.word(value)
    return None if chosen == NO_PAUSE else compile_selection(chosen, where, compiling.quiet())


def timed_response(limit: timedelta, meter: Meter) -> Answered:
    """Return what judges a unit by the time to its answer, or to the end of the conversation without one.

    Without an answer it is a violation once the limit has surely passed, and nothing applies before.
    """

    def judge(timeline: Timeline, unit: Unit, reply: Unit | None) -> Outcome:
        show = _show(unit, reply)
        end = reply[0] if reply else end_of(timeline)
        measure = meter.read(timeline, _first_text(timeline, unit), end)
        if isinstance(measure, Doubt):
            return Outcome(holds=False, show=show, doubt=measure)
        values = meter.say(measure, limit)
        if reply is None and measure.least <= limit:
            return NOTHING_APPLIES
        if reply is not None and measure.least <= limit < measure.greatest:
            return Outcome(holds=False, show=show, doubt=Doubt.COARSE, values=values)
        return Outcome(holds=measure.greatest <= limit, show=show, values=values)

    return judge


def _show(unit: Unit, reply: Unit | None) -> Show:
    if reply is None:
        return show_wholes(unit)
    answer = Mark(position=reply[0])
    return lambda timeline: (*wholes(timeline, unit)[:1], answer)


def _first_text(timeline: Timeline, unit: Unit) -> int:
    """Return the position of the unit's first text, or of its first message where it has none."""
    texts = timeline.kinds[Kind.TEXT]
    return next((at for at in unit if texts >> at & 1), unit[0])


def end_of(timeline: Timeline) -> int:
    """Return the position where the conversation ends: the last word of a party, or its agent's close.

    Ratings, notes and what a bot or a system adds show nothing: an idle chat that is closed by itself a day
    later did not go on for a day. Messages without a time are passed over.
    """
    return timeline[_END]


def _find_end(timeline: Timeline) -> int:
    last = len(timeline.messages) - 1
    return next((at for at in range(last, -1, -1) if _ends(timeline.messages[at])), last)


def _ends(message: Message) -> bool:
    if message.at is None:
        return False
    if message.kind is Kind.EVENT:
        return happening_of(message) == "closed" and message.role is Role.AGENT
    return message.kind in SPEAKING and message.role in (Role.CUSTOMER, Role.AGENT)


_END = Work(_find_end)
