"""Patterns on the linear-time engine: the one place that says how RE2 is asked.

Packs and clauses come from anyone, so no pattern of theirs may run on an engine that backtracks.
"""

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

    FRESH = ("_regexp",)
    """What is compiled anew by each process: RE2 cannot be written down."""

    def __init__(self, source: str, *, small: bool = False) -> None:
        self.source = source
        self._small = small

    def check(self) -> None:
        """Compile it now, or raise PatternError."""
        assert self._regexp

    def is_in(self, text: str) -> bool:
        """Return whether it is found anywhere in the text."""
        return self._regexp.search(text.encode()) is not None

    def ranges(self, text: Encoded) -> list[Range]:
        """Return where it is found, in reading order; none overlaps another, and none is empty."""
        found = [match.span() for match in self._regexp.finditer(text.data)]
        if not found:
            return found
        return [text.place(span) for span in found if span[0] < span[1]]

    @cached_property
    def _regexp(self) -> "re2._Regexp":
        return _compiled(self.source.encode(), small=self._small)


@lru_cache(maxsize=1 << 14)
def _compiled(source: bytes, *, small: bool) -> "re2._Regexp":
    if small:
        try:
            return re2.compile(source, _options(_SMALL_MEMORY))
        except PatternError:
            pass  # too large, or no pattern at all: the second try tells
    return re2.compile(source, _options(_MEMORY))


def _options(memory: int) -> "re2.Options":
    """Return the options of every pattern: no groups are told, nothing is printed; `memory` in bytes."""
    chosen = re2.Options()
    chosen.max_mem = memory
    chosen.never_capture = True
    chosen.log_errors = False
    return chosen
