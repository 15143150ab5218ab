"""The units that filters try: messages or turns of some roles and kinds, in a range of the conversation."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from sopgen.compliance.bits import Bits
from sopgen.compliance.selection import Among, Selection
from sopgen.compliance.timelines import Question, Timelines
from sopgen.conversation.event import happening_of
from sopgen.conversation.model import Kind, Role

K = TypeVar("K")

Cut = Callable[[Timelines, Bits], Bits]
"""What takes a part of some units of each conversation: the first few, or the last."""


def whole(_: Timelines, units: Bits) -> Bits:
    """Return all of them."""
    return units


def first_few(count: int) -> Cut:
    """Return what takes the first so many."""
    return lambda talks, units: talks.talks.first_few(units, count)


def last_few(count: int) -> Cut:
    """Return what takes the last so many."""
    return lambda talks, units: talks.talks.last_few(units, count)


def messages_of(
    roles: frozenset[Role],
    kinds: frozenset[Kind],
    events: frozenset[str],
    inside: Selection | None,
    cut: Cut,
) -> Selection:
    """Return the messages of these roles and kinds, events of these names only, inside turns where given."""
    happens = Question(lambda timeline, at: happening_of(timeline.messages[at]) in events)

    def gather(talks: Timelines) -> Bits:
        found = _united(talks.roles, roles) & _united(talks.kinds, kinds)
        if events and found:
            found = talks.answer(happens, found)
        return cut(talks, found if inside is None else found & inside.all_messages(talks))

    reads = inside.reads if inside is not None else frozenset()
    return Selection(gather, reads, Among(roles=roles))


def turns_of(roles: frozenset[Role], kinds: frozenset[Kind], cut: Cut) -> Selection:
    """Return the turns of these roles that hold a message of one of the kinds."""

    def gather(talks: Timelines) -> Bits:
        return cut(talks, _united(talks.heads, roles) & talks.turns_with(_united(talks.kinds, kinds)))

    return Selection(gather, among=Among(by_turn=True, roles=roles))


def _united(parts: Mapping[K, Bits], keys: frozenset[K]) -> Bits:
    found = 0
    for key in keys:
        found |= parts[key]
    return found
