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

from sopgen.conversation.importer import UnreadableError

MOST_ENTRIES = 20_000
"""Entries of an archive: twice the media that a WhatsApp export holds at most (our decision, 2026-11-21)."""

LARGEST_ENTRY = 1 << 28
"""Bytes of one unpacked entry (256 MiB; our decision, 2026-11-21)."""

HIGHEST_RATIO = 200
"""Unpacked to packed bytes, above FREE_BYTES: chats pack to about a tenth, templates to a fiftieth."""

_FREE_BYTES = 1 << 20
_LARGEST_DIRECTORY = 1 << 23
_END = b"PK\x05\x06"
_END_LENGTH = 22
_CHUNK = 1 << 20
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, struct.error, ValueError, IndexError, OSError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """An open archive: the names of its files, in its order, and their contents."""

    names: tuple[str, ...]
    _infos: dict[str, zipfile.ZipInfo]
    _zip: zipfile.ZipFile

    def read(self, name: str) -> bytes:
        """Return the content of an entry; UnreadableError where it is broken, encrypted, or too big."""
        info = self._infos[name]
        if info.flag_bits & 1:
            raise UnreadableError(
                "EXP112", f"'{name}' in the archive is encrypted", "unpack it with its password"
            )
        content = bytearray()
        with _damage_told(name), self._zip.open(info) as stream:
            while chunk := stream.read(_CHUNK):
                content += chunk
                _refuse_bomb(name, len(content), info.compress_size)
        return bytes(content)


@contextmanager
def open_archive(path: Path) -> Iterator[Archive]:
    """Return the archive; UnreadableError EXP110 when it is damaged, EXP111 when it has too many entries."""
    _refuse_crowd(path)
    with _damage_told(path.name):
        opened = zipfile.ZipFile(path)
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


def _refuse_bomb(name: str, unpacked: int, packed: int) -> None:
    if unpacked > LARGEST_ENTRY:
        reason = f"'{name}' unpacks to more than {LARGEST_ENTRY >> 20} MiB"
        raise UnreadableError("EXP111", reason, "split the export")
    if unpacked > _FREE_BYTES and unpacked > HIGHEST_RATIO * max(packed, 1):
        reason = f"'{name}' unpacks to more than {HIGHEST_RATIO} times its size"
        raise UnreadableError("EXP111", reason, "unpack it yourself if you trust it")


def _refuse_crowd(path: Path) -> None:
    """Read the end record only: a hostile directory must not even be loaded."""
    with path.open("rb") as stream:
        size = stream.seek(0, 2)
        stream.seek(max(0, size - (1 << 16) - _END_LENGTH))
        tail = stream.read()
    at = tail.rfind(_END)
    if at < 0 or at + _END_LENGTH > len(tail):
        reason = f"'{path.name}' is a damaged or half-written archive: it has no end"
        raise UnreadableError("EXP110", reason, "export or copy it again")
    count, length = struct.unpack_from("<HI", tail, at + 10)
    if count > MOST_ENTRIES or length > _LARGEST_DIRECTORY:
        reason = f"'{path.name}' holds more than {MOST_ENTRIES} files"
        raise UnreadableError("EXP111", reason, "split the archive")


def _name_of(info: zipfile.ZipInfo) -> str:
    """Return the entry's name; zipfile reads UTF-8 that is not declared as such in an old code page."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename
