"""The shares of a trained model's features, and their sums: of whole numbers, whose order does not matter."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sopgen.language.feature import BUCKETS
from sopgen.language.linear import Floats

Rows = NDArray[np.signedinteger[Any]]


class Shares:
    """The model's weights in whole numbers (`table`), a row for each feature that it knows."""

    def __init__(self, buckets: NDArray[np.uint32], weights: NDArray[np.int8]) -> None:
        """Take the weights of each feature (rows), which `buckets` names."""
        self._places = np.full(BUCKETS, -1, np.int32)
        inside = buckets < BUCKETS
        self._places[buckets[inside]] = np.flatnonzero(inside)
        self.table = weights

    def nothing(self, rows: int) -> Floats:
        """Return a table of no shares at all."""
        return np.zeros((rows, self.table.shape[1]), np.float32)

    def places(self, buckets: Sequence[int] | Rows) -> Rows:
        """Return where the weights of the buckets stand, -1 for those that the model does not know."""
        return self._places[buckets]

    def sums(self, places: Rows, lengths: Rows) -> Floats:
        """Return the sum of the weights at the places of each row; those of a row follow one another."""
        known = places >= 0
        ends = np.concatenate(([0], np.cumsum(known)))[np.cumsum(lengths)]
        return sums_of_rows(self.table[places[known]].astype(np.float32), np.diff(ends, prepend=0))


def sums_of_rows(rows: Floats, lengths: Rows) -> Floats:
    """Return the sum of as many rows as each of `lengths` says, one after another.

    What is added up together changes no sum: each is taken by itself, row by row.
    """
    total = np.zeros((len(lengths), rows.shape[1]), np.float32)
    some = np.flatnonzero(lengths)
    if len(some):
        total[some] = np.add.reduceat(rows, (np.cumsum(lengths) - lengths)[some], axis=0)
    return total
