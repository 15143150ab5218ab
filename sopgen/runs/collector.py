"""The collector of cyclic garbage, held back while conversations are judged.

What the checker is made of stays, and what judging leaves behind goes by itself, as next to nothing of it
refers to itself. Looking through it all over and over took a seventh of a run (measured 2026-11-22).
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

OBJECTS_BETWEEN = 100_000
"""Objects made and not yet gone after which the young ones are looked through; Python's own choice is 700."""

PASSES_BETWEEN = 20
"""Passes over younger objects to one over older ones."""


@contextmanager
def seldom_collecting() -> Iterator[None]:
    """Look through new objects seldom, and not at all through those that are there; then as before."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(OBJECTS_BETWEEN, PASSES_BETWEEN, PASSES_BETWEEN)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
