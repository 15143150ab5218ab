"""Labelled lines as the network meets them: numbers of pieces, what is true, what was looked for."""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from tempfile import TemporaryDirectory

import torch
from torch import Tensor

from sopgen.language.encoder import BEFORE_PIECES, PROMPT, TEXT_PIECES
from sopgen.language.labelled import LABELS_FILE, Line, read_lines
from sopgen.language.piece import Pieces, make_cutter


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """The pieces of a message, then those of what was said before, and for each piece which of the two."""

    ids: tuple[int, ...]
    types: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Examples:
    """Inputs, and per input and label whether it is true, and was looked for: n x labels, 0 or 1."""

    inputs: tuple[Input, ...]
    truth: Tensor
    asked: Tensor


def read_split(folder: Path, held: str) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Return the lines of the files that do not match the pattern `held`, and of those that do."""
    known = _read_where(folder, lambda name: not fnmatch(name, held))
    return known, _read_where(folder, lambda name: fnmatch(name, held)) if held else ()


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
        inputs=tuple(to_input(line.text, line.before) for line in lines),
        truth=table(lambda line: line.labels),
        asked=table(lambda line: line.asked),
    )


def make_inputs(pieces: Pieces) -> Callable[[str, str], Input]:
    """Return the function from a text and what was said before it to the product's input."""
    cut = make_cutter(pieces)

    def to_input(text: str, before: str) -> Input:
        said = cut(PROMPT + text)
        if len(said) > TEXT_PIECES:
            said = said[: TEXT_PIECES * 2 // 3] + said[-TEXT_PIECES // 3 :]
        heard = [*cut(before)[-BEFORE_PIECES:], pieces.end] if before else []
        ids = (pieces.start, *said, pieces.end, *heard)
        return Input(ids=ids, types=(0,) * (len(ids) - len(heard)) + (1,) * len(heard))

    return to_input


def pad(inputs: Sequence[Input], padding: int) -> tuple[Tensor, Tensor, Tensor]:
    """Return `ids`, `types` and `mask` of a batch, each batch x length."""
    length = max(len(each.ids) for each in inputs)
    missing = [length - len(each.ids) for each in inputs]
    rows = list(zip(inputs, missing, strict=True))
    return (
        torch.tensor([[*each.ids, *[padding] * more] for each, more in rows]),
        torch.tensor([[*each.types, *[1] * more] for each, more in rows]),
        torch.tensor([[1.0] * len(each.ids) + [0.0] * more for each, more in rows]),
    )


def _read_where(folder: Path, is_wanted: Callable[[str], bool]) -> tuple[Line, ...]:
    with TemporaryDirectory() as temporary:
        for path in sorted(folder.glob("*.jsonl")):
            if is_wanted(path.name):
                shutil.copy(path, temporary)
        shutil.copy(folder / LABELS_FILE, temporary)
        return read_lines(Path(temporary))
