"""Bytes of an export as text: UTF-8, UTF-16 with its mark, and what a broken file still holds."""

import codecs
import io
from dataclasses import dataclass
from typing import BinaryIO, cast

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """A text, and how it was read: `note` is "" for clean UTF-8 or UTF-16, else what was assumed."""

    text: str
    note: str = ""


def decode(data: bytes) -> Decoded:
    """Return the text of a whole file. Never fails.

    A line that is not UTF-8 is read as Windows-1252, alone: one bad line must not turn every emoji of the
    others into mojibake. A character cut off at the end of a file that is UTF-8 elsewhere is dropped. NULs
    are dropped, unless they show UTF-16 without its mark.
    """
    if data.startswith(_UTF16):
        return Decoded(text=data.decode("utf-16", errors="replace").removeprefix("\ufeff"))
    unmarked = _unmarked_utf16(data)
    if unmarked:
        return Decoded(
            text=data.decode(unmarked, errors="replace"), note=f"no byte order mark; read as {unmarked}"
        )
    text = _utf8(data)
    if "\0" in text.text:
        note = text.note or "NUL bytes left out"
        return Decoded(text=text.text.replace("\0", ""), note=note)
    return text


def as_utf8(stream: BinaryIO) -> BinaryIO:
    """Return a stream of the same text in UTF-8: the stream itself, unless a UTF-16 mark opens it."""
    buffered = (
        stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(cast("io.RawIOBase", stream))
    )
    if buffered.peek(2)[:2] in _UTF16:
        return io.BufferedReader(_Recoded(buffered))
    return buffered


class _Recoded(io.RawIOBase):
    """UTF-16 bytes as UTF-8 bytes, a chunk at a time; what is no character becomes U+FFFD."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder("utf-16")(errors="replace")
        self._held = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        while not self._held:
            chunk = self._stream.read(_CHUNK)
            self._held = self._decoder.decode(chunk, final=not chunk).encode("utf-8", errors="replace")
            if not chunk:
                break
        count = min(len(buffer), len(self._held))
        buffer[:count] = self._held[:count]
        self._held = self._held[count:]
        return count


def _unmarked_utf16(data: bytes) -> str:
    """Return the UTF-16 that most of the first characters show by a NUL in every other byte, else ""."""
    head = data[:512]
    if head.count(0) * 3 < len(head) or len(head) < 4:
        return ""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if odd > 4 * even:
        return "utf-16-le"
    return "utf-16-be" if even > 4 * odd else ""


def _utf8(data: bytes) -> Decoded:
    try:
        return Decoded(text=data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        whole = error.object  # without the byte order mark
        before = whole[: error.start]
        if error.end == len(whole) and error.reason == "unexpected end of data" and not before.isascii():
            return Decoded(text=before.decode(), note="the last character is cut off; left out")
    return _line_by_line(data.removeprefix(codecs.BOM_UTF8))


def _line_by_line(data: bytes) -> Decoded:
    lines, odd = [], []
    for number, line in enumerate(data.split(b"\n"), start=1):
        try:
            lines.append(line.decode("utf-8"))
        except UnicodeDecodeError:
            lines.append(line.decode("cp1252", errors="replace"))
            odd.append(number)
    count = f"line {odd[0]} is" if len(odd) == 1 else f"line {odd[0]} and {len(odd) - 1} more are"
    return Decoded(text="\n".join(lines), note=f"{count} not UTF-8; read as Windows-1252")
