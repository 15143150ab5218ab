"""The order of day, month and year in a file whose dates are three numbers, from evidence, never by a guess.

The steps, first that decides wins: a part that can only be a year or a day; the order that a user states; the
order of the language that wrote the file; dates that run on smoothly one way only. Else the order is unclear.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

Triple = tuple[str, str, str]
"""The three numbers of a date, as written and in the order in which they stand."""

_ENOUGH_LINES = 20
_ENOUGH_DATES = 4
_CLEARLY = 10
"""Dates are judged by how they run on only in a file of 20 lines and 4 dates, where one order jumps a tenth
as far as the others and never backwards. Fewer could be a chat on the 7th of each month (our decision,
2026-11-21)."""

_STRAYS = 20
"""One line in so many may have a date of another order: a pasted line, not the phone's own."""


class Evidence(StrEnum):
    """What decided an order."""

    PARTS = "parts"
    STATED = "stated"
    LANGUAGE = "language"
    COURSE = "course"
    UNCLEAR = "unclear"
    IMPOSSIBLE = "impossible"


@dataclass(frozen=True, slots=True, kw_only=True)
class DateOrder:
    """An order (dmy, mdy, ymd; "" when undecided) and what decided it."""

    order: str
    evidence: Evidence


def date_order_of(triples: Sequence[Triple], *, stated: str = "", language: str = "") -> DateOrder:
    """Return the order of the dates of a file, one triple a line, in the file's order.

    `stated` is the user's order, `language` the order of the language that the file is in; "" for none.
    """
    fitting = _fitting(triples)
    if not fitting:
        return DateOrder(order="", evidence=Evidence.IMPOSSIBLE)
    if len(fitting) == 1:
        return DateOrder(order=fitting[0], evidence=Evidence.PARTS)
    if stated in fitting:
        return DateOrder(order=stated, evidence=Evidence.STATED)
    if language in fitting:
        return DateOrder(order=language, evidence=Evidence.LANGUAGE)
    smooth = _smoothest(triples, fitting)
    if smooth:
        return DateOrder(order=smooth, evidence=Evidence.COURSE)
    return DateOrder(order="", evidence=Evidence.UNCLEAR)


def date_in(triple: Triple, order: str) -> date | None:
    """Return the date, or None when there is none in that order. Years of two digits are of this century."""
    first, second, third = map(int, triple)
    year, month, day = {
        "dmy": (third, second, first),
        "mdy": (third, first, second),
        "ymd": (first, second, third),
    }[order]
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None


def _fitting(triples: Sequence[Triple]) -> list[str]:
    """Return the orders that give the most dates, if they give nearly all. ymd only where a year shows."""
    orders = ("ymd",) if any(_opens_with_year(each) for each in triples) else ("dmy", "mdy")
    strays = {order: sum(date_in(each, order) is None for each in triples) for order in orders}
    fewest = min(strays.values())
    if fewest * _STRAYS > len(triples):
        return []
    return [order for order in orders if strays[order] == fewest]


def _opens_with_year(triple: Triple) -> bool:
    return len(triple[0]) > 2 or int(triple[0]) > 31


def _smoothest(triples: Sequence[Triple], orders: Iterable[str]) -> str:
    """Return the order in which the dates run on clearly more smoothly than in any other, else ""."""
    if len(triples) < _ENOUGH_LINES or len(set(triples)) < _ENOUGH_DATES:
        return ""
    jumps = sorted((_jumps(triples, order), order) for order in orders)
    (best, order), (second, _) = jumps[0], jumps[1]
    runs_on = all(step >= 0 for step in _steps(triples, order))
    return order if runs_on and best * _CLEARLY <= second else ""


def _jumps(triples: Sequence[Triple], order: str) -> int:
    return sum(abs(step) for step in _steps(triples, order))


def _steps(triples: Sequence[Triple], order: str) -> list[int]:
    """Return the days from each dated line to the next."""
    days = [day.toordinal() for each in triples if (day := date_in(each, order)) is not None]
    return [after - before for before, after in pairwise(days)]
