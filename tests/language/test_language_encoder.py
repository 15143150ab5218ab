"""The thorough stage: the encoder that ships, read and asked; broken files are named."""

import hashlib
import json
import runpy
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from sopgen.base.errors import PackError
from sopgen.compliance.pack import default_pack_folder
from sopgen.language.act import Limits
from sopgen.language.context import ROLES, Numbers, Talk
from sopgen.language.encoder import (
    AFTER_PIECES,
    BEFORE_PIECES,
    CHARACTERS,
    FURTHEST,
    OWN_PIECES,
    TEXT_PIECES,
    Blend,
    Heard,
    heard_in,
    make_inputs,
    make_thorough,
    open_encoder,
)
from sopgen.language.feature import Utterance
from sopgen.language.labelled import Line
from sopgen.language.listener import Hearer, Listener
from sopgen.language.piece import SPACE, Pieces, make_cutter
from sopgen.language.predictors import read_models
from sopgen.language.recognition import Layout, Recognition
from sopgen.language.scoring import Scored

ENCODER = default_pack_folder() / "model" / "encoder"
LABELS = tuple(json.loads((ENCODER / "blend.json").read_text(encoding="utf-8")))
WEIGHING = Path(__file__).parents[2] / "scripts/encoder/weighing.py"

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


def chances(heard: Heard, *, others: float = 0.5, folder: Path = ENCODER) -> dict[str, float]:
    """Return what all models make of an agent's message, where the others say `others` to everything."""
    labels = ("secret-request", "apology", "emotional")
    table = np.full((1, len(labels)), others)
    scored = make_thorough(folder)("agent", Scored(labels, table), [heard])
    return dict(zip(labels, scored.chances[0].tolist(), strict=True))


def test_the_encoder_tells_a_request_from_a_warning() -> None:
    """Two texts of the same words: asking for a code is likelier to ask for a secret than warning of it."""
    asks = chances(Heard("Boleh sebutkan kode OTP yang baru masuk, Kak?", "akun saya terkunci"))
    warns = chances(
        Heard("Kode OTP yang baru masuk jangan disebutkan ke siapa pun ya, Kak.", "akun saya terkunci")
    )
    assert asks["secret-request"] > 0.5
    assert asks["secret-request"] > warns["secret-request"]
    assert warns["apology"] < 0.5


def test_the_encoder_hears_how_a_message_is_taken() -> None:
    """The same words are likelier to mock where the customer is hurt by them than where they are thanked."""
    words = ("Wah, teliti sekali ya Kakak membacanya.", "jadi tanggal berapa ya?")
    hurt = chances(Heard(*words, after="kok nyindir sih mbak, saya kan cuma nanya"))
    thanked = chances(Heard(*words, after="hehe makasih ya mbak, sangat membantu"))
    assert hurt["emotional"] > thanked["emotional"]


def test_what_is_sure_is_not_asked(tmp_path: Path) -> None:
    """Where the other models have no doubt, the encoder's files are not even opened."""
    assert set(chances(Heard("maaf"), others=0.999, folder=tmp_path / "nowhere").values()) == {0.999}


def test_a_message_is_heard_with_the_nearest_words_around_it() -> None:
    """The other party's before and after it, and the speaker's own before it; none where none are."""
    talk = [
        ("customer", "halo", ""),
        ("agent", "halo kak", "halo"),
        ("agent", "ada apa ya?", "halo"),
        ("customer", "x" * 500, "ada apa ya?"),
        ("customer", "maaf, kepencet", "ada apa ya?"),
    ]
    assert heard_in(talk) == [
        Heard("halo", after="halo kak"),
        Heard("halo kak", before="halo", after="x" * CHARACTERS),
        Heard("ada apa ya?", before="halo", after="x" * CHARACTERS, own="halo kak"),
        Heard("x" * 500, before="ada apa ya?", own="halo"),
        Heard("maaf, kepencet", before="ada apa ya?", own="x" * CHARACTERS),
    ]


