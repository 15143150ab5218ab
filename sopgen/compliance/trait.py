"""What a unit is like as a whole: the language it is in, and whether it repeats an earlier message."""

from collections.abc import Hashable

from sopgen.compliance.timeline import Timeline, Unit, remembered
from sopgen.compliance.window import Accept, Select
from sopgen.language.normal import normalise
from sopgen.language.tongue import TellTongue, Tongue

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


def repeats(select: Select, least: int) -> Accept:
    """Return the test that the unit's message says at least `least` words that an earlier one said as well.

    Forms of address, particles, numbers and signs do not count: who pastes a reply fills them in anew.
    """

    @remembered
    def first_said(timeline: Timeline) -> dict[_Wording, int]:
        found: dict[_Wording, int] = {}
        for unit in select(timeline):
            for at in timeline.said(unit):
                found.setdefault(_wording_of(timeline, at), at)
        return found

    def accept(timeline: Timeline, unit: Unit) -> bool:
        return any(
            len(wording) >= least and first_said(timeline).get(wording, at) < at
            for at in timeline.said(unit)
            for wording in [_wording_of(timeline, at)]
        )

    return accept


def _tongue_of(timeline: Timeline, unit: Unit, tell: TellTongue) -> Tongue | None:
    key: Hashable = (_tongue_of, unit)
    if key not in timeline.memory:
        timeline.memory[key] = tell("\n".join(timeline.messages[at].text for at in timeline.said(unit)))
    told: Tongue | None = timeline.memory[key]
    return told


def _wording_of(timeline: Timeline, position: int) -> _Wording:
    """Return the words of a message in their order, without fillers and numbers."""
    key: Hashable = (_wording_of, position)
    if key not in timeline.memory:
        recognition = timeline.recognition(position)
        filled = set(recognition.fillers)
        words = (
            normalise(recognition.text[start:end]).text
            for start, end in recognition.words
            if (start, end) not in filled
        )
        timeline.memory[key] = tuple(word for word in words if not any(map(str.isdigit, word)))
    wording: _Wording = timeline.memory[key]
    return wording
