"""How sure a verdict is: what becomes of it if a doubtful act was seen wrongly.

Every act that the trained model was asked about has a chance. A rule is held against the conversation once
more with each doubtful act, one at a time, taken the other way; where the verdict changes, that act's doubt
is the verdict's. Doubts of several acts add up as those of independent witnesses do.
"""

from collections.abc import Callable, Mapping

from sopgen.compliance.timeline import Reads, Timeline, Twin

MOST_FLIPS = 12
"""Doubtful acts tried for one verdict, the most doubtful first (our decision, 2026-11-22)."""


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


class Doubts:
    """The doubtful acts of a conversation, and its twins in which one of them is taken the other way."""

    def __init__(self, timeline: Timeline) -> None:
        self._timeline = timeline
        self._twins: dict[tuple[int, str], Twin] = {}

    def certainty_of(self, verdict: object, judge: Callable[[Twin], object], reads: Reads) -> float:
        """Return how likely `judge` would still say `verdict` if every act were seen rightly, in [0, 1].

        `reads` is what it may ask for: no doubt about anything else can change its mind.
        """
        doubts = [doubt for ask, each in self._timeline.doubts.items() if ask in reads for doubt in each]
        if not doubts:
            return 1.0
        doubts.sort()
        certainty = 1.0
        for against, position, act in doubts[:MOST_FLIPS]:
            twin = self._twins.get((position, act))
            if judge(self._new_twin(position, act) if twin is None else twin) is not verdict:
                certainty *= 1 + against
        return certainty

    def _new_twin(self, position: int, act: str) -> Twin:
        twin = self._twins[position, act] = Twin(self._timeline, position, act)
        return twin


def _listed(value: object) -> frozenset[str]:
    return frozenset(map(str, value)) if isinstance(value, list | tuple) else frozenset({str(value)})
