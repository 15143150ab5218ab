"""The steps that a clause in a procedure speaks of, and whether each can show."""

from collections.abc import Iterator

from sopgen.base.suggestion import did_you_mean
from sopgen.compliance.pack import Pack
from sopgen.compliance.parameter import Misfit
from sopgen.compliance.reply import expected_acts
from sopgen.compliance.step import EVENTS, Step, Steps, step_shown_by
from sopgen.sop.model import STEP_KEYS, Clause, ClauseList, Procedure, Sop, clauses_of

LEAST_STEPS = 2
"""Steps that show, without which a procedure has no order to keep."""

_NAME_LENGTH = 60


def steps_around(clause: Clause, sop: Sop, pack: Pack) -> Steps:
    """Return the steps of the procedure in which the clause stands; none outside a procedure."""
    around = next((each for each in _procedures(sop) if _holds(each, clause)), None)
    if around is None:
        return Steps(())
    ordered = (block for block in around.blocks if isinstance(block, ClauseList) and block.ordered)
    shown = (_shown(step, pack) for block in ordered for step in block.clauses)
    return Steps(tuple(step for step in shown if step is not None))


def misfit_of(step: Step, pack: Pack) -> Misfit | None:
    """Return why a step cannot show, or None."""
    if step.event and step.event not in EVENTS:
        return Misfit(message=f"'{step.event}' is no event", hint=did_you_mean(step.event, EVENTS))
    if step.act and step.act not in pack.acts:
        return Misfit(message=f"'{step.act}' is no act", hint=did_you_mean(step.act, pack.acts))
    for phrase in step.phrases:
        why = pack.book.flaw_in(phrase)
        if why:
            return Misfit(message=f"the phrase '{phrase}' cannot be read: {why}", hint="write plain words")
    return None


def _procedures(sop: Sop) -> Iterator[Procedure]:
    for section in sop.sections:
        for block in section.blocks:
            if isinstance(block, Procedure):
                yield block


def _holds(procedure: Procedure, clause: Clause) -> bool:
    return any(each is clause for each in clauses_of(procedure.blocks))


def _shown(step: Clause, pack: Pack) -> Step | None:
    """Return the step and what shows it, or None when nothing does."""
    name = step.text if len(step.text) <= _NAME_LENGTH else f"{step.text[: _NAME_LENGTH - 1]}…"
    for key in STEP_KEYS:
        if key in step.parameters:
            return step_shown_by(key, step.parameters[key], name=name)
    act = _act_of_check(step, pack)
    return Step(name=name, act=act) if act else None


def _act_of_check(step: Clause, pack: Pack) -> str:
    """Return the act that the step's check expects of the agent, "" unless there is exactly one."""
    rule = pack.rules.get(step.check)
    acts: frozenset[str] = expected_acts(rule.source.expect) if rule else frozenset()
    return next(iter(acts)) if len(acts) == 1 else ""
