"""The thorough stage: a small multilingual encoder, asked what the other models leave in doubt.

It reads a message together with what was said around it: mockery shows in the answer that it gets.
`model/encoder/` holds `weights.onnx` (inputs `ids`, `types`, `mask`, each batch x length; output `logits`,
batch x labels, one number per label), `pieces.json` (`piece.Pieces`), and `blend.json`: the labels as
`role/name`, and per label what is added up to its log odds (`Blend`). onnxruntime is needed here alone
(extras `thorough` and `train`).
"""

import functools
import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from sopgen.base.errors import MachineError, PackError
from sopgen.language.context import OTHER
from sopgen.language.piece import Pieces, make_cutter
from sopgen.language.recognition import Asked
from sopgen.language.scoring import Scored

PROMPT = "query: "
"""How the encoder was taught to expect a text."""

TEXT_PIECES = 96
"""Pieces of the message that are read: two thirds from its beginning, one third from its end."""

BEFORE_PIECES = 40
"""Pieces of the other party's words before it that are read: the last ones."""

AFTER_PIECES = 32
"""Pieces of the other party's words after it that are read: the first ones."""

OWN_PIECES = 16
"""Pieces of the speaker's own words before it that are read: the last ones."""

CHARACTERS = 300
"""Characters of what is said around a message that are looked at."""

KEPT = 1 << 12
"""Answers that are remembered, for messages that come back with the same words around (our decision,
2026-11-23): some 20 MB by reckoning, 5 KB each."""

