"""What lies in an inbox: files, those that are one export together as one, and in which state they are."""

import glob
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sopgen.base.diagnostic import Report
from sopgen.base.errors import ExportError, UsageError
from sopgen.conversation.export import bundlers
from sopgen.conversation.location import Location, find_exports, printable
from sopgen.runs.night.setting import Inbox
from sopgen.runs.night.standard import fingerprint

UNFINISHED = frozenset(
    {".part", ".partial", ".tmp", ".temp", ".filepart", ".crdownload", ".download", ".swp"}
)
"""Endings of names under which programs write what is not whole yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """An export in an inbox. `name` is what it is called there; `state` changes when its bytes do.

    `moment` is when its newest file was written, in microseconds since 1970. `location.path` may not be there
    yet: who reads it fetches it first.
    """

    inbox: Inbox
    location: Location
    name: str
    state: bytes
    moment: int

    @property
    def files(self) -> tuple[Path, ...]:
        """Return its files, the options beside it among them."""
        files = self.location.members or (self.location.path,)
        return (*files, self.location.options) if self.location.options else files


def local_arrivals(inbox: Inbox, folder: Path, report: Report) -> tuple[Arrival, ...]:
    """Return what lies in an inbox on this machine; a pattern that nothing fits is an empty inbox.

    `folder` is the one that its path starts from, and that names are told from. ExportError NGT104: the
    inbox is not there.
    """
    written = os.fspath(folder / inbox.path)
    try:
        locations = find_exports([written], report, bundlers())
    except ExportError:
        return ()
    except UsageError as error:
        if glob.has_magic(written):
            return ()
        message = f"inbox '{inbox.name}': no such file or folder: '{inbox.path}'"
        raise ExportError("NGT104", message, hint="make the folder, or mend its path") from error
    return tuple(_arrival(inbox, each, folder) for each in locations)


def state_now(arrival: Arrival) -> bytes:
    """Return the state of an arrival whose files are on this machine, as it is at this moment."""
    return state_of([_stat(path) for path in arrival.files])[0]


def state_of(files: Sequence[tuple[str, int, str, int]]) -> tuple[bytes, int]:
    """Return the state of files (name, bytes, tag, moment), and the moment of the newest."""
    told = (
        f"{name}\0{size}\0{tag}\0{moment}".encode("utf-8", "replace") for name, size, tag, moment in files
    )
    return fingerprint(*told), max((moment for *_, moment in files), default=0)


def is_unfinished(names: Iterable[Path]) -> bool:
    """Return whether any of the files says by its name that it is not whole yet."""
    return any(path.suffix.lower() in UNFINISHED for path in names)


def _arrival(inbox: Inbox, location: Location, folder: Path) -> Arrival:
    name = _told_from(folder, location.path)
    arrival = Arrival(inbox=inbox, location=replace(location, source=name), name=name, state=b"", moment=0)
    state, moment = state_of([_stat(path) for path in arrival.files])
    if location.members:
        name = f"{name}/{location.members[0].name}"
    return replace(arrival, name=name, state=state, moment=moment)


def _stat(path: Path) -> tuple[str, int, str, int]:
    try:
        found = path.stat()
    except OSError as error:
        return printable(path), -1, str(error.errno), 0
    return printable(path), found.st_size, "", found.st_mtime_ns // 1000


def _told_from(folder: Path, path: Path) -> str:
    within = path.relative_to(folder) if path.is_relative_to(folder) else path
    return printable(within)
