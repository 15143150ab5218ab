"""What an importer is: how sure it is of a file, and how it reads one.

A module `importers/<format>.py` holds two functions of these shapes; the table in `importers/__init__` names
them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from sopgen.base.diagnostic import Report
from sopgen.conversation.line import Tick
from sopgen.conversation.model import Reading, SetAside
from sopgen.conversation.options import ImportOptions
from sopgen.conversation.text import excerpt_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Sniff:
    """How sure an importer is that a file is its own, 0 (no) to 100 (certain), and by what it tells."""

    score: int
    reason: str


NO = Sniff(score=0, reason="")
"""Not this format."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What detection looks at: the file's name, its first bytes, these as text, the names in an archive."""

    name: str
    start: bytes
    text: str
    entries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportFile:
    """One file to be read: `source` is its path as the user wrote it, which every Reading carries."""

    path: Path
    source: str
    head: Head

    def open(self) -> BinaryIO:
        """Return the file from its first byte."""
        return self.path.open("rb")


class Sniffer(Protocol):
    """Looks at a head; opens nothing."""

    def __call__(self, head: Head, /) -> Sniff:
        """Return how sure it is, and why."""


class Reader(Protocol):
    """Reads a file as a stream of records, in constant memory wherever the format allows it."""

    def __call__(
        self, file: ExportFile, options: ImportOptions, report: Report, tick: Tick, /
    ) -> Iterator[Reading]:
        """Yield each record as a Conversation or a SetAside; report remarks, tick the bytes read.

        OSError comes through: who opened the file set it aside.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Importer:
    """A format: the name that `--format` takes, what people call it, and its two functions."""

    name: str
    title: str
    sniff: Sniffer
    read: Reader


class UnreadableError(ValueError):
    """A record cannot be read: code, reason, hint. Raised inside an importer, which sets the record aside."""

    def __init__(self, code: str, reason: str, hint: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason
        self.hint = hint

    def aside(self, raw: bytes | str, *, source: str, position: str) -> SetAside:
        """Return the record set aside, with a bounded excerpt of it."""
        return SetAside(
            source=source,
            position=position,
            code=self.code,
            reason=self.reason,
            hint=self.hint,
            excerpt=excerpt_of(raw),
        )
