"""Constraints on one selection: existence, absence, init, end."""

from collections.abc import Mapping

from sopgen.base.shape import Path
from sopgen.compliance.compiling import Compiling
from sopgen.compliance.constraints.outcome import Evaluate, Mark, Outcome, marks_of, may_grow
from sopgen.compliance.selector import (
    acts_of,
    check_keys,
    choice_of,
    compile_filter,
    compile_selection,
)
from sopgen.compliance.sought import Acts, Said
from sopgen.compliance.timeline import Timeline, Unit


def compile_existence(spec: Mapping[str, object], path: Path, compiling: Compiling) -> Evaluate:
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

    def evaluate(timeline: Timeline) -> Outcome:
        found = of.select(timeline)
        if len(found) >= least and timeline.counts(found):
            return Outcome(holds=True, marks=marks_of(timeline, found[0], of.acts) if found else ())
        blamed = blame.select(timeline) if blame else ()
        marks = tuple(Mark(position=unit[0]) for unit in blamed)
        return Outcome(holds=False, marks=marks, curable=True, values=values)

    return evaluate


def compile_absence(spec: Mapping[str, object], path: Path, compiling: Compiling) -> Evaluate:
    """Return absence: `of` is found at most `max` times (default 0); every unit found is marked."""
    check_keys(spec, ("of", "max", "curable"), path, compiling)
    of = compile_selection(spec.get("of"), (*path, "of"), compiling)
    most = compiling.count(spec.get("max", "0"), (*path, "max"))
    curable = choice_of(spec, "curable", ("false", "true"), path, compiling) == "true"

    def evaluate(timeline: Timeline) -> Outcome:
        found = of.select(timeline)
        if len(found) <= most:
            return Outcome(holds=True)
        marks = _wrong(timeline, found, of.acts, most=most)
        return Outcome(holds=not marks, marks=marks, curable=curable)

    return evaluate


def _wrong(timeline: Timeline, found: tuple[Unit, ...], acts: Acts, *, most: int) -> tuple[Mark, ...]:
    """Return the marks of what was found; of several versions only those of the era, from one too many on."""
    if timeline.era is None:
        return tuple(mark for unit in found for mark in marks_of(timeline, unit, acts))
    wrong = (marks_of(timeline, unit, acts) for unit in found[most:])
    return tuple(mark for marks in wrong if timeline.owns(marks[0].position) for mark in marks)


def compile_init(spec: Mapping[str, object], path: Path, compiling: Compiling) -> Evaluate:
    """Return init: the first unit of `of` passes the filters of `holds`."""
    return _at_edge(spec, path, compiling, edge=0)


def compile_end(spec: Mapping[str, object], path: Path, compiling: Compiling) -> Evaluate:
    """Return end: the last unit of `of` passes the filters of `holds`."""
    return _at_edge(spec, path, compiling, edge=-1)


def _at_edge(spec: Mapping[str, object], path: Path, compiling: Compiling, *, edge: int) -> Evaluate:
    check_keys(spec, ("of", "holds"), path, compiling)
    of = compile_selection(spec.get("of"), (*path, "of"), compiling)
    holds = compile_filter(spec.get("holds"), (*path, "holds"), compiling)
    acts = acts_of(spec.get("holds"), compiling)

    def evaluate(timeline: Timeline) -> Outcome:
        found = of.select(timeline)
        if not found:
            return Outcome(holds=False, curable=True)
        unit = found[edge]
        if holds(timeline, unit):
            return Outcome(holds=True, marks=marks_of(timeline, unit, acts))
        curable = edge == -1 or may_grow(timeline, unit)
        return Outcome(holds=False, marks=marks_of(timeline, unit, frozenset()), curable=curable)

    return evaluate
