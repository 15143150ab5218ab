"""Labelled lines as the network meets them: numbers of pieces, what is true, what was looked for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

import torch
from torch import Tensor

from sopgen.language.encoder import Input, make_inputs
from sopgen.language.labelled import Line, read_lines
from sopgen.language.piece import Pieces
from sopgen.language.teacher import heard_lines

STEP = 8
"""What the length of a batch is a multiple of, in pieces."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Examples:
    """Inputs, and per input and label whether it is true, and was looked for: n x labels, 0 or 1."""

    inputs: tuple[Input, ...]
    truth: Tensor
    asked: Tensor


def read_split(folder: Path, held: Sequence[str]) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Return the lines of the files that match none of the patterns `held`, and of those that match one."""

    def is_held(name: str) -> bool:
        return any(fnmatch(name, pattern) for pattern in held)

    known = read_lines(folder, lambda name: not is_held(name))
    return known, read_lines(folder, is_held) if held else ()


def labels_of(lines: Sequence[Line]) -> list[str]:
    """Return the labels that were looked for, as `role/name`: the order of the network's outputs."""
    return sorted({f"{line.role}/{label}" for line in lines for label in line.asked})


def make_examples(lines: Sequence[Line], labels: Sequence[str], pieces: Pieces) -> Examples:
    """Return the lines as examples of these labels."""
    to_input = make_inputs(pieces)

    def table(names: Callable[[Line], frozenset[str]]) -> Tensor:
        rows = [{f"{line.role}/{name}" for name in names(line)} for line in lines]
        return torch.tensor([[label in row for label in labels] for row in rows], dtype=torch.float32)

    return Examples(
        inputs=tuple(map(to_input, heard_lines(lines))),
        truth=table(lambda line: line.labels),
        asked=table(lambda line: line.asked),
    )


def pad(inputs: Sequence[Input], padding: int) -> tuple[Tensor, Tensor, Tensor]:
    """Return `ids`, `types` and `mask` of a batch, each batch x length.

    Lengths are few, since what reckons with them is made anew for each.
    """
    length = -(-max(len(each.ids) for each in inputs) // STEP) * STEP
    missing = [length - len(each.ids) for each in inputs]
    rows = list(zip(inputs, missing, strict=True))
    return (
        torch.tensor([[*each.ids, *[padding] * more] for each, more in rows]),
        torch.tensor([[*each.types, *[1] * more] for each, more in rows]),
        torch.tensor([[1.0] * len(each.ids) + [0.0] * more for each, more in rows]),
    )
