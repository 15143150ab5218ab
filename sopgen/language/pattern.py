"""Patterns on the linear-time engine: the one place that says how RE2 is asked.

Packs and clauses come from anyone, so no pattern of theirs may run on an engine that backtracks.
"""

import functools

import re2

PatternError = re2.error
"""What a pattern that RE2 refuses raises."""

_MEMORY = 1 << 28
"""Bytes that one pattern may take when it is compiled (our decision, 2026-11-21)."""


def options(memory: int = _MEMORY) -> "re2.Options":
    """Return the options of every pattern: no groups are told, nothing is printed; `memory` in bytes."""
    chosen = re2.Options()
    chosen.max_mem = memory
    chosen.never_capture = True
    chosen.log_errors = False
    return chosen


@functools.lru_cache(maxsize=1 << 14)
def compiled(pattern: str) -> "re2._Regexp":
    """Return the compiled pattern, or raise PatternError."""
    return re2.compile(pattern, options())
