"""Where exports lie: the files that a user's paths, folders and patterns mean.

Files that are one export together (a Slack folder, message_1.json and message_2.json of a thread) become one
location; which they are is for importers to say (`Bundler`). Options beside an export (X.options.json beside
X) are no export.
"""

import glob
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sopgen.base.diagnostic import Diagnostic, Level, Report
from sopgen.base.errors import ExportError, UsageError
from sopgen.base.span import Span
from sopgen.conversation.importer import Bundler

NO_CHATS = frozenset(
    {".3gp", ".aac", ".amr", ".avi", ".bmp", ".doc", ".docx", ".gif", ".heic", ".ico", ".jpeg", ".jpg"}
    | {
        ".m4a",
        ".md",
        ".mkv",
        ".mov",
        ".mp3",
        ".mp4",
        ".oga",
        ".ogg",
        ".opus",
        ".pdf",
        ".png",
        ".ppt",
        ".pptx",
    }
    | {".svg", ".tif", ".tiff", ".vcf", ".wav", ".webm", ".webp"}
)
"""Suffixes of the media and papers that lie beside an unpacked chat."""


OPTIONS_SUFFIX = ".options.json"
"""End of the name of a file that holds the options of the export it lies beside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """A file to read; `source` is its path as the user wrote it, printable.

    `members` are the paths of the files that are one export together, `path` then their folder. `options` is
    the path of the options beside the file, None without.
    """

    path: Path
    source: str
    members: tuple[Path, ...] = ()
    options: Path | None = None


def find_exports(
    paths: Iterable[str | Path | Location], report: Report, bundlers: Sequence[Bundler] = ()
) -> tuple[Location, ...]:
    """Return the files in the order of `paths`, each once; those of a folder or pattern sorted.

    A folder is searched to the bottom; hidden files, links, and (note EXP113) media are passed over there.
    UsageError EXP102: a path that is not there. ExportError EXP103: no file at all.
    """
    written = [each if isinstance(each, Location) else os.fspath(each) for each in paths]
    found: dict[str, Location] = {}
    for each in written:
        if isinstance(each, Location):
            found.setdefault(os.fspath(each.path), each)
            continue
        for path in _files_of(each, report):
            found.setdefault(os.path.realpath(path), located(path))
    if not found:
        named = ", ".join(f"'{each}'" for each in written)
        raise ExportError(
            "EXP103", f"no export in {named or 'nothing'}", hint="name a file, or a folder with exports"
        )
    return bundled(tuple(found.values()), bundlers)


def located(path: Path) -> Location:
    """Return a file as a location, with the options that lie beside it."""
    beside = path.with_name(path.name + OPTIONS_SUFFIX)
    return Location(path=path, source=printable(path), options=beside if _is_file(beside) else None)


def bundled(locations: tuple[Location, ...], bundlers: Sequence[Bundler]) -> tuple[Location, ...]:
    """Return the locations, those that belong together as one in the place of the first."""
    by_name = {each.path.as_posix(): each for each in locations}
    order = {name: number for number, name in enumerate(by_name)}
    heads: dict[str, Location] = {}
    taken: set[str] = set()
    for bundler in bundlers:
        for names in bundler([name for name in by_name if name not in taken]):
            members = tuple(by_name[name].path for name in names)
            folder = Path(os.path.commonpath([path.parent for path in members]))
            options = next((by_name[name].options for name in names if by_name[name].options), None)
            first = min(names, key=order.__getitem__)
            heads[first] = Location(path=folder, source=printable(folder), members=members, options=options)
            taken |= set(names)
    kept = (heads.get(name, each) for name, each in by_name.items() if name in heads or name not in taken)
    return tuple(kept)


def size_of(locations: Iterable[Location]) -> int:
    """Return the bytes of all files together, for a progress bar; a file that cannot be asked counts 0."""
    total = 0
    for path in (path for each in locations for path in each.members or (each.path,)):
        try:
            total += path.stat().st_size
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
            if name.startswith((".", "~$")) or _is_options(path):
                continue
            if path.is_symlink() or path.suffix.lower() in NO_CHATS:
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


def _is_options(path: Path) -> bool:
    beside = path.name.removesuffix(OPTIONS_SUFFIX)
    return beside != path.name and _is_file(path.with_name(beside))


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False


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
    if any(sign in shown for sign in "*?["):
        hint = "look into the folder, and name a pattern that fits, or the folder itself"
        return UsageError("EXP102", f"nothing fits the pattern '{shown}'", hint=hint)
    return UsageError(
        "EXP102", f"no such file or folder: '{shown}'", hint="check the path; quote it if it has spaces"
    )


def printable(path: Path) -> str:
    """Return the path as text; bytes of a name that are not UTF-8 become U+FFFD."""
    return os.fsencode(path).decode("utf-8", errors="replace")
