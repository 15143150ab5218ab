"""The text of an SOP's source, line by line, and where each part of it stands.

Lines count from 0 here, as markdown-it counts them, and from 1 in every Span.
"""

from dataclasses import dataclass

from sopgen.base.span import Span

_TAB = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceText:
    """The lines of one file, without their ends."""

    file: str
    lines: tuple[str, ...]

    def span(self, line: int, column: int = 0) -> Span:
        """Return the place of `line` (from 0) and `column` (from 1; 0 is the whole line)."""
        return Span(file=self.file, line=line + 1, column=column)

    def verbatim(self, start: int, end: int, *, indent: int = 0) -> str:
        """Return the lines from `start` up to `end`, each without its first `indent` columns of blanks."""
        return "\n".join(_unindented(line, indent) for line in self.lines[start:end]).strip("\n")

    def column_of(self, span: Span) -> int:
        """Return how many columns of the screen stand before a place; a tab goes on to the next fourth."""
        return len(self.lines[span.line - 1][: max(span.column - 1, 0)].expandtabs(_TAB))

    def indent(self, line: int) -> int:
        """Return how many blanks `line` begins with."""
        text = self.lines[line]
        return len(text) - len(text.lstrip(" \t"))

    def place(self, line: int, content: str, offset: int = 0) -> Span:
        """Return the place of the character at `offset` of an inline `content` that begins on `line`."""
        before = content[:offset]
        row = before.count("\n")
        start = before.rfind("\n") + 1
        written = content[start:].split("\n", maxsplit=1)[0]
        found = self.lines[line + row].rfind(written) if line + row < len(self.lines) else -1
        column = found + offset - start + 1 if found >= 0 else 0
        return self.span(line + row, column)


def _unindented(line: str, indent: int) -> str:
    if not indent:
        return line
    text = line.lstrip(" \t")
    blanks = line[: len(line) - len(text)].expandtabs(_TAB)
    return blanks[indent:] + text


def normalised(text: str) -> str:
    """Return the text without a byte order mark, with plain line ends and without NUL characters."""
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return plain.replace("\0", "\ufffd")


def source_text(text: str, file: str) -> SourceText:
    """Return the lines of `text`, which is normalised already."""
    return SourceText(file=file, lines=tuple(text.split("\n")))
