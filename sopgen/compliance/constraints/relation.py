"""Constraints between two selections: chain-response, precedence, not-succession."""

from bisect import bisect_right
from collections.abc import Callable, Mapping
from datetime import timedelta

from sopgen.base.shape import Path
from sopgen.compliance.clock import Length
from sopgen.compliance.compiling import Compiling
from sopgen.compliance.constraints.outcome import Evaluate, Mark, Outcome, marks_of, may_grow, owned
from sopgen.compliance.selector import (
    acts_of,
    check_keys,
    compile_filter,
    compile_selection,
)
from sopgen.compliance.timeline import Timeline, Unit


def compile_chain_response(spec: Mapping[str, object], path: Path, compiling: Compiling) -> Evaluate:
    """Return chain-response: the very next unit of `next` after each `from` passes the filters of `holds`."""
    check_keys(spec, ("from", "next", "holds"), path, compiling)
    asked = compile_selection(spec.get("from"), (*path, "from"), compiling)
    following = compile_selection(spec.get("next"), (*path, "next"), compiling)
    holds = compile_filter(spec.get("holds"), (*path, "holds"), compiling)
    acts = acts_of(spec.get("holds"), compiling)

    def evaluate(timeline: Timeline) -> Outcome:
        answer_to = next_of(following.select(timeline))
        outcomes = []
        for unit in asked.select(timeline):
            reply = answer_to(unit)
            if reply is None:
                outcomes.append(Outcome(holds=False, marks=wholes(timeline, unit), curable=True))
                continue
            kept = holds(timeline, reply)
            marks = marks_of(timeline, reply, acts if kept else frozenset())
            outcomes.append(Outcome(holds=kept, marks=marks, curable=may_grow(timeline, reply)))
        return together(owned(timeline, outcomes))

    return evaluate


def compile_precedence(spec: Mapping[str, object], path: Path, compiling: Compiling) -> Evaluate:
    """Return precedence: each unit of `of` has a unit of `before` somewhere before it."""
    check_keys(spec, ("of", "before"), path, compiling)
    later = compile_selection(spec.get("of"), (*path, "of"), compiling)
    earlier = compile_selection(spec.get("before"), (*path, "before"), compiling)

    def evaluate(timeline: Timeline) -> Outcome:
        first_end = _first_end(earlier.select(timeline))
        outcomes = []
        for unit in later.select(timeline):
            kept = first_end is not None and first_end < unit[0]
            outcomes.append(Outcome(holds=kept, marks=marks_of(timeline, unit, later.acts)))
        return together(owned(timeline, outcomes))

    return evaluate


def compile_not_succession(spec: Mapping[str, object], path: Path, compiling: Compiling) -> Evaluate:
    """Return not-succession: no unit of `to` stands after any unit of `from`."""
    check_keys(spec, ("from", "to"), path, compiling)
    earlier = compile_selection(spec.get("from"), (*path, "from"), compiling)
    later = compile_selection(spec.get("to"), (*path, "to"), compiling)

    def evaluate(timeline: Timeline) -> Outcome:
        first_end = _first_end(earlier.select(timeline))
        wrong = [unit for unit in later.select(timeline) if first_end is not None and first_end < unit[0]]
        broken = [Outcome(holds=False, marks=marks_of(timeline, unit, later.acts)) for unit in wrong]
        marks = tuple(mark for each in owned(timeline, broken) for mark in each.marks)
        return Outcome(holds=not marks, marks=marks)

    return evaluate


def next_of(units: tuple[Unit, ...]) -> Callable[[Unit], Unit | None]:
    """Return a function: unit -> the first of `units`, which stand in order, that begins after its end."""
    starts = [unit[0] for unit in units]

    def find(unit: Unit) -> Unit | None:
        at = bisect_right(starts, unit[-1])
        return units[at] if at < len(units) else None

    return find


def _first_end(units: tuple[Unit, ...]) -> int | None:
    return min((unit[-1] for unit in units), default=None)


def wholes(timeline: Timeline, unit: Unit) -> tuple[Mark, ...]:
    """Return the messages of the unit, each marked whole."""
    return tuple(Mark(position=position) for position in timeline.said(unit) or unit)


def together(outcomes: list[Outcome]) -> Outcome:
    """Return the worst outcome: violations for good first, then doubts, then curable ones.

    The marks of all violations are kept; the values are those of the longest gap. Those that do not apply
    count only where there are no others.
    """
    counted = [each for each in outcomes if each.applies]
    if not counted:
        return outcomes[0] if outcomes else Outcome(holds=True)
    violated = [each for each in counted if not each.holds and each.doubt is None]
    doubted = [each for each in counted if each.doubt is not None]
    if violated:
        marks = tuple(mark for each in violated for mark in each.marks)
        curable = all(each.curable for each in violated)
        return Outcome(holds=False, marks=marks, curable=curable, values=_slowest(violated).values)
    if doubted:
        return doubted[0]
    return _slowest(counted)


def _slowest(outcomes: list[Outcome]) -> Outcome:
    def gap(outcome: Outcome) -> timedelta:
        length = outcome.values.get("gap")
        return length.time if isinstance(length, Length) else timedelta()

    return max(outcomes, key=gap)
