"""Clauses whose words name one time while their check measures another: one source, but two rules.

In doubt nothing is said: one of several times that fits is enough, a range holds all between its ends, a day
may be a day of opening hours or eight hours, and a length that may well be no limit (a condition, an age, the
hours of the day) is left alone, though it fits as well as any other.
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from sopgen.base.diagnostic import Diagnostic, Level
from sopgen.base.duration import parse_duration
from sopgen.compliance.binding import BoundClause
from sopgen.compliance.clock import Clock
from sopgen.compliance.parameter import ParameterKind, say_value
from sopgen.language.estimate.named import lengths_named_in
from sopgen.language.estimate.value import Named
from sopgen.sop.model import Sop
from sopgen.sop.passage import Passage, passages

_DAY = timedelta(days=1)
_WORKING_DAY = timedelta(hours=8)
"""How long people mean by a working day where no opening hours say it (our decision, 2026-11-23)."""

_UNITS = (("d", 86400), ("h", 3600), ("m", 60), ("s", 1))


def limits_said_otherwise(sop: Sop, clauses: Iterable[BoundClause]) -> Iterator[Diagnostic]:
    """Yield SOP226 for the clauses of an SOP whose words name times of which none is that of the check."""
    demands = {each.clause.id: each for each in passages(sop) if each.clause is not None}
    for bound in clauses:
        limits, passage = _limits_of(bound), demands.get(bound.clause.id)
        if not limits or passage is None:
            continue
        named = lengths_named_in(passage.said)
        if any(_fits(each, limit, bound.clock) for each in named for limit in limits.values()):
            continue
        for each in [each for each in named if not each.aside][:1]:
            yield _flaw(bound, passage, each, limits)


def _limits_of(bound: BoundClause) -> dict[str, str]:
    """Return the lengths of time that the check measures with, as written, by their parameters."""
    given, found = bound.clause.parameters, {}
    for name, parameter in bound.rule.parameters.items():
        if parameter.kind is not ParameterKind.DURATION or (parameter.tolerance and name not in given):
            continue
        default = parameter.default
        found[name] = given.get(name, "" if default is None else say_value(default))
    return found


def _fits(named: Named, limit: str, clock: Clock) -> bool:
    """Return whether the length may mean the limit, whichever clock either of them was written for."""
    limits = [each for each in (parse_duration(limit), clock.length(limit)) if each is not None]
    return any(least <= each <= most for least, most in _readings(named, clock) for each in limits)


def _readings(named: Named, clock: Clock) -> Iterator[tuple[timedelta, timedelta]]:
    """Yield the least and the most that the length can mean, by each kind of day."""
    yield named.least, named.most
    for day in (_WORKING_DAY, clock.length("1d")) if named.in_days else ():
        if day is not None:
            yield day * (named.least / _DAY), day * (named.most / _DAY)


def _flaw(bound: BoundClause, passage: Passage, named: Named, limits: dict[str, str]) -> Diagnostic:
    words = " ".join(passage.text[named.start : named.end].split())
    set_here = [f"{name}={limit}" for name, limit in limits.items() if name in bound.clause.parameters]
    by_default = [f"{name}={limit}" for name, limit in limits.items() if name not in bound.clause.parameters]
    measures = " and ".join([*set_here, *(f"{each} (its default)" for each in by_default)])
    name = next((each for each in limits if each in bound.clause.parameters), next(iter(limits)))
    return Diagnostic(
        code="SOP226",
        level=Level.WARNING,
        span=passage.place(named.start),
        message=f"{passage.owner} says '{words}', but {bound.rule.name} measures with {measures}",
        hint=f"write {name}={_written(named.most)}, or let the words name the time of the check",
    )


def _written(length: timedelta) -> str:
    """Return the length as a clause writes it."""
    seconds, parts = round(length.total_seconds()), []
    for unit, size in _UNITS:
        count, seconds = divmod(seconds, size)
        if count:
            parts.append(f"{count}{unit}")
    return "".join(parts) or "0s"
