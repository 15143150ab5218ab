"""What a unit is like as a whole: its language, whether it names its writer, and what it repeats."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import chain, pairwise

from sopgen.compliance.bits import Bits, bits_of, positions
from sopgen.compliance.selection import Among, Selection, Sieve
from sopgen.compliance.sieve import of_some
from sopgen.compliance.timeline import NO_ACTS, Reads, Timeline, Work
from sopgen.compliance.timelines import Question
from sopgen.conversation.model import Role
from sopgen.language.normal import normalise
from sopgen.language.tongue import TellTongue, Tongue

LEAST_SHARED = 0.9
"""Share of a message's pairs of neighbouring words from which on it counts as said before: one other word
breaks two of twenty (our decision, 2026-11-22)."""

LEAST_OF_NAME = 3
"""Letters of a name: shorter ones are words as often (our decision, 2026-11-23)."""

NO_PERSONS = frozenset({
    "admin", "admissions", "agen", "agent", "bagian", "billing", "bot", "care", "chat", "cs", "customer",
    "dari", "desk", "finance", "from", "front", "gudang", "help", "helpdesk", "klinik", "layanan", "mimin",
    "office", "official", "operator", "pelanggan", "sales", "service", "shop", "skincare", "store", "support",
    "system", "team", "the", "tim", "toko",
})  # fmt: skip
"""Words in the name of an account of which nobody is called by the others: they may be the brand's."""

_NAME = re.compile(r"[^\W\d_]+")
_ENDS = ".!?\n"
_PRESENTS = re.compile(
    r"\s*(?:$|\n|[,.)]|di ?sini\b|sini\b|here\b|dari\b|from\b|at\b|ti\b|speaking\b)", re.IGNORECASE
)
"""What follows a name with which a sentence begins: it may be a common word's capital otherwise."""

_Wording = tuple[str, ...]


def speaks(tongue: Tongue, tell: TellTongue, among: Among) -> Sieve:
    """Return the filter for units that are in this language for certain."""
    return _told(lambda timeline, unit: _tongue_of(timeline, unit, tell) is tongue, among)


def speaks_as(selection: Selection, tell: TellTongue, among: Among, *, same: bool) -> Sieve:
    """Return the filter for units that are in the language of the selection, or in another one.

    Both must be told for certain; a mixture is neither the same language nor another.
    """

    def accept(timeline: Timeline, unit: Bits) -> bool:
        expected = _tongue_of(timeline, selection.messages(timeline), tell)
        spoken = _tongue_of(timeline, unit, tell)
        return expected is not None and spoken is not None and (expected is spoken) is same

    return _told(accept, among, selection.reads)


def names_writer(address: frozenset[str], among: Among) -> Sieve:
    """Return the filter for units in which a message says the name of its own writer, as exports tell it.

    It is written with a capital, and does not follow a form of `address`: then it is the customer's. One that
    a customer of the conversation has says nothing, and no part of an account's does.
    """

    def accept(timeline: Timeline, unit: Bits) -> bool:
        messages = [timeline.messages[at] for at in positions(unit & timeline.spoken)]
        others = timeline[_CUSTOMERS] | address
        named = ((names_in(each.author) - others, each.text) for each in messages)
        return any(names and _is_said(names, text, address) for names, text in named)

    return _told(accept, among)


def names_in(author: str) -> frozenset[str]:
    """Return the names, folded, of a person; none where an account writes."""
    words = _words_in(author)
    is_person = words.isdisjoint(NO_PERSONS)
    return frozenset(each for each in words if is_person and len(each) >= LEAST_OF_NAME)


def _is_said(names: frozenset[str], text: str, address: frozenset[str]) -> bool:
    last, end = "", 0
    for found in _NAME.finditer(text):
        gap = text[end : found.start()]
        begins = not last or any(mark in _ENDS for mark in gap)
        is_addressed = last in address and gap.isspace()
        is_name = found[0][0].isupper() and found[0].casefold() in names and not is_addressed
        if is_name and (not begins or _PRESENTS.match(text, found.end())):
            return True
        last, end = found[0].casefold(), found.end()
    return False


def repeats(selection: Selection, least: int, address: frozenset[str], among: Among) -> Sieve:
    """Return the filter for messages, `least` words or longer, that were said before almost word for word.

    Forms of `address` and the names after them, particles and signs do not count: who pastes a reply fills
    them in anew.
    """

    def find(timeline: Timeline) -> Bits:
        spoken = positions(selection.messages(timeline) & timeline.spoken)
        said = [(at, _wording_of(timeline, at, address)) for at in spoken]
        return bits_of(tuple(_pasted(said, least)))

    pasted = Work(find, selection.reads)
    is_pasted = Question(lambda timeline, at: timeline[pasted] >> at & 1 == 1, selection.reads, far=True)
    return of_some(lambda talks, bits: talks.answer(is_pasted, bits), among, selection.reads)


def _told(accept: Callable[[Timeline, Bits], bool], among: Among, reads: Reads = NO_ACTS) -> Sieve:
    def holds(timeline: Timeline, head: int) -> bool:
        return accept(timeline, timeline.turn_at[head] if among.by_turn else 1 << head)

    question = Question(holds, reads, far=True)
    return Sieve(lambda talks, units: talks.answer(question, units), reads)


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


def _tongue_of(timeline: Timeline, unit: Bits, tell: TellTongue) -> Tongue | None:
    known = timeline[_TONGUES]
    if unit not in known:
        spoken = positions(unit & timeline.spoken)
        known[unit] = tell("\n".join([timeline.messages[at].text for at in spoken]))
    return known[unit]


def _words_in(text: str) -> frozenset[str]:
    return frozenset(_NAME.findall(text.casefold()))


def _names_of_customers(timeline: Timeline) -> frozenset[str]:
    written = (each.author for each in timeline.messages if each.role is Role.CUSTOMER)
    return frozenset(chain.from_iterable(map(_words_in, written)))


_CUSTOMERS: Work[frozenset[str]] = Work(_names_of_customers)
_TONGUES: Work[dict[Bits, Tongue | None]] = Work(lambda _: {})
"""The language of units that somebody asked for."""


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
