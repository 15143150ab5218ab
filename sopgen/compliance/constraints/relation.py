"""Constraints between two selections: chain-response, precedence, not-succession."""

from bisect import bisect_right
from collections.abc import Callable, Mapping
from datetime import timedelta

from sopgen.base.shape import Path
from sopgen.compliance.clock import Length
from sopgen.compliance.compiling import Compiling
from sopgen.compliance.constraints.outcome import (
    HOLDS,
    Constraint,
    Mark,
    Outcome,
    Show,
    marks_of,
    may_grow,
    one_by_one,
    owned,
    show_all,
)
from sopgen.compliance.selection import NO_EVIDENCE, Selection
from sopgen.compliance.selector import (
    acts_of,
    check_keys,
    compile_filter,
    compile_selection,
)
from sopgen.compliance.sought import Acts
from sopgen.compliance.timeline import Timeline, Unit


def compile_chain_response(spec: Mapping[str, object], path: Path, compiling: Compiling) -> Constraint:
    """Return chain-response: the very next unit of `next` after each `from` passes the filters of `holds`."""
    check_keys(spec, ("from", "next", "holds"), path, compiling)
    asked = compile_selection(spec.get("from"), (*path, "from"), compiling)
    following = compile_selection(spec.get("next"), (*path, "next"), compiling)
    holds = compile_filter(spec.get("holds"), (*path, "holds"), compiling, following.among)
    acts = acts_of(spec.get("holds"), compiling)
    passing = Selection(
        lambda talks: holds.passing(talks, talks[following]), following.reads | holds.reads, following.among
    )

    def evaluate(timeline: Timeline) -> Outcome:
        answer_to = next_of(following.units(timeline))
        outcomes = []
        for unit in asked.units(timeline):
            reply = answer_to(unit)
            if reply is None:
                outcomes.append(Outcome(holds=False, show=show_wholes(unit), curable=True))
                continue
            kept = timeline[passing] >> reply[0] & 1 == 1
            show = show_evidence(reply, acts if kept else NO_EVIDENCE)
            outcomes.append(Outcome(holds=kept, show=show, curable=may_grow(timeline, reply)))
        return together(owned(timeline, outcomes))

    return one_by_one(evaluate, asked.reads | passing.reads, of=asked, uses=(following, passing))


def compile_precedence(spec: Mapping[str, object], path: Path, compiling: Compiling) -> Constraint:
    """Return precedence: each unit of `of` has a unit of `before` somewhere before it."""
    check_keys(spec, ("of", "before"), path, compiling)
    later = compile_selection(spec.get("of"), (*path, "of"), compiling)
    earlier = compile_selection(spec.get("before"), (*path, "before"), compiling)

    def evaluate(timeline: Timeline) -> Outcome:
        first_end = _first_end(earlier.units(timeline))
        outcomes = []
        for unit in later.units(timeline):
            kept = first_end is not None and first_end < unit[0]
            outcomes.append(Outcome(holds=kept, show=show_evidence(unit, later.acts)))
        return together(owned(timeline, outcomes))

    return one_by_one(evaluate, earlier.reads | later.reads, of=later, uses=(earlier,))


def compile_not_succession(spec: Mapping[str, object], path: Path, compiling: Compiling) -> Constraint:
    """Return not-succession: no unit of `to` stands after any unit of `from`."""
    check_keys(spec, ("from", "to"), path, compiling)
    earlier = compile_selection(spec.get("from"), (*path, "from"), compiling)
    later = compile_selection(spec.get("to"), (*path, "to"), compiling)

    def evaluate(timeline: Timeline) -> Outcome:
        first_end = _first_end(earlier.units(timeline))
        wrong = [unit for unit in later.units(timeline) if first_end is not None and first_end < unit[0]]
        shown = [Outcome(holds=False, show=show_evidence(unit, later.acts)) for unit in wrong]
        broken = owned(timeline, shown)
        return Outcome(holds=all(each.holds for each in broken), show=show_all(broken))

    return one_by_one(evaluate, earlier.reads | later.reads, of=later, uses=(earlier,))


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
    said = [position for position in unit if timeline.spoken >> position & 1]
    return tuple([Mark(position=position) for position in said or unit])


def show_wholes(unit: Unit) -> Show:
    """Return what shows the messages of the unit, each marked whole."""
    return lambda timeline: wholes(timeline, unit)


def show_evidence(unit: Unit, acts: Acts) -> Show:
    """Return what shows the words of the unit that perform the acts, or else its first message."""
    return lambda timeline: marks_of(timeline, unit, acts)


def together(outcomes: list[Outcome]) -> Outcome:
    """Return the worst outcome: violations for good first, then doubts, then curable ones.

    The marks of all violations are kept; the values are those of the longest gap. Those that do not apply
    count only where there are no others.
    """
    counted = [each for each in outcomes if each.applies]
    if not counted:
        return outcomes[0] if outcomes else HOLDS
    violated = [each for each in counted if not each.holds and each.doubt is None]
    doubted = [each for each in counted if each.doubt is not None]
    if violated:
        curable = all(each.curable for each in violated)
        values = _slowest(violated).values
        return Outcome(holds=False, show=show_all(violated), curable=curable, values=values)
    if doubted:
        return doubted[0]
    return _slowest(counted)


def _slowest(outcomes: list[Outcome]) -> Outcome:
    def gap(outcome: Outcome) -> timedelta:
        length = outcome.values.get("gap")
        return length.time if isinstance(length, Length) else timedelta()

    return max(outcomes, key=gap)
