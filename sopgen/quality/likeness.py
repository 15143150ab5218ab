"""Texts that say the same in other words, put together: clusters that hold, and the rest left alone.

TF-IDF of word stems, reduced by LSA, k-means from a fixed seed; scikit-learn is needed here alone. A cluster
that is small or loose is none: its texts stay unsorted rather than under a wrong heading.
"""

from collections import Counter
from collections.abc import Sequence
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from sopgen.quality.matter import telling_words

SMALLEST = 5
"""Texts of a cluster at least (our decision, 2026-11-22)."""

TIGHT = 0.55
"""Mean cosine of a cluster's texts to its middle at least (chosen on the training dialogues, 2026-11-22)."""

_TEXTS_A_CLUSTER = 12
_MOST_CLUSTERS = 40
_DIMENSIONS = 50
_SEED = 20261122
UNSORTED = -1

Vectors = NDArray[np.float64]


def clusters_of(texts: Sequence[str], *, smallest: int = SMALLEST) -> tuple[int, ...]:
    """Return for each text the number of its cluster, from 0, or UNSORTED.

    The same texts in the same order give the same clusters.
    """
    if len(texts) < 2 * smallest:
        return (UNSORTED,) * len(texts)
    from threadpoolctl import threadpool_limits  # noqa: PLC0415 -- heavy, and needed for reports alone

    with threadpool_limits(1):  # several threads spin for small matrices, and add in another order
        vectors = _vectors(texts)
        if vectors is None:
            return (UNSORTED,) * len(texts)
        return _kept(_labels(vectors, len(texts)), vectors, smallest)


def _vectors(texts: Sequence[str]) -> Vectors | None:
    """Return a row of length 1 for each text, of zeros where it says nothing that another says, too."""
    from sklearn.decomposition import TruncatedSVD  # noqa: PLC0415 -- heavy, and needed for reports alone
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415
    from sklearn.preprocessing import normalize  # noqa: PLC0415

    stems = [[stem for _, stem in telling_words(text)] for text in texts]
    try:
        counted = TfidfVectorizer(analyzer=list, min_df=2, max_df=0.5, sublinear_tf=True).fit_transform(stems)
    except ValueError:  # no word stands in two texts
        return None
    if counted.shape[1] > _DIMENSIONS:
        counted = TruncatedSVD(_DIMENSIONS, random_state=_SEED).fit_transform(counted)
    rows: Vectors = np.asarray(counted.todense() if hasattr(counted, "todense") else counted)
    length_one: Vectors = normalize(rows)
    return length_one


def _labels(vectors: Vectors, count: int) -> NDArray[np.int64]:
    from sklearn.cluster import KMeans  # noqa: PLC0415

    distinct = len(np.unique(vectors.round(9), axis=0))
    number = max(1, min(max(2, count // _TEXTS_A_CLUSTER), _MOST_CLUSTERS, distinct))
    labels: NDArray[np.int64] = KMeans(number, n_init=1, random_state=_SEED).fit_predict(vectors)
    return labels


def _kept(labels: NDArray[np.int64], vectors: Vectors, smallest: int) -> tuple[int, ...]:
    """Return the labels, those of small and loose clusters as UNSORTED, the others from 0, biggest first."""
    kept: list[tuple[int, int]] = []
    for label in range(int(labels.max()) + 1):
        members = vectors[labels == label]
        if len(members) >= smallest and _tightness(members) >= TIGHT:
            kept.append((-len(members), label))
    number = {label: place for place, (_, label) in enumerate(sorted(kept))}
    says = [bool(row.any()) for row in vectors]
    return tuple(
        number.get(label, UNSORTED) if told else UNSORTED
        for label, told in zip(labels.tolist(), says, strict=True)
    )


def _tightness(members: Vectors) -> float:
    middle = members.mean(axis=0)
    length = float(np.linalg.norm(middle))
    return float((members @ middle).mean() / length) if length else 0.0


def middle_first(texts: Sequence[str]) -> tuple[int, ...]:
    """Return the places of the texts, those first that have most in common with all of them."""
    stems = [{stem for _, stem in telling_words(text)} for text in texts]
    common = Counter(stem for each in stems for stem in each)

    def nearness(place: int) -> float:
        return sum(common[stem] for stem in stems[place]) / sqrt(len(stems[place]) + 1)

    return tuple(sorted(range(len(texts)), key=lambda place: (-nearness(place), place)))
