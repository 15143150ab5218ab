"""Which version and category a release should have, proposed from its changes, each with its reason.

| change | step |
|---|---|
| a demand removed, a prohibition added, a demand stricter or possibly so, whom the SOP governs | major |
| a demand added or looser, a check bound or taken away, other changes of substance | minor |
| wording, explanations, who answers for the SOP, pictures | patch |

A reader may skip a patch, must learn what a minor version adds, and must change habits for a major one (our
decision, 2026-11-22). What cannot be told to be looser counts as stricter. Where a clause's value changes
(modality, parameter, severity, check), its direction decides, and its wording is taken to follow. Where a
clause gets a check, loses it or gets another, what it sets for it is part of that.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from sopgen.base.duration import parse_duration
from sopgen.sop.difference import Change, ChangeKind, Subject, weightiest
from sopgen.sop.model import Category, Clause, Modality, Severity, Sop
from sopgen.sop.release_version import FIRST, Step, next_version

_DEMANDS = frozenset({Subject.CLAUSE, Subject.STEP})
_GOVERNING = ("applies_to", "hours", "id")
_BINDING = (Modality.MAY, Modality.SHOULD, Modality.PLAIN, Modality.MUST, Modality.MUST_NOT)
"""Modalities, the least binding first; a step without a modal word is done, so it binds nearly as `must`."""

_FOLLOWING = frozenset({ChangeKind.REWORDED, ChangeKind.PARAMETER, ChangeKind.SEVERITY})
_AT_MOST = frozenset({"limit", "every", "within"})
_AT_LEAST = frozenset({"at-least"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a version goes a step further: what changed."""

    step: Step
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """The version and category that the changes ask for; the reasons of the longest step come first."""

    version: str
    category: Category
    step: Step
    reasons: tuple[Reason, ...]


def propose(last: str, old: Sop | None, new: Sop, changes: Sequence[Change]) -> Proposal:
    """Return the proposal for `new` after the release `last`, whose text was `old`; None for a first."""
    if old is None:
        reason = Reason(step=Step.MAJOR, text="it is the first release")
        return Proposal(version=FIRST, category=Category.SUBSTANTIVE, step=Step.MAJOR, reasons=(reason,))
    clauses = {clause.id: clause for sop in (old, new) for clause in sop.clauses()}
    told = [_reason(change, clauses.get(change.id)) for change in _telling(changes)]
    if not told:
        told = [Reason(step=Step.PATCH, text="files that it shows differ")]
    reasons = sorted(told, key=lambda each: list(Step).index(each.step))
    step = reasons[0].step
    category = weightiest(changes) or Category.ADMINISTRATIVE
    return Proposal(
        version=next_version(last, step), category=category, step=step, reasons=tuple(dict.fromkeys(reasons))
    )


def _telling(changes: Sequence[Change]) -> Iterator[Change]:
    """Yield the changes but those that only follow another one of the same part.

    A rewording follows a changed value ("2 menit" beside `limit=2m`); settings and severity follow a check.
    """
    valued = {change.part for change in changes if change.kind in _BY_VALUE}
    rebound = {change.part for change in changes if change.kind is ChangeKind.CHECK}
    for change in changes:
        follows = valued if change.kind is ChangeKind.REWORDED else rebound
        if change.kind not in _FOLLOWING or change.part not in follows:
            yield change


def _reason(change: Change, clause: Clause | None) -> Reason:
    step, said = _step(change, clause)
    number = f"{change.number} " if change.number else ""
    return Reason(step=step, text=f"{change.subject} {number}{change.id}: {said}")


def _step(change: Change, clause: Clause | None) -> tuple[Step, str]:
    if change.subject in _DEMANDS:
        return _demand_step(change, clause)
    if change.subject is Subject.FRONT_MATTER and change.id.partition(".")[0] in _GOVERNING:
        return Step.MAJOR, "whom the SOP governs, or when, differs"
    if change.category is Category.SUBSTANTIVE:
        return Step.MINOR, f"{change.kind}; {change.why}"
    return Step.PATCH, f"{change.kind}; {change.why}"


def _demand_step(change: Change, clause: Clause | None) -> tuple[Step, str]:
    if change.kind is ChangeKind.REMOVED:
        return Step.MAJOR, "a demand was removed"
    if change.kind is ChangeKind.ADDED:
        forbids = clause is not None and clause.modality is Modality.MUST_NOT
        return (Step.MAJOR, "a prohibition was added") if forbids else (Step.MINOR, "a demand was added")
    by_value = _BY_VALUE.get(change.kind)
    if by_value is not None:
        return by_value(change)
    step = Step.MAJOR if change.category is Category.SUBSTANTIVE else Step.PATCH
    return step, f"{change.kind}; {change.why}"


def _modality_step(change: Change) -> tuple[Step, str]:
    what = f"{change.old or Modality.PLAIN} to {change.new or Modality.PLAIN}"
    return _by_direction(what, _above(tuple(map(str, _BINDING)), change))


def _severity_step(change: Change) -> tuple[Step, str]:
    what = f"severity {change.old or 'of the check'} to {change.new or 'of the check'}"
    return _by_direction(what, _above(tuple(map(str, Severity)), change))


def _parameter_step(change: Change) -> tuple[Step, str]:
    what = f"{change.name} {change.old or 'of the check'} to {change.new or 'of the check'}"
    return _by_direction(what, _stricter(change))


def _by_direction(what: str, stricter: bool | None) -> tuple[Step, str]:  # noqa: FBT001 - three-valued
    if stricter is None:
        return Step.MAJOR, f"{what}: it cannot be told to be looser"
    return (Step.MAJOR, f"{what}: stricter") if stricter else (Step.MINOR, f"{what}: looser")


def _check_step(change: Change) -> tuple[Step, str]:
    if change.old and change.new:
        return Step.MAJOR, f"judged by {change.new} instead of {change.old}"
    return Step.MINOR, f"judged by {change.new} now" if change.new else f"no longer judged by {change.old}"


def _above(order: Sequence[str], change: Change) -> bool | None:
    """Return whether the new value is above the old one, None when either is none of the known ones."""
    if change.old not in order or change.new not in order:
        return None
    return order.index(change.new) > order.index(change.old)


def _stricter(change: Change) -> bool | None:
    old, new = _amount(change.old), _amount(change.new)
    if old is None or new is None or change.name not in _AT_MOST | _AT_LEAST:
        return None
    return new < old if change.name in _AT_MOST else new > old


def _amount(text: str | None) -> float | None:
    length = parse_duration(text or "")
    if length is not None:
        return length.total_seconds()
    try:
        return float(text or "")
    except ValueError:
        return None


_BY_VALUE: Mapping[ChangeKind, Callable[[Change], tuple[Step, str]]] = MappingProxyType(
    {
        ChangeKind.MODALITY: _modality_step,
        ChangeKind.SEVERITY: _severity_step,
        ChangeKind.PARAMETER: _parameter_step,
        ChangeKind.CHECK: _check_step,
    }
)
