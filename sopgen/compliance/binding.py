"""Clauses tied to the checks that judge them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial

from sopgen.base.diagnostic import Diagnostic, Level, Report
from sopgen.base.suggestion import did_you_mean
from sopgen.compliance.choosing import Choosing, choosing_of, misfit_of_choice
from sopgen.compliance.clock import ALWAYS, Clock
from sopgen.compliance.constraints import compile_constraint
from sopgen.compliance.constraints.outcome import Constraint
from sopgen.compliance.pack import Pack, compile_due, compiling
from sopgen.compliance.parameter import Misfit, Parameter, ParameterKind, Value, read_value
from sopgen.compliance.procedure import LEAST_STEPS, misfit_of, steps_around
from sopgen.compliance.reply import expected_of, suggested
from sopgen.compliance.rule import Rule
from sopgen.compliance.selection import Selection
from sopgen.compliance.service import service_of
from sopgen.compliance.step import Steps
from sopgen.sop.model import CHOOSING_KEYS, STEP_KEYS, Clause, Severity, Sop

NO_CHECK = "none"

CLOCK = "clock"
"""The parameter by which a clause chooses between opening hours and all time."""

OPENING_HOURS, ALWAYS_RUNS = "business", "always"


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundClause:
    """A clause of one SOP version and its check, compiled with the clause's parameters.

    `choosing` tells which conversations the clause is for. `clock` is that of the SOP's service, whichever
    the clause chose. `said` holds the values that reasons and remedies
    may name; durations are told by what was measured. `due` are the messages whose words made the clause due,
    where its rule tells them. `suggest` returns the SOP's own quick reply that does
    what the check expects, or "": few clauses are ever asked for it.
    """

    sop: Sop
    clause: Clause
    rule: Rule
    severity: Severity
    choosing: Choosing
    clock: Clock = ALWAYS
    said: Mapping[str, Value]
    when: Constraint
    expect: Constraint
    due: Selection | None
    suggest: Callable[[], str]

    @property
    def suggestion(self) -> str:
        """Return the SOP's own quick reply that does what the check expects, or ""."""
        return self.suggest()


def bind(sop: Sop, pack: Pack, report: Report) -> tuple[BoundClause, ...]:
    """Return the clauses of an SOP that a check of the pack judges, in reading order.

    Diagnostics: BND101 unknown check, BND102 unknown parameter, BND103 a value that does not fit, BND105 a
    parameter that must be set and is not, BND109 a procedure with too few steps that show; those of
    `service_of`. A clause with a flaw is left out; the others stay, those with a warning too: BND107
    `clock=business` in an SOP without hours.
    """
    return tuple(_bound(sop, pack, report))


def _bound(sop: Sop, pack: Pack, report: Report) -> Iterator[BoundClause]:
    service, replies = service_of(sop, report), tuple(sop.quick_replies())
    for clause in sop.clauses():
        if clause.check in ("", NO_CHECK):
            continue
        rule = pack.rules.get(clause.check)
        if rule is None:
            report(_unknown_check(clause, pack))
            continue
        values = _values(clause, rule, sop, pack, report=report)
        if values is None:
            continue
        if clause.parameters.get(CLOCK) == OPENING_HOURS and sop.hours is None:
            report(_without_hours(clause, sop))
        always = values.get(CLOCK) == ALWAYS_RUNS
        given = replace(
            compiling(rule, pack, values, report),
            clock=ALWAYS if always else service.clock,
            calendar=service.calendar,
        )
        yield BoundClause(
            sop=sop,
            clause=clause,
            rule=rule,
            severity=clause.severity or rule.severity,
            choosing=choosing_of(clause),
            clock=service.clock,
            said={
                name: value
                for name, value in values.items()
                if rule.parameters[name].kind is not ParameterKind.DURATION
            },
            when=compile_constraint(rule.source.when, ("when",), given),
            expect=compile_constraint(rule.source.expect, ("expect",), given),
            due=compile_due(rule, given),
            suggest=cache(
                partial(suggested, expected_of(rule.source.expect, given), replies, pack.recognise)
            ),
        )


