"""A release written to disk: whole, or not at all.

Everything is written into a hidden folder first and forced to the disk, then moved in place file by file,
the index last. Until the index names a version, nothing of it counts (`release` reads no file that the index
does not name, and takes what a hidden folder stands for as not there). What a crash leaves is taken away by
the next release. POSIX only, as is the lock.
"""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from sopgen.base.errors import StorageError
from sopgen.sop.release import PENDING, names_of, plain_path
from sopgen.sop.release_index import INDEX, Entry, read_entries, read_index, sha256

Step = Callable[[str], None]
"""Told what is done next, before it is done."""

_READ_ONLY = 0o444
_ATTRIBUTES = ".gitattributes"
_UNTOUCHED = b"# Frozen files are kept byte for byte: no change of line ends.\n* -text\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """What a release freezes: source, PDF, assets by name, and the index with the new entry in it."""

    version: str
    source: bytes
    pdf: bytes
    index: bytes
    assets: Mapping[str, bytes] = field(default_factory=dict)


@contextmanager
def releasing_alone(folder: Path) -> Iterator[None]:
    """Run the block while nobody else releases the SOP in `folder`; the lock dies with its process.

    Raises StorageError REL201 when somebody does, REL202 when the disk refuses.
    """
    with _storing(folder):
        lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with _storing(folder):
            _claim(lock, folder)
        yield
    finally:
        os.close(lock)


def clear_away(releases: Path) -> tuple[str, ...]:
    """Return the versions of releases that broke off, after taking away what they left.

    Call it under `releasing_alone`. A file that is not as the broken release wrote it is left where it is.
    """
    pending = sorted(releases.glob(f"{PENDING}*")) if releases.is_dir() else []
    made = {entry.version for entry, _ in read_index(releases, _ignore)} if pending else set()
    cleared = []
    with _storing(releases):
        for path in pending:
            version = path.name.removeprefix(PENDING)
            if version not in made:
                _take_back(releases, path, version)
                cleared.append(version)
            shutil.rmtree(path)
    return tuple(cleared)


def freeze(releases: Path, bundle: Bundle, step: Step) -> None:
    """Write the release into the folder `releases`: all of it, or nothing.

    Call it under `releasing_alone`, after `clear_away`. Raises StorageError REL202 when the disk refuses; an
    error after the index is in place leaves the release made.
    """
    pending = releases / f"{PENDING}{bundle.version}"
    try:
        with _storing(releases):
            _write_aside(pending, bundle, step)
            _move_in_place(releases, pending, bundle, step)
    except BaseException:
        with suppress(OSError, StorageError):
            clear_away(releases)
        with suppress(OSError):
            releases.rmdir()
        raise
    shutil.rmtree(pending, ignore_errors=True)


def _write_aside(pending: Path, bundle: Bundle, step: Step) -> None:
    source, pdf, home = names_of(bundle.version)
    files = {source: bundle.source, pdf: bundle.pdf}
    files.update({f"{home}/{plain_path(name)}": data for name, data in sorted(bundle.assets.items())})
    files[INDEX] = bundle.index
    step(f"making {pending.name}")
    pending.mkdir(parents=True)
    for name, data in files.items():
        step(f"writing {name}")
        _write(pending / name, data, read_only=name != INDEX)
    step("forcing it to the disk")
    for folder in (pending, *(path for path in pending.rglob("*") if path.is_dir())):
        _flush(folder)
    _flush(pending.parent)
    _flush(pending.parent.parent)


def _move_in_place(releases: Path, pending: Path, bundle: Bundle, step: Step) -> None:
    for name in names_of(bundle.version):
        if (pending / name).exists():
            step(f"moving {name}")
            _move(pending / name, releases / name)
    step("forcing the names to the disk")
    _flush(releases)
    step(f"moving {INDEX}")
    (pending / INDEX).replace(releases / INDEX)
    step("forcing the index to the disk")
    _flush(releases)
    if not (releases / _ATTRIBUTES).exists():
        step(f"writing {_ATTRIBUTES}")
        _write(releases / _ATTRIBUTES, _UNTOUCHED)


def _move(path: Path, target: Path) -> None:
    if target.exists():
        raise FileExistsError(17, "a file of that name stands there already", str(target))
    path.rename(target)


def _write(path: Path, data: bytes, *, read_only: bool = False) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    if read_only:
        with suppress(OSError):
            path.chmod(_READ_ONLY)


def _flush(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _take_back(releases: Path, pending: Path, version: str) -> None:
    """Take away what a broken release had moved in place; its index, written last, says what that is."""
    entry = _entry_of(pending / INDEX, version)
    if entry is None:
        return
    source, pdf, home = names_of(version)
    frozen = {source: entry.sha256.source, pdf: entry.sha256.pdf}
    frozen.update({f"{home}/{plain_path(name)}": value for name, value in entry.sha256.assets.items()})
    for name, expected in frozen.items():
        path = releases / name
        if path.is_file() and sha256(path.read_bytes()) == expected:
            path.unlink()
    _remove_empty(releases / home)


def _remove_empty(folder: Path) -> None:
    """Remove the folder and those below it, as far as they are empty."""
    below = sorted((path for path in folder.rglob("*") if path.is_dir()), reverse=True)
    for path in (*below, folder):
        with suppress(OSError):
            path.rmdir()


def _entry_of(index: Path, version: str) -> Entry | None:
    """Return the entry of the version, or None where the index was not written to its end."""
    try:
        text = index.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    entries = read_entries(text, index, _ignore)
    return next((entry for entry, _ in entries if entry.version == version), None)


def _claim(lock: int, folder: Path) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        message = f"another release of '{folder.name}' is going on at this moment"
        raise StorageError(
            "REL201", message, hint="wait until it ends, then look at `sopgen status`"
        ) from error


@contextmanager
def _storing(place: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StorageError(
            "REL202",
            f"the release cannot be written to '{error.filename or place}': {error.strerror or error}",
            hint="free some space, or make the SOP's folder writable for this user",
        ) from error


def _ignore(_: object) -> None:
    """Flaws of an index were reported when the SOP was read."""
