"""A constraint on a procedure: the steps that were taken stand in its order."""

from bisect import bisect_left
from collections.abc import Mapping

from sopgen.base.shape import Path
from sopgen.compliance.compiling import Compiling
from sopgen.compliance.constraints.outcome import (
    HOLDS,
    NOTHING_APPLIES,
    Constraint,
    Mark,
    Outcome,
    one_by_one,
    show_these,
)
from sopgen.compliance.selector import check_keys
from sopgen.compliance.step import Step
from sopgen.compliance.timeline import Timeline, reads_of
from sopgen.conversation.event import happening_of
from sopgen.conversation.model import Kind, Role
from sopgen.language.phrase_book import FindPhrases

_Taken = tuple[Step, list[Mark]]


def compile_in_order(spec: Mapping[str, object], path: Path, compiling: Compiling) -> Constraint:
    """Return in-order: each step of `of` that the agent took can be found at or after the one before it.

    A step may be taken again; within one message the order does not matter. It applies when at least two
    steps were taken. The values `step` and `before` name the step that came too early and the one it should
    have waited for.
    """
    check_keys(spec, ("of",), path, compiling)
    steps = compiling.steps(spec.get("of"), (*path, "of"))
    finders = {step: compiling.book.finder(step.phrases) for step in steps}

    def evaluate(timeline: Timeline) -> Outcome:
        found = ((step, _marks_of(timeline, step, finders[step])) for step in steps)
        taken = [(step, marks) for step, marks in found if marks]
        return _judged(taken) if len(taken) > 1 else NOTHING_APPLIES

    reads = reads_of((step.act for step in steps if step.act), (Role.AGENT,))
    return one_by_one(evaluate, reads, asks=reads)


def _judged(taken: list[_Taken]) -> Outcome:
    (before, marks), *rest = taken
    reached = marks[0]
    for step, marks in rest:
        at = bisect_left([mark.position for mark in marks], reached.position)
        if at == len(marks):
            values = {"step": step.name, "before": before.name}
            return Outcome(holds=False, show=show_these(marks[-1], reached), curable=True, values=values)
        before, reached = step, marks[at]
    return HOLDS


def _marks_of(timeline: Timeline, step: Step, find: FindPhrases) -> list[Mark]:
    """Return where the step was taken, in the order of the conversation."""
    marks = []
    for at, message in enumerate(timeline.messages):
        if message.kind is Kind.EVENT and step.event == happening_of(message):
            marks.append(Mark(position=at))
        elif message.role is Role.AGENT and message.kind in (Kind.TEXT, Kind.MEDIA):
            hits = timeline.hits_of(at, frozenset({step.act})) if step.act else ()
            ranges = [*((hit.start, hit.end) for hit in hits), *find(message.text)]
            marks += [Mark(position=at, range=min(ranges))] if ranges else []
    return marks
