"""The network over words: what order tells is learnt, the same in any company, and kept in a file."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from sopgen.base.errors import PackError
from sopgen.compliance.pack import default_pack_folder, load_pack
from sopgen.language import network, network_training, vocabulary
from sopgen.language.context import ROLES
from sopgen.language.feature import Utterance
from sopgen.language.labelled import Line
from sopgen.language.linear import read_weights, write_weights
from sopgen.language.network import Network, make_network_predictor, read_network, write_networks
from sopgen.language.network_training import learn, scores_of, texts_of
from sopgen.language.predictors import NETWORK, read_models
from sopgen.language.scoring import Predict, Scored, make_predictor, told
from sopgen.language.training import Trained, train
from sopgen.language.vocabulary import Vocabulary

WORDS = ("maaf", "kak", "paketnya", "belum", "sampai", "OTP", "123", "!!", "🙂", "café", "_", "a" * 300)
SKIES, TIMES = ("hujan", "cerah"), ("pagi", "malam")
BETWEEN = ("di kota kami", "di rumah saya", "di toko itu", "di jalan sana", "di kantor lama", "di desa kecil")
PLACES = ("barat", "timur", "utara", "selatan", "tengah", "luar")
BEGINNINGS = ("", "kak ", "halo ", "jadi ", "tadi ", "katanya ", "eh ", "kemarin ", "min ", "ini ")


def line(text: str, *labels: str, before: str = "") -> Line:
    """Return a customer's line in which one label was looked for, in a group of its own."""
    return Line(
        role="customer",
        before=before,
        text=text,
        labels=frozenset(labels),
        asked=frozenset({"complaint"}),
        group=f"{before}/{text}",
    )


def riddle() -> list[Line]:
    """Return lines that complain of rain in the morning and clear skies at night: one word tells nothing."""
    return [
        line(
            f"{begun}{time} {between} {place} {sky}",
            *(("complaint",) if (time == "pagi") == (sky == "hujan") else ()),
        )
        for begun, time, between, place, sky in product(BEGINNINGS, TIMES, BETWEEN, PLACES, SKIES)
    ]


def hear(said: Line) -> Utterance:
    """Return a line as the models hear it when there are no cues."""
    return Utterance(said.text, said.before)


@pytest.fixture(scope="module")
def trained() -> Trained:
    """Return what is learnt from the riddle, in as many passes as so few lines take."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(network_training, "PASSES", 40)
        patch.setattr(network_training, "LEAST_USES", 1)
        return train(riddle(), "customer", hear, lambda _: None)


@pytest.fixture(scope="module")
def shipped() -> Mapping[str, Network]:
    """Return the networks that ship."""
    path = default_pack_folder() / "model" / f"{NETWORK}.npz"
    found = {role: read_network(path, role) for role in ROLES}
    return {role: network for role, network in found.items() if network}


def predictor_of(said_by: Network) -> Predict:
    """Return the predictor of a network beside a model that has no opinion."""
    even = np.full((1, len(said_by.labels)), 0.5)

    def predict(heard: Sequence[Utterance]) -> Scored:
        return Scored(said_by.labels, even.repeat(len(heard), axis=0))

    return make_network_predictor(said_by, predict, Vocabulary())


def test_it_hears_what_no_sum_of_words_tells(trained: Trained) -> None:
    """Which time goes with which sky is found by both models together, with other words between."""
    predict = make_predictor(trained.weights, words := Vocabulary())
    both = make_network_predictor(trained.network, predict, words)
    chances = {
        text: [told(each, Utterance(text))["complaint"] for each in (predict, both)]
        for text in ("pagi di pasar baru hujan", "malam di pasar baru hujan")
    }
    (alone, together), (alone_not, together_not) = chances.values()
    assert together > 0.8
    assert together_not < 0.2
    assert together - together_not > alone - alone_not


def test_chances_unseen_are_those_of_both(trained: Trained) -> None:
    """The card and the lesson tell what network and linear model make of lines that they have not learnt."""
    (card,) = trained.cards
    assert card.average_precision > 0.9
    truth, chance = trained.lesson.truth[:, 0], trained.lesson.chances[:, 0]
    assert chance[truth].mean() > 0.8
    assert chance[~truth].mean() < 0.2


@pytest.mark.parametrize("role", ROLES)
def test_company_changes_no_chance(
    shipped: Mapping[str, Network], role: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A message has the same chances, to the last bit, whatever is asked about with it, and before it.

    Words are forgotten all the time, and several share the place where it is kept what filters make of them.
    """
    monkeypatch.setattr(network, "WORDS_KEPT", 3)
    monkeypatch.setattr(network, "WORDS_AT_ONCE", 2)
    monkeypatch.setattr(network, "AT_ONCE", 2)
    monkeypatch.setattr(vocabulary, "TOKEN_CACHE", 10)
    random = np.random.default_rng(5)

    def text(most: int) -> str:
        return " ".join(random.choice(WORDS, random.integers(most)).tolist())

    said = [Utterance(text(random.choice([3, 9, 200])), text(40)) for _ in range(60)]
    alone = np.concatenate([predictor_of(shipped[role])([each]).chances for each in said])
    one = predictor_of(shipped[role])
    assert (one(said).chances == alone).all()
    assert (
        np.concatenate([one(said[start : start + 7]).chances for start in range(0, 60, 7)]) == alone
    ).all()


