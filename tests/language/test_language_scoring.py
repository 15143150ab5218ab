"""Chances of many messages at once: the same to the last bit as those of each alone, and as plain sums."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopgen.compliance.pack import default_pack_folder
from sopgen.language.feature import Utterance, is_shouted, links_of, share_of, tokens_of, word_features
from sopgen.language.linear import read_weights
from sopgen.language.scoring import make_predictor
from sopgen.language.share import Shares
from sopgen.language.vocabulary import Vocabulary
from sopgen.language.word_table import STEPS, WordTable, is_plain, shares_of
from sopgen.language.word_table import share_of as share_of_word

WORDS = (
    "maaf",
    "kak",
    "paketnya",
    "belum",
    "sampai",
    "OTP",
    "123",
    "!!",
    "🙂",
    "café",
    "中文",
    "_",
    "a" * 300,
)

TEXTS = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)
UTTERANCES = st.builds(
    Utterance,
    text=TEXTS | st.sampled_from(["maaf kak " * 300, "a" * 300]),
    before=TEXTS,
    acts=st.frozensets(st.sampled_from(["apology", "greeting"])),
    heard=st.frozensets(st.sampled_from(["complaint", "unheard-of"])),
)


@pytest.fixture(scope="module")
def weights():
    """Return the weights of the model that ships for agents."""
    return read_weights(default_pack_folder() / "model" / "agent.npz")


@pytest.fixture(scope="module")
def shares(weights):
    """Return the shares of its features."""
    return Shares(weights.buckets, weights.weights)


@pytest.fixture(scope="module")
def predictors(weights):
    """Return the model twice, each with what it has learnt of words by itself."""
    return make_predictor(weights), make_predictor(weights)


@given(st.lists(UTTERANCES, min_size=1, max_size=12))
def test_company_changes_no_chance(predictors, said):
    """A message has the same chances, to the last bit, whatever is asked about with it, and before it."""
    one, predict = predictors
    together = one(said).chances
    alone = np.concatenate([predict([each]).chances for each in reversed(said)])[::-1]
    assert (together == alone).all()


@pytest.mark.parametrize("text", ["maaf kak, paketnya!!", "", "kak", "café 中文", "otp 123 " * 40])
def test_a_score_is_the_plain_sum_of_its_shares(weights, shares, predictors, text):
    """What a message of its own comes to is the sum of words and pairs, one after another."""
    tokens = tokens_of(text)
    total = sum((share_of_word(token, shares) for token in tokens), start=shares.nothing(1)[0])
    total = total / np.float32(STEPS)
    vocabulary = Vocabulary()
    places, lengths = WordTable(shares, vocabulary).links_of([vocabulary.numbers_of_words(tokens)])
    assert lengths.tolist() == [len(list(links_of(tokens)))]
    for place in places[places >= 0]:
        total += shares.table[place]
    scores = total * np.float32(share_of(len(tokens))) * weights.scale + weights.bias
    expected = 1 / (1 + np.exp(-(weights.slope * scores + weights.shift)))
    assert predictors[0]([Utterance(text=text)]).chances[0].tolist() == expected.tolist()


@given(st.from_regex(r"[a-z0-9][a-z0-9_]{0,30}", fullmatch=True))
def test_pieces_hashed_together_are_those_hashed_one_by_one(shares, word):
    """The share of a plain word is that of its features."""
    (found,) = shares_of([word.encode()], len(word), shares)
    assert is_plain(word)
    assert found.tolist() == share_of_word(word, shares).tolist()


def test_a_word_without_plain_letters_has_its_share_too():
    """Letters of several bytes are hashed as text; what is no word has no pieces."""
    assert not is_plain("café")
    assert not is_plain("!!")
    assert len(word_features("!!")) == 1


def test_a_chance_is_a_chance_however_long_the_message(predictors):
    """A flood of words overflows nothing."""
    chances = predictors[0]([Utterance(text="goblok " * 3_000)]).chances
    assert all(0 <= chance <= 1 and not math.isnan(chance) for chance in chances[0].tolist())


@given(st.text(alphabet="aBcDÉé1 !ß中", max_size=30))
def test_a_text_is_shouted_when_most_of_its_letters_are_capitals(text):
    """Counting bytes says the same as looking at each letter."""
    letters = [letter for letter in text if letter.isalpha()]
    capitals = sum(letter.isupper() for letter in letters)
    assert is_shouted(text) == (len(letters) >= 7 and capitals >= 0.6 * len(letters))
