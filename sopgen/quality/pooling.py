"""Precision, recall and F1 over several checks, for many samples at once: the arithmetic under a bootstrap.

A sheet has shape (samples × checks × 3): how many fails each check found truly, falsely, and missed.
"""

import numpy as np
from numpy.typing import NDArray

TRUE, FALSE, MISSED = range(3)
KINDS = 3
"""Columns that one check has in a table of cases."""

Sheet = NDArray[np.float64]


def pooled_of(sheet: Sheet) -> Sheet:
    """Return precision, recall, micro F1 and macro F1, shape (samples × 4), NaN where one is undefined.

    Macro F1 is the mean over the checks whose F1 is defined in the sample.
    """
    true, false, missed = (sheet[:, :, kind].sum(axis=1) for kind in (TRUE, FALSE, MISSED))
    each = _f1(sheet[:, :, TRUE], sheet[:, :, FALSE], sheet[:, :, MISSED])
    defined = ~np.isnan(each)
    macro = _ratio(np.where(defined, each, 0.0).sum(axis=1), defined.sum(axis=1).astype(np.float64))
    figures = (_ratio(true, true + false), _ratio(true, true + missed), _f1(true, false, missed), macro)
    return np.stack(figures, axis=1)


def _f1(true: Sheet, false: Sheet, missed: Sheet) -> Sheet:
    return _ratio(2 * true, 2 * true + false + missed)


def _ratio(part: Sheet, of: Sheet) -> Sheet:
    ratio: Sheet = np.divide(part, of, out=np.full(part.shape, np.nan), where=of > 0)
    return ratio
