"""What a text does."""

from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple, Protocol

_NONE: Mapping[str, float] = MappingProxyType({})

LEAST_DOUBT = 0.05
"""Below this chance of being wrong an act counts as seen rightly (our decision, 2026-11-22)."""

Acts = frozenset[str]
NO_ACTS: Acts = frozenset()
Ranges = tuple[tuple[int, int], ...]


class Hit(NamedTuple):
    """An act and the half-open range of the original text that performs it.

    `value` is what a detector read there, in the form in which two texts are compared; "" for words.
    """

    act: str
    start: int
    end: int
    value: str = ""


class Layout:
    """Where the words of a text stand, and which ranges perform nothing; worked out when first asked for.

    `bare` are places of some letters that no such range covers, known beforehand.
    """

    __slots__ = ("_found", "_look", "bare")

    def __init__(self, look: Callable[[], tuple[Ranges, Ranges]], bare: tuple[int, ...] = ()) -> None:
        self._look: Callable[[], tuple[Ranges, Ranges]] | None = look
        self.bare = bare
        self._found: tuple[Ranges, Ranges] = ((), ())

    def found(self) -> tuple[Ranges, Ranges]:
        """Return the half-open ranges of the words and of the fillers, in reading order."""
        if self._look is not None:
            self._found, self._look = self._look(), None
        return self._found


class Chances(Mapping[str, float]):
    """Of each act that the trained model was asked about, how likely the text performs it.

    Chances are worked out when asked for: few of them are worth a thought.
    """

    __slots__ = ()

    @abstractmethod
    def near_even(self) -> Iterator[tuple[str, float]]:
        """Yield the acts, in their order, of which a text may well do the other thing."""


@dataclass(slots=True)
class Recognition:
    """What a text does: its hits in reading order, and where its words stand.

    `chances`: of each act that the trained model was asked about, how likely the text performs it. What is
    asked again and again is kept: a text that many messages repeat has one recognition. Nothing else of it
    ever changes; two are made for every text, and a frozen one would take three times as long.
    """

    text: str
    hits: tuple[Hit, ...]
    layout: Layout = field(compare=False, repr=False)
    chances: Mapping[str, float] = field(default_factory=lambda: _NONE, compare=False)
    acts: Acts = field(init=False, compare=False, repr=False)
    _hits: dict[Acts, tuple[Hit, ...]] = field(init=False, compare=False, repr=False, default_factory=dict)
    _only: dict[Acts, bool] = field(init=False, compare=False, repr=False, default_factory=dict)
    _doubts: list[tuple[str, float]] | None = field(init=False, compare=False, repr=False, default=None)

    def __post_init__(self) -> None:
        self.acts = frozenset([hit.act for hit in self.hits])

    @property
    def words(self) -> Ranges:
        """Return the half-open ranges of the words, in reading order."""
        return self.layout.found()[0]

    @property
    def fillers(self) -> Ranges:
        """Return the half-open ranges of words that perform nothing, in reading order."""
        return self.layout.found()[1]

    @property
    def doubts(self) -> Sequence[tuple[str, float]]:
        """Return each act that may well be otherwise, and how likely it is."""
        if self._doubts is None:
            self._doubts = list(self._all_doubts())
        return self._doubts

    def performs(self, acts: Acts) -> bool:
        """Return whether any of the acts is among the hits."""
        return not self.acts.isdisjoint(acts)

    def hits_of(self, acts: Acts) -> tuple[Hit, ...]:
        """Return the hits of these acts."""
        if self.acts.isdisjoint(acts):
            return ()
        found = self._hits.get(acts)
        if found is None:
            found = self._hits[acts] = tuple([hit for hit in self.hits if hit.act in acts])
        return found

    def with_hits(self, hits: tuple[Hit, ...], chances: Mapping[str, float]) -> "Recognition":
        """Return the same text with other hits, in reading order, and these chances."""
        ordered = tuple(sorted(hits, key=lambda hit: (hit.start, hit.end, hit.act)))
        return Recognition(self.text, ordered, self.layout, chances)

    def does_only(self, acts: Acts) -> bool:
        """Return whether every word belongs to a hit of these acts or is a filler."""
        found = self._only.get(acts)
        if found is None:
            found = self._only[acts] = self._covers(acts)
        return found

    def _covers(self, acts: Acts) -> bool:
        performed = [(hit.start, hit.end) for hit in self.hits if hit.act in acts]
        for place in self.layout.bare:
            if not any(start <= place < end for start, end in performed):
                return False
        ranges = sorted((*self.fillers, *performed))
        at = reach = 0
        for start, end in self.words:
            while at < len(ranges) and ranges[at][0] <= start:
                reach = max(reach, ranges[at][1])
                at += 1
            if end > reach:
                return False
        return True

    def _all_doubts(self) -> Iterator[tuple[str, float]]:
        chances, acts = self.chances, self.acts
        for act, chance in chances.near_even() if isinstance(chances, Chances) else chances.items():
            wrong = 1 - chance if act in acts else chance
            if wrong >= LEAST_DOUBT:
                yield act, wrong


Asked = tuple[str, str, str]
"""A speaker's role, a text, and the other party's last words before it."""


class Recognise(Protocol):
    """The function from a speaker's role, a text, and the other party's last words, to what the text does."""

    def __call__(self, role: str, text: str, before: str = "") -> Recognition:
        """Return what the text does."""


class Recogniser(Recognise, Protocol):
    """One that hears a whole conversation, and can be told which ones it will be asked about."""

    def hear(self, said: Sequence[Asked]) -> Sequence[Recognition]:
        """Return what each message of a conversation does, each in the light of the others."""

    def hear_all(self, conversations: Sequence[Sequence[Asked]]) -> Sequence[Sequence[Recognition]]:
        """Return what the messages of each conversation do, worked out together and not remembered."""

    def prepare(self, conversations: Iterable[Sequence[Asked]]) -> None:
        """Work out together, and remember, what will be asked for one by one: that takes a fraction of it."""


def heard_together(recognise: Recognise, said: Sequence[Asked]) -> Sequence[Recognition]:
    """Return what each message of a conversation does; one that hears no conversation is asked one by one."""
    hear = getattr(recognise, "hear", None)
    return [recognise(*each) for each in said] if hear is None else hear(said)


def heard_each(
    recognise: Recognise, conversations: Sequence[Sequence[Asked]]
) -> Sequence[Sequence[Recognition]]:
    """Return what the messages of each conversation do; one that hears no more is asked one by one."""
    hear_all = getattr(recognise, "hear_all", None)
    if hear_all is None:
        return [heard_together(recognise, said) for said in conversations]
    found: Sequence[Sequence[Recognition]] = hear_all(conversations)
    return found


def heard_apart(recognise: Recognise, said: Sequence[Asked]) -> list[Recognition]:
    """Return what each text does by itself."""
    return [found[-1] for found in heard_each(recognise, [[each] for each in said])]
