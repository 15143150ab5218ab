"""The trained models of the folders of a pack, each opened when a message is first asked about."""

import functools
from collections.abc import Mapping, Sequence
from pathlib import Path

from sopgen.base.errors import PackError
from sopgen.language.encoder import make_thorough
from sopgen.language.feature import Utterance
from sopgen.language.linear import read_weights
from sopgen.language.scoring import Predict, Scored, make_predictor

MODEL = "model"
ENCODER = "encoder"


def read_predictors(folders: Sequence[Path], *, thorough: bool) -> Mapping[str, Predict]:
    """Return the models by role, the last folder's of a role; with `thorough`, the encoder has a say too.

    Error: MDL107 when it is to be thorough and no folder holds an encoder.
    """
    paths = {path.stem: path for folder in folders for path in sorted((folder / MODEL).glob("*.npz"))}
    linear = {role: _read_when_asked(path) for role, path in sorted(paths.items())}
    if not thorough:
        return linear
    encoder = encoder_folder(folders)
    return {role: make_thorough(predict, role, encoder) for role, predict in linear.items()}


def encoder_folder(folders: Sequence[Path]) -> Path:
    """Return the last folder's encoder."""
    found = [folder / MODEL / ENCODER for folder in folders if (folder / MODEL / ENCODER).is_dir()]
    if not found:
        hint = "leave out --thorough, or install sopgen again"
        raise PackError("MDL107", "none of the folders of checks holds an encoder", hint=hint)
    return found[-1]


def _read_when_asked(path: Path) -> Predict:
    @functools.cache
    def made() -> Predict:
        return make_predictor(read_weights(path))

    def predict(heard: Sequence[Utterance]) -> Scored:
        return made()(heard)

    return predict
