"""A small network over the words of a message in their order: what sums over words and pairs cannot tell.

Each word is a vector, the sum of those of its features (`feature.word_features`). Filters look at some words
in a row; the most that each finds in the message goes, with the other party's last words, through a layer of
rectified units (Kim, "Convolutional Neural Networks for Sentence Classification", 2014). What comes out is
added to the log odds of the linear model (`scoring`), each weighed for that; `network_training` makes it.

The file (`model/network.npz`) holds for each role: `<role>_labels` (text, n) and `<role>_buckets` (uint32,
ascending, m), `<role>_vectors` (int8, m x width) with one `<role>_vector_scale`, `<role>_filters` (int8,
width x ROW times filters: for each place in the row) with a `<role>_filter_scale` for each,
`<role>_filter_bias` (int32, in steps of both scales multiplied), and as int32, in steps of 1 / WEIGHT_STEPS,
`<role>_inner` (features x units), `<role>_inner_bias`, `<role>_outer` (units x n), `<role>_bias` and
`<role>_slope` (n). Vectors and filters are whole numbers, and what is found is rounded before it is weighed:
all sums are exact, and no chance depends on what is weighed together with it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from sopgen.base.errors import PackError
from sopgen.language.context import WEIGHT_STEPS, Numbers, in_steps, log_odds_of
from sopgen.language.feature import CONTEXT_LENGTH, Utterance
from sopgen.language.linear import Floats
from sopgen.language.scoring import Predict, Scored
from sopgen.language.share import Shares
from sopgen.language.vocabulary import Vocabulary
from sopgen.language.word_table import STEPS, WordTable

ROW = 5
"""Words in a row that a filter looks at."""

REACH = ROW // 2
"""Of these, the words on either side of the one in the middle."""

LONGEST_VECTOR = 1_000
"""The largest number in a word's vector: sums of 64 of them times filters up to 127 are below 2 ** 24, so
exact in single precision."""

FILTER_STEP = 16
GREATEST_FOUND = 6_500
"""What counts as one in what a filter makes of a word, and the most: ROW of these fit into 16 bits."""

WORDS_KEPT = 1 << 12
"""Words of which is kept what filters make of them, 8 MB a role (our decision, 2026-11-23)."""

WORDS_AT_ONCE = 512
"""Words that filters are put to at once: thousands would take megabytes for a moment."""

AT_ONCE = 32
"""Messages that filters go over at once: what they find stays in the processor's cache, which takes half as
long as 500 at once (measured, 2026-11-23)."""

LONGEST_MESSAGE = 150
"""Words of a message that are looked at: the first ones (our decision, 2026-11-23)."""

Rows = NDArray[np.intp]


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """The network of one role, as the file holds it; see the module for shapes.

    `labels` are those of the linear model's chances, `slope` weighs their log odds.
    """

    labels: tuple[str, ...]
    buckets: NDArray[np.uint32]
    vectors: NDArray[np.int8]
    vector_scale: float
    filters: NDArray[np.int8]
    filter_scale: Numbers
    filter_bias: NDArray[np.int32]
    inner: Numbers
    inner_bias: Numbers
    outer: Numbers
    bias: Numbers
    slope: Numbers


_STEPPED = ("inner", "inner_bias", "outer", "bias", "slope")


def make_network_predictor(network: Network, predict: Predict, vocabulary: Vocabulary) -> Predict:
    """Return the function from messages to the chances of linear model and network together."""
    reader = _Reader(network, vocabulary)

    def predict_both(heard: Sequence[Utterance]) -> Scored:
        scored = predict(heard)
        scores = log_odds_of(scored.chances) * network.slope + reader.scores(heard)
        return Scored(scored.labels, 1 / (1 + np.exp(-scores)))

    return predict_both


class _Reader:
    def __init__(self, network: Network, vocabulary: Vocabulary) -> None:
        self._network = network
        self._vocabulary = vocabulary
        self._words = WordTable(Shares(network.buckets, network.vectors), vocabulary)
        self._filters = _FilterTable(network.filters)
        self._gain = network.vector_scale * network.filter_scale * FILTER_STEP
        self._bias = np.rint(network.filter_bias / FILTER_STEP).astype(np.int32)

    def scores(self, heard: Sequence[Utterance]) -> Numbers:
        """Return what is added to the log odds of each label (columns) for each message (rows)."""
        network = self._network
        self._vocabulary.make_room()
        of = self._vocabulary.numbers_of
        said = [of(each.text)[:LONGEST_MESSAGE] for each in heard]
        befores = {before: row for row, before in enumerate(dict.fromkeys(each.before for each in heard))}
        others = [of(before)[-CONTEXT_LENGTH:] for before in befores]
        spoken, heard_words = (np.fromiter(chain(*each), np.intp) for each in (said, others))
        self._words.learn(np.concatenate((spoken, heard_words)))
        before = in_steps(root_means(self._vectors(heard_words), others) * network.vector_scale)
        seen = np.hstack(
            [
                in_steps(self._found(spoken, said) * self._gain),
                before[[befores[each.before] for each in heard]],
                in_steps(lengths_of(said)),
            ]
        )
        units = in_steps(np.maximum(seen @ network.inner + network.inner_bias, 0))
        scores: Numbers = units @ network.outer + network.bias
        return scores

    def _vectors(self, words: Rows) -> Floats:
        """Return the vector of each of these words, which are learnt."""
        vectors: Floats = np.rint(self._words.shares[words] / np.float32(STEPS))
        vectors.clip(-LONGEST_VECTOR, LONGEST_VECTOR, out=vectors)
        return vectors

    def _found(self, spoken: Rows, said: Sequence[Sequence[int]]) -> Numbers:
        """Return the most that each filter (columns) finds in each message (rows), or nothing."""
        words, rows = np.unique(spoken, return_inverse=True)
        tables = np.split(self._filters.of(words, self._vocabulary.age, self._vectors), ROW, axis=1)
        lengths = np.array([len(each) for each in said], np.intp)
        inside = np.arange(len(rows)) + np.repeat(np.arange(1, len(said) + 1), lengths) * REACH
        places = np.full(len(rows) + len(said) * REACH + REACH, len(words))  # gaps around each message
        places[inside] = rows
        found = np.zeros((len(said), tables[0].shape[1]), np.int32)
        some = np.flatnonzero(lengths)
        starts = np.cumsum(lengths) - lengths
        for first in range(0, len(some), AT_ONCE):
            part = some[first : first + AT_ONCE]
            start, end = starts[part[0]], starts[part[-1]] + lengths[part[-1]]
            around = inside[start:end] - REACH
            sums = np.take(tables[0], places[around], axis=0)
            more = np.empty_like(sums)
            for place, table in enumerate(tables[1:], start=1):
                sums += np.take(table, places[around + place], axis=0, out=more, mode="clip")
            found[part] = np.maximum.reduceat(sums, starts[part] - start, axis=0)
        awake: Numbers = np.maximum(found + self._bias, 0).astype(np.float64)
        return awake


class _FilterTable:
    """What the filters make of words, of WORDS_KEPT of them without reckoning again."""

    def __init__(self, filters: NDArray[np.int8]) -> None:
        self._filters = filters.astype(np.float32)
        self._age = 0
        self._owners = np.full(WORDS_KEPT, -1)
        self._kept = np.zeros((WORDS_KEPT, filters.shape[1]), np.int16)

    def of(self, words: Rows, age: int, vectors_of: Callable[[Rows], Floats]) -> NDArray[np.int16]:
        """Return a row for each of these words, and one of nothing.

        `words` are distinct numbers, good for this age of the vocabulary.
        """
        if age != self._age:
            self._age = age
            self._owners[:] = -1
        slots = words % WORDS_KEPT
        found = np.zeros((len(words) + 1, self._filters.shape[1]), np.int16)
        np.take(self._kept, slots, axis=0, out=found[:-1], mode="clip")
        new = np.flatnonzero(self._owners[slots] != words)
        for start in range(0, len(new), WORDS_AT_ONCE):
            part = new[start : start + WORDS_AT_ONCE]
            sums = vectors_of(words[part]) @ self._filters
            sums /= FILTER_STEP
            found[part] = np.rint(sums, out=sums).clip(-GREATEST_FOUND, GREATEST_FOUND, out=sums)
        self._kept[slots[new]], self._owners[slots[new]] = found[new], words[new]
        return found


def root_means(vectors: Floats, texts: Sequence[Sequence[int]]) -> Numbers:
    """Return the sum of the vectors (rows) of each text's words, by the root of their number."""
    lengths = np.array([len(each) for each in texts], np.intp)
    total = np.zeros((len(texts), vectors.shape[1]))
    some = np.flatnonzero(lengths)
    if len(some):
        starts = (np.cumsum(lengths) - lengths)[some]
        total[some] = np.add.reduceat(vectors, starts, axis=0)
    divided: Numbers = total / np.sqrt(np.maximum(lengths, 1))[:, None]
    return divided


