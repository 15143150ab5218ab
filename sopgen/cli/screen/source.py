"""The very line that a diagnostic is about, with a mark under the place."""

import functools
from pathlib import Path

from sopgen.base.span import Span
from sopgen.cli.screen.plain import plain

_SHOWN = frozenset({".yaml", ".md"})
"""Files that authors write. Lines of exports are not shown: they hold what customers said."""

_WIDTH = 100
"""Characters of a line that are shown, around the place (our decision, 2026-11-22)."""

_LARGEST = 5_000_000


def excerpt_of(span: Span) -> str:
    """Return the line of an author's file that the span names, and a mark under its column; or ""."""
    if not span.line or Path(span.file).suffix not in _SHOWN:
        return ""
    lines = _lines_of(span.file)
    if span.line > len(lines):
        return ""
    line, column = lines[span.line - 1].rstrip(), max(span.column, 1) - 1
    start = max(0, min(column - _WIDTH // 2, len(line) - _WIDTH))
    shown = ("…" if start else "") + plain(line[start : start + _WIDTH].replace("\t", " "))
    if not shown.strip():
        return ""
    mark = " " * (column - start + bool(start)) + "^"
    number = f"{span.line:>6}"
    return f"{number} | {shown}\n{' ' * len(number)} | {mark}"


@functools.lru_cache(maxsize=8)
def _lines_of(file: str) -> tuple[str, ...]:
    path = Path(file)
    try:
        if path.stat().st_size > _LARGEST:
            return ()
        return tuple(path.read_text(encoding="utf-8-sig", errors="replace").split("\n"))
    except OSError:
        return ()
