"""The encoder as the teacher of the other models: what it makes of labelled lines and of their sentences.

A label is people's yes or no, and now and then a slip; the encoder, which read the words around a message and
far more text than our lines, says how clear a case it is. Those who learn from both learn more than from
either (Hinton, Vinyals and Dean, "Distilling the Knowledge in a Neural Network", 2015).
"""

import functools
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sopgen.language.encoder import CHARACTERS, Heard, heard_in, open_encoder
from sopgen.language.labelled import Line

Teach = Callable[[str, Sequence[Heard]], Mapping[str, NDArray[np.float64]]]
"""From a role and messages of it to the chance of each label, one number a message."""

WORKERS = 2
"""Threads that read side by side: more would be idle on two cores (our decision, 2026-11-23)."""


def make_teacher(folder: Path) -> Teach:
    """Return the teacher that the encoder of a folder is. Errors: those of `open_encoder`, when asked."""
    opened = functools.cache(lambda: open_encoder(folder))

    def teach(role: str, heard: Sequence[Heard]) -> Mapping[str, NDArray[np.float64]]:
        encode, blends = opened()
        labels = [label for label in blends if label.startswith(f"{role}/")]

        def odds_of(each: Heard) -> list[float]:
            said = encode(each)
            return [said[label] for label in labels]

        with ThreadPoolExecutor(WORKERS) as threads:
            odds = np.array(list(threads.map(odds_of, heard))).reshape(len(heard), len(labels))
        chances = 1 / (1 + np.exp(-odds))
        return {label.partition("/")[2]: chances[:, place] for place, label in enumerate(labels)}

    return teach


def heard_lines(lines: Sequence[Line]) -> list[Heard]:
    """Return the lines as the encoder hears them, those of a conversation with what is said around them."""
    found = [Heard(line.text, line.before[-CHARACTERS:]) for line in lines]
    talks: dict[str, list[int]] = {}
    for number, line in enumerate(lines):
        if line.conversation:
            talks.setdefault(line.conversation, []).append(number)
    for numbers in talks.values():
        numbers.sort(key=lambda number: lines[number].position)
        talk = [(line.role, line.text, line.before) for line in map(lines.__getitem__, numbers)]
        for number, heard in zip(numbers, heard_in(talk), strict=True):
            found[number] = heard
    return found
