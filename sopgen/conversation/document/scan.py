"""Where the values of a JSON document begin and end, found chunk by chunk, without reading any of them.

A stream parser gives up at the first flaw. This only counts brackets outside strings, so that a broken record
costs that record and nothing else, and each whole one goes to the fast parser.
"""

import re
from dataclasses import dataclass
from typing import BinaryIO

from sopgen.conversation.encoding import as_utf8
from sopgen.conversation.line import Tick, no_tick

LONGEST_VALUE = 1 << 28
"""Bytes of one record (256 MiB: half a million messages; our decision, 2026-11-22)."""

_CHUNK = 1 << 18
_LONGEST_SCALAR = 1 << 16
_BOM = b"\xef\xbb\xbf"
_SPACES = re.compile(rb"[ \t\r\n\x00]*")
_NO_BRACKET = re.compile(rb'(?:[^"{}\[\]]+|"[^"\\]*(?:\\.[^"\\]*)*")*', re.DOTALL)
_IN_STRING = re.compile(rb'[^"\\]*(?:\\.[^"\\]*)*', re.DOTALL)
"""Nothing has to follow, so nothing is tried twice. Possessive ones find too little before Python 3.11.5."""
_SCALAR_END = re.compile(rb'[,:\]}{\["\s]')


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """The bytes of a value; `whole` unless the document ends in it, `too_long` where it was cut short."""

    raw: bytes
    whole: bool = True
    too_long: bool = False


class Scanner:
    """Walks over the values of a document."""

    def __init__(self, stream: BinaryIO, tick: Tick = no_tick) -> None:
        self._stream = as_utf8(stream)
        self._tick = tick
        self._data = b""
        self._at = 0
        if self.peek() and self._data.startswith(_BOM, self._at):
            self._at += len(_BOM)

    def peek(self) -> bytes:
        """Return the next byte that is no white space, b"" at the end."""
        while True:
            found = _SPACES.match(self._data, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._data):
                return self._data[self._at : self._at + 1]
            if not self._fetch():
                return b""

    def take(self) -> bytes:
        """Return the next byte that is no white space, and step over it."""
        byte = self.peek()
        self._at += len(byte)
        return byte

    def value(self, most: int | None = None) -> Slice:
        """Return the next value; what is none comes as the bytes up to the next mark, at least one.

        Of a value longer than `most` bytes (LONGEST_VALUE) only the first are held: 0 steps over it.
        """
        most = LONGEST_VALUE if most is None else most
        start = self.peek()
        if start not in (b'"', b"{", b"["):
            return self._scalar()
        state = _State(in_string=start == b'"')
        parts, length = [self.take()] if state.in_string else [], 0
        while True:
            begin, self._at = self._at, state.find_end(self._data, self._at)
            length += self._at - begin
            if length <= most:
                parts.append(self._data[begin : self._at])
            if state.ended or not self._fetch():
                raw = b"".join(parts)
                return Slice(raw=raw, whole=state.ended, too_long=length > most)

    def _scalar(self) -> Slice:
        """Return the bytes up to the next mark or white space; at least one, so that reading goes on."""
        raw = b""
        while True:
            found = _SCALAR_END.search(self._data, self._at)
            stop = found.start() if found else len(self._data)
            raw += self._data[self._at : stop][: _LONGEST_SCALAR - len(raw)]
            self._at = stop
            if found is not None or not self._fetch():
                return Slice(raw=raw or self.take())

    def _fetch(self) -> bool:
        """Replace the chunk by the next one, which never ends between a backslash and what it escapes."""
        chunk = self._stream.read(_CHUNK)
        while (len(chunk) - len(chunk.rstrip(b"\\"))) % 2:
            more = self._stream.read(1)
            if not more:
                break
            chunk += more
        self._data, self._at = chunk, 0
        self._tick(len(chunk))
        return bool(chunk)


@dataclass(slots=True)
class _State:
    """How deep the scanner stands in a value; carries over from one chunk to the next."""

    in_string: bool
    depth: int = 0
    ended: bool = False

    def find_end(self, data: bytes, at: int) -> int:
        """Return where the value ends, and say so in `ended`; else where the chunk ends."""
        while at < len(data):
            if self.in_string:
                at = _leave(_IN_STRING, data, at)
                if data[at : at + 1] != b'"':
                    return len(data)
                self.in_string = False
            else:
                at = _leave(_NO_BRACKET, data, at)
                self._meet(data[at : at + 1])
            at += 1
            if self.depth <= 0 and not self.in_string:
                self.ended = at <= len(data)
                return min(at, len(data))
        return at

    def _meet(self, mark: bytes) -> None:
        self.in_string = mark == b'"'
        self.depth += (mark in (b"{", b"[")) - (mark in (b"}", b"]"))


def _leave(pattern: re.Pattern[bytes], data: bytes, at: int) -> int:
    found = pattern.match(data, at)
    return found.end() if found else at
