"""The network over the words of a message (`network`), made from labelled lines and their sentences.

All labels of a role are learnt at once, of what `course` says of each. How far network and linear model are
trusted is learnt last, from what both said of lines that they had not seen.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sopgen.language.adam import Adam, Parts, Singles, kept, rate_at
from sopgen.language.context import Numbers, log_odds_of
from sopgen.language.context_training import Lesson, in_weight_steps
from sopgen.language.course import Material, answers_of
from sopgen.language.feature import BUCKETS, CONTEXT_LENGTH, Utterance, tokens_of, word_features
from sopgen.language.network import LONGEST_MESSAGE, REACH, ROW, Network, lengths_of

SEED = 20261123
FOLDS = 3
WIDTH = 64
FILTERS = 192
UNITS = 128
LEAST_USES = 44
"""Times that words with a feature must come up before it has a vector: the model has to stay small."""

PASSES = 16
BATCH = 128
GREATEST_RATE = 2e-3
WARM_UP = 0.1
DECAY = 0.02
DROPPED_WORDS, DROPPED_UNITS = 0.1, 0.3
"""Shares of the words, and of what units hear and say, that are left out by chance while they learn."""

SPREAD = 0.1
"""Standard deviation of the vectors before anything is learnt."""

LEVELS, VECTOR_LEVELS = 127, 15
"""Steps from nothing to the largest number of a filter, and of the vectors: with so few, average precision
is what it is with 127, and the file two thirds as large (measured, 2026-11-23)."""

CERTAIN = 30.0
LENGTH_NOISE = 6.0
"""Words by which lengths are mixed when messages of like length are put together."""

Rows = NDArray[np.intp]


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """Messages as the network reads them: the numbers of their words, and of the words before them.

    `features` (words x features, sparse) are what words are made of, `buckets` which features these are.
    """

    said: Sequence[Rows]
    before: Sequence[Rows]
    features: Any
    buckets: NDArray[np.uint32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Says:
    """How much of the log odds of each label is the linear model's (`slope`) and the network's (`weight`)."""

    slope: Numbers
    weight: Numbers
    shift: Numbers


def learn_network(
    lesson: Lesson, material: Material, threads: Executor, progress: Callable[[str], None]
) -> tuple[Network, Lesson]:
    """Return the network, and the lesson with the chances that it and the linear model give together.

    The chances of `lesson` are those of a linear model that had not seen the lines, and nor had the network
    whose word is weighed with them. `progress` is told what is being done.
    """
    texts = texts_of(material.said)
    targets, counts = answers_of(lesson.labels, material)
    fold = _folds([line.group for line in lesson.lines])
    of_all = np.concatenate((fold, fold[material.line_of]))

    def learn_part(number: int) -> Parts:
        def passed(count: int) -> None:
            progress(f"network {number + 1} of {FOLDS + 1}, pass {count + 1} of {PASSES}")

        return learn(texts, targets, counts, np.flatnonzero(of_all != number), passed)

    *held, whole = threads.map(learn_part, range(FOLDS + 1))
    told = np.zeros(lesson.chances.shape)
    for number, parts in enumerate(held):
        rows = np.flatnonzero(fold == number)
        told[rows] = scores_of(parts, texts, rows)
    odds = log_odds_of(lesson.chances)
    says = _weighed(lesson, odds, told)
    chances = 1 / (1 + np.exp(-(odds * says.slope + told * says.weight + says.shift)))
    return packed(lesson.labels, texts.buckets, whole, says), replace(lesson, chances=chances)


def _folds(groups: Sequence[str]) -> Rows:
    """Return the fold of each line, by chance; those of a group are in one."""
    numbers: dict[str, int] = {}
    of = [numbers.setdefault(group, len(numbers)) for group in groups]
    return (np.random.default_rng(SEED).permutation(len(numbers)) % FOLDS)[of]


def _weighed(lesson: Lesson, odds: Numbers, told: Numbers) -> Says:
    """Return how far each is trusted where both together are right most often.

    A network whose word would count against itself is not heard.
    """
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    found = np.zeros((3, len(lesson.labels)))
    for column in range(len(lesson.labels)):
        asked = lesson.asked[:, column]
        truth, both = (
            lesson.truth[asked, column],
            np.stack((odds[asked, column], told[asked, column]), axis=1),
        )
        regression = LogisticRegression().fit(both, truth)
        if regression.coef_[0, 1] < 0:
            both[:, 1] = 0
            regression.fit(both, truth)
        found[:, column] = (*regression.coef_[0], regression.intercept_[0])
    slope, weight, shift = found
    return Says(slope=slope, weight=weight, shift=shift)


def texts_of(utterances: Sequence[Utterance]) -> Texts:
    """Return the messages as the network reads them."""
    numbers: dict[str, int] = {}

    def numbered(tokens: list[str]) -> Rows:
        return np.array([numbers.setdefault(token, len(numbers)) for token in tokens], np.intp)

    said = [numbered(tokens_of(each.text)[:LONGEST_MESSAGE]) for each in utterances]
    before = [numbered(tokens_of(each.before)[-CONTEXT_LENGTH:]) for each in utterances]
    features, buckets = _features_of(list(numbers), [*said, *before])
    return Texts(said=said, before=before, features=features, buckets=buckets)


def _features_of(words: Sequence[str], texts: Sequence[Rows]) -> tuple[Any, NDArray[np.uint32]]:
    """Return the features of words (words x features) that texts hold often enough, and which these are."""
    from scipy.sparse import csr_matrix  # noqa: PLC0415 - half a second to import

    found = [word_features(word) for word in words]
    columns = np.array([bucket for each in found for bucket, _ in each], np.int64)
    weights = np.array([weight for each in found for _, weight in each], np.float32)
    rows = np.repeat(np.arange(len(words)), [len(each) for each in found])
    table = csr_matrix((weights, (rows, columns)), shape=(len(words), BUCKETS))
    uses = np.bincount(np.concatenate([np.unique(each) for each in texts]), minlength=len(words))
    frequent = np.flatnonzero((table > 0).T @ uses >= LEAST_USES)
    return table[:, frequent], frequent.astype(np.uint32)


def learn(
    texts: Texts, targets: Singles, counts: Singles, chosen: Rows, progress: Callable[[int], None]
) -> Parts:
    """Return what is learnt of the chosen messages.

    `targets` says how true each label (columns) is of each message (rows), `counts` what that counts.
    `progress` is told of passes.
    """
    random = np.random.default_rng(SEED)
    parts = beginning(len(texts.buckets), targets.shape[1], random)
    adam = Adam(parts, dict.fromkeys(("filters", "inner", "outer"), DECAY))
    lengths = np.array([len(texts.said[row]) for row in chosen])
    steps, step = PASSES * -(-len(chosen) // BATCH), 0
    for number in range(PASSES):
        progress(number)
        for rows in _batches(chosen, lengths, random):
            step += 1
            batch = Batch(texts, rows, random)
            gradients = batch.gradients(parts, targets[rows], counts[rows], random)
            rate = rate_at(step / (steps + 1), GREATEST_RATE, WARM_UP)
            adam.step(gradients, rate, {"vectors": batch.features})
    return parts


def beginning(features: int, labels: int, random: np.random.Generator) -> Parts:
    """Return what is known before anything is learnt: nothing, by chance."""
    seen = FILTERS + WIDTH + 1
    return {
        "vectors": _normal(random, SPREAD, (features, WIDTH)),
        "filters": _normal(random, (ROW * WIDTH) ** -0.5, (WIDTH, ROW * FILTERS)),
        "filter_bias": np.zeros(FILTERS, np.float32),
        "inner": _normal(random, seen**-0.5, (seen, UNITS)),
        "inner_bias": np.zeros(UNITS, np.float32),
        "outer": _normal(random, UNITS**-0.5, (UNITS, labels)),
        "bias": np.zeros(labels, np.float32),
    }


def _normal(random: np.random.Generator, spread: float, shape: tuple[int, ...]) -> Singles:
    return random.normal(0, spread, shape).astype(np.float32)


def _batches(chosen: Rows, lengths: Rows, random: np.random.Generator) -> Iterator[Rows]:
    """Yield all messages in an order by chance, those of like length together."""
    order = chosen[np.argsort(lengths + random.random(len(chosen)) * LENGTH_NOISE, kind="stable")]
    starts = np.arange(0, len(order), BATCH)
    for start in random.permutation(starts).tolist():
        yield order[start : start + BATCH]


class Batch:
    """Some messages, laid out: `places` has a row a message and columns for its words, a gap on either side.

    Words are numbered within the batch, the last number stands for nothing; `features` are of its words.
    """

    def __init__(self, texts: Texts, rows: Rows, random: np.random.Generator | None = None) -> None:
        from scipy.sparse import csr_matrix  # noqa: PLC0415

        said, before = [texts.said[row] for row in rows], [texts.before[row] for row in rows]
        spoken, heard = (np.array([len(each) for each in part], np.intp) for part in (said, before))
        words, numbers = np.unique(np.concatenate((*said, *before)), return_inverse=True)
        own, other = np.split(numbers, [spoken.sum()])
        if random is not None:
            own = np.where(random.random(len(own)) < DROPPED_WORDS, len(words), own)
        longest = max(spoken.max(), 1)
        self.places = np.full((len(rows), longest + 2 * REACH), len(words))
        inside = np.arange(longest) < spoken[:, None]
        self.places[:, REACH : REACH + longest][inside] = own
        self.gaps = np.where(inside, 0, -np.inf).astype(np.float32)[:, :, None]
        self.gaps[spoken == 0] = 0
        share = np.repeat(np.maximum(heard, 1) ** -0.5, heard).astype(np.float32)
        starts = np.concatenate(([0], np.cumsum(heard)))
        self.before = csr_matrix((share, other, starts), shape=(len(rows), len(words)))
        self.lengths = lengths_of(said).astype(np.float32)
        part = texts.features[words]
        self.features, columns = np.unique(part.indices, return_inverse=True)
        self.words = csr_matrix((part.data, columns, part.indptr), shape=(len(words), len(self.features)))

    def _read(self, parts: Parts) -> tuple[Singles, Singles, Rows, Singles]:
        """Return the words' vectors, what the filters find most, where they do, and all that is seen."""
        vectors = self.words @ parts["vectors"][self.features]
        sums = np.concatenate((vectors @ parts["filters"], np.zeros((1, ROW * FILTERS), np.float32)))
        found = self.gaps
        for place in range(ROW):
            words = self.places[:, place : place + self.gaps.shape[1]]
            found = found + sums[words, place * FILTERS : (place + 1) * FILTERS]
        at = found.argmax(axis=1)
        most = np.take_along_axis(found, at[:, None], axis=1)[:, 0] + parts["filter_bias"]
        seen = np.concatenate((np.maximum(most, 0), self.before @ vectors, self.lengths), axis=1)
        return vectors, most, at, seen

    def scores(self, parts: Parts) -> Numbers:
        """Return the log odds of each label (columns)."""
        seen = self._read(parts)[-1]
        units = np.maximum(seen @ parts["inner"] + parts["inner_bias"], 0)
        scores: Numbers = (units @ parts["outer"] + parts["bias"]).astype(np.float64)
        return scores

    def gradients(
        self, parts: Parts, targets: Singles, counts: Singles, random: np.random.Generator
    ) -> Parts:
        """Return how the surprise at the truth grows with each part; units miss some of it."""
        vectors, most, at, seen = self._read(parts)
        heard = kept(random, seen.shape, DROPPED_UNITS)
        shown = seen * heard
        sums = shown @ parts["inner"] + parts["inner_bias"]
        awake = kept(random, sums.shape, DROPPED_UNITS) * (sums > 0)
        units = sums * awake
        scores = units @ parts["outer"] + parts["bias"]
        chances = 1 / (1 + np.exp(-scores.clip(-CERTAIN, CERTAIN)))
        errors = ((chances - targets) * counts / len(seen)).astype(np.float32)
        back = errors @ parts["outer"].T * awake
        blamed = back @ parts["inner"].T * heard
        of_words = self._of_words(blamed[:, :FILTERS] * (most > 0), at, len(vectors))
        of_vectors = of_words @ parts["filters"].T
        of_vectors += self.before.T @ blamed[:, FILTERS : FILTERS + WIDTH]
        return {
            "vectors": self.words.T @ of_vectors,
            "filters": vectors.T @ of_words,
            "filter_bias": (blamed[:, :FILTERS] * (most > 0)).sum(axis=0),
            "inner": shown.T @ back,
            "inner_bias": back.sum(axis=0),
            "outer": units.T @ errors,
            "bias": errors.sum(axis=0),
        }

    def _of_words(self, blamed: Singles, at: Rows, words: int) -> Singles:
        """Return the gradient of what the filters make of each word in each of its places in a row."""
        message = np.arange(len(at))[:, None]
        filters = np.arange(FILTERS)
        cells = [
            self.places[message, at + place] * ROW * FILTERS + place * FILTERS + filters
            for place in range(ROW)
        ]
        flat = np.concatenate([each.ravel() for each in cells])
        amounts = np.tile(blamed.ravel(), ROW)
        found = np.bincount(flat, amounts, minlength=(words + 1) * ROW * FILTERS)
        return found.reshape(words + 1, -1)[:words].astype(np.float32)


