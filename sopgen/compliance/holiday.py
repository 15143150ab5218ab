"""The public holidays of a country, year by year, as the `holidays` library tells them.

What the library calls public is closed: the national holidays, not those of a state or province, and not days
that a government recommends to take off (Indonesia's cuti bersama). A moving feast of a year that has not
been announced yet stands where the library computes it, and may shift by a day; a newer release of the
library moves it. This is the only module that knows the library, and it loads it when first asked.
"""

import functools
from collections.abc import Callable
from datetime import date

HolidaysOf = Callable[[int], frozenset[date] | None]
"""A year to the days that are public holidays, or None when nothing is known of that year."""


def no_holidays(_: int) -> frozenset[date]:
    """Return that no day of the year is a holiday."""
    return frozenset()


@functools.cache
def public_holidays(country: str) -> HolidaysOf | None:
    """Return the holidays of a country by its ISO 3166 code ("ID"), or None for a country not known."""
    import holidays  # noqa: PLC0415 -- heavy, and only SOPs with a holiday calendar need it

    try:
        known = holidays.country_holidays(country)
    except NotImplementedError:
        return None
    first, last = known.start_year, known.end_year

    @functools.cache
    def of(year: int) -> frozenset[date] | None:
        if not first <= year <= last:
            return None
        return frozenset(holidays.country_holidays(country, years=year))

    return of
