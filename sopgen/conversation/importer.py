"""What an importer is: how sure it is of a file, and how it reads one.

A module `importers/<format>.py` holds two functions of these shapes; the table in `importers/__init__` names
them. A format that is several files also says which names belong together (`bundle`).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO, Protocol

from sopgen.base.diagnostic import Report
from sopgen.conversation.line import Tick
from sopgen.conversation.model import Reading, SetAside
from sopgen.conversation.options import ImportOptions
from sopgen.conversation.text import excerpt_of

if TYPE_CHECKING:
    from sopgen.conversation.document.glimpse import Glimpse
    from sopgen.conversation.origin import Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Sniff:
    """How sure an importer is that a file is its own, 0 (no) to 100 (certain), and by what it tells.

    `hint`: what to do where that is not sure enough and naming the format alone would not help.
    """

    score: int
    reason: str
    hint: str = ""


NO = Sniff(score=0, reason="")
"""Not this format."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What detection looks at: the file's name, its first bytes, these as text, the names in an archive.

    `place` is where the file lies, a path with forward slashes on disk or in an archive, only looked at.
    `glimpse` is what the first bytes show of a JSON file (`sopgen.conversation.document.glimpse`), else None.
    """

    name: str
    start: bytes
    text: str
    entries: tuple[str, ...] = ()
    place: str = ""
    glimpse: "Glimpse | None" = None


class Tree(Protocol):
    """Named contents: an archive, or files that belong together."""

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names, in the tree's order."""

    def open(self, name: str, damage: Callable[["UnreadableError"], None]) -> BinaryIO:
        """Return a content as a stream; `damage` is told what breaks it off."""

    def read(self, name: str) -> bytes:
        """Return a content as a whole; UnreadableError where it cannot be had."""

    def size(self, name: str) -> int:
        """Return the stored bytes of a content."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportFile:
    """One file to be read: `source` is its path as the user wrote it, which every Reading carries.

    `damages` gathers what broke its bytes off; who opened the file sets that aside after the readings.
    """

    source: str
    head: Head
    origin: "Origin"
    damages: list["UnreadableError"] = field(default_factory=list)

    def open(self) -> BinaryIO:
        """Return the file from its first byte, unpacked."""
        return self.origin.open(self.damages.append)

    def tree(self) -> AbstractContextManager[Tree]:
        """Return the contents of the archive or bundle that the file is."""
        return self.origin.tree()


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


Bundler = Callable[[Sequence[str]], Iterable[tuple[str, ...]]]
"""Returns which of many names (paths with forward slashes) are one export together, each at most once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Importer:
    """A format: the name that `--format` takes, what people call it, and its two functions.

    `trees`: it reads archives as a whole; other archives are opened for it, entry by entry. `bundle`: which
    files of a folder or archive belong together; it then gets them as one file and reads its `tree`.
    `endless`: its conversations are threads that never end, to be cut into sessions where that is asked for.
    """

    name: str
    title: str
    sniff: Sniffer
    read: Reader
    trees: bool = False
    bundle: Bundler | None = None
    endless: bool = False


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
