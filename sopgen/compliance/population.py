"""The units that filters try: messages or turns of some roles and kinds, in a range of the conversation."""

from collections.abc import Callable
from typing import TypeVar

from sopgen.compliance.bits import Bits, positions
from sopgen.compliance.selection import Among, Selection
from sopgen.compliance.timeline import Timeline
from sopgen.conversation.event import happening_of
from sopgen.conversation.model import Kind, Role

K = TypeVar("K")

Cut = Callable[[Bits], Bits]
"""What takes a part of some units: the first few, or the last."""


def whole(units: Bits) -> Bits:
    """Return all of them."""
    return units


def messages_of(
    roles: frozenset[Role],
    kinds: frozenset[Kind],
    events: frozenset[str],
    inside: Selection | None,
    cut: Cut,
) -> Selection:
    """Return the messages of these roles and kinds, events of these names only, inside turns where given."""

    def gather(timeline: Timeline) -> Bits:
        found = _united(timeline.roles, roles) & _united(timeline.kinds, kinds)
        if events and found:
            found = _happening(timeline, found, events)
        return cut(found if inside is None else found & inside.messages(timeline))

    reads = inside.reads if inside is not None else frozenset()
    return Selection(gather, reads, Among(roles=roles))


def turns_of(roles: frozenset[Role], kinds: frozenset[Kind], cut: Cut) -> Selection:
    """Return the turns of these roles that hold a message of one of the kinds."""

    def gather(timeline: Timeline) -> Bits:
        return cut(_united(timeline.heads, roles) & timeline.turns_with(_united(timeline.kinds, kinds)))

    return Selection(gather, among=Among(by_turn=True, roles=roles))


def _happening(timeline: Timeline, messages: Bits, events: frozenset[str]) -> Bits:
    found = 0
    for at in positions(messages):
        if happening_of(timeline.messages[at]) in events:
            found |= 1 << at
    return found


def _united(parts: dict[K, Bits], keys: frozenset[K]) -> Bits:
    found = 0
    for key in keys:
        found |= parts[key]
    return found
