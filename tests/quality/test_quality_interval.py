"""Intervals and agreement against figures worked out by hand or printed in the literature."""

from math import isclose

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopgen.quality.agreement import cohens_kappa
from sopgen.quality.interval import Estimate, Figures, bootstrap, f1_share, share, wider


@pytest.mark.parametrize(
    ("part", "of", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),  # R. Newcombe, Statistics in Medicine 17 (1998), table I, method 3
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (29, 29, 0.8830, 1.0000),
    ],
)
def test_wilson_bounds_are_those_of_the_literature(part: int, of: int, low: float, high: float) -> None:
    """Without continuity correction, at 95 %."""
    estimate = share(part, of)
    assert estimate.value == part / of
    assert estimate.low is not None
    assert estimate.high is not None
    assert isclose(estimate.low, low, abs_tol=0.00005)
    assert isclose(estimate.high, high, abs_tol=0.00005)


def test_a_share_of_nothing_is_undefined() -> None:
    """No case, no figure: neither 0 % nor 100 %."""
    assert share(0, 0) == Estimate(value=None, low=None, high=None, of=0)


def test_few_cases_are_said_to_be_few() -> None:
    """Below thirty."""
    assert share(29, 29).small
    assert not share(30, 30).small


@given(st.integers(1, 5000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_a_share_lies_within_its_bounds(case: tuple[int, int]) -> None:
    """0 <= low <= value <= high <= 1, whatever the counts."""
    estimate = share(*case)
    assert estimate.low is not None
    assert estimate.value is not None
    assert estimate.high is not None
    assert 0 <= estimate.low <= estimate.value <= estimate.high <= 1


def means(sums: Figures) -> Figures:
    return sums[:, :1] / sums[:, 1:]


def test_the_bootstrap_is_the_same_each_time() -> None:
    """A seed, not the clock, decides what is drawn."""
    table = np.array([[n % 3 == 0, 1] for n in range(200)], dtype=np.int64)
    assert bootstrap(table, means) == bootstrap(table, means)
    assert bootstrap(table, means, seed=1) != bootstrap(table, means, seed=2)


def test_the_bootstrap_of_a_share_is_near_the_interval_of_a_share() -> None:
    """Two ways to one interval: for 200 cases they differ by less than two points."""
    table = np.array([[n % 4 == 0, 1] for n in range(200)], dtype=np.int64)
    (drawn,) = bootstrap(table, means)
    known = share(50, 200)
    assert drawn.value == known.value
    assert drawn.low is not None
    assert known.low is not None
    assert drawn.high is not None
    assert known.high is not None
    assert abs(drawn.low - known.low) < 0.02
    assert abs(drawn.high - known.high) < 0.02


def test_the_bootstrap_of_nothing_is_undefined() -> None:
    """No conversation, no figure."""

    def undefined(sums: Figures) -> Figures:
        return np.where(sums > 0, sums, np.nan)

    (estimate,) = bootstrap(np.zeros((0, 1), dtype=np.int64), undefined)
    assert estimate.value is None


def test_kappa_is_that_of_the_textbook() -> None:
    """Fifty cases, 20 and 15 agreed: observed 0.7, expected 0.5, kappa 0.4."""
    kappa = cohens_kappa([[20, 5], [10, 15]])
    assert kappa.value is not None
    assert isclose(kappa.value, 0.4)
    assert kappa.of == 50


def test_kappa_of_three_verdicts() -> None:
    """Worked by hand: observed 21 / 25; expected (12 * 10 + 5 * 6 + 8 * 9) / 625."""
    kappa = cohens_kappa([[10, 1, 1], [0, 4, 1], [0, 1, 7]])
    assert kappa.value is not None
    observed, expected = 21 / 25, (12 * 10 + 5 * 6 + 8 * 9) / 625
    assert isclose(kappa.value, (observed - expected) / (1 - expected))


def test_kappa_without_variety_is_undefined() -> None:
    """Two judges who only ever say pass show nothing about their agreement beyond chance."""
    assert cohens_kappa([[9, 0], [0, 0]]).value is None
    assert cohens_kappa([[0, 0], [0, 0]]).value is None


def test_f1_and_its_bounds() -> None:
    """3 true, 1 false, 2 missed: F1 6 / 9; the bounds are those of the share 3 / 6, carried over."""
    estimate, jaccard = f1_share(3, 1, 2), share(3, 6)
    assert estimate.value is not None
    assert isclose(estimate.value, 6 / 9)
    assert jaccard.low is not None
    assert estimate.low == 2 * jaccard.low / (1 + jaccard.low)
    assert (estimate.of, f1_share(0, 0, 0).value) == (6, None)


def test_perfect_figures_of_few_cases_are_not_certain() -> None:
    """Four fails found of four: F1 and kappa of 1, with room below."""
    f1, kappa = f1_share(4, 0, 0), cohens_kappa([[60, 0], [0, 4]])
    assert (f1.value, kappa.value) == (1, 1)
    assert f1.low is not None
    assert kappa.low is not None
    assert f1.low < 0.7
    assert kappa.low < 0.7


def test_intervals_hold_the_truth_as_often_as_they_say() -> None:
    """Of samples of 66 cases with 7 % fails, at least 92 % of the intervals hold the true F1 and kappa."""
    shares = np.array([[0.853, 0.003, 0], [0.003, 0.057, 0], [0, 0, 0.084]])
    shares /= shares.sum()
    true_f1 = 2 * shares[1, 1] / (2 * shares[1, 1] + shares[0, 1] + shares[1, 0])
    expected = float((shares.sum(axis=0) * shares.sum(axis=1)).sum())
    true_kappa = (np.trace(shares) - expected) / (1 - expected)
    random = np.random.default_rng(7)
    tables = random.multinomial(66, shares.ravel(), size=1000).reshape(-1, 3, 3)
    held_f1 = [holds(f1_share(int(t[1, 1]), int(t[0, 1]), int(t[1, 0])), true_f1) for t in tables]
    held_kappa = [holds(cohens_kappa(t.tolist()), true_kappa) for t in tables]
    assert np.mean(held_f1) > 0.92
    assert np.mean(held_kappa) > 0.92


def holds(estimate: Estimate, truth: float) -> bool:
    return estimate.low is None or estimate.high is None or estimate.low <= truth <= estimate.high


def test_the_wider_of_two_intervals() -> None:
    """The first figure with the outer bounds; an undefined figure stays undefined."""
    one = Estimate(value=0.5, low=0.4, high=0.6, of=9)
    assert wider(one, Estimate(value=0.7, low=0.45, high=0.9, of=4)) == Estimate(
        value=0.5, low=0.4, high=0.9, of=9
    )
    undefined = Estimate(value=None, low=None, high=None, of=0)
    assert wider(undefined, one) == undefined
    assert wider(one, undefined) == one
