"""A model's file, read back: weights are those of half precision, to the last bit."""

from pathlib import Path

import numpy as np
import pytest

from sopgen.language.linear import LEVELS, Weights, _of_half_precision, read_weights, write_weights


def rounded(steps, scale):
    """Return the same as NumPy rounds it."""
    return (steps * scale).astype(np.float16).astype(np.float32)


@pytest.mark.parametrize("spread", [1e-9, 1e-4, 1e-2, 1.0, 400.0, 1e6])
def test_weights_are_rounded_as_half_precision_is(spread):
    """All 256 steps of many scales, such as real models have and such as they do not."""
    dice = np.random.default_rng(7)
    scale = (dice.random(600) * spread + np.finfo(np.float32).tiny).astype(np.float32)
    steps = np.repeat(np.arange(-128, 128, dtype=np.int8)[:, None], len(scale), axis=1)
    with np.errstate(over="ignore"):
        assert np.array_equal(_of_half_precision(steps, scale).astype(np.float32), rounded(steps, scale))


def test_numbers_half_way_are_rounded_to_even():
    """Steps of a scale that lies between two numbers of half precision."""
    steps = np.arange(-128, 128, dtype=np.int8)[:, None]
    for scale in (
        np.float32([1 + 2**-11]),
        np.float32([1 + 3 * 2**-11]),
        np.float32([2**-14]),
        np.float32([500]),
    ):
        assert np.array_equal(_of_half_precision(steps, scale).astype(np.float32), rounded(steps, scale))


@pytest.mark.parametrize("role", ["agent", "customer"])
def test_the_models_that_come_with_sopgen_are_read_so(role):
    """Every weight of both."""
    path = Path(__file__).parents[2] / "checks" / "model" / f"{role}.npz"
    with np.load(path) as held:
        expected = rounded(held["weights"], held["scale"])
    found = read_weights(path).weights
    assert np.array_equal(found, expected)
    assert found.dtype == np.float32


def test_what_was_read_is_written_alike(tmp_path):
    """Reading and writing a file leaves the same model."""
    dice = np.random.default_rng(3)
    model = Weights(
        labels=("a", "b"),
        buckets=np.arange(5, dtype=np.uint32),
        weights=dice.standard_normal((5, 2)).astype(np.float16),
        bias=np.zeros(2, np.float32),
        slope=np.ones(2, np.float32),
        shift=np.zeros(2, np.float32),
    )
    write_weights(model, tmp_path / "one.npz")
    read = read_weights(tmp_path / "one.npz")
    write_weights(read, tmp_path / "two.npz")
    assert np.array_equal(read_weights(tmp_path / "two.npz").weights, read.weights)
    half_a_step = np.abs(model.weights).max(axis=0) / LEVELS / 2
    assert (np.abs(read.weights - model.weights) < 1.05 * half_a_step).all()
