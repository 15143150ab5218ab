"""On which line of a file each id stood first, in some 40 to 80 bytes an id.

A file may hold a hundred million conversations; a dictionary of their ids would take twenty gigabytes. Here
an id is 128 bits of its hash: that two ids share them does not happen (1e-22 for a hundred million).
"""

from array import array
from hashlib import blake2b

_LEAST = 1 << 10
_FULLEST = 0.6
"""Share of the places that are taken at most: beyond it a search takes too many steps."""


class FirstLines:
    """The lines on which ids stood first: a hash table with open addressing in three flat arrays."""

    def __init__(self) -> None:
        self._count = 0
        self._make(_LEAST)

    def __len__(self) -> int:
        return self._count

    def meet(self, id_: str, line: int) -> int:
        """Return the line, from 1, on which the id was met first: `line` itself, if never before."""
        digest = blake2b(id_.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        high, low = int.from_bytes(digest[:8], "little"), int.from_bytes(digest[8:], "little")
        place = self._find(high, low)
        if self._lines[place]:
            return self._lines[place]
        self._highs[place], self._lows[place], self._lines[place] = high, low, line
        self._count += 1
        if self._count > _FULLEST * len(self._lines):
            self._grow()
        return line

    def _find(self, high: int, low: int) -> int:
        """Return the place of the id, or the free one where it belongs."""
        lines, highs, lows = self._lines, self._highs, self._lows
        last = len(lines) - 1
        place = low & last
        while lines[place] and not (lows[place] == low and highs[place] == high):
            place = (place + 1) & last
        return place

    def _make(self, size: int) -> None:
        self._highs = array("Q", bytes(8 * size))
        self._lows = array("Q", bytes(8 * size))
        self._lines = array("Q", bytes(8 * size))

    def _grow(self) -> None:
        held = zip(self._highs, self._lows, self._lines, strict=True)
        self._make(2 * len(self._lines))
        for high, low, line in held:
            if line:
                place = self._find(high, low)
                self._highs[place], self._lows[place], self._lines[place] = high, low, line