def _values(clause: Clause, rule: Rule, sop: Sop, pack: Pack, *, report: Report) -> dict[str, Value] | None:
    """Return what the clause sets, over the defaults, or None after reporting what is wrong with it."""
    values = {name: each.default for name, each in rule.parameters.items() if each.default is not None}
    flaws = [*_misfits_of_choice(clause, sop)]
    for name, written in sorted(clause.parameters.items()):
        if name in CHOOSING_KEYS:
            continue  # which conversations the clause is for
        parameter = rule.parameters.get(name)
        value = read_value(parameter, written, pack.book) if parameter else None
        if isinstance(value, Misfit):
            flaws.append(_flaw("BND103", clause, f"{name}={value.message}", value.hint, at=name))
        elif value is None and name in STEP_KEYS:
            continue  # how the step shows, for the order of its procedure
        elif value is None:
            hint = did_you_mean(name, rule.parameters) if rule.parameters else f"'{rule.name}' takes none"
            message = f"'{rule.name}' has no parameter '{name}'"
            flaws.append(_flaw("BND102", clause, message, hint, at=name))
        else:
            values[name] = value
    for name, parameter in rule.parameters.items():
        if parameter.kind is ParameterKind.STEPS and name not in clause.parameters:
            values[name] = steps_around(clause, sop, pack)
        if name not in values and name not in clause.parameters:
            flaws.append(_missing(clause, rule, name, parameter))
    flaws += [
        flaw
        for value in values.values()
        if isinstance(value, Steps)
        for flaw in _misfits(clause, value, pack)
    ]
    for flaw in flaws:
        report(flaw)
    return None if flaws else values


def _misfits_of_choice(clause: Clause, sop: Sop) -> Iterator[Diagnostic]:
    for key in CHOOSING_KEYS:
        if key in clause.parameters:
            misfit = misfit_of_choice(key, clause.parameters[key], sop.applies_to.channels)
            if misfit is not None:
                yield _flaw("BND103", clause, f"{key}: {misfit.message}", misfit.hint, at=key)


def _misfits(clause: Clause, steps: Steps, pack: Pack) -> Iterator[Diagnostic]:
    for step in steps.steps:
        misfit = misfit_of(step, pack)
        if misfit is not None:
            message = f"the step '{step.name}': {misfit.message}"
            yield _flaw("BND103", clause, message, misfit.hint, at="steps")
    if len(steps.steps) < LEAST_STEPS:
        message = f"the procedure of '{clause.id}' has fewer than {LEAST_STEPS} steps that show in a chat"
        yield _flaw("BND109", clause, message, 'give its steps act=greeting or says="one phrase | another"')


def _missing(clause: Clause, rule: Rule, name: str, parameter: Parameter) -> Diagnostic:
    written = {
        ParameterKind.DURATION: f"{name}=5m",
        ParameterKind.COUNT: f"{name}=2",
        ParameterKind.PHRASES: f'{name}="one phrase | another"',
        ParameterKind.CHOICE: f"{name}={'|'.join(parameter.choices)}",
        ParameterKind.STEPS: f'{name}="greeting > farewell"',
    }
    message = f"'{rule.name}' needs {name}"
    return _flaw("BND105", clause, message, f"add {written[parameter.kind]} after its check")


def _without_hours(clause: Clause, sop: Sop) -> Diagnostic:
    hint = "set `hours` in the front matter, or leave out clock=business"
    message = f"'{sop.id}' has no opening hours, so all time counts"
    return replace(_flaw("BND107", clause, message, hint, at=CLOCK), level=Level.WARNING)


def _unknown_check(clause: Clause, pack: Pack) -> Diagnostic:
    message = f"clause '{clause.id}': unknown check '{clause.check}'"
    return _flaw("BND101", clause, message, did_you_mean(clause.check, pack.rules))


def _flaw(code: str, clause: Clause, message: str, hint: str, *, at: str = "") -> Diagnostic:
    span = clause.places.get(at, clause.span)
    return Diagnostic(code=code, level=Level.ERROR, span=span, message=message, hint=hint)
