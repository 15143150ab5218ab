"""Response: what must follow, perhaps in time, perhaps without the time that the customer took."""

from collections.abc import Mapping
from datetime import timedelta

from sopgen.base.shape import Path
from sopgen.compliance.compiling import Compiling
from sopgen.compliance.constraints.outcome import Evaluate, Mark, Outcome
from sopgen.compliance.constraints.relation import next_of, together, wholes
from sopgen.compliance.meter import Meter
from sopgen.compliance.selector import check_keys, choice_of, compile_selection
from sopgen.compliance.timeline import Doubt, Timeline, Unit
from sopgen.compliance.window import Select

NO_PAUSE = "none"


def compile_response(spec: Mapping[str, object], path: Path, compiling: Compiling) -> Evaluate:
    """Return response: each unit of `from` is followed by one of `to`, within `within` when it is given.

    The clock runs from the first message of `from` to the first message of the next `to`; it stands still
    from a message of the moment `pause` to the customer's next message. A `from` that nothing follows is a
    curable violation; with `pending: ignore` it does not count; with `pending: wait` it is a violation once
    the limit has passed before the conversation ends, and does not count before.
    """
    check_keys(spec, ("from", "to", "within", "pending", "pause"), path, compiling)
    asked = compile_selection(spec.get("from"), (*path, "from"), compiling)
    answer = compile_selection(spec.get("to"), (*path, "to"), compiling)
    limit = compiling.duration(spec["within"], (*path, "within")) if "within" in spec else None
    meter = Meter(compiling.clock, _pause(spec.get("pause", NO_PAUSE), (*path, "pause"), compiling))
    pending = choice_of(spec, "pending", ("fail", "ignore", "wait"), path, compiling)
    if pending == "wait" and limit is None:
        compiling.flaw((*path, "pending"), "'pending: wait' stands without 'within'", "add `within: $limit`")

    def unanswered(timeline: Timeline, unit: Unit) -> Outcome | None:
        if pending == "wait" and limit is not None:
            return _overdue(timeline, unit, limit, meter)
        return Outcome(holds=False, marks=wholes(timeline, unit), curable=True) if pending == "fail" else None

    def evaluate(timeline: Timeline) -> Outcome:
        answer_to = next_of(answer.select(timeline))
        outcomes = []
        for unit in asked.select(timeline):
            reply = answer_to(unit)
            outcome = _timed(timeline, unit, reply, limit, meter) if reply else unanswered(timeline, unit)
            if outcome is not None:
                outcomes.append(outcome)
        return together(outcomes)

    return evaluate


def _pause(value: object, path: Path, compiling: Compiling) -> Select | None:
    """Return the moment that pauses the clock; every word that a clause may choose must be one, or `none`."""
    for word in compiling.words(value):
        if word != NO_PAUSE:
            compile_selection(word, path, compiling)
    chosen = compiling.word(value)
    return None if chosen == NO_PAUSE else compile_selection(chosen, path, compiling.quiet()).select


def _timed(timeline: Timeline, asked: Unit, reply: Unit, limit: timedelta | None, meter: Meter) -> Outcome:
    marks = (*wholes(timeline, asked)[:1], Mark(position=reply[0]))
    if limit is None:
        return Outcome(holds=True, marks=marks)
    measure = meter.read(timeline, first_text(timeline, asked), reply[0])
    if isinstance(measure, Doubt):
        return Outcome(holds=False, marks=marks, doubt=measure)
    values = meter.say(measure, limit)
    if measure.least <= limit < measure.greatest:
        return Outcome(holds=False, marks=marks, doubt=Doubt.COARSE, values=values)
    return Outcome(holds=measure.greatest <= limit, marks=marks, values=values)


def _overdue(timeline: Timeline, asked: Unit, limit: timedelta, meter: Meter) -> Outcome:
    """Return a violation when the limit has surely passed by the last message; else nothing applies yet."""
    marks = wholes(timeline, asked)
    measure = meter.read(timeline, first_text(timeline, asked), last_timed(timeline))
    if isinstance(measure, Doubt):
        return Outcome(holds=False, marks=marks, doubt=measure)
    if measure.least <= limit:
        return Outcome(holds=True, applies=False)
    return Outcome(holds=False, marks=marks, values=meter.say(measure, limit))


def first_text(timeline: Timeline, unit: Unit) -> int:
    """Return the position of the unit's first text, or of its first message where it has none."""
    return next((at for at in unit if timeline.messages[at].kind == "text"), unit[0])


def last_timed(timeline: Timeline) -> int:
    """Return the position of the last message that has a time, or of the last where none has."""
    last = len(timeline.messages) - 1
    return next((at for at in range(last, -1, -1) if timeline.messages[at].at is not None), last)
