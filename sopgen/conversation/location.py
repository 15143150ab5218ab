"""Where exports lie: the files that a user's paths, folders and patterns mean."""

import glob
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sopgen.base.diagnostic import Diagnostic, Level, Report
from sopgen.base.errors import ExportError, UsageError
from sopgen.base.span import Span

_NO_CHATS = frozenset(
    {".3gp", ".aac", ".amr", ".avi", ".bmp", ".doc", ".docx", ".gif", ".heic", ".ico", ".jpeg", ".jpg"}
    | {".m4a", ".mkv", ".mov", ".mp3", ".mp4", ".oga", ".ogg", ".opus", ".pdf", ".png", ".ppt", ".pptx"}
    | {".svg", ".tif", ".tiff", ".vcf", ".wav", ".webm", ".webp"}
)
"""Suffixes of the media and papers that lie beside an unpacked chat."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """A file to read; `source` is its path as the user wrote it, printable."""

    path: Path
    source: str


def find_exports(paths: Iterable[str | Path], report: Report) -> tuple[Location, ...]:
    """Return the files in the order of `paths`, each once; those of a folder or pattern sorted.

    A folder is searched to the bottom; hidden files, links, and (note EXP113) media are passed over there.
    UsageError EXP102: a path that is not there. ExportError EXP103: no file at all.
    """
    written = [os.fspath(path) for path in paths]
    found: dict[str, Location] = {}
    for each in written:
        for path in _files_of(each, report):
            found.setdefault(os.path.realpath(path), Location(path=path, source=printable(path)))
    if not found:
        named = ", ".join(f"'{each}'" for each in written)
        raise ExportError(
            "EXP103", f"no export in {named or 'nothing'}", hint="name a file, or a folder with exports"
        )
    return tuple(found.values())


def size_of(locations: Iterable[Location]) -> int:
    """Return the bytes of all files together, for a progress bar; a file that cannot be asked counts 0."""
    total = 0
    for each in locations:
        try:
            total += each.path.stat().st_size
        except OSError:
            continue
    return total


def _files_of(written: str, report: Report) -> Iterator[Path]:
    path = Path(written)
    if _is_folder(path):
        yield from _files_in(path, report)
    elif _is_there(path):
        yield path
    elif glob.has_magic(written):
        yield from _files_like(written, report)
    else:
        raise _missing(written)


def _files_like(pattern: str, report: Report) -> Iterator[Path]:
    matches = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 -- keeps the path as the user wrote it
    if not matches:
        raise _missing(pattern)
    for match in matches:
        path = Path(match)
        yield from _files_in(path, report) if _is_folder(path) else (path,)


def _files_in(folder: Path, report: Report) -> Iterator[Path]:
    """Yield the folder's files, sorted, and any folder in it that may not be entered."""
    passed: Counter[str] = Counter()
    closed: list[str] = []
    for place, folders, names in os.walk(folder, onerror=lambda error: closed.append(error.filename)):
        folders[:] = sorted(each for each in folders if not each.startswith((".", "__MACOSX")))
        for name in sorted(names):
            path = Path(place, name)
            if name.startswith((".", "~$")):
                continue
            if path.is_symlink() or path.suffix.lower() in _NO_CHATS:
                passed["link" if path.is_symlink() else path.suffix.lower()] += 1
            else:
                yield path
    yield from map(Path, sorted(closed))
    if passed:
        report(_passed_over(folder, passed))


def _passed_over(folder: Path, passed: Counter[str]) -> Diagnostic:
    kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(passed.items()))
    return Diagnostic(
        code="EXP113",
        level=Level.NOTE,
        span=Span(file=printable(folder)),
        message=f"files that are no chats passed over: {kinds}",
        hint="name a file itself to have it read",
    )


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a name too long, a parent that may not be entered: opening it will tell
        return False


def _is_there(path: Path) -> bool:
    try:
        return path.exists() or path.is_symlink()
    except OSError:
        return True


def _missing(written: str) -> UsageError:
    shown = written.encode("utf-8", "replace").decode()
    return UsageError(
        "EXP102", f"no such file or folder: '{shown}'", hint="check the path; quote it if it has spaces"
    )


def printable(path: Path) -> str:
    """Return the path as text; bytes of a name that are not UTF-8 become U+FFFD."""
    return os.fsencode(path).decode("utf-8", errors="replace")
