"""A linear model over hashed features: small, fast, and with probabilities that mean something.

The file (`model/<role>.npz`) holds: `labels` (text, n), `buckets` (uint32, ascending, m), `weights` (int8,
m x n) with a `scale` for each label (float32, n), `bias` (float32, n), and `slope` and `shift` (float32, n),
which turn a score into a probability (Platt, 1999). Whatever the file holds is data; nothing in it is ever
executed.
"""

from dataclasses import dataclass, fields
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from sopgen.base.errors import PackError

Floats = NDArray[np.float32]

LEVELS = 47
"""Steps from nothing to a label's largest weight: with 63, all models together were 40.2 MB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What training yields and the file holds; see the module for shapes."""

    labels: tuple[str, ...]
    buckets: NDArray[np.uint32]
    weights: NDArray[np.int8]
    scale: Floats
    bias: Floats
    slope: Floats
    shift: Floats


def in_levels(weights: NDArray[np.floating[Any]]) -> tuple[NDArray[np.int8], Floats]:
    """Return weights (m x n) as whole numbers, and what one counts for each label (n)."""
    exact = weights.astype(np.float32)
    scale = np.abs(exact).max(axis=0, initial=np.finfo(np.float32).tiny) / LEVELS
    return np.rint(exact / scale).astype(np.int8), scale


def write_weights(model: Weights, path: Path) -> None:
    """Write the file; the same model gives the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    held: dict[str, Any] = {each.name: np.asarray(getattr(model, each.name)) for each in fields(Weights)}
    np.savez_compressed(path, **held)


def read_weights(path: Path) -> Weights:
    """Return what a model file holds. Error: MDL101 when it cannot be read."""
    try:
        with np.load(BytesIO(path.read_bytes()), allow_pickle=False) as held:
            parts = _fitting({each.name: held[each.name] for each in fields(Weights)})
    except (OSError, EOFError, KeyError, TypeError, ValueError, BadZipFile) as error:
        message = f"the trained model '{path}' cannot be read: {error}"
        raise PackError("MDL101", message, hint="make it again: sopgen train") from error
    return Weights(**parts | {"labels": tuple(map(str, parts["labels"]))})


def _fitting(parts: dict[str, Any]) -> dict[str, Any]:
    """Return the parts of a file; ValueError when they do not fit together."""
    labels, buckets = parts["labels"].shape, parts["buckets"].shape
    is_whole = (parts["weights"].dtype, parts["buckets"].dtype) == (np.int8, np.uint32)
    is_table = parts["weights"].shape == buckets + labels
    if not (is_whole and is_table) or any(
        parts[name].shape != labels for name in ("scale", "bias", "slope", "shift")
    ):
        raise ValueError("its parts do not fit together")
    return parts
