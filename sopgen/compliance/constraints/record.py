"""A constraint on the conversation's record: whether a field of it is filled in."""

from collections.abc import Callable, Mapping

from sopgen.base.shape import Path
from sopgen.compliance.bits import first_in
from sopgen.compliance.compiling import Compiling
from sopgen.compliance.constraints.outcome import (
    HOLDS,
    Constraint,
    Mark,
    Outcome,
    Show,
    one_by_one,
    show_nothing,
)
from sopgen.compliance.selection import Selection
from sopgen.compliance.selector import check_keys, choice_of, compile_selection
from sopgen.compliance.timeline import NO_ACTS, Timeline
from sopgen.conversation.model import Conversation

FIELDS: Mapping[str, Callable[[Conversation], tuple[str, ...]]] = {
    "category": lambda conversation: (conversation.category,),
    "priority": lambda conversation: (conversation.priority,),
    "tags": lambda conversation: conversation.tags,
    "team": lambda conversation: (conversation.team,),
    "language": lambda conversation: (conversation.language,),
}
"""What a rule may ask of the record, and the texts that stand there."""


def compile_recorded(spec: Mapping[str, object], path: Path, compiling: Compiling) -> Constraint:
    """Return recorded: the `field` of the record holds something, one of the phrases of `says` if given.

    When it does not, the first unit of `blame` is marked. Whoever handles the conversation may still fill it
    in, so the violation is curable.
    """
    check_keys(spec, ("field", "says", "blame"), path, compiling)
    texts_of = FIELDS[choice_of(spec, "field", tuple(FIELDS), path, compiling)]
    find = compiling.finder(spec["says"], (*path, "says")) if "says" in spec else None
    blame = compile_selection(spec["blame"], (*path, "blame"), compiling) if "blame" in spec else None

    lacking = Outcome(holds=False, show=_show_first(blame) if blame else show_nothing, curable=True)

    def evaluate(timeline: Timeline) -> Outcome:
        texts = [text for text in texts_of(timeline.conversation) if text.strip()]
        return HOLDS if any(find is None or find(text) for text in texts) else lacking

    return one_by_one(evaluate, NO_ACTS)


def _show_first(blame: Selection) -> Show:
    def show(timeline: Timeline) -> tuple[Mark, ...]:
        found = timeline[blame]
        return (Mark(position=first_in(found)),) if found else ()

    return show