def test_inputs_say_whose_each_piece_is_and_have_bounds() -> None:
    """The message in both its ends, then the nearest pieces of each of the words around it."""
    to_input = make_inputs(PIECES)
    short = to_input(Heard("sudah", "dah", "", "sudah"))
    assert short.types == (*[0] * (len(short.ids) - 5), 1, 1, 1, 3, 3)
    long = to_input(Heard(*["sudah " * 400] * 4))
    counts = [long.types.count(number) for number in range(4)]
    assert counts == [TEXT_PIECES + 2, BEFORE_PIECES + 1, AFTER_PIECES + 1, OWN_PIECES + 1]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("blend.json", "{"),
        ("blend.json", '{"agent/apology": {"linear": 0.5, "encoder": 0.5, "shift": 0}}'),
        ("blend.json", '{"agent/apology": {"shift": 0, "linear": {}, "encoder": {"agent/none": 1}}}'),
        ("blend.json", '{"agent/apology": {"shift": 0, "linear": {"agent/apology": "x"}, "encoder": {}}}'),
        ("blend.json", "[]"),
        ("pieces.json", "{}"),
    ],
)
def test_broken_files_are_named(tmp_path: Path, name: str, text: str) -> None:
    """A file of another shape ends the run with the folder and the way out."""
    shutil.copytree(ENCODER, tmp_path / "encoder")
    (tmp_path / "encoder" / name).write_text(text, encoding="utf-8")
    with pytest.raises(PackError) as raised:
        chances(Heard("maaf"), folder=tmp_path / "encoder")
    assert raised.value.code == "MDL101"


def test_every_label_of_the_encoder_has_its_weights() -> None:
    """The blend names labels as role and name, of one role each, and no label's own word is turned round."""
    blends = json.loads((ENCODER / "blend.json").read_text(encoding="utf-8"))
    assert {label.split("/")[0] for label in blends} == {"agent", "customer"}
    for label, blend in blends.items():
        weighed = {*blend["linear"], *blend["encoder"]}
        assert {each.split("/")[0] for each in weighed} == {label.split("/")[0]}
        assert weighed <= blends.keys()
        assert blend["linear"][label] >= 0
        assert blend["encoder"][label] >= 0


@pytest.mark.parametrize(
    ("shift", "linear", "expected"),
    [
        (0, {"agent/apology": 1}, 0.3),
        (0, {"agent/apology": 1, "agent/emotional": 5}, 0.3),
        (1, {"agent/emotional": 1}, 0.731),
        (0, {"agent/nothing": 1}, 0.0),
    ],
)
def test_labels_are_judged_by_one_another(
    tmp_path: Path, shift: float, linear: dict[str, float], expected: float
) -> None:
    """A label may go by another's chance; one that the other models do not know is as unlikely as can be."""
    folder = blended(tmp_path, {"shift": shift, "linear": linear, "encoder": {}})
    scored = Scored(("apology", "emotional"), np.array([[0.3, 0.5]]))
    found = make_thorough(folder)("agent", scored, [Heard("maaf")]).chances
    assert found[0, 1] == pytest.approx(expected, abs=1e-3)


def test_labels_are_judged_by_what_the_encoder_says_of_others(tmp_path: Path) -> None:
    """Where only the encoder's word for an apology counts, a tone is what an apology is."""
    folder = blended(tmp_path, {"shift": 0, "linear": {}, "encoder": {"agent/apology": 1}})
    assert chances(Heard("Mohon maaf sekali atas kejadian ini ya, Kak."), folder=folder)["emotional"] > 0.5
    assert chances(Heard("Berapa ukurannya, Kak?"), folder=folder)["emotional"] < 0.5


def test_no_word_of_the_encoder_goes_beyond_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """Weights were fitted to log odds within it, so one loud label does not drown the others."""

    class Loud:
        def run(self, _outputs: None, read: dict[str, NDArray[np.int64]]) -> tuple[NDArray[np.float64]]:
            return (np.full((len(read["ids"]), len(LABELS)), 50.0),)

    monkeypatch.setattr("sopgen.language.encoder._session", lambda _: Loud())
    encode, _ = open_encoder(ENCODER)
    assert encode(Heard("maaf")) == dict.fromkeys(LABELS, FURTHEST)


