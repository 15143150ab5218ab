"""What the written encoder says of labelled lines, asked in the product's own way."""

import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from sopgen.language.encoder import make_thorough
from sopgen.language.feature import Utterance
from sopgen.language.labelled import ROLES, Line
from sopgen.language.scoring import Predict, Scored, told

Blend = Mapping[str, Mapping[str, float]]
"""Per label, as `role/name`: the weights of both models' log odds, and what is added."""

EQUAL = {"linear": 0.5, "encoder": 0.5, "shift": 0.0}
"""How a label is weighed as long as nothing is known of it."""

_ENCODER_ALONE = {"linear": 0.0, "encoder": 1.0, "shift": 0.0}
_FILES = ("weights.onnx", "pieces.json")
_BLEND = "blend.json"


def write_blend(blend: Blend, folder: Path) -> None:
    """Write how both models are weighed, in the order of the encoder's outputs."""
    (folder / _BLEND).write_text(json.dumps(blend, indent=1) + "\n", encoding="utf-8")


def labels_in(folder: Path) -> list[str]:
    """Return the labels of a written encoder, in the order of its outputs."""
    return list(json.loads((folder / _BLEND).read_text(encoding="utf-8")))


def encoder_chances(folder: Path, lines: Sequence[Line]) -> NDArray[np.float64]:
    """Return the chance of each label of a written encoder (lines x labels), by the encoder alone.

    Labels of the other role than the line's have a chance of nan.
    """
    labels = labels_in(folder)
    with TemporaryDirectory() as temporary:
        alone = Path(temporary)
        for name in _FILES:
            shutil.copyfile(folder / name, alone / name)
        write_blend(dict.fromkeys(labels, _ENCODER_ALONE), alone)
        predictors = {role: make_thorough(_make_doubter(labels, role), role, alone) for role in ROLES}
        heard = ((line.role, Utterance(text=line.text, before=line.before)) for line in lines)
        answers = (told(predictors[role], utterance) for role, utterance in heard)
        return table_of(lines, answers, labels)


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


def _make_doubter(labels: Iterable[str], role: str) -> Predict:
    """Return a linear model that knows nothing, and so leaves each label of the role to the encoder."""
    names = [label.removeprefix(f"{role}/") for label in labels if label.startswith(f"{role}/")]

    def predict(heard: Sequence[Utterance]) -> Scored:
        return Scored(tuple(names), np.full((len(heard), len(names)), 0.5))

    return predict
