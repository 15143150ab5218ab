"""A model's file, read back."""

from dataclasses import replace

import numpy as np
import pytest

from sopgen.base.errors import PackError
from sopgen.language.linear import LEVELS, Weights, in_levels, read_weights, write_weights


def test_what_was_written_is_read_alike(tmp_path):
    """Each part comes back as it was, and is written to the same bytes again."""
    model = made(np.random.default_rng(3).standard_normal((5, 2)))
    write_weights(model, tmp_path / "one.npz")
    read = read_weights(tmp_path / "one.npz")
    write_weights(read, tmp_path / "two.npz")
    assert read.labels == model.labels
    assert np.array_equal(read.weights, model.weights)
    assert read.weights.dtype == np.int8
    assert np.array_equal(read.scale, model.scale)
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()


def test_weights_are_the_nearest_levels():
    """None is off by more than half a level, and the largest of each label takes all of them."""
    exact = np.random.default_rng(3).standard_normal((50, 2)) * (1, 1e-6)
    weights, scale = in_levels(exact)
    assert (np.abs(weights * scale - exact) < 0.501 * scale).all()
    assert np.abs(weights).max(axis=0).tolist() == [LEVELS, LEVELS]


def test_labels_without_any_weight_have_levels_of_nothing():
    """Nothing is divided by nothing."""
    weights, scale = in_levels(np.zeros((3, 1)))
    assert not weights.any()
    assert (scale > 0).all()


@pytest.mark.parametrize(
    "odd", [{"scale": np.ones(3, np.float32)}, {"weights": np.ones((5, 2))}, {"labels": ()}]
)
def test_a_file_whose_parts_do_not_fit_together_is_named(tmp_path, odd):
    """Before any message is judged, and with what to do."""
    write_weights(replace(made(np.ones((5, 2))), **odd), tmp_path / "odd.npz")
    with pytest.raises(PackError, match=r"odd\.npz' cannot be read: its parts") as raised:
        read_weights(tmp_path / "odd.npz")
    assert raised.value.code == "MDL101"


def made(exact):
    """Return a model of these weights."""
    weights, scale = in_levels(exact)
    return Weights(
        labels=("a", "b"),
        buckets=np.arange(len(exact), dtype=np.uint32),
        weights=weights,
        scale=scale,
        bias=np.zeros(2, np.float32),
        slope=np.ones(2, np.float32),
        shift=np.zeros(2, np.float32),
    )
