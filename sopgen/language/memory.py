"""Answers remembered up to a number, lest memory grow with what goes by."""

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

WORDS_KNOWN = 1 << 16
"""Words remembered; then they are forgotten together (our decision, 2026-11-22)."""

LONGEST_KNOWN = 40
"""Letters of the longest word that is remembered."""


class Memory(Generic[K, V]):
    """What was put last and asked for last, `size` answers at most; the rest is forgotten bit by bit."""

    __slots__ = ("_half", "_new", "_old")

    def __init__(self, size: int) -> None:
        self._half = max(1, size // 2)
        self._new: dict[K, V] = {}
        self._old: dict[K, V] = {}

    def get(self, key: K) -> V | None:
        """Return the answer, None when it is not known or no longer."""
        found = self._new.get(key)
        if found is None and key in self._old:
            found = self._old[key]
            self.put(key, found)
        return found

    def put(self, key: K, answer: V) -> None:
        """Remember the answer."""
        if len(self._new) >= self._half:
            self._old, self._new = self._new, {}
        self._new[key] = answer


class WordMemory(dict[str, V]):
    """What was worked out about words, by the word; what is not known yet is worked out."""

    __slots__ = ("_work_out",)

    def __init__(self, work_out: Callable[[str], V]) -> None:
        self._work_out = work_out

    def __missing__(self, word: str) -> V:
        """Return what a new word comes to, and remember it unless it is very long."""
        found = self._work_out(word)
        if len(word) <= LONGEST_KNOWN:
            if len(self) >= WORDS_KNOWN:
                self.clear()
            self[word] = found
        return found
