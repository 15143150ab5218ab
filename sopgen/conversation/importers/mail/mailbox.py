"""Where mails are: in a file alone, one after another in a mailbox, several files of a folder.

How a mail is read (`letter`) is imported with the first one: every call looks whether a file holds any.
"""

import re
from codecs import BOM_UTF8
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from sopgen.conversation.importer import ExportFile, UnreadableError
from sopgen.conversation.line import Tick, no_tick
from sopgen.conversation.model import SetAside

if TYPE_CHECKING:
    from sopgen.conversation.desk import Desk
    from sopgen.conversation.importers.mail.letter import Headers, Letter

FROM_LINE = re.compile(rb"From [^\r\n]{0,200}\d{4}[^\r\n]{0,40}\r?\n")
"""The line that begins a mail in a mailbox: a sender, and a date with its year."""

LETTER_SUFFIXES = (".eml", ".msg", ".emlx")
LARGEST_LETTER = 1 << 26
"""Bytes of one mail (64 MiB: most servers take a third; our decision, 2026-11-22)."""

_HEADER = re.compile(rb"([A-Za-z][A-Za-z0-9-]{1,40}):")
_ESCAPED = re.compile(rb"^>(>*From )", re.MULTILINE)
_OLE = b"\xd0\xcf\x11\xe0"
_TOO_LONG = UnreadableError(
    "ML102", f"the mail is larger than {LARGEST_LETTER >> 20} MiB", "take out its files"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One mail: its bytes and its place."""

    raw: bytes
    source: str
    position: str

    def headers(self) -> "Headers":
        """Return what threads go by; empty where the mail cannot be read."""
        from sopgen.conversation.importers.mail.letter import Headers, headers_of  # noqa: PLC0415 -- see above

        try:
            return headers_of(self.raw)
        except UnreadableError:
            return Headers(id="", references=(), subject="")

    def letter(self, desk: "Desk") -> "Letter | SetAside":
        """Return the mail, or set aside: ML101."""
        from sopgen.conversation.importers.mail.letter import letter_of  # noqa: PLC0415 -- see above

        try:
            return letter_of(self.raw, self.position, desk)
        except UnreadableError as error:
            return error.aside(self.raw, source=self.source, position=self.position)


def items_of(file: ExportFile, tick: Tick = no_tick) -> Iterator[Item | SetAside]:
    """Yield the mails of a file or bundle, in order; one that is too long set aside (ML102)."""
    if file.head.entries:
        with file.tree() as tree:
            for name in tree.names:
                with tree.open(name, file.damages.append) as stream:
                    yield _whole(stream, file.source, name)
        return
    with file.open() as stream:
        if not FROM_LINE.match(file.head.start.removeprefix(BOM_UTF8)):
            yield _whole(stream, file.source, "")
            return
        for number, raw in enumerate(_split(stream, tick), start=1):
            position = f"mail {number}"
            if len(raw) > LARGEST_LETTER:
                yield _TOO_LONG.aside(raw, source=file.source, position=position)
            else:
                mail = _ESCAPED.sub(rb"\1", raw.partition(b"\n")[2])
                yield Item(raw=mail, source=file.source, position=position)


def header_names(start: bytes) -> frozenset[str]:
    """Return the names of the header lines that a text begins with, in lower case; none when it does not."""
    names: set[str] = set()
    for line in start.lstrip(b"\xef\xbb\xbf\r\n").split(b"\n")[:60]:
        if line[:1] in (b" ", b"\t"):
            continue
        found = _HEADER.match(line)
        if found is None:
            if not names or line.strip():
                return frozenset()
            break
        names.add(found[1].decode().lower())
    return frozenset(names)


def _whole(stream: BinaryIO, source: str, position: str) -> Item | SetAside:
    raw = stream.read(LARGEST_LETTER + 1).removeprefix(BOM_UTF8)
    if len(raw) > LARGEST_LETTER:
        return _TOO_LONG.aside(raw, source=source, position=position)
    if position.lower().endswith(".emlx") or raw[:12].strip().isdigit():
        raw = raw.partition(b"\n")[2]  # Apple's count of bytes
    return Item(raw=raw, source=source, position=position)


def _split(stream: BinaryIO, tick: Tick) -> Iterator[bytes]:
    """Yield each mail with its From line; a From line stands at the start or below a blank line."""
    parts: list[bytes] = []
    length, after_blank = 0, True
    while line := stream.readline(1 << 20):
        tick(len(line))
        line = line.removeprefix(BOM_UTF8) if not length else line
        if after_blank and line.startswith(b"From ") and FROM_LINE.match(line):
            if parts:
                yield b"".join(parts)
            parts, length = [], 0
        length += len(line)
        if length <= LARGEST_LETTER + (1 << 20):
            parts.append(line)
        after_blank = line in (b"\n", b"\r\n")
    if parts:
        yield b"".join(parts)
