"""The order of day, month and year in a file whose dates are three numbers, from evidence, never by a guess.

The steps, first that decides wins: a part that can only be a year or a day; the order that a user states; the
order of the language that wrote the file; dates that run on smoothly one way only. Else the order is unclear.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby, pairwise

from sopgen.conversation.instant import is_reckonable

_ENOUGH_LINES = 20
_ENOUGH_DATES = 4
_CLEARLY = 10
"""Dates are judged by how they run on only in a file of 20 lines and 4 dates, where one order jumps a tenth
as far as the others and never backwards. Fewer could be a chat on the 7th of each month (our decision,
2026-11-21)."""

_STRAYS = 20
"""One line in so many may have a date of another order: a pasted line, not the phone's own."""

_PART = re.compile(r"\d+")


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


def date_order_of(dates: Sequence[str], *, stated: str = "", language: str = "") -> DateOrder:
    """Return the order of the dates of a file, one a line (three numbers, as written), in the file's order.

    `stated` is the user's order, `language` the order of the language that the file is in; "" for none.
    """
    fitting = _fitting(Counter(dates))
    if not fitting:
        return DateOrder(order="", evidence=Evidence.IMPOSSIBLE)
    if len(fitting) == 1:
        return DateOrder(order=fitting[0], evidence=Evidence.PARTS)
    if stated in fitting:
        return DateOrder(order=stated, evidence=Evidence.STATED)
    if language in fitting:
        return DateOrder(order=language, evidence=Evidence.LANGUAGE)
    smooth = _smoothest(dates, fitting)
    if smooth:
        return DateOrder(order=smooth, evidence=Evidence.COURSE)
    return DateOrder(order="", evidence=Evidence.UNCLEAR)


def date_in(written: str, order: str) -> date | None:
    """Return the date, or None when there is none in that order, or none that can be reckoned with.

    Years of two digits are of this century.
    """
    found = day_in(written, order)
    return found if found is not None and is_reckonable(found) else None


def day_in(written: str, order: str) -> date | None:
    """Return the same of whatever the calendar has: "31/12/9999" tells an order, too."""
    first, second, third = map(int, _PART.findall(written))
    year, month, day = {
        "dmy": (third, second, first),
        "mdy": (third, first, second),
        "ymd": (first, second, third),
    }[order]
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None


def _fitting(counts: Counter[str]) -> list[str]:
    """Return the orders that give the most dates, if they give nearly all. ymd only where a year shows."""
    orders = ("ymd",) if any(map(_opens_with_year, counts)) else ("dmy", "mdy")
    strays = {
        order: sum(count for written, count in counts.items() if day_in(written, order) is None)
        for order in orders
    }
    fewest = min(strays.values())
    if fewest * _STRAYS > counts.total():
        return []
    return [order for order in orders if strays[order] == fewest]


def _opens_with_year(written: str) -> bool:
    first = _PART.findall(written)[0]
    return len(first) > 2 or int(first) > 31


def _smoothest(dates: Sequence[str], orders: Iterable[str]) -> str:
    """Return the order in which the dates run on clearly more smoothly than in any other, else ""."""
    if len(dates) < _ENOUGH_LINES or len(set(dates)) < _ENOUGH_DATES:
        return ""
    steps = {order: _steps(dates, order) for order in orders}
    jumps = sorted((sum(map(abs, each)), order) for order, each in steps.items())
    (best, order), (second, _) = jumps[0], jumps[1]
    return order if min(steps[order]) >= 0 and best * _CLEARLY <= second else ""


def _steps(dates: Sequence[str], order: str) -> list[int]:
    """Return the days from each change of date to the next."""
    changes = [date_in(written, order) for written, _ in groupby(dates)]
    days = [day.toordinal() for day in changes if day is not None]
    return [after - before for before, after in pairwise(days)]
