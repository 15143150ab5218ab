"""What the written encoder says of labelled lines, asked in the product's own way."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sopgen.language.encoder import Blend
from sopgen.language.labelled import ROLES, Line
from sopgen.language.teacher import heard_lines, make_teacher

_BLEND = "blend.json"


def write_blends(blends: Mapping[str, Blend], folder: Path) -> None:
    """Write how both models are weighed for each label, in the order of the encoder's outputs."""
    held = {label: asdict(blend) for label, blend in blends.items()}
    (folder / _BLEND).write_text(json.dumps(held, indent=1) + "\n", encoding="utf-8")


def labels_in(folder: Path) -> list[str]:
    """Return the labels of a written encoder, in the order of its outputs."""
    return list(json.loads((folder / _BLEND).read_text(encoding="utf-8")))


def encoder_chances(folder: Path, lines: Sequence[Line]) -> NDArray[np.float64]:
    """Return the chance of each label of a written encoder (lines x labels), by the encoder alone.

    Labels of the other role than the line's have a chance of nan.
    """
    labels, teach, heard = labels_in(folder), make_teacher(folder), heard_lines(lines)
    table = np.full((len(lines), len(labels)), np.nan)
    for role in ROLES:
        rows = [row for row, line in enumerate(lines) if line.role == role]
        for name, chances in teach(role, [heard[row] for row in rows]).items():
            table[rows, labels.index(f"{role}/{name}")] = chances
    return table


def table_of(
    lines: Sequence[Line], answers: Iterable[Mapping[str, float]], labels: Sequence[str]
) -> NDArray[np.float64]:
    """Return the answers by name, one a line, as a table (lines x labels) with nan where there is none."""
    table = np.full((len(lines), len(labels)), np.nan)
    places = {label: place for place, label in enumerate(labels)}
    for row, (line, answer) in enumerate(zip(lines, answers, strict=True)):
        for name, chance in answer.items():
            if f"{line.role}/{name}" in places:
                table[row, places[f"{line.role}/{name}"]] = chance
    return table
