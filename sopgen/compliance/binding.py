"""Clauses tied to the checks that judge them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from sopgen.base.diagnostic import Diagnostic, Level, Report
from sopgen.base.duration import parse_duration
from sopgen.base.suggestion import did_you_mean
from sopgen.compliance.constraints import compile_constraint
from sopgen.compliance.constraints.outcome import Evaluate
from sopgen.compliance.pack import Pack, compiling
from sopgen.compliance.rule import Rule
from sopgen.sop.model import Clause, Severity, Sop

NO_CHECK = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundClause:
    """A clause of one SOP version and its check, compiled with the clause's parameters."""

    sop: Sop
    clause: Clause
    rule: Rule
    severity: Severity
    when: Evaluate
    expect: Evaluate


def bind(sop: Sop, pack: Pack, report: Report) -> tuple[BoundClause, ...]:
    """Return the clauses of an SOP that a check of the pack judges, in reading order.

    Diagnostics: BND101 unknown check, BND102 unknown parameter, BND103 a value that is no duration. A clause
    with a flaw is left out; the others stay.
    """
    return tuple(_bound(sop, pack, report))


def _bound(sop: Sop, pack: Pack, report: Report) -> Iterator[BoundClause]:
    for clause in sop.clauses():
        if clause.check in ("", NO_CHECK):
            continue
        rule = pack.rules.get(clause.check)
        if rule is None:
            report(_unknown_check(clause, pack))
            continue
        parameters = _parameters(clause, rule, report)
        if parameters is None:
            continue
        given = compiling(rule, pack, parameters, report)
        yield BoundClause(
            sop=sop,
            clause=clause,
            rule=rule,
            severity=clause.severity or rule.severity,
            when=compile_constraint(rule.source.when, ("when",), given),
            expect=compile_constraint(rule.source.expect, ("expect",), given),
        )


def _parameters(clause: Clause, rule: Rule, report: Report) -> dict[str, timedelta] | None:
    given: dict[str, timedelta] = dict(rule.defaults)
    sound = True
    for name, text in sorted(clause.parameters.items()):
        length = parse_duration(text)
        if name not in rule.defaults:
            hint = did_you_mean(name, rule.defaults) if rule.defaults else f"'{rule.name}' takes none"
            report(_flaw("BND102", clause, f"'{rule.name}' has no parameter '{name}'", hint))
            sound = False
        elif length is None:
            report(_flaw("BND103", clause, f"{name}='{text}' is no duration", "write 2m, 1h30m or 24h"))
            sound = False
        else:
            given[name] = length
    return given if sound else None


def _unknown_check(clause: Clause, pack: Pack) -> Diagnostic:
    message = f"clause '{clause.id}': unknown check '{clause.check}'"
    return _flaw("BND101", clause, message, did_you_mean(clause.check, pack.rules))


def _flaw(code: str, clause: Clause, message: str, hint: str) -> Diagnostic:
    return Diagnostic(code=code, level=Level.ERROR, span=clause.span, message=message, hint=hint)
