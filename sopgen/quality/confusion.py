"""Figures of many confusion tables at once: the arithmetic under an evaluation and its bootstrap.

A sheet has shape (samples × checks × labels × verdicts), both over VERDICTS; every function takes a sheet
and returns one figure per sample (and check), NaN where it is undefined.
"""

import numpy as np
from numpy.typing import NDArray

from sopgen.compliance.model import Verdict
from sopgen.quality.agreement import kappas

VERDICTS = (Verdict.PASS, Verdict.FAIL, Verdict.NA, Verdict.UNDECIDED)
"""The order of rows and columns; the row of UNDECIDED is empty, since no label says it."""

CELLS = len(VERDICTS) ** 2
_FAIL = VERDICTS.index(Verdict.FAIL)

Figures = NDArray[np.float64]


def sheet_of(sums: Figures, checks: int) -> Figures:
    """Return column sums, shape (samples × checks·CELLS), as a sheet."""
    return sums.reshape(len(sums), checks, len(VERDICTS), len(VERDICTS))


def true_fails(sheet: Figures) -> Figures:
    """Return the labelled fails that were found."""
    found: Figures = sheet[..., _FAIL, _FAIL]
    return found


def false_fails(sheet: Figures) -> Figures:
    """Return the fails that no label says."""
    false: Figures = sheet[..., :, _FAIL].sum(axis=-1) - true_fails(sheet)
    return false


def missed_fails(sheet: Figures) -> Figures:
    """Return the labelled fails that were not found, the undecided ones included."""
    missed: Figures = sheet[..., _FAIL, :].sum(axis=-1) - true_fails(sheet)
    return missed


def f1_of(sheet: Figures) -> Figures:
    """Return 2·true / (2·true + false + missed), per check."""
    return _f1(true_fails(sheet), false_fails(sheet), missed_fails(sheet))


def kappa_of(sheet: Figures) -> Figures:
    """Return Cohen's kappa per check."""
    samples, checks = sheet.shape[:2]
    return kappas(sheet.reshape(samples * checks, CELLS), len(VERDICTS)).reshape(samples, checks)


def pooled_of(sheet: Figures) -> Figures:
    """Return precision, recall, micro F1 and macro F1 over all checks, shape (samples × 4)."""
    true, false, missed = (count(sheet).sum(axis=1) for count in (true_fails, false_fails, missed_fails))
    each = f1_of(sheet)
    defined = ~np.isnan(each)
    macro = _ratio(np.where(defined, each, 0.0).sum(axis=1), defined.sum(axis=1).astype(np.float64))
    figures = (_ratio(true, true + false), _ratio(true, true + missed), _f1(true, false, missed), macro)
    return np.stack(figures, axis=1)


def _f1(true: Figures, false: Figures, missed: Figures) -> Figures:
    return _ratio(2 * true, 2 * true + false + missed)


def _ratio(part: Figures, of: Figures) -> Figures:
    ratio: Figures = np.divide(part, of, out=np.full(part.shape, np.nan), where=of > 0)
    return ratio
