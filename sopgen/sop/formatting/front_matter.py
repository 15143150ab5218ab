"""The front matter put in order: its keys, its quotes, its lengths of time and hours; comments stay."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

import yaml

from sopgen.base.duration import parse_duration
from sopgen.sop.formatting.edit import Edit, edited, reordered
from sopgen.sop.front_matter import FrontMatter

ORDER = tuple(field.name for field in fields(FrontMatter))
"""The keys of the front matter, in the order in which they are documented."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The loader that reads front matters (`base.shape`): libyaml takes some texts that PyYAML alone does not."""

_INTERVAL = re.compile(r"\s*(\d{1,2})[:.](\d{2})\s*[-–]\s*(\d{1,2})[:.](\d{2})\s*")
_PLAIN = re.compile(r"[A-Za-z][\w .()/&-]*")
_WORDS_OF_YAML = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})
_KEY = re.compile(r"[^\s#\-\[\]{}].*")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scalar:
    """A value as it stands in the text, and the keys that lead to it."""

    path: tuple[str, ...]
    node: yaml.ScalarNode


def tidied(text: str) -> str:
    """Return a source whose front matter, if it can be read as YAML, is in order."""
    end = _last_line(text)
    if end is None:
        return text
    return _in_order(_without_trailing_blanks(_with_plain_values(text, end), end), end)


def _last_line(text: str) -> int | None:
    """Return the number (from 0) of the line that closes the front matter, None when nothing does."""
    lines = _lines(text)
    if not lines or lines[0].removeprefix("\ufeff").rstrip() != "---":
        return None
    return next((row for row, line in enumerate(lines[1:], start=1) if line.rstrip() == "---"), None)


def _lines(text: str) -> list[str]:
    return re.split(r"\r\n|\r|\n", text)


def _with_plain_values(text: str, end: int) -> str:
    lines = _lines(text)[1:end]
    root = yaml.compose("\n".join(lines), Loader=_LOADER)
    scalars = _scalars(root, ()) if root is not None else ()
    return edited(text, {edit for scalar in scalars for edit in _value_edits(scalar, lines)})


def _scalars(node: yaml.Node, path: tuple[str, ...]) -> Iterator[_Scalar]:
    if isinstance(node, yaml.ScalarNode):
        yield _Scalar(path=path, node=node)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _scalars(item, path)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _scalars(value, (*path, str(key.value)))


def _value_edits(scalar: _Scalar, lines: Sequence[str]) -> Iterator[Edit]:
    """Yield the edit that writes a value in its one form, when it stands on one line in another."""
    start, end = scalar.node.start_mark, scalar.node.end_mark
    if start.line != end.line or scalar.node.style in ("|", ">"):
        return
    written = lines[start.line][start.column : end.column]
    form = _form(scalar)
    if form not in (None, written) and written.startswith(scalar.node.style or scalar.node.value):
        yield Edit(line=start.line + 1, start=start.column, end=end.column, text=form or "")


def _form(scalar: _Scalar) -> str | None:
    """Return how a value is written, None where it may stay as it is."""
    value, quoted = str(scalar.node.value), scalar.node.style is not None
    if scalar.path[:2] == ("hours", "weekly"):
        interval = _INTERVAL.fullmatch(value)
        return f'"{_clocks(interval)}"' if interval else None
    if scalar.path == ("review_every",) and parse_duration(value):
        return value.replace(" ", "").lower()
    if quoted and len(scalar.path) == 1 and _may_stand_bare(value):
        return value
    if scalar.node.style == "'" and not set(value) & {'"', "\\"}:
        return f'"{value}"'
    return None


def _clocks(interval: re.Match[str]) -> str:
    hour, minute, until_hour, until_minute = interval.groups()
    return f"{int(hour):02}:{minute}-{int(until_hour):02}:{until_minute}"


def _may_stand_bare(value: str) -> bool:
    """Return whether YAML reads a value as this text without quotes, wherever it stands on a line."""
    return (
        _PLAIN.fullmatch(value) is not None
        and value.rstrip() == value
        and value.lower() not in _WORDS_OF_YAML
    )


def _without_trailing_blanks(text: str, end: int) -> str:
    lines = _lines(text)[1:end]
    return edited(
        text,
        (
            Edit(line=row, start=len(line.rstrip(" \t")), end=len(line), text="")
            for row, line in enumerate(lines, start=1)
        ),
    )


def _in_order(text: str, end: int) -> str:
    """Return the text with the keys in order; a comment right above a key goes with it."""
    lines = _lines(text)[1:end]
    starts = [row for row, line in enumerate(lines) if _KEY.fullmatch(line)]
    if not starts or any(":" not in lines[row] for row in starts):
        return text
    blocks = _blocks(lines, starts)
    head = blocks[0][1].start
    order = sorted(blocks, key=lambda block: _rank(block[0]))
    return reordered(text, head + 1, (row + 1 for _, rows in order for row in rows))


def _blocks(lines: Sequence[str], starts: Sequence[int]) -> list[tuple[str, range]]:
    """Return each key with the lines that belong to it: comments above, its own, and those below it.

    What stands above the first key apart from a comment right above it, and below the last value, stays.
    """
    tops = [_top(lines, row) for row in starts]
    bounds = [*tops[1:], _bottom(lines, starts[-1])]
    return [
        (lines[row].partition(":")[0].strip().strip("\"'"), range(top, bound))
        for row, top, bound in zip(starts, tops, bounds, strict=True)
    ]


def _top(lines: Sequence[str], row: int) -> int:
    while row and lines[row - 1].startswith("#"):
        row -= 1
    return row


def _bottom(lines: Sequence[str], row: int) -> int:
    """Return the line after the value that begins on `row`; comments at the margin are no part of it."""
    last = row
    for at in range(row + 1, len(lines)):
        if lines[at].strip() and not lines[at].startswith("#"):
            last = at
    return last + 1


def _rank(key: str) -> int:
    return ORDER.index(key) if key in ORDER else len(ORDER)
