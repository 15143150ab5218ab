"""Patterns on the linear-time engine: the one place that says how RE2 is asked.

Packs and clauses come from anyone, so no pattern of theirs may run on an engine that backtracks. RE2 is asked
without the wrapper that makes it look like `re`: most answers are no, and for those the wrapper takes longer
than RE2 (1.7 of 3.0 us, measured 2026-11-22).
"""

from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache

import re2

PatternError = re2.error
"""What a pattern that RE2 refuses raises."""

_MEMORY = 1 << 28
"""Bytes that one pattern may take when it is compiled (our decision, 2026-11-21)."""


_SMALL_MEMORY = 1 << 23
"""The same for a cue, of which there are thousands; RE2 keeps what it learnt of texts there, too."""

Range = tuple[int, int]
"""A half-open range of a text."""


_Find = Callable[[object, bytes, int, int], Sequence[Range]]
"""From where to look, a text, and the half-open range of it to look in, to where a pattern is found first."""

_ANYWHERE = re2._Anchor.UNANCHORED  # noqa: SLF001 - see the module
_NOWHERE = (-1, -1)


class Encoded:
    """A text as RE2 reads it, with the way back from its bytes to its characters."""

    __slots__ = ("data", "is_plain")

    def __init__(self, text: str) -> None:
        self.data = text.encode()
        self.is_plain = len(self.data) == len(text)

    def place(self, span: Range) -> Range:
        """Return the range of characters of a range of bytes."""
        if self.is_plain:
            return span
        start = len(self.data[: span[0]].decode())
        return start, start + len(self.data[span[0] : span[1]].decode())


class Pattern:
    """A pattern, compiled when it is first asked for. PatternError may come then, unless `check` was called.

    `small`: it is one of very many, and may take only a little memory unless it needs more.
    """

    FRESH = ("_find",)
    """What is compiled anew by each process: RE2 cannot be written down."""

    def __init__(self, source: str, *, small: bool = False) -> None:
        self.source = source
        self._small = small

    def check(self) -> None:
        """Compile it now, or raise PatternError."""
        _ = self._find

    def is_in(self, text: str) -> bool:
        """Return whether it is found anywhere in the text."""
        data = text.encode()
        return self._find(_ANYWHERE, data, 0, len(data))[0] != _NOWHERE

    def ranges(self, text: Encoded) -> list[Range]:
        """Return where it is found, in reading order; none overlaps another, and none is empty."""
        found: list[Range] = []
        find, data, at = self._find, text.data, 0
        last = len(data)
        while at <= last:
            span = find(_ANYWHERE, data, at, last)[0]
            if span == _NOWHERE:
                break
            if span[0] < span[1]:
                found.append(text.place(span))
            at = max(span[1], at + 1)
        return found

    @cached_property
    def _find(self) -> _Find:
        return _compiled(self.source.encode(), small=self._small)


@lru_cache(maxsize=1 << 14)
def _compiled(source: bytes, *, small: bool) -> _Find:
    if small:
        try:
            return _find_of(source, _SMALL_MEMORY)
        except PatternError:
            pass  # too large, or no pattern at all: the second try tells
    return _find_of(source, _MEMORY)


def _find_of(source: bytes, memory: int) -> _Find:
    find: _Find = re2.compile(source, _options(memory))._regexp.Match  # noqa: SLF001 - see the module
    return find


def _options(memory: int) -> "re2.Options":
    """Return the options of every pattern: no groups are told, nothing is printed; `memory` in bytes."""
    chosen = re2.Options()
    chosen.max_mem = memory
    chosen.never_capture = True
    chosen.log_errors = False
    return chosen