def lengths_of(texts: Sequence[Sequence[int]]) -> Numbers:
    """Return a column that says how long each text is: 0 for some seven words."""
    return np.log(np.maximum([len(each) for each in texts], 1))[:, None] - 2


def write_networks(networks: Mapping[str, Network], path: Path) -> None:
    """Write the file; the same networks give the same bytes."""
    held: dict[str, Any] = {}
    for role, network in networks.items():
        for each in fields(network):
            value = np.asarray(getattr(network, each.name))
            held[f"{role}_{each.name}"] = (
                np.rint(value * WEIGHT_STEPS).astype(np.int32) if each.name in _STEPPED else value
            )
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, **held)


def read_network(path: Path, role: str) -> Network | None:
    """Return the network of a role, None where the file has none. Error: MDL101 when it cannot be read."""
    try:
        with np.load(BytesIO(path.read_bytes()), allow_pickle=False) as held:
            return _network_of(role, held) if f"{role}_labels" in held.files else None
    except (OSError, KeyError, ValueError, BadZipFile) as error:
        message = f"the trained model '{path}' cannot be read: {error}"
        raise PackError("MDL101", message, hint="make it again: sopgen train") from error


def _network_of(role: str, held: Mapping[str, Any]) -> Network:
    parts = {each.name: held[f"{role}_{each.name}"] for each in fields(Network)}
    parts["labels"] = tuple(map(str, parts["labels"]))
    parts["vector_scale"] = float(parts["vector_scale"])
    parts |= {name: parts[name] / WEIGHT_STEPS for name in _STEPPED}
    return Network(**parts)
