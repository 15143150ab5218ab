"""A table of figures: typed columns with a name in both languages, and rows of values."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Generic, TypeVar

from sopgen.compliance.model import Titles
from sopgen.quality.interval import Estimate
from sopgen.quality.veil import Veil

Row = TypeVar("Row")
Value = object
"""A str, int, float, bool, date, naive datetime, or None."""


class Kind(StrEnum):
    """What the values of a column are. `SHARE` is between 0 and 1, `SECONDS` a length of time."""

    TEXT = "text"
    COUNT = "count"
    NUMBER = "number"
    SHARE = "share"
    SECONDS = "seconds"
    DAY = "day"
    MOMENT = "moment"
    FLAG = "flag"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column(Generic[Row]):
    """A column: its key for machines, its title for people, its kind, and what a row holds in it.

    `words`: its values are words of ours, each of which people read as the wording of that beginning.
    """

    key: str
    title: Titles
    kind: Kind
    of: Callable[[Row], Value]
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The head of a column, without the way to its values."""

    key: str
    title: Titles
    kind: Kind
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A table of values. `key` names it for machines, `title` for people."""

    key: str
    title: Titles
    heads: tuple[Head, ...]
    rows: tuple[tuple[Value, ...], ...]


OF_THE_EXPORT = frozenset({"team", "channel", "category", "tags", "priority", "name", "what"})
"""Columns whose values an export names freely: anything may stand there."""


def behind(veil: Veil, sheet: Sheet) -> Sheet:
    """Return the sheet as people may see it, also where an export wrote a number or an address for a team."""
    places = {place for place, head in enumerate(sheet.heads) if head.key in OF_THE_EXPORT}
    if not places:
        return sheet

    def shown(place: int, value: Value) -> Value:
        return veil.agent(value) if place in places and isinstance(value, str) else value

    rows = (tuple(shown(place, value) for place, value in enumerate(row)) for row in sheet.rows)
    return replace(sheet, rows=tuple(rows))


def text(key: str, indonesian: str, english: str, of: Callable[[Row], Value]) -> Column[Row]:
    """Return a column of texts."""
    return _column(key, (indonesian, english), Kind.TEXT, of)


def word(key: str, indonesian: str, english: str, words: str, of: Callable[[Row], Value]) -> Column[Row]:
    """Return a column of words of ours, several with commas between; `words` begins their wording's keys."""
    return replace(_column(key, (indonesian, english), Kind.TEXT, of), words=words)


def count(key: str, indonesian: str, english: str, of: Callable[[Row], Value]) -> Column[Row]:
    """Return a column of whole numbers."""
    return _column(key, (indonesian, english), Kind.COUNT, of)


def number(key: str, indonesian: str, english: str, of: Callable[[Row], Value]) -> Column[Row]:
    """Return a column of numbers."""
    return _column(key, (indonesian, english), Kind.NUMBER, of)


def seconds(key: str, indonesian: str, english: str, of: Callable[[Row], Value]) -> Column[Row]:
    """Return a column of lengths of time."""
    return _column(key, (indonesian, english), Kind.SECONDS, of)


def day(key: str, indonesian: str, english: str, of: Callable[[Row], Value]) -> Column[Row]:
    """Return a column of days."""
    return _column(key, (indonesian, english), Kind.DAY, of)


def moment(key: str, indonesian: str, english: str, of: Callable[[Row], Value]) -> Column[Row]:
    """Return a column of instants on the clock of those who wrote."""
    return _column(key, (indonesian, english), Kind.MOMENT, of)


def flag(key: str, indonesian: str, english: str, of: Callable[[Row], Value]) -> Column[Row]:
    """Return a column of yes and no."""
    return _column(key, (indonesian, english), Kind.FLAG, of)


def estimate(
    key: str, indonesian: str, english: str, of: Callable[[Row], Estimate]
) -> tuple[Column[Row], ...]:
    """Return four columns: a share, the bounds of its interval, and how many it was taken of."""
    return (
        _column(key, (indonesian, english), Kind.SHARE, lambda row: of(row).value),
        _column(
            f"{key}_low",
            (f"{indonesian}, paling rendah", f"{english}, low"),
            Kind.SHARE,
            lambda row: of(row).low,
        ),
        _column(
            f"{key}_high",
            (f"{indonesian}, paling tinggi", f"{english}, high"),
            Kind.SHARE,
            lambda row: of(row).high,
        ),
        _column(f"{key}_of", (f"{indonesian}, dari", f"{english}, of"), Kind.COUNT, lambda row: of(row).of),
    )


def _column(key: str, title: tuple[str, str], kind: Kind, of: Callable[[Row], Value]) -> Column[Row]:
    return Column(key=key, title=Titles(id=title[0], en=title[1]), kind=kind, of=of)


def sheet(key: str, title: Titles, columns: Iterable[Column[Row]], rows: Iterable[Row]) -> Sheet:
    """Return the table of the rows."""
    listed = tuple(columns)
    return Sheet(
        key=key,
        title=title,
        heads=tuple(
            Head(key=each.key, title=each.title, kind=each.kind, words=each.words) for each in listed
        ),
        rows=tuple(tuple(each.of(row) for each in listed) for row in rows),
    )