def scores_of(parts: Parts, texts: Texts, chosen: Rows) -> Numbers:
    """Return the log odds of each label (columns) for the chosen messages (rows)."""
    order = np.argsort([len(texts.said[row]) for row in chosen], kind="stable")
    found = np.zeros((len(chosen), len(parts["bias"])))
    for start in range(0, len(order), BATCH):
        rows = order[start : start + BATCH]
        found[rows] = Batch(texts, chosen[rows]).scores(parts)
    return found


def packed(labels: tuple[str, ...], buckets: NDArray[np.uint32], parts: Parts, says: Says) -> Network:
    """Return the network in exact steps, its word as it is weighed."""
    vectors, scale = _whole(parts["vectors"], np.abs(parts["vectors"]).max(initial=0), VECTOR_LEVELS)
    greatest = np.abs(parts["filters"]).reshape(WIDTH, ROW, FILTERS).max(axis=(0, 1))
    filters, filter_scale = _whole(parts["filters"], np.tile(greatest, ROW), LEVELS)
    filter_scale = filter_scale[:FILTERS]
    return Network(
        labels=labels,
        buckets=buckets,
        vectors=vectors,
        vector_scale=float(scale),
        filters=filters,
        filter_scale=filter_scale,
        filter_bias=np.rint(parts["filter_bias"] / (filter_scale * scale)).astype(np.int32),
        inner=in_weight_steps(parts["inner"]),
        inner_bias=in_weight_steps(parts["inner_bias"]),
        outer=in_weight_steps(parts["outer"] * says.weight),
        bias=in_weight_steps(parts["bias"] * says.weight + says.shift),
        slope=in_weight_steps(says.slope),
    )


def _whole(values: Singles, greatest: Any, levels: int) -> tuple[NDArray[np.int8], Any]:
    """Return whole numbers up to `levels`, and what one of them is worth."""
    scale = np.maximum(np.asarray(greatest, np.float64), np.finfo(np.float32).tiny) / levels
    return np.rint(values / scale).astype(np.int8), scale
