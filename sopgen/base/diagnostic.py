"""Flaws in what an author or an export supplied: values, gathered and sorted, never raised.

A Diagnostic is not a Finding (a conversation that departs from a clause) and not a SopgenError (the run
cannot go on).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from sopgen.base.span import Span


class Level(StrEnum):
    """How much a diagnostic matters: an error stops what depends on the thing, a warning does not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """One flaw: stable code, level, place, what is wrong (with the value), and one imperative hint."""

    code: str
    level: Level
    span: Span
    message: str
    hint: str = ""


Report = Callable[[Diagnostic], None]
"""Where a stage sends the flaws it meets."""


def in_reading_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return the diagnostics by file, line, column, code: the order in which a person mends them."""
    return tuple(sorted(diagnostics, key=lambda each: (each.span, each.code, each.message)))


def has_error(diagnostics: Iterable[Diagnostic]) -> bool:
    """Return whether any of them is an error."""
    return any(each.level is Level.ERROR for each in diagnostics)


def diagnostic_record(diagnostic: Diagnostic) -> dict[str, str | int]:
    """Return a diagnostic as one flat object, as `--json` prints it and `summary.json` keeps it."""
    return {
        "code": diagnostic.code,
        "level": str(diagnostic.level),
        "file": diagnostic.span.file,
        "line": diagnostic.span.line,
        "column": diagnostic.span.column,
        "message": diagnostic.message,
        "hint": diagnostic.hint,
    }
