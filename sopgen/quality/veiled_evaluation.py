"""An evaluation as people may see it: its mistakes behind the veil."""

from dataclasses import replace

from sopgen.quality.score import Evaluation, Mistake
from sopgen.quality.veil import Veil


def veiled_evaluation(evaluation: Evaluation, veil: Veil) -> Evaluation:
    """Return the evaluation without personal data."""
    if veil.open:
        return evaluation
    return replace(evaluation, mistakes=tuple(_mistake(each, veil) for each in evaluation.mistakes))


def _mistake(mistake: Mistake, veil: Veil) -> Mistake:
    names = mistake.customers
    return replace(
        mistake,
        conversation=veil.identifier(mistake.conversation, names=names),
        source=veil.place(mistake.source, names),
        position=veil.text(mistake.position, names),
        reason=veil.text(mistake.reason, names),
    )
