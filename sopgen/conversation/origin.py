"""Where the bytes of an export come from: a file, an entry of an archive, several files that belong together.

An Origin opens as a stream, unpacked, or as a Tree of named contents. Names in a tree are compared and shown;
they are no paths, except those of a Files tree, which were found on disk and not told by an export.
"""

import io
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from sopgen.conversation.archive import LARGEST_ENTRY, open_archive
from sopgen.conversation.importer import Tree, UnreadableError
from sopgen.conversation.unpacking import PACKED_SUFFIXES, Damage, unpacked

ARCHIVE_STARTS = (b"PK\x03\x04", b"PK\x05\x06")
"""First bytes of a zip, and of an empty one."""


class Origin(Protocol):
    """Opens the bytes of one export, as often as it is asked to."""

    @property
    def name(self) -> str:
        """Return the file's name, without what says that it is packed."""

    @property
    def place(self) -> str:
        """Return where it lies: a path with forward slashes, on disk or in its tree."""

    def open(self, damage: Damage) -> BinaryIO:
        """Return the bytes from the first; `damage` is told what breaks them off."""

    def tree(self) -> AbstractContextManager[Tree]:
        """Return the named contents of an archive or a bundle. UnreadableError EXP110 to EXP112."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OnDisk:
    """A file; `called` is its name where the path does not tell it."""

    path: Path
    called: str

    @property
    def name(self) -> str:
        """Return the file's name."""
        return unpacked_name(self.called)

    @property
    def place(self) -> str:
        """Return the file's path."""
        return self.path.as_posix()

    def open(self, damage: Damage) -> BinaryIO:
        """Return its bytes; OSError comes through."""
        return unpacked(
            self.path.open("rb"), name=self.called, packed=self.path.stat().st_size, damage=damage
        )

    @contextmanager
    def tree(self) -> Iterator[Tree]:
        """Return the archive that it is."""
        with self.path.open("rb") as stream:
            plain = stream.read(4) in ARCHIVE_STARTS
        with open_archive(self.path if plain else _held(self), self.called) as archive:
            yield archive


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One content of a tree that stays open meanwhile."""

    within: Tree
    entry: str

    @property
    def name(self) -> str:
        """Return the last part of the entry's name."""
        return unpacked_name(self.place.rpartition("/")[2])

    @property
    def place(self) -> str:
        """Return the entry's whole name."""
        return self.entry.replace("\\", "/")

    def open(self, damage: Damage) -> BinaryIO:
        """Return its bytes."""
        stream = self.within.open(self.entry, damage)
        return unpacked(stream, name=self.entry, packed=self.within.size(self.entry), damage=damage)

    @contextmanager
    def tree(self) -> Iterator[Tree]:
        """Return the archive that it is, held in memory."""
        with open_archive(_held(self), self.entry) as archive:
            yield archive


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """Contents of a tree that are one export together; as a stream it is the first of them."""

    within: Tree
    names: tuple[str, ...]

    @property
    def name(self) -> str:
        """Return the name of the first."""
        return self.names[0].rpartition("/")[2]

    @property
    def place(self) -> str:
        """Return where the first lies."""
        return self.names[0]

    def open(self, damage: Damage) -> BinaryIO:
        """Return the bytes of the first."""
        return Entry(within=self.within, entry=self.names[0]).open(damage)

    @contextmanager
    def tree(self) -> Iterator[Tree]:
        """Return the contents."""
        yield Part(within=self.within, names=self.names)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A tree of some names of another."""

    within: Tree
    names: tuple[str, ...]

    def open(self, name: str, damage: Damage) -> BinaryIO:
        """Return a content as a stream."""
        return self.within.open(name, damage)

    def read(self, name: str) -> bytes:
        """Return a content as a whole."""
        return self.within.read(name)

    def size(self, name: str) -> int:
        """Return the bytes of a content as they are stored."""
        return self.within.size(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """Files on disk as a tree, named by their paths with forward slashes."""

    paths: Mapping[str, Path]

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names, in their order."""
        return tuple(self.paths)

    def open(self, name: str, damage: Damage) -> BinaryIO:
        """Return a file as a stream; OSError comes through."""
        return unpacked(self.paths[name].open("rb"), name=name, packed=self.size(name), damage=damage)

    def read(self, name: str) -> bytes:
        """Return a file's content; UnreadableError where it is too big to be held, or damaged."""
        return content_of(Entry(within=self, entry=name))

    def size(self, name: str) -> int:
        """Return a file's bytes."""
        return self.paths[name].stat().st_size


def content_of(origin: Origin) -> bytes:
    """Return all bytes; UnreadableError EXP110 where they break off, EXP111 above LARGEST_ENTRY."""
    damages: list[UnreadableError] = []
    with origin.open(damages.append) as stream:
        content = stream.read(LARGEST_ENTRY + 1)
    if damages:
        raise damages[0]
    if len(content) > LARGEST_ENTRY:
        raise UnreadableError(
            "EXP111", f"'{origin.name}' is larger than {LARGEST_ENTRY >> 20} MiB", "split the export"
        )
    return content


def unpacked_name(name: str) -> str:
    """Return a file's name without .gz or .zst."""
    for suffix in PACKED_SUFFIXES:
        if name.lower().endswith(suffix):
            return name[: -len(suffix)]
    return name


def _held(origin: Origin) -> BinaryIO:
    return io.BytesIO(content_of(origin))
