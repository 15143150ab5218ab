"""The trained models of the folders of a pack, each opened when a message is first asked about."""

import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sopgen.base.errors import PackError
from sopgen.language.context import ROLES, Numbers, Talk, read_context, reconsidered
from sopgen.language.encoder import Deepen, make_thorough
from sopgen.language.feature import Utterance
from sopgen.language.linear import read_weights
from sopgen.language.network import make_network_predictor, read_network
from sopgen.language.scoring import Predict, Scored, make_predictor
from sopgen.language.vocabulary import Vocabulary

MODEL = "model"
ENCODER = "encoder"


NETWORK = "network"
CONTEXT = "context"
"""The files of the networks over words, and of the correction by what is said around; the others are named by
roles."""

Reconsider = Callable[[Talk, Mapping[str, tuple[str, ...]]], Mapping[str, Numbers]]
"""From messages of conversations and the labels of their chances, by role, to the corrected chances."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Models:
    """The trained models: what a message of a role does by itself, and the correction by its surroundings.

    `context` gives the correction when first asked; None when there is none. `deepen` is the encoder's say;
    None when it has none.
    """

    predictors: Mapping[str, Predict]
    context: Callable[[], Reconsider] | None = None
    deepen: Deepen | None = None


NO_MODELS = Models(predictors={})


def read_models(folders: Sequence[Path], *, thorough: bool) -> Models:
    """Return the models by role, the last folder's of a role; with `thorough`, the encoder has a say too.

    The correction is that of the last folder with a model of either role, where that folder has one. Error:
    MDL107 when it is to be thorough and no folder holds an encoder.
    """
    paths = {path.stem: path for folder in folders for path in sorted((folder / MODEL).glob("*.npz"))}
    vocabulary = Vocabulary()
    predictors = {role: _read_when_asked(paths[role], vocabulary) for role in ROLES if role in paths}
    deepen = make_thorough(encoder_folder(folders)) if thorough else None
    return Models(predictors=predictors, context=_context_of(paths), deepen=deepen)


def _context_of(paths: Mapping[str, Path]) -> Callable[[], Reconsider] | None:
    """Return the correction that was made for the models of both roles, and lies beside them."""
    path = paths.get(CONTEXT)
    if path is None or any(role not in paths or paths[role].parent != path.parent for role in ROLES):
        return None
    return functools.cache(lambda: _reconsider(path))


def _reconsider(path: Path) -> Reconsider:
    weights = read_context(path)

    def reconsider(talk: Talk, labels: Mapping[str, tuple[str, ...]]) -> Mapping[str, Numbers]:
        if labels != {role: each.labels for role, each in weights.items()}:
            message = f"'{path}' was made for models with other labels than those beside it"
            raise PackError("MDL108", message, hint="make them together: sopgen train")
        return reconsidered(talk, weights)

    return reconsider


def encoder_folder(folders: Sequence[Path]) -> Path:
    """Return the last folder's encoder."""
    found = [folder / MODEL / ENCODER for folder in folders if (folder / MODEL / ENCODER).is_dir()]
    if not found:
        hint = "install sopgen again"
        raise PackError("MDL107", "none of the folders of checks holds an encoder", hint=hint)
    return found[-1]


def _read_when_asked(path: Path, vocabulary: Vocabulary) -> Predict:
    """Return the model of a file, with the network that was made for it, and lies beside it."""

    @functools.cache
    def made() -> Predict:
        weights = read_weights(path)
        predict = make_predictor(weights, vocabulary)
        beside = path.with_name(f"{NETWORK}.npz")
        network = read_network(beside, path.stem) if beside.exists() else None
        if network is None:
            return predict
        if network.labels != weights.labels:
            message = f"'{beside}' was made for models with other labels than '{path.name}' beside it"
            raise PackError("MDL108", message, hint="make them together: sopgen train")
        return make_network_predictor(network, predict, vocabulary)

    def predict(heard: Sequence[Utterance]) -> Scored:
        return made()(heard)

    return predict
