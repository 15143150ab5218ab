"""Copies of conversations in which one doubtful act is taken the other way, laid out one after the other.

They are rows as any others. What their differences have no say in they take over from the origin, octet by
octet; and of what is judged conversation by conversation only those are looked at again for which something
that it hangs on came out differently.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, TypeVar, overload

import numpy as np

from sopgen.compliance.bits import Bits, Fields, Rows, bits_of
from sopgen.compliance.timeline import Ask, Reads, Timeline, Twin
from sopgen.compliance.timelines import Doubted, JointWork, Question, Timelines

T = TypeVar("T")
K = TypeVar("K")


class Twins(Timelines):
    """A copy of a conversation for each doubt, in their order, which goes by the conversations.

    `asks` are the rows of each question that is answered otherwise.
    """

    def __init__(self, origin: Timelines, doubts: Sequence[Doubted]) -> None:
        self.origin, self.of = origin, doubts
        self.era, self.narrow = origin.era, origin.narrow
        self.widths = [origin.widths[each.row] for each in doubts]
        self.size = sum(self.widths)
        self._octets = _octets_of(origin, doubts, self.widths)
        ends = np.cumsum(self.widths) * 8
        self.starts = [0, *ends[:-1].tolist()]
        self.rows = _Rows(self)
        self.roles = _Copied(self.copied, origin.roles)
        self.kinds = _Copied(self.copied, origin.kinds)
        self.heads = _Copied(self.copied, origin.heads)
        self.doubts, self.answers = [], {}
        self._take_over()

    def __missing__(self, work: JointWork[Any]) -> Any:
        """Return what the work comes to, from the origin where the differences have no say in it."""
        is_free = self.asks.keys().isdisjoint(work.reads)
        found = self[work] = self.inherited(work) if is_free else work.do(self)
        return found

    def copied(self, found: Bits) -> Bits:
        """Return what the twins have of a set of the origin."""
        if not found:
            return 0
        octets = np.frombuffer(found.to_bytes(self.origin.size, "little"), dtype=np.uint8)
        return int.from_bytes(octets[self._octets].tobytes(), "little")

    @cached_property
    def talks(self) -> Rows:
        """Return the conversations as fields."""
        return Rows(self.copied(self.origin.talks.starts), self.copied(self.origin.talks.ends))

    @cached_property
    def turns(self) -> Fields:
        """Return the turns as fields, from their first message to their last."""
        return Fields(self.copied(self.origin.turns.starts), self.copied(self.origin.turns.ends))

    @cached_property
    def asks(self) -> dict[Ask, Bits]:
        """Return the rows, by their ends, of each question that is answered otherwise there."""
        ends: dict[Ask, list[int]] = {}
        lengths = [len(row.messages) for row in self.origin.rows]
        for start, each in zip(self.starts, self.of, strict=True):
            ends.setdefault(each.ask, []).append(start + lengths[each.row])
        return {ask: bits_of(found) for ask, found in ends.items()}

    @cached_property
    def first_of(self) -> dict[int, int]:
        """Return for each conversation of the origin the number of its first twin."""
        return {each.row: number for number, each in reversed(tuple(enumerate(self.of)))}

    @cached_property
    def flips(self) -> dict[str, Bits]:
        """Return the messages in which each act is taken the other way."""
        places: dict[str, list[int]] = {}
        for start, each in zip(self.starts, self.of, strict=True):
            places.setdefault(each.act, []).append(start + each.position)
        return {act: bits_of(found) for act, found in places.items()}

    def asking(self, reads: Reads) -> Bits:
        """Return the rows that answer one of these questions otherwise, by their ends."""
        found = 0
        for ask, rows in self.asks.items():
            if ask in reads:
                found |= rows
        return found

    def performing(self, acts: Iterable[str], among: Bits) -> Bits:
        """Return the messages of `among` that perform any of the acts."""
        unseen = among & ~self.seen
        if unseen:
            places = self.places_of(unseen)
            self.origin.look_at(bits_of([self.origin.starts[self.of[row].row] + at for row, at in places]))
            self._take_over()
        found = 0
        for act in acts:
            found |= self.performed[act]
        return found & among

    def _take_over(self) -> None:
        self.seen = self.copied(self.origin.seen)
        self.performed = _Performed(self)

    def known_answers(self, question: Question) -> tuple[Bits, Bits]:
        """Return to whom the origin has answered a question and twins the same, and those with yes."""
        asked, found = map(self.copied, self.origin.answers.get(question, (0, 0)))
        rows = self.asking(question.reads)
        if rows:
            changed = self.talks.filled(self.talks.starts_of(rows)) if question.far else self._flipped(rows)
            asked &= ~changed
            found &= asked
        return asked, found

    def _flipped(self, rows: Bits) -> Bits:
        """Return the messages that are otherwise in these rows."""
        return bits_of([self.starts[row] + self.of[row].position for row, _ in self.places_of(rows)])

    def altered_in(self, works: Sequence[JointWork[Bits]], reads: Reads) -> Bits:
        """Return the rows that differ from their origin in this work, or answer these questions otherwise.

        With an era it is all of them: there a verdict hangs on where one sees it, and that is not taken over.
        """
        if self.era is not None:
            return self.talks.ends
        found = self.asking(reads)
        for work in works:
            if not self.asks.keys().isdisjoint(work.reads):
                found |= self.talks.touching(self[work] ^ self.inherited(work))
        return found

    def let_go(self) -> None:
        """Forget what was worked out, so that nothing refers to itself and all goes with its last user."""
        self.rows = ()
        self.roles, self.kinds, self.heads = {}, {}, {}
        self.performed = {}
        self.clear()

    def inherited(self, work: JointWork[T]) -> Any:
        """Return what the work came to for the origin, as the twins have it."""
        return work.taken_over(self.origin[work], self)


class _Rows(Sequence[Timeline]):
    """The twins one by one; few are ever asked for."""

    def __init__(self, together: Twins) -> None:
        self._together = together
        self._made: dict[int, Twin] = {}

    def __len__(self) -> int:
        return len(self._together.of)

    @overload
    def __getitem__(self, number: int) -> Timeline: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[Timeline]: ...
    def __getitem__(self, number: int | slice) -> Timeline | Sequence[Timeline]:
        if isinstance(number, slice):
            return [self[each] for each in range(*number.indices(len(self)))]
        twin = self._made.get(number)
        if twin is None:
            twin = self._made[number] = self._make(number)
        return twin

    def _make(self, number: int) -> Twin:
        together = self._together
        doubt = together.of[number]
        twin = Twin(together.origin.rows[doubt.row], doubt.position, doubt.act)
        twin.start = together.starts[number]
        twin.end, twin.together = twin.start + len(twin.messages), together
        return twin


class _Performed(dict[str, Bits]):
    """The messages that perform each act; put together when first asked for."""

    def __init__(self, twins: Twins) -> None:
        self._twins = twins

    def __missing__(self, act: str) -> Bits:
        twins = self._twins
        found = self[act] = twins.copied(twins.origin.performed.get(act, 0)) ^ twins.flips.get(act, 0)
        return found


class _Copied(dict[K, Bits]):
    """Sets by what they are of, copied from the origin when first asked for."""

    def __init__(self, copy: Callable[[Bits], Bits], origin: Mapping[K, Bits]) -> None:
        self._copy, self._origin = copy, origin

    def __missing__(self, key: K) -> Bits:
        found = self[key] = self._copy(self._origin[key])
        return found


def _octets_of(origin: Timelines, doubts: Sequence[Doubted], widths: Sequence[int]) -> Any:
    """Return for each octet of the twins which one of the origin it copies."""
    wide = np.array(widths)
    firsts = np.array([origin.starts[each.row] for each in doubts]) // 8
    begun = np.cumsum(wide) - wide
    return np.arange(wide.sum()) + np.repeat(firsts - begun, wide)
