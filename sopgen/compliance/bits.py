"""Sets of positions, as whole numbers: bit i stands for position i.

A selection, whatever it holds, is one number: what is in both of two, in either, or in one but not the other
is one step of the machine for every sixty positions. Many conversations stand one after the other on one
such line; what is asked of each of them, or of each turn, is asked of all at once (`Fields`).
"""

from collections.abc import Sequence
from functools import cached_property

import numpy as np

Bits = int
"""A set of positions, none of them negative."""

_FEW = 8
_SPARSE = 512
"""Up to this many positions bits are taken off one by one; beyond, that would take a walk for each."""


def positions(bits: Bits) -> list[int]:
    """Return the positions in the set, ascending."""
    if bits.bit_length() > _SPARSE:
        return np.flatnonzero(np.unpackbits(_octets(bits), bitorder="little")).tolist()
    found = []
    while bits:
        at = bits.bit_length() - 1
        found.append(at)
        bits ^= 1 << at
    found.reverse()
    return found


def _octets(bits: Bits) -> "np.ndarray[tuple[int], np.dtype[np.uint8]]":
    return np.frombuffer(bits.to_bytes((bits.bit_length() + 7) // 8, "little"), dtype=np.uint8)


def bits_of(found: Sequence[int]) -> Bits:
    """Return the set of these positions."""
    if len(found) <= _FEW:
        bits = 0
        for at in found:
            bits |= 1 << at
        return bits
    octets = bytearray(max(found) // 8 + 1)
    for at in found:
        octets[at >> 3] |= 1 << (at & 7)
    return int.from_bytes(octets, "little")


def first_in(bits: Bits) -> int:
    """Return the first position of a set that is not empty."""
    return (bits & -bits).bit_length() - 1


def last_in(bits: Bits) -> int:
    """Return the last position of a set that is not empty."""
    return bits.bit_length() - 1


def from_on(position: int) -> Bits:
    """Return the mask of a position and all after it."""
    return -1 << position


class Fields:
    """Stretches of a line of positions that do not meet, such as its turns, and what each holds of a set.

    `starts` and `ends` are their first and their last positions. A field that holds something is told by its
    end. Sums carry, and differences borrow, from the low positions of a field to its high ones and never
    beyond its end: so one sum tells of every field whether something in it is set.
    """

    def __init__(self, starts: Bits, ends: Bits) -> None:
        self.starts, self.ends = starts, ends
        self.inner = ends - starts
        """All positions of the fields but their last ones."""

    def touching(self, bits: Bits) -> Bits:
        """Return the ends of the fields that hold some of the set, all of which stands in fields."""
        return ((bits & self.inner) + self.inner | bits) & self.ends

    def filled(self, starts: Bits) -> Bits:
        """Return all positions of the fields with these starts."""
        return (self.touching(starts) << 1) - starts

    def down_from(self, bits: Bits) -> Bits:
        """Return the set with every position that stands before one of it in its field."""
        for step, reach in self._steps:
            bits |= (bits >> step) & reach
        return bits

    def starts_of(self, ends: Bits) -> Bits:
        """Return the starts of the fields with these ends."""
        return self.down_from(ends) & self.starts

    @cached_property
    def _steps(self) -> list[tuple[int, Bits]]:
        """Return steps of doubled length, each with the positions that stay in their field by it."""
        steps, step, reach = [], 1, self.inner
        while reach:
            steps.append((step, reach))
            reach &= reach >> step
            step *= 2
        return steps


class Rows(Fields):
    """Fields whose last position stands for the field itself, and is never in a set.

    So a set of rows is a set of such positions, and stands beside what the rows hold.
    """

    def first(self, bits: Bits) -> Bits:
        """Return the first position of each row's part."""
        guarded = bits | self.ends
        return guarded & ~(guarded - self.starts) & ~self.ends

    def last(self, bits: Bits) -> Bits:
        """Return the last position of each row's part."""
        upto = self.down_from(bits)
        return upto & ~(upto >> 1)

    def after(self, firsts: Bits) -> Bits:
        """Return all positions after these, of which a row has at most one."""
        return self.touching(firsts) - (firsts << 1)

    def before(self, bits: Bits) -> Bits:
        """Return all positions before the last of each row's part."""
        return (self.down_from(bits) >> 1) & self.inner

    def first_few(self, bits: Bits, count: int) -> Bits:
        """Return the first `count` of each row's part, fewer where it has fewer."""
        rest = bits
        for _ in range(count):
            if not rest:
                return bits
            rest ^= self.first(rest)
        return bits ^ rest

    def last_few(self, bits: Bits, count: int) -> Bits:
        """Return the last `count` of each row's part, fewer where it has fewer."""
        rest = bits
        for _ in range(count):
            if not rest:
                return bits
            rest ^= self.last(rest)
        return bits ^ rest

    def with_at_least(self, bits: Bits, count: int) -> Bits:
        """Return the rows whose part has `count` positions or more."""
        if count <= 0:
            return self.ends
        if bits.bit_count() < count:
            return 0
        for _ in range(count - 1):
            if not bits:
                return 0
            bits ^= self.first(bits)
        return self.touching(bits)