SURE = 0.1
"""A label of a chance below this, or above one less this, is not in doubt (chosen on training dialogues)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Blend:
    """What the log odds of a label are made of: `shift`, and those of the same role's labels, each weighed.

    `linear` weighs the log odds of the other models, after the correction by what is said around (`context`),
    `encoder` the encoder's. The label's own weigh most as a rule; of the others, blame speaks for a tone,
    say, and news of a result against a mere wait.
    """

    shift: float
    linear: Mapping[str, float]
    encoder: Mapping[str, float]


FURTHEST = 9.0
"""Log odds are weighed up to here; a label that the other models do not know is this unlikely."""

TYPES = ("text", "before", "after", "own")
"""What the numbers in `Input.types` stand for, in their order."""


class Heard(NamedTuple):
    """A message as the encoder reads it, with what was said around it, "" where nothing was.

    `before` and `after` are the other party's nearest words, `own` the speaker's own last words before it.
    """

    text: str
    before: str = ""
    after: str = ""
    own: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """The pieces of a message, then of what was said around it, and for each piece whose it is (`TYPES`)."""

    ids: tuple[int, ...]
    types: tuple[int, ...]


Encode = Callable[[Heard], Mapping[str, float]]
"""What the encoder is: the log odds of each label, as `role/name`."""

Deepen = Callable[[str, Scored, Sequence[Heard]], Scored]
"""From a role, what its messages do by the other models, and these messages to what all models say."""


def heard_in(talk: Sequence[Asked]) -> list[Heard]:
    """Return the messages of a conversation, each with what was said around it."""
    owns, afters = [], []
    said: dict[str, str] = {}
    for role, text, _ in talk:
        owns.append(said.get(role, ""))
        said[role] = text
    to_come: dict[str, str] = {}
    for role, text, _ in reversed(talk):
        afters.append(to_come.get(OTHER.get(role, ""), ""))
        to_come[role] = text
    return [
        Heard(text, before[-CHARACTERS:], after[:CHARACTERS], own[-CHARACTERS:])
        for (_, text, before), after, own in zip(talk, reversed(afters), owns, strict=True)
    ]


def make_thorough(folder: Path) -> Deepen:
    """Return the function that has the encoder's say, too, in what is in doubt.

    Labels that the encoder does not know keep their chance. Errors: MDL106 when the extra is not installed,
    MDL101 when the files cannot be read; both when a message is first in doubt.
    """
    opened = functools.cache(lambda: open_encoder(folder))

    def deepen(role: str, scored: Scored, heard: Sequence[Heard]) -> Scored:
        chances = scored.chances.copy()
        in_doubt = ((chances >= SURE) & (chances <= 1 - SURE)).any(axis=1)
        names = [f"{role}/{label}" for label in scored.labels]
        for row in np.flatnonzero(in_doubt).tolist():
            encode, blends = opened()
            linear = {
                name: _log_odds(chance) for name, chance in zip(names, chances[row].tolist(), strict=True)
            }
            encoded = encode(heard[row])
            for column, name in enumerate(names):
                if name in blends:
                    chances[row, column] = _blended(blends[name], linear, encoded)
        return Scored(scored.labels, chances)

    return deepen


def _blended(blend: Blend, linear: Mapping[str, float], encoded: Mapping[str, float]) -> float:
    unknown = -FURTHEST
    total = blend.shift
    total += sum(weight * linear.get(name, unknown) for name, weight in blend.linear.items())
    total += sum(weight * encoded[name] for name, weight in blend.encoder.items())
    return 1 / (1 + math.exp(-total))


def make_inputs(pieces: Pieces) -> Callable[[Heard], Input]:
    """Return the function from a message to what the encoder reads of it."""
    cut = make_cutter(pieces)

    def to_input(heard: Heard) -> Input:
        said = cut(PROMPT + heard.text)
        if len(said) > TEXT_PIECES:
            said = said[: TEXT_PIECES * 2 // 3] + said[-TEXT_PIECES // 3 :]
        around = (
            cut(heard.before)[-BEFORE_PIECES:],
            cut(heard.after)[:AFTER_PIECES],
            cut(heard.own)[-OWN_PIECES:],
        )
        ids, types = [pieces.start, *said, pieces.end], [0] * (len(said) + 2)
        for number, words in enumerate(around, start=1):
            if words:
                ids += [*words, pieces.end]
                types += [number] * (len(words) + 1)
        return Input(ids=tuple(ids), types=tuple(types))

    return to_input


def open_encoder(folder: Path) -> tuple[Encode, Mapping[str, Blend]]:
    """Return the encoder of a folder, and how its word is weighed; errors as above."""
    try:
        blends = _blends_in(json.loads(_text(folder / "blend.json")))
        held = json.loads(_text(folder / "pieces.json"))
        letters = {int(point): letter for point, letter in held.pop("letters").items()}
        pieces = Pieces(letters=letters, **held)
        return _make_encoder(_session(folder / "weights.onnx"), pieces, list(blends)), blends
    except (OSError, AttributeError, KeyError, TypeError, ValueError) as error:
        message = f"the encoder in '{folder}' cannot be read: {error}"
        raise PackError("MDL101", message, hint="install sopgen again") from error


def _blends_in(held: Mapping[str, Any]) -> Mapping[str, Blend]:
    blends = {
        label: Blend(
            shift=float(each["shift"]),
            linear={name: float(weight) for name, weight in each["linear"].items()},
            encoder={name: float(weight) for name, weight in each["encoder"].items()},
        )
        for label, each in held.items()
    }
    unknown = {name for blend in blends.values() for name in blend.encoder} - set(blends)
    if unknown:
        raise ValueError(f"blend.json weighs what the encoder does not say: {', '.join(sorted(unknown))}")
    return blends


def _make_encoder(session: Any, pieces: Pieces, labels: Iterable[str]) -> Encode:
    to_input = make_inputs(pieces)
    names = list(labels)

    def encode(heard: Heard) -> Mapping[str, float]:
        return odds_of(to_input(heard))

    @functools.lru_cache(maxsize=KEPT)
    def odds_of(read: Input) -> Mapping[str, float]:
        ids, types = np.array([read.ids], np.int64), np.array([read.types], np.int64)
        (logits,) = session.run(None, {"ids": ids, "types": types, "mask": np.ones(ids.shape, np.float32)})
        return dict(zip(names, np.clip(logits[0], -FURTHEST, FURTHEST).tolist(), strict=True))

    return encode


def _session(path: Path) -> Any:
    try:
        import onnxruntime  # noqa: PLC0415 - an extra, and half a second to import
    except ImportError as error:
        hint = "install the extra: pip install 'sopgen[thorough]'"
        raise MachineError(
            "MDL106", "the encoder needs onnxruntime, which is not installed", hint=hint
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
    least = 1 / (1 + math.exp(FURTHEST))
    bounded = min(max(chance, least), 1 - least)
    return math.log(bounded / (1 - bounded))