def test_nobody_said_anything(shipped: Mapping[str, Network]) -> None:
    """Of no message there are no chances; who talks alone is heard."""
    assert predictor_of(shipped["agent"])([]).chances.shape == (0, len(shipped["agent"].labels))
    hear_all = load_pack([default_pack_folder()], lambda _: None).recognise.hear
    assert hear_all([]) == []
    assert "greeting" in hear_all([("agent", "Halo Kak, selamat pagi", "")])[0].acts


def test_gradients_are_those_of_the_surprise(monkeypatch: pytest.MonkeyPatch) -> None:
    """They are what differences of the surprise show; what counts nothing moves nothing."""
    monkeypatch.setattr(network_training, "kept", lambda _, shape, __: np.ones(shape))
    monkeypatch.setattr(network_training, "LEAST_USES", 1)
    texts = texts_of([Utterance("kak paketnya belum sampai", "halo kak"), Utterance(""), Utterance("maaf")])
    random = np.random.default_rng(1)
    rows, labels = np.arange(3), 2
    parts = network_training.beginning(len(texts.buckets), labels, random)
    parts = {
        name: part.astype(np.float64) + random.normal(0, 0.1, part.shape) for name, part in parts.items()
    }
    targets = random.random((3, labels))
    counts = np.array([[1.0, 0.0], [2.0, 1.0], [0.5, 1.0]])
    batch = network_training.Batch(texts, rows)

    def surprise() -> float:
        chances = 1 / (1 + np.exp(-batch.scores(parts)))
        said = targets * np.log(chances) + (1 - targets) * np.log(1 - chances)
        return float(-(said * counts).sum() / 3)

    found = batch.gradients(parts, targets, counts, random)
    for name, part in parts.items():
        whole = np.zeros_like(part)
        whole[batch.features if name == "vectors" else ...] = found[name]
        for place in random.choice(part.size, min(part.size, 30), replace=False).tolist():
            cell = np.unravel_index(place, part.shape)
            own, sides = part[cell], []
            for step in (1e-5, -1e-5):
                part[cell] = own + step
                sides.append(surprise())
            part[cell] = own
            assert whole[cell] == pytest.approx((sides[0] - sides[1]) / 2e-5, abs=1e-5)


