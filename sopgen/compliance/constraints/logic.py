"""Constraints made of constraints: all, any, not.

Three-valued (Kleene): a doubt counts only when the rest does not decide. A part that does not apply counts
for nothing; where none applies, the whole does not.
"""

from collections.abc import Mapping

from sopgen.compliance.constraints.outcome import NOTHING_APPLIES, Evaluate, Mark, Outcome, owned
from sopgen.compliance.timeline import Timeline


def all_of(parts: tuple[Evaluate, ...]) -> Evaluate:
    """Return the conjunction; its marks are those of the parts that decided."""

    def evaluate(timeline: Timeline) -> Outcome:
        outcomes = [each for each in owned(timeline, _applying(parts, timeline)) if each.applies]
        if not outcomes:
            return NOTHING_APPLIES
        violated = [each for each in outcomes if not each.holds and each.doubt is None]
        if violated:
            marks = tuple(mark for each in violated for mark in each.marks)
            curable = all(each.curable for each in violated)
            return Outcome(holds=False, marks=marks, curable=curable, values=_values(violated))
        doubted = next((each for each in outcomes if each.doubt is not None), None)
        if doubted is not None:
            return doubted
        return Outcome(holds=True, marks=tuple(mark for each in outcomes for mark in each.marks))

    return evaluate


def any_of(parts: tuple[Evaluate, ...]) -> Evaluate:
    """Return the disjunction; when nothing holds, the marks are those of the last part that has any.

    Of a conversation that several versions govern they are those that stand last in it: until then another
    part could still hold.
    """

    def evaluate(timeline: Timeline) -> Outcome:
        outcomes = _applying(parts, timeline)
        if not outcomes:
            return NOTHING_APPLIES
        kept = [each for each in outcomes if each.holds and each.doubt is None]
        if kept:
            return next((each for each in kept if _shows_in_era(each, timeline)), kept[0])
        doubted = next((each for each in outcomes if each.doubt is not None), None)
        if doubted is not None:
            return doubted
        marked = [each.marks for each in outcomes if each.marks]
        curable = any(each.curable for each in outcomes)
        marks = _decisive(marked, timeline) if marked else ()
        return Outcome(holds=False, marks=marks, curable=curable, values=_values(outcomes))

    return evaluate


def none_of(part: Evaluate) -> Evaluate:
    """Return the negation; what made the part hold is what is marked."""

    def evaluate(timeline: Timeline) -> Outcome:
        outcome = part(timeline)
        if outcome.doubt is not None or not outcome.applies:
            return outcome
        return Outcome(holds=not outcome.holds, marks=outcome.marks, values=outcome.values)

    return evaluate


def _applying(parts: tuple[Evaluate, ...], timeline: Timeline) -> list[Outcome]:
    return [outcome for part in parts if (outcome := part(timeline)).applies]


def _shows_in_era(outcome: Outcome, timeline: Timeline) -> bool:
    return timeline.era is None or any(timeline.owns(mark.position) for mark in outcome.marks[:1])


def _decisive(marked: list[tuple[Mark, ...]], timeline: Timeline) -> tuple[Mark, ...]:
    """Return the marks of the last part; of several versions, the part that was lost last decides."""
    return marked[-1] if timeline.era is None else max(marked, key=lambda marks: marks[0].position)


def _values(outcomes: list[Outcome]) -> Mapping[str, object]:
    """Return the values of all outcomes: of one name the last, but phrases that are missing add up."""
    together: dict[str, object] = {}
    for each in outcomes:
        for key, value in each.values.items():
            before = together.get(key)
            both = isinstance(value, tuple) and isinstance(before, tuple)
            together[key] = (*before, *value) if both else value  # type: ignore[misc]
    return together
