"""Answers remembered up to a number; then those that nobody asked for in a while are forgotten."""

from collections.abc import Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Memory(Generic[K, V]):
    """What was put last and asked for last, `size` answers at most."""

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
