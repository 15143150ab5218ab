"""The collector of cyclic garbage is held back for a while, and no longer."""

import gc

import pytest

from sopgen.runs.collector import OBJECTS_BETWEEN, seldom_collecting


def test_the_collector_is_held_back_and_let_go():
    """What is there is passed over, what is new is looked through seldom; then all is as it was."""
    before = gc.get_threshold(), gc.get_freeze_count()
    with seldom_collecting():
        assert gc.get_threshold()[0] == OBJECTS_BETWEEN
        assert gc.get_freeze_count() > before[1]
    assert (gc.get_threshold(), gc.get_freeze_count()) == before


def test_the_collector_is_let_go_after_an_error():
    """A run that fails leaves the collector as it found it."""
    before = gc.get_threshold()
    with pytest.raises(KeyError), seldom_collecting():
        raise KeyError
    assert gc.get_threshold() == before
