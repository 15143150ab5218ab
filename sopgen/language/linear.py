"""A linear model over hashed features: small, fast, and with probabilities that mean something.

The file (`model/<role>.npz`) holds: `labels` (text, n), `buckets` (uint32, ascending, m), `weights` (int8,
m x n) with a `scale` for each label (float32, n), `bias` (float32, n), and `slope` and `shift` (float32, n),
which turn a score into a probability (Platt, 1999). Whatever the file holds is data; nothing in it is ever
executed.
"""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from sopgen.base.errors import PackError

Floats = NDArray[np.float32]

LEVELS = 47
"""Steps from nothing to a label's largest weight in the file: with 63, all models together were 40.2 MB."""

MOST_STEPS = 127
"""What a file may hold; older ones do."""

_ROWS_AT_ONCE = 2048
_LOST_BITS = np.uint32(13)
"""Bits of single precision that half precision has no room for."""

_LOST = np.uint32((1 << 13) - 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What training yields and the file holds; see the module for shapes. Weights are of half precision."""

    labels: tuple[str, ...]
    buckets: NDArray[np.uint32]
    weights: NDArray[np.floating[Any]]
    bias: Floats
    slope: Floats
    shift: Floats


def write_weights(model: Weights, path: Path) -> None:
    """Write the file; the same model gives the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    exact = model.weights.astype(np.float32)
    scale = np.abs(exact).max(axis=0, initial=np.finfo(np.float32).tiny) / LEVELS
    np.savez_compressed(
        path,
        labels=np.array(model.labels),
        buckets=model.buckets,
        weights=np.rint(exact / scale).astype(np.int8),
        scale=scale,
        bias=model.bias,
        slope=model.slope,
        shift=model.shift,
    )


def read_weights(path: Path) -> Weights:
    """Return what a model file holds. Error: MDL101 when it cannot be read."""
    try:
        with np.load(BytesIO(path.read_bytes()), allow_pickle=False) as held:
            return Weights(
                labels=tuple(str(label) for label in held["labels"]),
                buckets=held["buckets"],
                weights=_of_half_precision(held["weights"], held["scale"]),
                bias=held["bias"],
                slope=held["slope"],
                shift=held["shift"],
            )
    except (OSError, KeyError, ValueError, BadZipFile) as error:
        message = f"the trained model '{path}' cannot be read: {error}"
        raise PackError("MDL101", message, hint="make it again: sopgen train") from error


def _of_half_precision(steps: NDArray[Any], scale: NDArray[Any]) -> NDArray[np.floating[Any]]:
    """Return steps times scale, rounded to half precision: to ten bits, to even where two are as near.

    They are rounded here, part by part, as many as stay in the processor's cache: NumPy takes six times as
    long. What half precision holds in another way, very small and very large numbers, is left to NumPy.
    """
    is_plain = steps.dtype == np.int8 and scale.dtype == np.float32 and steps.ndim == 2
    if not is_plain or not _is_ordinary(scale):
        return np.asarray(steps * scale, np.float16)
    found = np.empty(steps.shape, np.float32)
    for start in range(0, len(steps), _ROWS_AT_ONCE):
        part = slice(start, start + _ROWS_AT_ONCE)
        bits = np.multiply(steps[part], scale, out=found[part]).view(np.uint32)
        bits += ((bits >> _LOST_BITS) & np.uint32(1)) + (_LOST >> np.uint32(1))
        bits &= ~_LOST
    return found


def _is_ordinary(scale: Floats) -> bool:
    """Return whether all steps of these scales are whole, or nothing, in half precision."""
    half = np.finfo(np.float16)
    return bool((scale >= half.smallest_normal).all() and (scale <= half.max / (MOST_STEPS + 2)).all())
