"""Zip archives from strangers: names and contents, bounded, never unpacked to disk.

A name inside an archive is only ever compared and shown; it is no path. Half-written, encrypted and absurdly
packed archives raise UnreadableError: EXP110 damaged, EXP111 too big, EXP112 encrypted.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO

from sopgen.conversation.importer import UnreadableError
from sopgen.conversation.unpacking import Damage, Unpacked

MOST_ENTRIES = 20_000
"""Entries of an archive: twice the media that a WhatsApp export holds at most (our decision, 2026-11-21)."""

LARGEST_ENTRY = 1 << 28
"""Bytes of one unpacked entry that is read as a whole (256 MiB; our decision, 2026-11-21)."""

_LARGEST_DIRECTORY = 1 << 23
_END = b"PK\x05\x06"
_END_LENGTH = 22
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, struct.error, ValueError, IndexError, OSError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """An open archive: the names of its files, in its order, and their contents."""

    names: tuple[str, ...]
    _infos: dict[str, zipfile.ZipInfo]
    _zip: zipfile.ZipFile

    def open(self, name: str, damage: Damage) -> BinaryIO:
        """Return an entry as a stream of bounded length; UnreadableError where it cannot even be opened."""
        info = self._infos[name]
        if info.flag_bits & 1:
            raise UnreadableError(
                "EXP112", f"'{name}' in the archive is encrypted", "unpack it with its password"
            )
        with _damage_told(name):
            opened = self._zip.open(info)
        return Unpacked(opened, name=name, packed=info.compress_size, damage=damage).buffered()

    def size(self, name: str) -> int:
        """Return the packed bytes of an entry."""
        return self._infos[name].compress_size

    def read(self, name: str) -> bytes:
        """Return the content of an entry; UnreadableError where it is broken, encrypted, or too big."""
        damages: list[UnreadableError] = []
        with self.open(name, damages.append) as stream:
            content = stream.read(LARGEST_ENTRY + 1)
        if damages:
            raise damages[0]
        if len(content) > LARGEST_ENTRY:
            reason = f"'{name}' unpacks to more than {LARGEST_ENTRY >> 20} MiB"
            raise UnreadableError("EXP111", reason, "split the export")
        return content


@contextmanager
def open_archive(origin: Path | BinaryIO, name: str = "") -> Iterator[Archive]:
    """Return the archive called `name`; UnreadableError EXP110: damaged, EXP111: too many entries."""
    name = name or (origin.name if isinstance(origin, Path) else "the archive")
    with origin.open("rb") if isinstance(origin, Path) else origin as stream:
        _refuse_crowd(stream, name)
        with _damage_told(name):
            opened = zipfile.ZipFile(stream)
        with opened:
            infos = {_name_of(info): info for info in opened.infolist() if not info.is_dir()}
            yield Archive(names=tuple(infos), _infos=infos, _zip=opened)


@contextmanager
def _damage_told(name: str) -> Iterator[None]:
    try:
        yield
    except UnreadableError:
        raise
    except (NotImplementedError, RuntimeError) as error:
        reason = f"'{name}' is packed in a way that cannot be read: {error}"
        raise UnreadableError("EXP110", reason, "pack it again as an ordinary zip") from error
    except _BROKEN as error:
        reason = f"'{name}' is a damaged or half-written archive: {error}"
        raise UnreadableError("EXP110", reason, "export or copy it again") from error


def _refuse_crowd(stream: IO[bytes], name: str) -> None:
    """Read the end record only: a hostile directory must not even be loaded."""
    size = stream.seek(0, 2)
    stream.seek(max(0, size - (1 << 16) - _END_LENGTH))
    tail = stream.read()
    at = tail.rfind(_END)
    if at < 0 or at + _END_LENGTH > len(tail):
        reason = f"'{name}' is a damaged or half-written archive: it has no end"
        raise UnreadableError("EXP110", reason, "export or copy it again")
    count, length = struct.unpack_from("<HI", tail, at + 10)
    if count > MOST_ENTRIES or length > _LARGEST_DIRECTORY:
        reason = f"'{name}' holds more than {MOST_ENTRIES} files"
        raise UnreadableError("EXP111", reason, "split the archive")


def _name_of(info: zipfile.ZipInfo) -> str:
    """Return the entry's name; zipfile reads UTF-8 that is not declared as such in an old code page."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename
