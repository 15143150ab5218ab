"""Where a thing stands in a file."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Span:
    """A place in a file: line and column count from 1; 0 means that the whole file (or line) is meant."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """Return `file:line:column` as editors and compilers write it, without the parts that are 0."""
        numbers = [str(number) for number in (self.line, self.column) if number]
        return ":".join([self.file, *numbers])

    def shifted(self, *, lines: int = 0, columns: int = 0) -> "Span":
        """Return the place `lines` further down and `columns` further right."""
        return Span(file=self.file, line=self.line + lines, column=self.column + columns)
