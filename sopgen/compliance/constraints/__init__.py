"""The closed set of constraint kinds, named after Declare. A new check is data; a new kind is code here.

    existence, absence            one selection is found, or is not          (presence)
    init, end                     the first or last unit passes a filter     (presence)
    response                      what must follow, perhaps in time          (response)
    promised-response             what must follow by the time it was promised (promise)
    chain-response                what must follow at once                   (relation)
    precedence, not-succession    what must come before, what must not follow (relation)
    in-order                      the steps of a procedure that were taken   (order)
    recorded                      a field of the conversation's record is filled in (record)
    all, any, not                 constraints of constraints                 (logic)
    every                         one constraint for each of several phrases (below)

Limits (`within`) and gaps count opening hours where the SOP sets them, unless the clause sets a parameter
`clock` of the rule to `always`; `pause` names a moment from which a limit stands still until the customer's
next message.

A constraint is written as a mapping with its kind as the only key: `{existence: {of: {…}}}`. Where a clause
has a choice, `{case: $where, opening: CONSTRAINT, closing: CONSTRAINT}` is the constraint that it chose, and
`{every: {of: $phrases, holds: CONSTRAINT}}` holds when CONSTRAINT does for each phrase, which is what
`$phrases` stands for inside it.
Names: Declare (Pesic and van der Aalst, 2006); time windows: MP-Declare (Burattini et al., 2016).
"""

from collections.abc import Mapping

from sopgen.base.shape import Path
from sopgen.base.suggestion import did_you_mean
from sopgen.compliance.compiling import CASE, Compiling, choose
from sopgen.compliance.constraints.logic import all_of, any_of, none_of
from sopgen.compliance.constraints.order import compile_in_order
from sopgen.compliance.constraints.outcome import Compile, Constraint, Outcome, alike
from sopgen.compliance.constraints.presence import (
    compile_absence,
    compile_end,
    compile_existence,
    compile_init,
)
from sopgen.compliance.constraints.promise import compile_promised_response
from sopgen.compliance.constraints.record import compile_recorded
from sopgen.compliance.constraints.relation import (
    compile_chain_response,
    compile_not_succession,
    compile_precedence,
)
from sopgen.compliance.constraints.response import compile_response
from sopgen.compliance.selector import check_keys

KINDS: Mapping[str, Compile] = {
    "existence": compile_existence,
    "absence": compile_absence,
    "init": compile_init,
    "end": compile_end,
    "response": compile_response,
    "promised-response": compile_promised_response,
    "chain-response": compile_chain_response,
    "precedence": compile_precedence,
    "not-succession": compile_not_succession,
    "in-order": compile_in_order,
    "recorded": compile_recorded,
}

LOGIC = ("all", "any", "not", "every")

UNREADABLE = alike(Outcome(holds=False))
"""What stands for a constraint that cannot be read; its flaw has been reported."""


def compile_constraint(spec: object, path: Path, compiling: Compiling) -> Constraint:
    """Return the constraint that `spec` writes at `path`; flaws are RUL102."""
    if isinstance(spec, Mapping) and CASE in spec:
        return choose(spec, path, compiling, compile_constraint)
    if isinstance(spec, Mapping) and len(spec) == 1:
        return compiling.shared(_constraint(spec, path, compiling), spec)
    compiling.flaw(path, "a constraint is a mapping with one key, its kind", f"use one of: {_known()}")
    return UNREADABLE


def _constraint(spec: Mapping[str, object], path: Path, compiling: Compiling) -> Constraint:
    ((kind, inner),) = spec.items()
    where = (*path, kind)
    if kind in KINDS and isinstance(inner, Mapping):
        return KINDS[kind](inner, where, compiling)
    match kind:
        case "not":
            return none_of(compile_constraint(inner, where, compiling))
        case "all":
            return all_of(_parts(inner, where, compiling))
        case "any":
            return any_of(_parts(inner, where, compiling))
        case "every" if isinstance(inner, Mapping):
            return all_of(_each_phrase(inner, where, compiling))
    compiling.flaw(where, f"unknown constraint '{kind}'", did_you_mean(kind, (*KINDS, *LOGIC)))
    return UNREADABLE


def _parts(inner: object, path: Path, compiling: Compiling) -> tuple[Constraint, ...]:
    if not isinstance(inner, list) or not inner:
        compiling.flaw(path, "a list of constraints belongs here", "write - {existence: {of: …}}")
        return ()
    return tuple(compile_constraint(part, (*path, number), compiling) for number, part in enumerate(inner))


def _each_phrase(inner: Mapping[str, object], path: Path, compiling: Compiling) -> tuple[Constraint, ...]:
    check_keys(inner, ("of", "holds"), path, compiling)
    name = str(inner.get("of"))
    phrases = compiling.phrases(name, (*path, "of"))
    return tuple(
        compile_constraint(inner.get("holds"), (*path, "holds"), compiling.but(name.lstrip("$"), (phrase,)))
        for phrase in phrases
    )


def _known() -> str:
    return ", ".join((*KINDS, *LOGIC))
