"""How far two judges agree beyond chance.

Source: J. Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological Measurement
20 (1960) 37-46: kappa = (observed - expected) / (1 - expected), where the expected agreement is that of two
judges who give each verdict as often as these did, but independently.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def cohens_kappa(table: Sequence[Sequence[int]]) -> float | None:
    """Return Cohen's kappa of a square table (rows one judge, columns the other), or None.

    It is undefined for no case at all, and where both gave one and the same verdict throughout.
    """
    cells = np.asarray(table, dtype=np.float64)
    (kappa,) = kappas(cells.reshape(1, -1), len(cells))
    return None if np.isnan(kappa) else float(kappa)


def kappas(cells: NDArray[np.float64], verdicts: int) -> NDArray[np.float64]:
    """Return the kappa of each of many flattened tables, shape (samples × verdicts²); NaN where undefined."""
    tables = cells.reshape(-1, verdicts, verdicts)
    cases = tables.sum(axis=(1, 2))
    observed = np.trace(tables, axis1=1, axis2=2) * cases
    expected = (tables.sum(axis=1) * tables.sum(axis=2)).sum(axis=1)
    room = cases * cases - expected
    kappa: NDArray[np.float64] = np.full(len(tables), np.nan)
    np.divide(observed - expected, room, out=kappa, where=room > 0)
    return kappa
