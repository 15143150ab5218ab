"""What a unit is like as a whole: the language it is in, and whether it repeats an earlier message."""

from collections import Counter
from collections.abc import Hashable, Iterator
from itertools import pairwise

from sopgen.compliance.timeline import Timeline, Unit, remembered
from sopgen.compliance.window import Accept, Select
from sopgen.language.normal import normalise
from sopgen.language.tongue import TellTongue, Tongue

LEAST_SHARED = 0.9
"""Share of a message's pairs of neighbouring words from which on it counts as said before: one other word
breaks two of twenty (our decision, 2026-11-22)."""

_Wording = tuple[str, ...]


def speaks(tongue: Tongue, tell: TellTongue) -> Accept:
    """Return the test that the unit is in this language for certain."""
    return lambda timeline, unit: _tongue_of(timeline, unit, tell) is tongue


def speaks_as(select: Select, tell: TellTongue, *, same: bool) -> Accept:
    """Return the test that the unit is in the language of the selection, or in another one.

    Both must be told for certain; a mixture is neither the same language nor another.
    """

    @remembered
    def of_all(timeline: Timeline) -> Tongue | None:
        return _tongue_of(timeline, tuple(at for unit in select(timeline) for at in unit), tell)

    def accept(timeline: Timeline, unit: Unit) -> bool:
        expected, spoken = of_all(timeline), _tongue_of(timeline, unit, tell)
        return expected is not None and spoken is not None and (expected is spoken) is same

    return accept


def repeats(select: Select, least: int, address: frozenset[str]) -> Accept:
    """Return the test that the unit's message, `least` words or longer, was said before almost word for word.

    Forms of `address` and the names after them, particles and signs do not count: who pastes a reply fills
    them in anew.
    """

    @remembered
    def pasted(timeline: Timeline) -> frozenset[int]:
        positions = sorted({at for unit in select(timeline) for at in timeline.said(unit)})
        said = [(at, _wording_of(timeline, at, address)) for at in positions]
        return frozenset(_pasted(said, least))

    return lambda timeline, unit: not pasted(timeline).isdisjoint(unit)


def _pasted(said: list[tuple[int, _Wording]], least: int) -> Iterator[int]:
    """Yield the messages most of whose pairs of words stand in one earlier message.

    For each pair only the last message that has it is kept, so that the work is in proportion to the words.
    """
    last: dict[tuple[str, str], int] = {}
    for at, wording in said:
        pairs = tuple(pairwise(wording))
        shared = Counter(last[pair] for pair in pairs if pair in last)
        if len(pairs) + 1 >= least and shared and max(shared.values()) >= LEAST_SHARED * len(pairs):
            yield at
        last.update(dict.fromkeys(pairs, at))


def _tongue_of(timeline: Timeline, unit: Unit, tell: TellTongue) -> Tongue | None:
    key: Hashable = (_tongue_of, unit)
    if key not in timeline.facts:
        timeline.facts[key] = tell("\n".join(timeline.messages[at].text for at in timeline.said(unit)))
    told: Tongue | None = timeline.facts[key]
    return told


def _wording_of(timeline: Timeline, position: int, address: frozenset[str]) -> _Wording:
    """Return the words of a message in their order, without fillers and names after a form of address."""
    recognition = timeline.recognition(position)
    text, filled = recognition.text, set(recognition.fillers)
    wording, addressed = [], -1
    for start, end in recognition.words:
        word = normalise(text[start:end]).text
        is_name = addressed >= 0 and text[addressed:start].isspace()
        if not is_name and (start, end) not in filled:
            wording.append(word)
        addressed = end if word in address else -1
    return tuple(wording)
