"""Adam with decaying weights (Loshchilov and Hutter, 2019): how the small networks learn."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

MOMENTUM, MOMENTUM_OF_SQUARES = 0.9, 0.999
TINY = 1e-8

Singles = NDArray[np.float32]
Parts = dict[str, Singles]
"""The numbers that are learnt, by name."""


class Adam:
    """Takes steps down the gradients of parts, which it changes in place."""

    def __init__(self, parts: Parts, decay: Mapping[str, float]) -> None:
        self._parts = parts
        self._decay = decay
        self._mean, self._square = (
            {name: np.zeros_like(part) for name, part in parts.items()} for _ in range(2)
        )
        self._step = 0

    def step(
        self, gradients: Parts, rate: float, rows: Mapping[str, NDArray[np.integer[Any]]] | None = None
    ) -> None:
        """Change the parts; of one that `rows` names, these rows alone, a row of the gradient each."""
        self._step += 1
        step = self._step
        for name, gradient in gradients.items():
            of: Any = rows[name] if rows and name in rows else ...
            mean = self._mean[name][of] + (1 - MOMENTUM) * (gradient - self._mean[name][of])
            square = self._square[name][of] + (1 - MOMENTUM_OF_SQUARES) * (
                gradient**2 - self._square[name][of]
            )
            self._mean[name][of], self._square[name][of] = mean, square
            scale = np.sqrt(square / np.float32(1 - MOMENTUM_OF_SQUARES**step)) + TINY
            part = self._parts[name]
            decay = self._decay.get(name, 0.0)
            part[of] -= rate * (mean / (1 - MOMENTUM**step) / scale + decay * part[of])


def rate_at(share: float, greatest: float, warm_up: float) -> float:
    """Return the rate after this share of all steps: it rises while it warms up, then falls to nothing."""
    return greatest * min(share / warm_up, (1 - share) / (1 - warm_up))


def kept(random: np.random.Generator, shape: tuple[int, ...], dropped: float) -> Singles:
    """Return 0 for what is left out by chance (Srivastava et al., 2014), else what makes up for it."""
    return (random.random(shape) >= dropped).astype(np.float32) / np.float32(1 - dropped)
