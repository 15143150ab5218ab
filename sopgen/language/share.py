"""The shares of a trained model's features, and their sum: in single precision, in the order of the message.

Many messages are added up at once, one feature of each at a time, so that every sum is the same to the last
bit whatever messages are added up with it.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sopgen.language.feature import BUCKETS
from sopgen.language.linear import Floats

Rows = NDArray[np.signedinteger[Any]]

LONGEST_TOGETHER = 256
"""Features up to which a message is added up together with others."""


class Shares:
    """The model's weights, a row for each feature that it knows, and a last row of nothing."""

    def __init__(self, buckets: NDArray[np.uint32], weights: NDArray[Any]) -> None:
        """Take the weights of each feature (rows), which `buckets` names."""
        self._places = np.full(BUCKETS, -1, np.int32)
        inside = buckets < BUCKETS
        self._places[buckets[inside]] = np.flatnonzero(inside)
        self.table: Floats = weights.astype(np.float32, copy=False)

    def nothing(self, rows: int) -> Floats:
        """Return a table of no shares at all."""
        return np.zeros((rows, self.table.shape[1]), np.float32)

    def places(self, buckets: Sequence[int] | Rows) -> Rows:
        """Return where the weights of the buckets stand, -1 for those that the model does not know."""
        return self._places[buckets]

    def add(self, total: Floats, places: Rows, lengths: Rows) -> None:
        """Add to each row of the total the weights at its places; those of a row follow one another."""
        known = places >= 0
        ends = np.concatenate(([0], np.cumsum(known)))[np.cumsum(lengths)]
        add_in_order(total, self.table, places[known], np.diff(ends, prepend=0))


def add_in_order(total: Floats, table: Floats, rows: Rows, lengths: Rows) -> None:
    """Add to each row of the total as many rows of the table as `lengths` says, in their order.

    `rows` numbers them, those of one row of the total after those of the one before it.
    """
    starts = np.cumsum(lengths) - lengths
    for number in np.flatnonzero(lengths > LONGEST_TOGETHER).tolist():
        own = rows[starts[number] : starts[number] + lengths[number]]
        total[number] = np.concatenate((total[number : number + 1], table[own])).sum(axis=0)
    short = np.flatnonzero((lengths > 0) & (lengths <= LONGEST_TOGETHER))
    order = short[np.argsort(-lengths[short], kind="stable")]
    sums, places = total[order], starts[order]
    for rank, count in enumerate(_longer_than_each(lengths[order])):
        sums[:count] += table[rows[places[:count] + rank]]
    total[order] = sums


def _longer_than_each(lengths: Rows) -> Iterator[int]:
    """Yield for 0, 1, … how many lengths, which are descending, are greater; until there is none."""
    if len(lengths):
        yield from np.searchsorted(-lengths, -np.arange(lengths[0]), side="left").tolist()
