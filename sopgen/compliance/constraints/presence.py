"""Constraints on one selection: existence, absence, init, end."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from sopgen.base.shape import Path
from sopgen.compliance.bits import Bits, first_in, last_in
from sopgen.compliance.compiling import Compiling
from sopgen.compliance.constraints.outcome import (
    HOLDS,
    Constraint,
    Mark,
    Outcome,
    marks_of,
    may_grow,
    show_nothing,
    show_starts,
    show_these,
    show_units,
)
from sopgen.compliance.selection import Selection
from sopgen.compliance.selector import (
    acts_of,
    check_keys,
    choice_of,
    compile_filter,
    compile_selection,
)
from sopgen.compliance.sought import Acts, Said
from sopgen.compliance.timeline import Timeline

_NOTHING_FOUND = Outcome(holds=False, curable=True)


def compile_existence(spec: Mapping[str, object], path: Path, compiling: Compiling) -> Constraint:
    """Return existence: `of` is found at least `min` times (default 1).

    When it is not, the units of `blame` are marked: what should have held it. The value `missing` holds
    the phrases that nobody said.
    """
    check_keys(spec, ("of", "min", "blame"), path, compiling)
    of = compile_selection(spec.get("of"), (*path, "of"), compiling)
    blame = compile_selection(spec["blame"], (*path, "blame"), compiling) if "blame" in spec else None
    missing = tuple(phrase for each in of.acts if isinstance(each, Said) for phrase in each.phrases)
    values = {"missing": missing} if missing else {}
    least = compiling.count(spec.get("min", "1"), (*path, "min"))
    found = Outcome(holds=True, show=lambda timeline: _show_first(timeline, of))
    lacking = Outcome(
        holds=False, show=show_starts(blame) if blame else show_nothing, curable=True, values=values
    )
    reads = of.reads if blame is None else of.reads | blame.reads

    def evaluate(timeline: Timeline) -> Outcome:
        units = timeline[of]
        if units.bit_count() < least or (timeline.narrow and not timeline.counts(units)):
            return lacking
        return found

    return Constraint(evaluate, reads)


def compile_absence(spec: Mapping[str, object], path: Path, compiling: Compiling) -> Constraint:
    """Return absence: `of` is found at most `max` times (default 0); every unit found is marked."""
    check_keys(spec, ("of", "max", "curable"), path, compiling)
    of = compile_selection(spec.get("of"), (*path, "of"), compiling)
    most = compiling.count(spec.get("max", "0"), (*path, "max"))
    curable = choice_of(spec, "curable", ("false", "true"), path, compiling) == "true"

    broken = Outcome(holds=False, show=show_units(of), curable=curable)

    def evaluate(timeline: Timeline) -> Outcome:
        if timeline[of].bit_count() <= most:
            return HOLDS
        return broken if timeline.era is None else _broken_in_era(timeline, of, most=most, curable=curable)

    return Constraint(evaluate, of.reads)


def _broken_in_era(timeline: Timeline, of: Selection, *, most: int, curable: bool) -> Outcome:
    """Return what an era has of what was found, from one too many on."""
    wrong = (marks_of(timeline, unit, of.acts) for unit in of.units(timeline)[most:])
    marks = tuple([mark for marks in wrong if timeline.owns(marks[0].position) for mark in marks])
    return Outcome(holds=not marks, show=show_these(*marks), curable=curable)


def compile_init(spec: Mapping[str, object], path: Path, compiling: Compiling) -> Constraint:
    """Return init: the first unit of `of` passes the filters of `holds`."""
    return _at_edge(spec, path, compiling, place=first_in)


def compile_end(spec: Mapping[str, object], path: Path, compiling: Compiling) -> Constraint:
    """Return end: the last unit of `of` passes the filters of `holds`."""
    return _at_edge(spec, path, compiling, place=last_in)


def _at_edge(
    spec: Mapping[str, object], path: Path, compiling: Compiling, *, place: Callable[[Bits], int]
) -> Constraint:
    check_keys(spec, ("of", "holds"), path, compiling)
    of = compile_selection(spec.get("of"), (*path, "of"), compiling)
    holds = compile_filter(spec.get("holds"), (*path, "holds"), compiling, of.among)
    acts = acts_of(spec.get("holds"), compiling)

    def show(timeline: Timeline, acts: Acts) -> tuple[Mark, ...]:
        return marks_of(timeline, of.unit_at(timeline, place(timeline[of])), acts)

    kept = Outcome(holds=True, show=lambda timeline: show(timeline, acts))
    broken = Outcome(holds=False, show=lambda timeline: show(timeline, frozenset()))
    curable = replace(broken, curable=True)

    def evaluate(timeline: Timeline) -> Outcome:
        found = timeline[of]
        if not found:
            return _NOTHING_FOUND
        head = place(found)
        if holds.passing(timeline, 1 << head):
            return kept
        return curable if place is last_in or may_grow(timeline, of.unit_at(timeline, head)) else broken

    return Constraint(evaluate, of.reads | holds.reads)


def _show_first(timeline: Timeline, of: Selection) -> tuple[Mark, ...]:
    found = timeline[of]
    return marks_of(timeline, of.unit_at(timeline, first_in(found)), of.acts) if found else ()
