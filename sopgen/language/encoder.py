"""The thorough stage: a small multilingual encoder, asked what the linear model leaves in doubt.

`model/encoder/` holds `weights.onnx` (inputs `ids`, `types`, `mask`, each batch x length; output `logits`,
batch x labels, one number per label), `pieces.json` (`piece.Pieces`), and `blend.json`: the labels as
`role/name`, and per label how the two models' log odds are weighed into one. It reads some 170
messages a second on one core; the linear model thousands. onnxruntime is needed here alone (extra
`thorough`).
"""

import functools
import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from sopgen.base.errors import MachineError, PackError
from sopgen.language.feature import Utterance
from sopgen.language.piece import Pieces, make_cutter
from sopgen.language.scoring import Predict, Scored

PROMPT = "query: "
"""How the encoder was taught to expect a text."""

TEXT_PIECES = 96
"""Pieces of the message that are read: two thirds from its beginning, one third from its end."""

BEFORE_PIECES = 40
"""Pieces of the other party's words that are read: the last ones."""

SURE = 0.1
"""A label of a chance below this, or above one less this, is not in doubt (chosen on training dialogues)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Blend:
    """Weights of both models' log odds in one label's, and what is added to them."""

    linear: float
    encoder: float
    shift: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """The pieces of a message, then those of what was said before, and for each piece which of the two."""

    ids: tuple[int, ...]
    types: tuple[int, ...]


Encode = Callable[[Utterance], Mapping[str, float]]
"""What the encoder is: the log odds of each label, as `role/name`."""


def make_thorough(linear: Predict, role: str, folder: Path) -> Predict:
    """Return the prediction of both models together for the messages of a role.

    Labels that the encoder does not know keep the linear model's chance. Errors: MDL106 when the extra is not
    installed, MDL101 when the files cannot be read; both when a message is first in doubt.
    """
    opened = functools.cache(lambda: _open(folder))

    def predict(heard: Sequence[Utterance]) -> Scored:
        scored = linear(heard)
        chances = scored.chances.copy()
        in_doubt = ((chances >= SURE) & (chances <= 1 - SURE)).any(axis=1)
        for row in np.flatnonzero(in_doubt).tolist():
            chances[row] = _blended(dict(zip(scored.labels, chances[row].tolist(), strict=True)), heard[row])
        return Scored(scored.labels, chances)

    def _blended(chances: Mapping[str, float], utterance: Utterance) -> list[float]:
        encode, blends = opened()
        odds = encode(utterance)
        return [
            chance if blend is None else _blend(blend, chance, odds[f"{role}/{label}"])
            for label, chance in chances.items()
            for blend in (blends.get(f"{role}/{label}"),)
        ]

    return predict


def _blend(blend: Blend, chance: float, odds: float) -> float:
    total = blend.linear * _log_odds(chance) + blend.encoder * odds + blend.shift
    return 1 / (1 + math.exp(-total))


def make_inputs(pieces: Pieces) -> Callable[[Utterance], Input]:
    """Return the function from a message to what the encoder reads of it."""
    cut = make_cutter(pieces)

    def to_input(utterance: Utterance) -> Input:
        said = cut(PROMPT + utterance.text)
        if len(said) > TEXT_PIECES:
            said = said[: TEXT_PIECES * 2 // 3] + said[-TEXT_PIECES // 3 :]
        heard = [*cut(utterance.before)[-BEFORE_PIECES:], pieces.end] if utterance.before else []
        ids = (pieces.start, *said, pieces.end, *heard)
        return Input(ids=ids, types=(0,) * (len(ids) - len(heard)) + (1,) * len(heard))

    return to_input


def _open(folder: Path) -> tuple[Encode, Mapping[str, Blend]]:
    try:
        blends = {
            label: Blend(**weights) for label, weights in json.loads(_text(folder / "blend.json")).items()
        }
        held = json.loads(_text(folder / "pieces.json"))
        letters = {int(point): letter for point, letter in held.pop("letters").items()}
        pieces = Pieces(letters=letters, **held)
        return _make_encoder(_session(folder / "weights.onnx"), pieces, list(blends)), blends
    except (OSError, AttributeError, KeyError, TypeError, ValueError) as error:
        message = f"the encoder in '{folder}' cannot be read: {error}"
        raise PackError("MDL101", message, hint="install sopgen again, or leave out --thorough") from error


def _make_encoder(session: Any, pieces: Pieces, labels: Iterable[str]) -> Encode:
    to_input = make_inputs(pieces)
    names = list(labels)

    def encode(utterance: Utterance) -> dict[str, float]:
        read = to_input(utterance)
        ids, types = np.array([read.ids], np.int64), np.array([read.types], np.int64)
        (logits,) = session.run(None, {"ids": ids, "types": types, "mask": np.ones(ids.shape, np.float32)})
        return dict(zip(names, logits[0].tolist(), strict=True))

    return encode


def _session(path: Path) -> Any:
    try:
        import onnxruntime  # noqa: PLC0415 - an extra, and half a second to import
    except ImportError as error:
        hint = "install the extra: pip install 'sopgen[thorough]'"
        raise MachineError(
            "MDL106", "--thorough needs onnxruntime, which is not installed", hint=hint
        ) from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(
        path.read_bytes(), sess_options=options, providers=["CPUExecutionProvider"]
    )


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _log_odds(chance: float) -> float:
    bounded = min(max(chance, 1e-6), 1 - 1e-6)
    return math.log(bounded / (1 - bounded))
