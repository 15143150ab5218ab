"""How sure a verdict is: what becomes of it if a doubtful act was seen wrongly.

Every act that the trained model was asked about has a chance. A rule is held against the conversation once
more with each doubtful act, one at a time, taken the other way; where the verdict changes, that act's doubt
is the verdict's. Doubts of several acts add up as those of independent witnesses do.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from sopgen.compliance.bits import Bits
from sopgen.compliance.timeline import NO_ACTS, Reads
from sopgen.compliance.timelines import Doubted, Timelines
from sopgen.compliance.twins import Twins

MOST_FLIPS = 12
"""Doubtful acts tried for one verdict, the most doubtful first (our decision, 2026-11-22)."""

FEW_DOUBTS = 4 * MOST_FLIPS
"""Doubtful acts of a conversation up to which all get a twin; choosing costs more than they do."""


def acts_within(spec: object, moments: Mapping[str, object]) -> frozenset[str]:
    """Return every act that a constraint speaks of, those of the moments it names included."""
    match spec:
        case str() if spec in moments:
            return acts_within(moments[spec], {name: each for name, each in moments.items() if name != spec})
        case list() | tuple():
            return frozenset().union(*(acts_within(part, moments) for part in spec))
        case Mapping():
            named = (_listed(spec[key]) for key in ("act", "not-act", "only", "not-only") if key in spec)
            inner = (acts_within(part, moments) for part in spec.values())
            return frozenset().union(*named, *inner)
    return frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hanging:
    """What a verdict hangs on: which of the acts that its activation asks for, and which otherwise.

    `called_for`: the conversations, by their ends, that are held against more than the activation.
    """

    called_for: Bits
    asked: Reads
    to_be_called: Reads


class Doubts:
    """The doubtful acts of conversations, and their twins in which one of them is taken the other way.

    `asked` are all sets of acts that verdicts may hang on. With an era, each twin is judged by itself.
    """

    def __init__(self, talks: Timelines, asked: Iterable[Reads]) -> None:
        self._talks = talks
        self._asked = tuple(dict.fromkeys(asked))
        self._any = NO_ACTS.union(*self._asked)

    def certainties(
        self, verdicts: Sequence[Bits], judge: Callable[[Timelines], Sequence[Bits]], hanging: Hanging
    ) -> dict[int, float]:
        """Return how likely `judge` would still say its verdicts if every act were seen rightly, in [0, 1].

        It says for each verdict which conversations get it. Returned are those, by number, for which it is
        less than certain.
        """
        found: dict[int, float] = {}
        tried = 0
        for twins in self._twins:
            relevant = _relevant(twins, hanging)
            if not relevant or tried >= MOST_FLIPS:
                continue
            changed = 0
            for before, after in zip(verdicts, judge(twins), strict=True):
                changed |= after & ~twins.copied(before)
            for number, _ in twins.places_of(changed & relevant):
                doubt = twins.of[number]
                if self._rank(twins, number, relevant) < MOST_FLIPS:
                    found[doubt.row] = found.get(doubt.row, 1.0) * (1 + doubt.against)
            tried += self._talks.era is not None
        return found

    def let_go(self) -> None:
        """Forget the twins."""
        for twins in self._twins:
            twins.let_go()

    @cached_property
    def _twins(self) -> list[Twins]:
        doubts = [doubt for row in self._talks.doubts for doubt in self._worth_trying(row)]
        if self._talks.era is not None:
            return [Twins(self._talks, [doubt]) for doubt in doubts]
        return [Twins(self._talks, doubts)] if doubts else []

    def _worth_trying(self, doubts: Sequence[Doubted]) -> list[Doubted]:
        """Return the doubts of a conversation that verdicts may hang on, the greatest first."""
        ordered = sorted([each for each in doubts if each.ask in self._any])
        if len(ordered) <= FEW_DOUBTS:
            return ordered
        tried: set[int] = set()
        for reads in self._asked:
            tried |= set(islice((n for n, each in enumerate(ordered) if each.ask in reads), MOST_FLIPS))
        return [each for n, each in enumerate(ordered) if n in tried]

    def _rank(self, twins: Twins, number: int, relevant: Bits) -> int:
        """Return how many greater doubts of its conversation a verdict hangs on."""
        first = twins.first_of[twins.of[number].row]
        if number - first < MOST_FLIPS:
            return number - first
        start, end = twins.starts[first], twins.starts[number]
        return ((relevant >> start) & ((1 << (end - start)) - 1)).bit_count()


def _relevant(twins: Twins, hanging: Hanging) -> Bits:
    asking = twins.asking(hanging.asked)
    if not asking:
        return 0
    called_for = twins.copied(hanging.called_for)
    return (asking & called_for) | (twins.asking(hanging.to_be_called) & ~called_for)


def _listed(value: object) -> frozenset[str]:
    return frozenset(map(str, value)) if isinstance(value, list | tuple) else frozenset({str(value)})
