"""The thorough stage: the encoder that ships, read and asked; broken files are named."""

import hashlib
import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from sopgen.base.errors import PackError
from sopgen.compliance.pack import default_pack_folder
from sopgen.language.encoder import make_thorough
from sopgen.language.feature import Utterance
from sopgen.language.piece import SPACE, Pieces, make_cutter
from sopgen.language.predictors import read_models
from sopgen.language.scoring import Predict, Scored, told

ENCODER = default_pack_folder() / "model" / "encoder"

PIECES = Pieces(
    pieces=("<s>", "<pad>", "</s>", "<unk>", SPACE, f"{SPACE}sudah", f"{SPACE}su", "dah", "d", "a", "h", "x"),
    scores=(0.0, 0.0, 0.0, 0.0, -4.0, -3.0, -2.0, -2.0, -5.0, -5.0, -5.0, -9.0),
    start=0,
    padding=1,
    end=2,
    unknown=3,
    letters={0x41: "a"},
)


def test_a_word_is_cut_where_the_scores_add_up_highest() -> None:
    """One piece of -3 beats two of -2 each; a letter is read as what it is mapped to."""
    cut = make_cutter(PIECES)
    assert cut("sudah") == [5]
    assert cut("sudAh  dah") == [5, 4, 7]


def test_an_unknown_letter_is_one_unknown_piece() -> None:
    """What the pieces cannot spell is marked, and the rest of the word is still cut."""
    assert make_cutter(PIECES)("dahé") == [4, 7, 3]


def test_the_encoder_that_ships_is_the_one_that_was_measured() -> None:
    """The weights have the hash that was written down when they were made."""
    digest, name = (ENCODER / "weights.sha256").read_text(encoding="utf-8").split()
    assert hashlib.sha256((ENCODER / name).read_bytes()).hexdigest() == digest


def test_all_models_together_stay_small() -> None:
    """Linear models and encoder fit into 40 MB."""
    files = (path for path in ENCODER.parent.rglob("*") if path.is_file())
    assert sum(path.stat().st_size for path in files) < 40_000_000


def sure_of(chance: float, *labels: str) -> Predict:
    """Return a linear model that gives each label this chance in everything."""
    return lambda heard: Scored(labels, np.full((len(heard), len(labels)), chance))


def chances(text: str, before: str = "", *, linear: float = 0.5) -> dict[str, float]:
    """Return what the encoder makes of a text of which the linear model knows nothing."""
    labels = ("secret-request", "apology", "evidence-request")
    predict = make_thorough(sure_of(linear, *labels), "agent", ENCODER)
    return told(predict, Utterance(text=text, before=before))


def test_the_encoder_tells_a_request_from_a_warning() -> None:
    """Two texts of the same words: asking for a code is likelier to ask for a secret than warning of it."""
    asks = chances("Boleh sebutkan kode OTP yang baru masuk, Kak?", "akun saya terkunci")
    warns = chances("Kode OTP yang baru masuk jangan disebutkan ke siapa pun ya, Kak.", "akun saya terkunci")
    assert asks["secret-request"] > 0.5
    assert asks["secret-request"] > warns["secret-request"]
    assert warns["apology"] < 0.5


def test_what_is_sure_is_not_asked(tmp_path: Path) -> None:
    """Where the linear model has no doubt, the encoder's files are not even opened."""
    predict = make_thorough(sure_of(0.999, "apology"), "agent", tmp_path / "nowhere")
    assert told(predict, Utterance(text="maaf")) == {"apology": 0.999}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("blend.json", "{"),
        ("blend.json", '{"agent/apology": {"linear": 1}}'),
        ("blend.json", "[]"),
        ("pieces.json", "{}"),
    ],
)
def test_broken_files_are_named(tmp_path: Path, name: str, text: str) -> None:
    """A file of another shape ends the run with the folder and the way out."""
    shutil.copytree(ENCODER, tmp_path / "encoder")
    (tmp_path / "encoder" / name).write_text(text, encoding="utf-8")
    predict = make_thorough(sure_of(0.5, "apology"), "agent", tmp_path / "encoder")
    with pytest.raises(PackError) as raised:
        told(predict, Utterance(text="maaf"))
    assert raised.value.code == "MDL101"


def test_every_label_of_the_encoder_has_its_weights() -> None:
    """The blend names labels as role and name, and no weight turns a model's word round."""
    blend = json.loads((ENCODER / "blend.json").read_text(encoding="utf-8"))
    assert all(label.split("/")[0] in ("agent", "customer") for label in blend)
    assert all(each["linear"] >= 0 and each["encoder"] >= 0 for each in blend.values())


def test_a_pack_without_an_encoder_cannot_be_thorough(tmp_path: Path) -> None:
    """That is an error, not a quiet fallback."""
    with pytest.raises(PackError) as raised:
        read_models([tmp_path], thorough=True)
    assert raised.value.code == "MDL107"
