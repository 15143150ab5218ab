"""Sets of positions in a conversation, as whole numbers: bit i stands for message i.

A selection, whatever it holds, is one number: what is in both of two, in either, or in one but not the other
is one step of the machine for every sixty messages.
"""

Bits = int
"""A set of positions, none of them negative."""

_SPARSE = 512
"""Up to this many messages bits are taken off one by one; beyond, that would take a walk for each."""


def positions(bits: Bits) -> list[int]:
    """Return the positions in the set, ascending."""
    found = []
    if bits.bit_length() > _SPARSE:
        return [at for at, digit in enumerate(reversed(f"{bits:b}")) if digit == "1"]
    while bits:
        at = bits.bit_length() - 1
        found.append(at)
        bits ^= 1 << at
    found.reverse()
    return found


def bits_of(found: "list[int] | tuple[int, ...] | range") -> Bits:
    """Return the set of these positions."""
    bits = 0
    for at in found:
        bits |= 1 << at
    return bits


def first_of(bits: Bits, count: int) -> Bits:
    """Return the first `count` of a set, fewer where it has fewer."""
    rest = bits
    for _ in range(count):
        if not rest:
            return bits
        rest &= rest - 1
    return bits ^ rest


def last_of(bits: Bits, count: int) -> Bits:
    """Return the last `count` of a set, fewer where it has fewer."""
    rest = bits
    for _ in range(count):
        if not rest:
            return bits
        rest ^= 1 << (rest.bit_length() - 1)
    return bits ^ rest


def first_in(bits: Bits) -> int:
    """Return the first position of a set that is not empty."""
    return (bits & -bits).bit_length() - 1


def last_in(bits: Bits) -> int:
    """Return the last position of a set that is not empty."""
    return bits.bit_length() - 1


def from_on(position: int) -> Bits:
    """Return the mask of a position and all after it."""
    return -1 << position
