"""Filters on what messages do and say: of some units those that pass, as sets of positions.

A turn performs what one of its messages performs, and does only what all of them do.
"""

from collections.abc import Callable

from sopgen.compliance.bits import Bits
from sopgen.compliance.selection import Among, Sieve
from sopgen.compliance.sought import Acts, Sought, hits_of
from sopgen.compliance.timeline import NO_ACTS, Reads, reads_of
from sopgen.compliance.timelines import Question, Timelines
from sopgen.conversation.model import Kind
from sopgen.language.phrase_book import FindPhrases

Find = Callable[[Timelines, Bits], Bits]
"""Of some messages, those that pass."""


def performing(acts: frozenset[str], among: Among) -> Sieve:
    """Return the filter for units that perform one of the acts."""
    names, reads = tuple(sorted(acts)), reads_of(acts, among.roles)
    return of_some(lambda talks, bits: talks.performing(names, bits & talks.written), among, reads)


def performing_anew(acts: Acts, among: Among) -> Sieve:
    """Return the filter for units that perform one of the acts with a value that was not said before."""
    reads = reads_of((each.act for each in acts if isinstance(each, Sought)), among.roles)
    anew = Question(lambda timeline, at: bool(hits_of(timeline, at, acts)), reads)
    return of_some(lambda talks, bits: talks.answer(anew, bits & talks.spoken), among, reads)


def saying(find: FindPhrases, among: Among) -> Sieve:
    """Return the filter for units that say one of the phrases."""
    says = Question(lambda timeline, at: bool(find(timeline.messages[at].text)))
    return of_some(lambda talks, bits: talks.answer(says, bits & talks.written), among)


def doing_only(acts: frozenset[str], among: Among) -> Sieve:
    """Return the filter for units all of whose spoken messages are texts that do nothing but these acts."""
    reads = reads_of(acts, among.roles)
    only = Question(lambda timeline, at: timeline.recognition(at).does_only(acts), reads)

    def found(talks: Timelines, bits: Bits) -> Bits:
        return talks.answer(only, bits & talks.kinds[Kind.TEXT]) | (bits & ~talks.spoken)

    if not among.by_turn:
        return Sieve(found, reads)

    def turns(talks: Timelines, heads: Bits) -> Bits:
        messages = talks.within(heads)
        return heads & ~talks.turns_with(messages & ~found(talks, messages))

    return Sieve(turns, reads)


def passing_none(sieve: Sieve) -> Sieve:
    """Return the filter for units that do not pass another."""
    return Sieve(lambda talks, units: units & ~sieve.passing(talks, units), sieve.reads)


def passing_any(sieves: tuple[Sieve, ...]) -> Sieve:
    """Return the filter for units that pass one of several."""

    def passing(talks: Timelines, units: Bits) -> Bits:
        found = 0
        for sieve in sieves:
            found |= sieve.passing(talks, units & ~found)
        return found

    return Sieve(passing, NO_ACTS.union(*(sieve.reads for sieve in sieves)))


def passing_all(sieves: tuple[Sieve, ...]) -> Sieve:
    """Return the filter for units that pass all of several."""
    if len(sieves) == 1:
        return sieves[0]

    def passing(talks: Timelines, units: Bits) -> Bits:
        for sieve in sieves:
            if not units:
                return 0
            units = sieve.passing(talks, units)
        return units

    return Sieve(passing, NO_ACTS.union(*(sieve.reads for sieve in sieves)))


def of_some(find: Find, among: Among, reads: Reads = NO_ACTS) -> Sieve:
    """Return the filter for units one of whose messages is found."""
    if not among.by_turn:
        return Sieve(find, reads)
    return Sieve(lambda talks, heads: talks.turns_with(find(talks, talks.within(heads))), reads)
