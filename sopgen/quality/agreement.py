"""How far two judges agree beyond chance.

Source: J. Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological Measurement
20 (1960) 37-46: kappa = (observed - expected) / (1 - expected), where the expected agreement is that of two
judges who give each verdict as often as these did, but independently. As in Cohen's own approximation of its
error, the interval holds the expected agreement fixed; the observed agreement is a share and gets Wilson's
bounds, which stay honest where few cases agree throughout (simulated: see `interval`).
"""

from collections.abc import Sequence

from sopgen.quality.interval import Estimate, share


def cohens_kappa(table: Sequence[Sequence[int]]) -> Estimate:
    """Return Cohen's kappa of a square table of counts, rows one judge, columns the other, with its interval.

    It is undefined for no case at all, and where both gave one and the same verdict throughout.
    """
    cases = sum(map(sum, table))
    observed = share(sum(row[place] for place, row in enumerate(table)), cases)
    columns = [sum(row[place] for row in table) for place in range(len(table))]
    expected = sum(sum(row) * column for row, column in zip(table, columns, strict=True))
    room = cases * cases - expected
    if not room:
        return Estimate(value=None, low=None, high=None, of=cases)

    def beyond_chance(agreement: float | None) -> float | None:
        return None if agreement is None else (agreement * cases * cases - expected) / room

    value, low, high = (beyond_chance(each) for each in (observed.value, observed.low, observed.high))
    return Estimate(value=value, low=low, high=high, of=cases)
