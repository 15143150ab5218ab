"""Constraints made of constraints: all, any, not.

Three-valued (Kleene): a doubt counts only when the rest does not decide. A part that does not apply counts
for nothing; where none applies, the whole does not.
"""

from collections.abc import Mapping

from sopgen.compliance.constraints.outcome import Evaluate, Outcome
from sopgen.compliance.timeline import Timeline

_NOTHING_APPLIES = Outcome(holds=True, applies=False)


def all_of(parts: tuple[Evaluate, ...]) -> Evaluate:
    """Return the conjunction; its marks are those of the parts that decided."""

    def evaluate(timeline: Timeline) -> Outcome:
        outcomes = _applying(parts, timeline)
        if not outcomes:
            return _NOTHING_APPLIES
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
    """Return the disjunction; when nothing holds, the marks are those of the last part that has any."""

    def evaluate(timeline: Timeline) -> Outcome:
        outcomes = _applying(parts, timeline)
        if not outcomes:
            return _NOTHING_APPLIES
        kept = next((each for each in outcomes if each.holds and each.doubt is None), None)
        if kept is not None:
            return kept
        doubted = next((each for each in outcomes if each.doubt is not None), None)
        if doubted is not None:
            return doubted
        marked = [each.marks for each in outcomes if each.marks]
        curable = any(each.curable for each in outcomes)
        return Outcome(
            holds=False, marks=marked[-1] if marked else (), curable=curable, values=_values(outcomes)
        )

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


def _values(outcomes: list[Outcome]) -> Mapping[str, object]:
    """Return the values of all outcomes: of one name the last, but phrases that are missing add up."""
    together: dict[str, object] = {}
    for each in outcomes:
        for key, value in each.values.items():
            before = together.get(key)
            both = isinstance(value, tuple) and isinstance(before, tuple)
            together[key] = (*before, *value) if both else value  # type: ignore[misc]
    return together
