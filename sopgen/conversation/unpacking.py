"""Streams that unpack to more than they are: gzip, Zstandard, entries of a zip; bounded, and never to disk.

What is read counts against the packed size: HIGHEST_RATIO times it is refused (EXP111). A stream that breaks
off ends there, so that what stood before the break is read; who opened it is told the damage (EXP110).
"""

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable
from typing import Any, BinaryIO, cast

from sopgen.conversation.importer import UnreadableError

HIGHEST_RATIO = 200
"""Unpacked to packed bytes, above FREE_BYTES: chats pack to about a tenth, templates to a fiftieth."""

_FREE_BYTES = 1 << 20
_CHUNK = 1 << 16
Damage = Callable[[UnreadableError], None]
"""Told what broke a stream off."""

_GZIP = b"\x1f\x8b\x08"
_ZSTANDARD = b"\x28\xb5\x2f\xfd"
PACKED_SUFFIXES = (".gz", ".zst")
"""Ends of names that say no more than that the file is packed."""


class Unpacked(io.RawIOBase):
    """An unpacking stream that stops at a bomb and names its damage."""

    def __init__(
        self,
        stream: Any,
        *,
        name: str,
        packed: int,
        damage: Damage,
        beneath: BinaryIO | None = None,
    ) -> None:
        """`beneath` is what the stream unpacks, where closing the stream does not close it."""
        self._stream = stream
        self._beneath = beneath
        self._name = name
        self._damage = damage
        self._most = max(_FREE_BYTES, HIGHEST_RATIO * packed)
        self._read = 0

    def buffered(self) -> BinaryIO:
        """Return the stream with a buffer before it."""
        return io.BufferedReader(self, _CHUNK)

    def readable(self) -> bool:
        """Return true: that is what it is for."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill the buffer, with nothing where the stream is broken; UnreadableError EXP111: it is a bomb."""
        chunk = self._chunk(len(buffer))
        buffer[: len(chunk)] = chunk
        self._read += len(chunk)
        if self._read > self._most:
            reason = f"'{self._name}' unpacks to more than {HIGHEST_RATIO} times its size"
            raise UnreadableError("EXP111", reason, "unpack it yourself if you trust it")
        return len(chunk)

    def close(self) -> None:
        """Close what is underneath, too."""
        self._stream.close()
        if self._beneath is not None:
            self._beneath.close()
        super().close()

    def _chunk(self, length: int) -> bytes:
        try:
            return bytes(self._stream.read1(min(length, _CHUNK)))  # a longer read loses what precedes a break
        except UnreadableError:
            raise
        except (NotImplementedError, RuntimeError) as error:
            self._tell(f"is packed in a way that cannot be read: {error}", "pack it again as an ordinary zip")
        except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, IndexError, OSError) as error:
            self._tell(f"is damaged or breaks off: {error}", "export or copy it again")
        except Exception as error:
            if type(error).__name__ != "ZstdError":  # its module is loaded only where a file is packed so
                raise
            self._tell(f"is damaged or breaks off: {error}", "export or copy it again")
        return b""

    def _tell(self, what: str, hint: str) -> None:
        self._damage(UnreadableError("EXP110", f"'{self._name}' {what}", hint))


def unpacked(stream: BinaryIO, *, name: str, packed: int, damage: Damage) -> BinaryIO:
    """Return the stream, unpacked if it begins as gzip or Zstandard do. `packed` is its length."""
    buffered = (
        stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(cast("io.RawIOBase", stream))
    )
    start = buffered.peek(4)[:4]
    if start.startswith(_GZIP):
        stream = cast("BinaryIO", gzip.GzipFile(fileobj=buffered))
        return Unpacked(stream, name=name, packed=packed, damage=damage, beneath=buffered).buffered()
    if start == _ZSTANDARD:
        return Unpacked(_zstandard(buffered), name=name, packed=packed, damage=damage).buffered()
    return buffered


def _zstandard(stream: BinaryIO) -> BinaryIO:
    from zstandard import ZstdDecompressor  # noqa: PLC0415 -- only where a file is packed so

    opened = ZstdDecompressor(max_window_size=1 << 27).stream_reader(stream, read_across_frames=True)
    return cast("BinaryIO", opened)
