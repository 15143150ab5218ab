"""Constraints on one selection: existence, absence, init, end."""

from collections.abc import Mapping
from dataclasses import replace

from sopgen.base.shape import Path
from sopgen.compliance.bits import Bits, first_in, last_in
from sopgen.compliance.compiling import Compiling
from sopgen.compliance.constraints.outcome import (
    HOLDS,
    Constraint,
    Mark,
    Outcome,
    Outcomes,
    gathered,
    is_in,
    marks_of,
    show_nothing,
    show_starts,
    show_these,
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
from sopgen.compliance.timeline import Timeline, Unit
from sopgen.compliance.timelines import Timelines

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

    def evaluate(talks: Timelines) -> Outcomes:
        units = talks[of]
        holds = talks.talks.with_at_least(units, least) if talks.counts(units) else 0
        return _told(talks, holds, kept=found, broken=lacking)

    return Constraint(evaluate, reads)


def compile_absence(spec: Mapping[str, object], path: Path, compiling: Compiling) -> Constraint:
    """Return absence: `of` is found at most `max` times (default 0); every unit found is marked.

    What is marked are the words that perform its acts; with `show: messages`, the whole messages.
    """
    check_keys(spec, ("of", "max", "curable", "show"), path, compiling)
    of = compile_selection(spec.get("of"), (*path, "of"), compiling)
    most = compiling.count(spec.get("max", "0"), (*path, "max"))
    curable = choice_of(spec, "curable", ("false", "true"), path, compiling) == "true"
    whole = choice_of(spec, "show", ("words", "messages"), path, compiling) == "messages"

    def marks(timeline: Timeline, unit: Unit) -> tuple[Mark, ...]:
        found = marks_of(timeline, unit, of.acts)
        return _widened(timeline, found) if whole else found

    def show(timeline: Timeline) -> tuple[Mark, ...]:
        return tuple([mark for unit in of.units(timeline) for mark in marks(timeline, unit)])

    broken = Outcome(holds=False, show=show, curable=curable)

    def evaluate(talks: Timelines) -> Outcomes:
        violated = talks.talks.with_at_least(talks[of], most + 1)
        if talks.era is None:
            return _told(talks, talks.talks.ends & ~violated, kept=HOLDS, broken=broken)
        return gathered(talks, violated, in_era, rest=HOLDS)

    def in_era(timeline: Timeline) -> Outcome:
        """Return what an era has of what was found, from one too many on."""
        wrong = [marks(timeline, unit) for unit in of.units(timeline)[most:]]
        own = tuple([mark for each in wrong if timeline.owns(each[0].position) for mark in each])
        return Outcome(holds=not own, show=show_these(*own), curable=curable)

    return Constraint(evaluate, of.reads)


def _widened(timeline: Timeline, marks: tuple[Mark, ...]) -> tuple[Mark, ...]:
    """Return the whole messages in which something is marked, with ranges: what has none is not quoted."""
    places = dict.fromkeys(mark.position for mark in marks)
    return tuple([Mark(position=at, range=(0, len(timeline.messages[at].text))) for at in places])


def compile_init(spec: Mapping[str, object], path: Path, compiling: Compiling) -> Constraint:
    """Return init: the first unit of `of` passes the filters of `holds`."""
    return _at_edge(spec, path, compiling, at_end=False)


def compile_end(spec: Mapping[str, object], path: Path, compiling: Compiling) -> Constraint:
    """Return end: the last unit of `of` passes the filters of `holds`."""
    return _at_edge(spec, path, compiling, at_end=True)


def _at_edge(spec: Mapping[str, object], path: Path, compiling: Compiling, *, at_end: bool) -> Constraint:
    check_keys(spec, ("of", "holds"), path, compiling)
    of = compile_selection(spec.get("of"), (*path, "of"), compiling)
    sieve = compile_filter(spec.get("holds"), (*path, "holds"), compiling, of.among)
    acts, place = acts_of(spec.get("holds"), compiling), last_in if at_end else first_in

    def show(timeline: Timeline, acts: Acts) -> tuple[Mark, ...]:
        return marks_of(timeline, of.unit_at(timeline, place(timeline[of])), acts)

    kept = Outcome(holds=True, show=lambda timeline: show(timeline, acts))
    broken = Outcome(holds=False, show=lambda timeline: show(timeline, frozenset()))
    mendable = replace(broken, curable=True)

    def evaluate(talks: Timelines) -> Outcomes:
        fields, units = talks.talks, talks[of]
        edges = fields.last(units) if at_end else fields.first(units)
        holds = fields.touching(sieve.passing(talks, edges)) if edges else 0
        fixed = 0 if at_end else fields.touching(edges & ~_last_turns(talks, of))

        def detail(timeline: Timeline) -> Outcome:
            if not timeline[of]:
                return _NOTHING_FOUND
            if is_in(timeline, holds):
                return kept
            return broken if is_in(timeline, fixed) else mendable

        return Outcomes(
            holds=holds, applies=fields.ends, curable=fields.ends & ~fixed, doubted=0, detail=detail
        )

    return Constraint(evaluate, of.reads | sieve.reads)


def _last_turns(talks: Timelines, of: Selection) -> Bits:
    """Return where units begin that are the last turn of their conversation, so that it may grow."""
    heads = talks.talks.last(talks.turns.starts)
    return heads if of.among.by_turn else heads & talks.turns.ends


def _told(talks: Timelines, holds: Bits, *, kept: Outcome, broken: Outcome) -> Outcomes:
    """Return one outcome for the conversations for which something holds, and the other for all others."""
    rows = talks.talks.ends
    return Outcomes(
        holds=holds,
        applies=rows,
        curable=rows & ~holds if broken.curable else 0,
        doubted=0,
        silent=holds if kept is HOLDS else 0,
        detail=lambda timeline: kept if is_in(timeline, holds) else broken,
    )


def _show_first(timeline: Timeline, of: Selection) -> tuple[Mark, ...]:
    found = timeline[of]
    return marks_of(timeline, of.unit_at(timeline, first_in(found)), of.acts) if found else ()
