"""Both models weighed against each other: per label a logistic regression of what is true.

It goes by the log odds that both give the label, and those that they give the other labels of the role.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.special import logit
from sklearn.linear_model import LogisticRegression

from sopgen.language.encoder import FURTHEST, Blend
from sopgen.language.labelled import Line

LEAST_POSITIVES = 15
"""Lines that a label needs before weights of it mean anything (our decision, 2026-11-22)."""

OTHERS = 0.3
"""The scale of other labels' log odds beside the label's own, so that they need reasons to count.

Chosen, with `FREEDOM`, by cross-validation over the dialogues that were held back from the encoder of the
morning of 2026-11-23: the average precision of emotional was 0.835 by its own odds alone, and 0.855 so.
"""

FREEDOM = 0.03
"""Inverse of the regression's penalty (as above, over 0.003 to 0.3)."""

TOLERANCE = 1e-8
ITERATIONS = 2000
"""How near to its best the regression comes, and within how many steps (it took 166 at most, 2026-11-23)."""

Floats = NDArray[np.float64]


def weigh_alike(label: str) -> Blend:
    """Return how a label is weighed as long as nothing is known of it: both models alike, and it alone."""
    return Blend(shift=0.0, linear={label: 0.5}, encoder={label: 0.5})


def weigh(lines: Sequence[Line], labels: Sequence[str], linear: Floats, encoder: Floats) -> dict[str, Blend]:
    """Return the weights of each label from both models' chances (lines x labels)."""
    return {label: _weigh(lines, labels, label, _log_odds(linear), _log_odds(encoder)) for label in labels}


def _weigh(
    lines: Sequence[Line], labels: Sequence[str], label: str, linear: Floats, encoder: Floats
) -> Blend:
    role, name = label.split("/")
    asked = np.array([line.role == role and name in line.asked for line in lines])
    truth = np.array([name in line.labels for line in lines])[asked]
    known = ~np.isnan(linear[asked] + encoder[asked]).any(axis=0)
    if not LEAST_POSITIVES <= truth.sum() < len(truth) or not known[labels.index(label)]:
        return weigh_alike(label)
    names = [each for each, is_known in zip(labels, known, strict=True) if is_known]
    scale = np.array([1.0 if each == label else OTHERS for each in names] * 2)
    seen = np.hstack((linear[asked][:, known], encoder[asked][:, known]))
    fit = LogisticRegression(C=FREEDOM, tol=TOLERANCE, max_iter=ITERATIONS).fit(seen * scale, truth)
    weights = np.round(fit.coef_[0] * scale, 4).tolist()
    return Blend(
        shift=round(float(fit.intercept_[0]), 4),
        linear=dict(zip(names, weights[: len(names)], strict=True)),
        encoder=dict(zip(names, weights[len(names) :], strict=True)),
    )


def _log_odds(chances: Floats) -> Floats:
    return np.clip(logit(chances), -FURTHEST, FURTHEST)
