"""A JSON value whose shape nobody promised, read without surprises.

What is absent, null or of another sort than asked for counts as not there: an export that writes a list where
its documents promise a text costs that text, not the run. Paths are keys with dots: `node.text("user.name")`.
"""

from functools import cache
from typing import Any


class Node:
    """One value; every question about it has an answer."""

    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value = value

    def __bool__(self) -> bool:
        """Return whether there is anything."""
        return bool(self.value)

    def get(self, *paths: str) -> Any:
        """Return the value under the first path that has one, None without."""
        root = self.value
        if not isinstance(root, dict):
            return None
        for path in paths:
            value = _deep(root, path) if "." in path else root.get(path)
            if value is not None:
                return value
        return None

    def has(self, path: str) -> bool:
        """Return whether the path is there, be it null."""
        before, _, key = path.rpartition(".")
        holder = self.get(before) if before else self.value
        return isinstance(holder, dict) and key in holder

    def text(self, *paths: str) -> str:
        """Return the first text (or number, as text) under the paths that is not blank, else ""."""
        for path in paths:
            value = self.get(path)
            if value is None:
                continue
            if isinstance(value, str) and value.strip():
                return value
            if isinstance(value, int | float) and not isinstance(value, bool):
                return str(value)
        return ""

    def number(self, *paths: str) -> float | int | None:
        """Return the first number under the paths, also one written as text; else None."""
        for path in paths:
            value = self.get(path)
            if isinstance(value, int | float) and not isinstance(value, bool):
                return value
            if isinstance(value, str) and value.strip().lstrip("-").isdecimal() and len(value) < 20:
                return int(value)
        return None

    def scalar(self, *paths: str) -> str | float | int | None:
        """Return the first number or text under the paths as it stands, without blank ones; else None."""
        for path in paths:
            value = self.get(path)
            if isinstance(value, str | int | float) and not isinstance(value, bool) and value != "":
                return value
        return None

    def flag(self, *paths: str) -> bool:
        """Return whether true stands under one of the paths (also as 1 or in letters)."""
        return any(self.get(path) in (True, 1, "true", "True", "1") for path in paths)

    def node(self, *paths: str) -> "Node":
        """Return the first object under the paths; an empty one without."""
        found = (value for path in paths if isinstance(value := self.get(path), dict))
        return Node(next(found, {}))

    def nodes(self, *paths: str) -> list["Node"]:
        """Return the objects of the first list under the paths; without paths, of the value itself."""
        return [Node(each) for each in self.items(*paths) if isinstance(each, dict)]

    def items(self, *paths: str) -> list[Any]:
        """Return the first list under the paths; without paths, the value itself if it is one; else []."""
        values = (self.get(path) for path in paths) if paths else iter([self.value])
        return next((value for value in values if isinstance(value, list)), [])

    def texts(self, *paths: str) -> tuple[str, ...]:
        """Return the texts of the first list under the paths."""
        return tuple(each for each in self.items(*paths) if isinstance(each, str) and each.strip())

    def keys(self) -> tuple[str, ...]:
        """Return the object's keys."""
        return tuple(self.value) if isinstance(self.value, dict) else ()


def _deep(root: Any, path: str) -> Any:
    for key in _keys(path):
        if not isinstance(root, dict):
            return None
        root = root.get(key)
    return root


@cache
def _keys(path: str) -> tuple[str, ...]:
    """Return the keys of a path; paths are written in importers, so there are few."""
    return tuple(path.split("."))
