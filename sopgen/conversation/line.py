"""The lines of a big file, one at a time, each of bounded length."""

from collections.abc import Callable, Iterator
from typing import BinaryIO

from sopgen.conversation.encoding import as_utf8

LONGEST_LINE = 1 << 24
"""Bytes that a line may have (16 MiB: some 80,000 messages; our decision, 2026-11-21)."""

Tick = Callable[[int], None]
"""Told of bytes that have been read since it was last told, for a progress bar."""

_BOM = b"\xef\xbb\xbf"
_TICK_EVERY = 1 << 20


def no_tick(count: int) -> None:
    """Ignore the bytes."""


def read_lines(stream: BinaryIO, tick: Tick = no_tick) -> Iterator[tuple[int, bytes]]:
    """Yield number (from 1) and bytes of each line that is not blank, without byte order mark.

    A line above LONGEST_LINE comes as its first LONGEST_LINE + 1 bytes; the rest of it is skipped.
    """
    readline = as_utf8(stream).readline
    number = read = 0
    while raw := readline(LONGEST_LINE + 1):
        number += 1
        read += len(raw)
        if len(raw) > LONGEST_LINE and not raw.endswith(b"\n"):
            read += _skip_line(readline)
        if read >= _TICK_EVERY:
            tick(read)
            read = 0
        if number == 1:
            raw = raw.removeprefix(_BOM)
        if not raw.isspace() and raw:
            yield number, raw
    tick(read)


def _skip_line(readline: Callable[[int], bytes]) -> int:
    """Return how many bytes the rest of the line had."""
    skipped = 0
    while part := readline(_TICK_EVERY):
        skipped += len(part)
        if part.endswith(b"\n"):
            break
    return skipped
