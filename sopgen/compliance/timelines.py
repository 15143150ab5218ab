"""Many conversations laid out one after the other, so that one step of work is done for all of them.

A set of messages is one number for all conversations together (`bits`). Each conversation is a row: its
messages, and right after them a position that stands for the conversation itself. So what holds of whole
conversations is such a number too. Rows begin at whole octets, so that twins are put together by copying.

*Joint work* is what is worked out for all rows at once: selections, and what constraints come to. A
*question* is put to single messages, or units, and its answers are kept.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from sopgen.compliance.bits import Bits, Fields, Rows, bits_of, positions
from sopgen.compliance.timeline import NO_ACTS, Ask, Reads, Timeline, Work, said_at
from sopgen.conversation.model import Kind, Role
from sopgen.language.recognition import heard_each

if TYPE_CHECKING:
    from sopgen.compliance.era import Era
    from sopgen.compliance.twins import Twins

T = TypeVar("T")
K = TypeVar("K")


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class JointWork(Work[T]):
    """Something to work out for many conversations at once."""

    do: Callable[["Timelines"], Any]  # type: ignore[assignment]

    def told_to(self, timeline: Timeline) -> T:
        """Return what the work comes to for one of them."""
        return self.of_one(joined(timeline)[self], timeline)

    def of_one(self, found: Any, timeline: Timeline) -> T:
        """Return a conversation's part of what the work came to."""
        raise NotImplementedError

    def taken_over(self, found: Any, twins: "Twins") -> Any:
        """Return what the work comes to for twins that change nothing, from what it is for their origin."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class State(JointWork[bool]):
    """What holds of whole conversations, which are told by their ends."""

    def of_one(self, found: Bits, timeline: Timeline) -> bool:
        """Return whether it holds of one of them."""
        return found >> timeline.end & 1 == 1

    def taken_over(self, found: Bits, twins: "Twins") -> Bits:
        """Return the twins of which it holds, where those of the origin are found."""
        return twins.copied(found)


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """What is asked of single messages, or of turns by their heads; `holds` gets the position in its row.

    `far`: other messages have a say in the answer, and not only the one that is asked about.
    """

    holds: Callable[[Timeline, int], bool]
    reads: Reads = NO_ACTS
    far: bool = False


class Doubted(NamedTuple):
    """An act of a message of a row that may well be otherwise; `against` is minus how likely that is.

    So the greatest doubts of a conversation sort first.
    """

    against: float
    position: int
    act: str
    row: int
    ask: Ask


class Timelines(dict[JointWork[Any], Any]):
    """Conversations one after the other, and all that was worked out from them together, by the work.

    `rows` are the conversations, in `talks` each a field; `roles`, `kinds`, `heads` hold the messages of
    each, and the turns' first messages; `turns` are the turns as fields. Of the messages `seen` so far
    `performed` has those of each act, and `doubts` are those of each row. `era` is what the judging version
    governs, None for all; seen `narrow`, messages of the era alone activate a rule. With an era there is one
    row. `starts` are where rows begin, `widths` their octets, and `size` is the sum of these.
    """

    if TYPE_CHECKING:

        def __getitem__(self, work: JointWork[Any]) -> Any: ...

    def __init__(self, rows: Sequence[Timeline], *, narrow: bool = False) -> None:
        self.rows, self.narrow = rows, narrow
        self.era: Era | None = rows[0].era if len(rows) == 1 else None
        self.widths = [len(each.messages) // 8 + 1 for each in rows]
        self.starts: list[int] = []
        self.size = 0
        self._place()
        self.roles: Mapping[Role, Bits] = _Joined(self._join, [each.roles for each in rows])
        self.kinds: Mapping[Kind, Bits] = _Joined(self._join, [each.kinds for each in rows])
        self.heads: Mapping[Role, Bits] = _Joined(self._join, [each.heads for each in rows])
        self.performed: dict[str, Bits] = {}
        self.seen: Bits = 0
        self.doubts: list[list[Doubted]] = [[] for _ in rows]
        self.answers: dict[Question, tuple[Bits, Bits]] = {}

    def __missing__(self, work: JointWork[Any]) -> Any:
        """Return what the work comes to, and remember it."""
        found = self[work] = work.do(self)
        return found

    __hash__ = object.__hash__  # type: ignore[assignment]

    def _place(self) -> None:
        for each, width in zip(self.rows, self.widths, strict=True):
            start = self.size * 8
            self.starts.append(start)
            each.start, each.end, each.together = start, start + len(each.messages), self
            self.size += width

    def _join(self, parts: Iterable[Bits]) -> Bits:
        """Return the sets of the rows as one."""
        octets = [part.to_bytes(width, "little") for part, width in zip(parts, self.widths, strict=True)]
        return int.from_bytes(b"".join(octets), "little")

    @cached_property
    def talks(self) -> Rows:
        """Return the conversations as fields."""
        starts = self._join([1] * len(self.widths))
        return Rows(starts, self._join(1 << len(each.messages) for each in self.rows))

    @cached_property
    def turns(self) -> Fields:
        """Return the turns as fields, from their first message to their last."""
        ends = (bits_of([each.turn_at[head].bit_length() - 1 for head in each.turns]) for each in self.rows)
        return Fields(self._join(bits_of(each.turns) for each in self.rows), self._join(ends))

    @cached_property
    def spoken(self) -> Bits:
        """Return the messages whose words were said to the other party."""
        return self.kinds[Kind.TEXT] | self.kinds[Kind.MEDIA]

    @cached_property
    def written(self) -> Bits:
        """Return those and internal notes."""
        return self.spoken | self.kinds[Kind.NOTE]

    @cached_property
    def parties(self) -> Bits:
        """Return the messages of customers and agents."""
        return self.roles[Role.CUSTOMER] | self.roles[Role.AGENT]

    @cached_property
    def _said(self) -> Bits:
        """Return the words of one party to the other."""
        return self.kinds[Kind.TEXT] & self.parties

    def turns_with(self, messages: Bits) -> Bits:
        """Return the heads of the turns that hold one of these messages."""
        held = messages & self.spoken & self.parties
        return self.turns.starts_of(self.turns.touching(held)) if held else 0

    def within(self, heads: Bits) -> Bits:
        """Return the messages of the turns with these heads."""
        return self.turns.filled(heads) & self.spoken & self.parties if heads else 0

    def performing(self, acts: Iterable[str], among: Bits) -> Bits:
        """Return the messages of `among` that perform any of the acts."""
        if among & ~self.seen:
            self.look_at(among)
        found, performed = 0, self.performed
        for act in acts:
            found |= performed.get(act, 0)
        return found & among

    def look_at(self, messages: Bits) -> None:
        """Recognise these messages and all that the parties said; note what each does and might do."""
        unseen = (messages | self._said) & ~self.seen
        self.seen |= unseen
        performed: defaultdict[str, list[int]] = defaultdict(list)
        self._hear(unseen & ~self._said)
        for number, at in self.places_of(unseen):
            timeline = self.rows[number]
            found, place = timeline.recognition(at), timeline.start + at
            for act in found.acts:
                performed[act].append(place)
            doubts = found.doubts
            if doubts:
                role = timeline.messages[at].role
                self.doubts[number] += [
                    Doubted(-wrong, at, act, number, (act, role)) for act, wrong in doubts
                ]
        for act, places in performed.items():
            self.performed[act] = self.performed.get(act, 0) | bits_of(places)

    def _hear(self, aside: Bits) -> None:
        """Hear together what was not said to the other party, such as captions, and is not heard yet."""
        asked = [(self.rows[number], at) for number, at in self.places_of(aside)]
        new = [(row, at) for row, at in asked if at not in row.heard]
        talks = [said_at(row.messages, at) for row, at in new]
        found = heard_each(self.rows[0].recognise, talks) if talks else ()
        for (row, at), heard in zip(new, found, strict=True):
            row.heard[at] = heard[-1]

    def answer(self, question: Question, among: Bits) -> Bits:
        """Return those of `among` for which the answer to a question is yes."""
        asked, found = self.answers.get(question) or self.known_answers(question)
        new = among & ~asked
        if new:
            holds, rows = question.holds, self.rows
            yes = [self.starts[row] + at for row, at in self.places_of(new) if holds(rows[row], at)]
            found |= bits_of(yes)
            self.answers[question] = asked | new, found
        return found & among

    def known_answers(self, question: Question) -> tuple[Bits, Bits]:  # noqa: ARG002
        """Return to whom a question that nobody has put yet is answered already, and those with yes."""
        return 0, 0

    def places_of(self, found: Bits) -> Iterator[tuple[int, int]]:
        """Yield the number of its row, and the position there, for each of a set."""
        starts, number, end = self.starts, 0, 0
        for at in positions(found):
            if at >= end:
                number = bisect_right(starts, at, lo=number) - 1
                end = starts[number] + self.widths[number] * 8
            yield number, at - starts[number]

    def rows_at(self, ends: Bits) -> Iterator[Timeline]:
        """Yield the conversations with these ends."""
        for number, _ in self.places_of(ends):
            yield self.rows[number]

    def altered_in(self, works: Sequence[JointWork[Bits]], reads: Reads) -> Bits:  # noqa: ARG002
        """Return the rows that have to be looked at anew, of what hangs on this work and on these acts."""
        return self.talks.ends

    def inherited(self, work: JointWork[T]) -> Any:  # noqa: ARG002
        """Return what the others have from the origin, None where there is none."""
        return None

    def let_go(self) -> None:
        """Forget what was worked out, so that nothing refers to itself and all goes with its last user."""
        for each in self.rows:
            each.together = None
        self.rows = ()
        self.roles, self.kinds, self.heads = {}, {}, {}
        self.performed = {}
        self.clear()

    def counts(self, units: Bits) -> bool:
        """Return whether the units can activate a rule; seen narrowly, one of them must be of the era."""
        return not self.narrow or self.era is None or units & self.era != 0

    def narrowed(self) -> "Timelines":
        """Return the same conversation in which messages of the era alone activate a rule."""
        return Timelines([each.again(each.era) for each in self.rows], narrow=True)


class _Joined(dict[K, Bits]):
    """Sets by what they are of, of many rows; they are put together when first asked for."""

    def __init__(self, join: Callable[[Iterable[Bits]], Bits], parts: Sequence[Mapping[K, Bits]]) -> None:
        self._make, self._parts = join, parts

    def __missing__(self, key: K) -> Bits:
        found = self[key] = self._make([part[key] for part in self._parts])
        return found


def joined(timeline: Timeline) -> Timelines:
    """Return the conversations that one is judged together with; alone, it is the only row."""
    return Timelines([timeline]) if timeline.together is None else timeline.together
