"""Messages in order, each with an id of its own."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

from sopgen.conversation.model import Message


def by_time(messages: Sequence[Message]) -> list[Message]:
    """Return the messages by time, stably; one without a time stays behind the one before it."""
    keyed: list[tuple[datetime, Message]] = []
    first = next((message.at for message in messages if message.at is not None), None)
    if first is None:
        return list(messages)
    last = first
    for message in messages:
        last = message.at or last
        keyed.append((last, message))
    return [message for _, message in sorted(keyed, key=lambda pair: pair[0])]


def oldest_first(messages: Sequence[Message]) -> list[Message]:
    """Return the messages by time; of a list that runs newest first, those of one instant turned round."""
    times = [message.at for message in messages if message.at is not None]
    down = sum(after < before for before, after in pairwise(times))
    up = sum(after > before for before, after in pairwise(times))
    return by_time(tuple(reversed(messages)) if down > up else messages)


def told_apart(messages: Sequence[Message]) -> list[Message]:
    """Return the messages with unique ids: the second m1 is called m1#2."""
    taken = {message.id for message in messages}
    seen: Counter[str] = Counter()
    apart = []
    for message in messages:
        seen[message.id] += 1
        name = message.id
        while name in taken and seen[message.id] > 1:
            name = f"{message.id}#{seen[message.id]}"
            seen[message.id] += name in taken
        taken.add(name)
        apart.append(message if name == message.id else replace(message, id=name))
    return apart
