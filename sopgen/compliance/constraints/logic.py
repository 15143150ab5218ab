"""Constraints made of constraints: all, any, not.

Three-valued (Kleene): a doubt counts only when the rest does not decide. A part that does not apply counts
for nothing; where none applies, the whole does not. What is decided for all conversations at once is told
anew of one by its parts, with what shows it.
"""

from collections.abc import Mapping

from sopgen.compliance.constraints.outcome import (
    NOTHING_APPLIES,
    Constraint,
    Mark,
    Outcome,
    Outcomes,
    Show,
    gathered,
    owned,
    reads_of_all,
    show_all,
)
from sopgen.compliance.timeline import Timeline
from sopgen.compliance.timelines import Timelines


def all_of(parts: tuple[Constraint, ...]) -> Constraint:
    """Return the conjunction; its marks are those of the parts that decided."""

    def evaluate(talks: Timelines) -> Outcomes:
        if talks.era is not None:
            return gathered(talks, talks.talks.ends, detail, rest=NOTHING_APPLIES)
        applies, violated, lasting, doubted, shown = 0, 0, 0, 0, 0
        for each in (talks[part] for part in parts):
            broken = each.applies & ~each.holds & ~each.doubted
            applies |= each.applies
            violated |= broken
            lasting |= broken & ~each.curable
            doubted |= each.applies & each.doubted
            shown |= each.applies & ~each.silent
        return Outcomes(
            holds=talks.talks.ends & ~violated & ~doubted,
            applies=applies,
            curable=violated & ~lasting,
            doubted=doubted & ~violated,
            silent=applies & ~shown,
            detail=detail,
        )

    def detail(timeline: Timeline) -> Outcome:
        outcomes = [each for each in owned(timeline, _applying(parts, timeline)) if each.applies]
        if not outcomes:
            return NOTHING_APPLIES
        violated = [each for each in outcomes if not each.holds and each.doubt is None]
        if violated:
            curable = all(each.curable for each in violated)
            return Outcome(holds=False, show=show_all(violated), curable=curable, values=_values(violated))
        doubted = next((each for each in outcomes if each.doubt is not None), None)
        if doubted is not None:
            return doubted
        return Outcome(holds=True, show=show_all(outcomes))

    return Constraint(evaluate, reads_of_all(parts))


def any_of(parts: tuple[Constraint, ...]) -> Constraint:
    """Return the disjunction; when nothing holds, the marks are those of the last part that has any.

    Of a conversation that several versions govern they are those that stand last in it: until then another
    part could still hold.
    """

    def evaluate(talks: Timelines) -> Outcomes:
        applies, kept, curable, doubted, silent = 0, 0, 0, 0, 0
        for each in (talks[part] for part in parts):
            applies |= each.applies
            silent |= each.silent & ~kept
            kept |= each.applies & each.holds & ~each.doubted
            curable |= each.applies & each.curable
            doubted |= each.applies & each.doubted
        return Outcomes(
            holds=kept | (talks.talks.ends & ~applies),
            applies=applies,
            curable=curable & ~kept,
            doubted=doubted & ~kept,
            silent=silent,
            detail=detail,
        )

    def detail(timeline: Timeline) -> Outcome:
        outcomes = _applying(parts, timeline)
        if not outcomes:
            return NOTHING_APPLIES
        kept = [each for each in outcomes if each.holds and each.doubt is None]
        if kept:
            return next((each for each in kept if _shows_in_era(each, timeline)), kept[0])
        doubted = next((each for each in outcomes if each.doubt is not None), None)
        if doubted is not None:
            return doubted
        curable = any(each.curable for each in outcomes)
        return Outcome(holds=False, show=_show_decisive(outcomes), curable=curable, values=_values(outcomes))

    return Constraint(evaluate, reads_of_all(parts))


def none_of(part: Constraint) -> Constraint:
    """Return the negation; what made the part hold is what is marked."""

    def evaluate(talks: Timelines) -> Outcomes:
        found: Outcomes = talks[part]
        told = found.applies & ~found.doubted
        return Outcomes(
            holds=found.holds ^ told,
            applies=found.applies,
            curable=found.curable & ~told,
            doubted=found.doubted,
            detail=detail,
        )

    def detail(timeline: Timeline) -> Outcome:
        outcome = timeline[part]
        if outcome.doubt is not None or not outcome.applies:
            return outcome
        return Outcome(holds=not outcome.holds, show=outcome.show, values=outcome.values)

    return Constraint(evaluate, part.reads)


def _applying(parts: tuple[Constraint, ...], timeline: Timeline) -> list[Outcome]:
    return [outcome for part in parts if (outcome := timeline[part]).applies]


def _shows_in_era(outcome: Outcome, timeline: Timeline) -> bool:
    if timeline.era is None:
        return True
    return any(timeline.owns(mark.position) for mark in outcome.show(timeline)[:1])


def _show_decisive(outcomes: list[Outcome]) -> Show:
    """Return what shows the last part that has marks; of several versions, the part that was lost last."""

    def show(timeline: Timeline) -> tuple[Mark, ...]:
        marked = [marks for each in outcomes if (marks := each.show(timeline))]
        if timeline.era is None or not marked:
            return marked[-1] if marked else ()
        return max(marked, key=lambda marks: marks[0].position)

    return show


def _values(outcomes: list[Outcome]) -> Mapping[str, object]:
    """Return the values of all outcomes: of one name the last, but phrases that are missing add up."""
    together: dict[str, object] = {}
    for each in outcomes:
        for key, value in each.values.items():
            before = together.get(key)
            both = isinstance(value, tuple) and isinstance(before, tuple)
            together[key] = (*before, *value) if both else value  # type: ignore[misc]
    return together