def test_training_and_product_read_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whole numbers say what the learner says, of long texts, empty ones, and many words before."""
    monkeypatch.setattr(network_training, "LEAST_USES", 1)
    random = np.random.default_rng(3)

    def text(most: int) -> str:
        return " ".join(random.choice(WORDS[:-1], random.integers(most)).tolist())

    utterances = [Utterance(text(random.choice([2, 12, 300])), text(60)) for _ in range(80)]
    texts = texts_of(utterances)
    parts = network_training.beginning(len(texts.buckets), 1, random)
    levels = network_training.VECTOR_LEVELS  # as the product rounds them
    parts["vectors"] = (
        random.integers(-levels, levels + 1, parts["vectors"].shape).astype(np.float32) / levels
    )
    ones = np.ones(1)
    says = network_training.Says(slope=0 * ones, weight=ones, shift=0 * ones)
    packed = network_training.packed(("complaint",), texts.buckets, parts, says)
    chances = predictor_of(packed)(utterances).chances[:, 0]
    learnt = scores_of(parts, texts, np.arange(len(utterances)))[:, 0]
    assert np.log(chances / (1 - chances)) == pytest.approx(learnt, abs=0.1 * learnt.std())


def test_the_words_before_are_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same answer is a complaint after one question, and none after another."""
    monkeypatch.setattr(network_training, "PASSES", 20)
    monkeypatch.setattr(network_training, "LEAST_USES", 1)
    taught = [
        line(f"iya {place} {n}", *labels, before=f"{asked} ya kak {place}")
        for asked, labels in (("rusak", ("complaint",)), ("cocok", ()))
        for n in range(40)
        for place in PLACES
    ]
    texts = texts_of([hear(each) for each in taught])
    truth = np.array([["complaint" in each.labels] for each in taught], np.float32)
    rows = np.arange(len(truth))
    said = scores_of(learn(texts, truth, np.ones_like(truth), rows, lambda _: None), texts, rows)
    assert said[truth > 0].min() > said[truth == 0].max()


def test_the_same_network_gives_the_same_bytes(tmp_path: Path) -> None:
    """What is read back is what was written, and training again gives the same to the byte."""
    one, again = (train(riddle(), "customer", hear, lambda _: None).network for _ in range(2))
    paths = [tmp_path / f"{name}.npz" for name in ("one", "two", "three")]
    write_networks({"customer": one}, paths[0])
    write_networks({"customer": again}, paths[1])
    read = read_network(paths[0], "customer")
    assert read
    write_networks({"customer": read}, paths[2])
    assert len({path.read_bytes() for path in paths}) == 1


def test_threads_change_nothing() -> None:
    """Parts that are learnt side by side are learnt as one after another."""
    texts = texts_of([hear(each) for each in riddle()])
    truth = np.ones((len(riddle()), 1), np.float32)

    def learnt(start: int) -> float:
        rows = np.arange(start, len(truth))
        return float(learn(texts, truth, truth, rows, lambda _: None)["outer"].sum())

    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(learnt, range(2))) == [learnt(0), learnt(1)]


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    """A file that is no model ends the run with its name."""
    (tmp_path / "network.npz").write_bytes(b"PK")
    with pytest.raises(PackError, match=r"network\.npz") as raised:
        read_network(tmp_path / "network.npz", "agent")
    assert raised.value.code == "MDL101"


def test_the_network_beside_a_model_has_a_say(trained: Trained, tmp_path: Path) -> None:
    """Models are read with the network that lies beside them, one of another model is refused."""
    folder = tmp_path / "model"
    write_weights(trained.weights, folder / "customer.npz")
    alone, both = (
        make_predictor(read_weights(folder / "customer.npz")),
        make_network_predictor(trained.network, make_predictor(trained.weights), Vocabulary()),
    )
    asked = Utterance("pagi di pasar baru hujan")
    assert told(read_models([tmp_path], thorough=False).predictors["customer"], asked) == told(alone, asked)
    write_networks({"customer": trained.network}, folder / "network.npz")
    assert told(read_models([tmp_path], thorough=False).predictors["customer"], asked) == pytest.approx(
        told(both, asked), abs=0.05
    )
    write_networks({"customer": replace(trained.network, labels=("other",))}, folder / "network.npz")
    with pytest.raises(PackError, match=r"network\.npz") as raised:
        told(read_models([tmp_path], thorough=False).predictors["customer"], asked)
    assert raised.value.code == "MDL108"
