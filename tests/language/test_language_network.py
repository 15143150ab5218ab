"""The network over words: what order tells is learnt, the same in any company, and kept in a file."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sopgen.base.errors import PackError
from sopgen.compliance.pack import default_pack_folder
from sopgen.language import network_training
from sopgen.language.feature import Utterance
from sopgen.language.labelled import Line
from sopgen.language.linear import read_weights, write_weights
from sopgen.language.network import Network, make_network_predictor, read_networks, write_networks
from sopgen.language.network_training import learn, scores_of, texts_of
from sopgen.language.predictors import NETWORK, read_models
from sopgen.language.scoring import Predict, Scored, make_predictor, told
from sopgen.language.training import Trained, train
from sopgen.language.vocabulary import Vocabulary

WORDS = ("maaf", "kak", "paketnya", "belum", "sampai", "OTP", "123", "!!", "🙂", "café", "_", "a" * 300)
TEXTS = st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join)
UTTERANCES = st.builds(Utterance, text=TEXTS | st.just("belum sampai " * 100), before=TEXTS)

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
        patch.setattr(network_training, "LEAST_MESSAGES", 1)
        return train(riddle(), "customer", hear, lambda _: None)


@pytest.fixture(scope="module")
def shipped() -> Mapping[str, Network]:
    """Return the networks that ship."""
    return read_networks(default_pack_folder() / "model" / f"{NETWORK}.npz")


def predictor_of(network: Network) -> Predict:
    """Return the predictor of a network beside a model that has no opinion."""
    even = np.full((1, len(network.labels)), 0.5)

    def predict(heard: Sequence[Utterance]) -> Scored:
        return Scored(network.labels, even.repeat(len(heard), axis=0))

    return make_network_predictor(network, predict, Vocabulary())


def test_it_hears_what_no_sum_of_words_tells(trained: Trained) -> None:
    """Which time goes with which sky is found by both models together, with other words between."""
    predict = make_predictor(trained.weights, vocabulary := Vocabulary())
    both = make_network_predictor(trained.network, predict, vocabulary)
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


@pytest.mark.parametrize("role", ["agent", "customer"])
@settings(deadline=None)
@given(said=st.lists(UTTERANCES, min_size=1, max_size=12))
def test_company_changes_no_chance(shipped: Mapping[str, Network], role: str, said: list[Utterance]) -> None:
    """A message has the same chances, to the last bit, whatever is asked about with it, and before it."""
    one, other = predictor_of(shipped[role]), predictor_of(shipped[role])
    together = one(said).chances
    alone = np.concatenate([other([each]).chances for each in reversed(said)])[::-1]
    assert (together == alone).all()


def test_whole_numbers_say_what_was_learnt(monkeypatch: pytest.MonkeyPatch) -> None:
    """The network of the product agrees with the one that learnt, up to what rounding costs."""
    monkeypatch.setattr(network_training, "PASSES", 20)
    monkeypatch.setattr(network_training, "LEAST_MESSAGES", 1)
    lines = riddle()
    lesson = train(lines, "customer", hear, lambda _: None)
    network = replace(lesson.network, slope=np.zeros(1))
    texts = texts_of([hear(each) for each in lines])
    truth = np.array([["complaint" in each.labels] for each in lines], np.float32)
    rows = np.arange(len(truth))
    parts = learn(texts, truth, np.full_like(truth, 1), rows, lambda _: None)
    learnt = scores_of(parts, texts, rows)[:, 0]
    chances = predictor_of(network)([hear(each) for each in lines]).chances[:, 0]
    assert np.corrcoef(learnt, np.log(chances / (1 - chances)))[0, 1] > 0.999


def test_the_words_before_are_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same answer is a complaint after one question, and none after another."""
    monkeypatch.setattr(network_training, "PASSES", 20)
    monkeypatch.setattr(network_training, "LEAST_MESSAGES", 1)
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
    network, again = (train(riddle(), "customer", hear, lambda _: None).network for _ in range(2))
    paths = [tmp_path / f"{name}.npz" for name in ("one", "two", "three")]
    write_networks({"customer": network}, paths[0])
    write_networks({"customer": again}, paths[1])
    write_networks(read_networks(paths[0]), paths[2])
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
        read_networks(tmp_path / "network.npz")
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