def blended(folder: Path, emotional: dict[str, Any]) -> Path:
    """Return a copy of the encoder whose word for an emotional tone is made up of this."""
    shutil.copytree(ENCODER, folder / "encoder")
    path = folder / "encoder" / "blend.json"
    blends = json.loads(path.read_text(encoding="utf-8"))
    blends["agent/emotional"] = emotional
    path.write_text(json.dumps(blends), encoding="utf-8")
    return folder / "encoder"


def test_weights_come_from_lines_alone() -> None:
    """The better model weighs more, a label that tells helps, and one of few lines is weighed as it was."""
    weigh = runpy.run_path(str(WEIGHING))["weigh"]
    draw = np.random.default_rng(7)
    truth = draw.random(600) < 0.3
    lines = [
        Line(role="agent", before="", text=f"{at}", labels=labels, asked=ASKED, group=f"{at}")
        for at, labels in enumerate(map(labelled, truth, np.arange(600) < 3))
    ]
    good = np.where(truth, 0.8, 0.2)
    linear = np.stack([draw.random(600), good, good, np.full(600, np.nan)], axis=1)
    encoder = np.stack([np.where(truth, 0.9, 0.1), draw.random(600), good, np.full(600, np.nan)], axis=1)
    names = ["agent/blame", "agent/emotional", "agent/rare", "customer/angry"]
    found = weigh(lines, names, linear, encoder)
    assert list(found) == names
    blame = found["agent/blame"]
    assert blame.encoder["agent/blame"] > blame.linear["agent/blame"]
    assert blame.linear["agent/emotional"] > abs(blame.encoder["agent/emotional"])
    assert list(blame.linear) == names[:3]
    for few in names[2:]:
        assert found[few] == Blend(shift=0.0, linear={few: 0.5}, encoder={few: 0.5})
    assert weigh(lines, names, linear, encoder) == found


ASKED = frozenset({"blame", "emotional", "rare"})


def labelled(blames: np.bool_, is_rare: np.bool_) -> frozenset[str]:
    """Return the labels of a made-up line: whoever blames is also emotional."""
    return frozenset({"blame", "emotional"} if blames else ()) | frozenset({"rare"} if is_rare else ())


def test_a_pack_without_an_encoder_cannot_be_thorough(tmp_path: Path) -> None:
    """That is an error, not a quiet fallback."""
    with pytest.raises(PackError) as raised:
        read_models([tmp_path], thorough=True)
    assert raised.value.code == "MDL107"


def test_the_encoder_is_asked_last_and_about_the_right_message() -> None:
    """It gets chances in context, each message with its own surroundings; what says nothing is left out."""
    asked: list[tuple[str, list[float], list[Heard]]] = []

    def predict(heard: Sequence[Utterance]) -> Scored:
        return Scored(("answer",), np.array([[len(each.text) / 100] for each in heard]))

    def in_context(talk: Talk, _labels: object) -> dict[str, Numbers]:
        return {role: chances + 0.5 for role, chances in talk.chances.items()}

    def deepen(role: str, scored: Scored, heard: Sequence[Heard]) -> Scored:
        asked.append((role, scored.chances[:, 0].tolist(), list(heard)))
        return Scored(scored.labels, scored.chances / 10)

    def by_cues(_role: str, text: str) -> Recognition:
        return Recognition(text, (), Layout(lambda: ((), ())))

    asking = (("answer", "answer", Limits(accept=0.06, veto=0.0), ""),)
    hearers = {role: Hearer(by_cues, predict, asking) for role in ROLES}
    talks = [
        [("customer", "halo", ""), ("agent", "ya kak?", "halo"), ("customer", "🙏", "ya kak?")],
        [("agent", "selamat pagi kak", "")],
    ]
    found = Listener(by_cues, hearers, lambda: in_context, deepen).hear_all(talks)
    assert {role: (chances, heard) for role, chances, heard in asked} == {
        "customer": ([0.54], [Heard("halo", after="ya kak?")]),
        "agent": (
            [pytest.approx(0.57), pytest.approx(0.66)],
            [Heard("ya kak?", before="halo", after="🙏"), Heard("selamat pagi kak")],
        ),
    }
    assert [[sorted(each.acts) for each in talk] for talk in found] == [[[], [], []], [["answer"]]]
