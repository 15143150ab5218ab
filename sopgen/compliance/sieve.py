"""Filters on what messages do and say: of some units those that pass, as sets of positions.

A turn performs what one of its messages performs, and does only what all of them do.
"""

from collections.abc import Callable

from sopgen.compliance.bits import Bits, positions
from sopgen.compliance.selection import Among, Sieve
from sopgen.compliance.sought import Acts, Sought, hits_of
from sopgen.compliance.timeline import NO_ACTS, Reads, Timeline, reads_of
from sopgen.conversation.model import Kind
from sopgen.language.phrase_book import FindPhrases

Find = Callable[[Timeline, Bits], Bits]
"""Of some messages, those that pass."""


def performing(acts: frozenset[str], among: Among) -> Sieve:
    """Return the filter for units that perform one of the acts."""
    names, reads = tuple(sorted(acts)), reads_of(acts, among.roles)
    return of_some(lambda timeline, bits: timeline.performing(names, bits & timeline.written), among, reads)


def performing_anew(acts: Acts, among: Among) -> Sieve:
    """Return the filter for units that perform one of the acts with a value that was not said before."""
    reads = reads_of((each.act for each in acts if isinstance(each, Sought)), among.roles)
    return of_some(
        lambda timeline, bits: _where(bits & timeline.spoken, lambda at: bool(hits_of(timeline, at, acts))),
        among,
        reads,
    )


def saying(find: FindPhrases, among: Among) -> Sieve:
    """Return the filter for units that say one of the phrases."""

    def found(timeline: Timeline, bits: Bits) -> Bits:
        messages = timeline.messages
        return _where(bits & timeline.written, lambda at: bool(find(messages[at].text)))

    return of_some(found, among)


def doing_only(acts: frozenset[str], among: Among) -> Sieve:
    """Return the filter for units all of whose spoken messages are texts that do nothing but these acts."""

    def found(timeline: Timeline, bits: Bits) -> Bits:
        texts = _where(bits & timeline.kinds[Kind.TEXT], lambda at: timeline.recognition(at).does_only(acts))
        return texts | (bits & ~timeline.spoken)

    reads = reads_of(acts, among.roles)
    if not among.by_turn:
        return Sieve(found, reads)

    def turns(timeline: Timeline, heads: Bits) -> Bits:
        messages = timeline.within(heads)
        return heads & ~timeline.turns_with(messages & ~found(timeline, messages))

    return Sieve(turns, reads)


def passing_none(sieve: Sieve) -> Sieve:
    """Return the filter for units that do not pass another."""
    return Sieve(lambda timeline, units: units & ~sieve.passing(timeline, units), sieve.reads)


def passing_any(sieves: tuple[Sieve, ...]) -> Sieve:
    """Return the filter for units that pass one of several."""

    def passing(timeline: Timeline, units: Bits) -> Bits:
        found = 0
        for sieve in sieves:
            found |= sieve.passing(timeline, units & ~found)
        return found

    return Sieve(passing, NO_ACTS.union(*(sieve.reads for sieve in sieves)))


def passing_all(sieves: tuple[Sieve, ...]) -> Sieve:
    """Return the filter for units that pass all of several."""
    if len(sieves) == 1:
        return sieves[0]

    def passing(timeline: Timeline, units: Bits) -> Bits:
        for sieve in sieves:
            if not units:
                return 0
            units = sieve.passing(timeline, units)
        return units

    return Sieve(passing, NO_ACTS.union(*(sieve.reads for sieve in sieves)))


def of_some(find: Find, among: Among, reads: Reads = NO_ACTS) -> Sieve:
    """Return the filter for units one of whose messages is found."""
    if not among.by_turn:
        return Sieve(find, reads)
    return Sieve(lambda timeline, heads: timeline.turns_with(find(timeline, timeline.within(heads))), reads)


def _where(bits: Bits, holds: Callable[[int], bool]) -> Bits:
    found = 0
    for at in positions(bits):
        if holds(at):
            found |= 1 << at
    return found
