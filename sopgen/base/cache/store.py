"""A folder of the user's own in which values lie under the hash of what they were made from."""

import hashlib
import os
import stat
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from sopgen.base.cache.fingerprint import fingerprint
from sopgen.base.cache.form import Form, FormError
from sopgen.base.diagnostic import Diagnostic, Report

T = TypeVar("T")

LARGEST = 1 << 25
"""Bytes of one value that are written or read; the default pack takes some 2 MB (our decision, 2026-11-22).
"""

MOST_BYTES = 1 << 27
MOST_FILES = 2_000
"""What the folder may hold; what was not asked for longest goes first (our decision, 2026-11-22)."""

STALE = 3600.0
"""Seconds after which a file that was begun and never finished is no one's any more."""

_SUFFIX = ".kept"
_BEGUN = ".begun-"
_OPEN_TO_OTHERS = stat.S_IWGRP | stat.S_IWOTH
_READING = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_DIGEST = hashlib.sha256().digest_size


@dataclass(frozen=True, slots=True, kw_only=True)
class Cache:
    """Where values are kept, up to so many files and bytes; without a folder nothing is."""

    folder: Path | None = None
    most_files: int = MOST_FILES
    most_bytes: int = MOST_BYTES

    def kept(self, form: Form, made_from: Iterable[bytes | str], make: Callable[[], T]) -> T:
        """Return the value that was made from these before, else what `make` makes of them now.

        `made_from` is everything that the value hangs on, in an order of its own. A value that its form
        cannot write, or a folder that cannot be used, costs time alone.
        """
        if self.folder is None:
            return make()
        path = self.folder / f"{form.name}-{_key(form, made_from)}{_SUFFIX}"
        with suppress(OSError, FormError):
            found: T = form.read(_read(path))
            return found
        value = make()
        with suppress(OSError, FormError):
            _write(path, form.write(value))
            _make_room(path, self.most_files, self.most_bytes)
        return value

    def told(
        self, form: Form, made_from: Iterable[bytes | str], read: Callable[[Report], T], report: Report
    ) -> T:
        """Return the same of what reports flaws where it reads; they are reported again where it is found."""

        def make() -> tuple[T, tuple[Diagnostic, ...]]:
            flaws: list[Diagnostic] = []
            return read(flaws.append), tuple(flaws)

        value, flaws = self.kept(form, made_from, make)
        for flaw in flaws:
            report(flaw)
        return value


NO_CACHE = Cache()
"""Keeps nothing."""


def _key(form: Form, made_from: Iterable[bytes | str]) -> str:
    told = hashlib.sha256(fingerprint())
    for part in (form.name, str(form.number), *made_from):
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        told.update(len(data).to_bytes(8, "big") + data)
    return told.hexdigest()[:40]


def _read(path: Path) -> bytes:
    """Return what was kept there; OSError where it is not to be trusted, FormError where it was damaged."""
    _must_be_own(path.parent.lstat())
    with os.fdopen(os.open(path, _READING), "rb") as file:
        found = os.fstat(file.fileno())
        _must_be_own(found)
        if not stat.S_ISREG(found.st_mode) or found.st_size > LARGEST:
            raise OSError(path)
        data = file.read(LARGEST + 1)
    with suppress(OSError):
        os.utime(path)  # somebody asked for it
    if hashlib.sha256(data[_DIGEST:]).digest() != data[:_DIGEST]:
        raise FormError(path)
    return data[_DIGEST:]


def _must_be_own(found: os.stat_result) -> None:
    """Raise OSError for what is somebody else's, or may be written by others."""
    if hasattr(os, "geteuid") and (found.st_uid != os.geteuid() or found.st_mode & _OPEN_TO_OTHERS):
        raise PermissionError


def _write(path: Path, data: bytes) -> None:
    """Write a value whole: whoever reads meanwhile finds it or does not."""
    if len(data) + _DIGEST > LARGEST:
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _must_be_own(path.parent.lstat())
    handle, name = tempfile.mkstemp(prefix=_BEGUN, dir=path.parent)
    begun = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(hashlib.sha256(data).digest() + data)
        begun.replace(path)
    except BaseException:
        begun.unlink(missing_ok=True)
        raise


def _make_room(newest: Path, most_files: int, most_bytes: int) -> None:
    """Take away what was begun and left, and what nobody asked for longest where there is too much."""
    now = newest.stat().st_mtime
    kept: list[tuple[float, int, Path]] = []
    for path in newest.parent.iterdir():
        with suppress(OSError):
            found = path.lstat()
            if path.name.startswith(_BEGUN) and now - found.st_mtime > STALE:
                path.unlink()
            elif path.suffix == _SUFFIX:
                kept.append((found.st_mtime, found.st_size, path))
    files, size = len(kept), sum(length for _, length, _ in kept)
    for _, length, path in sorted(kept):
        if files <= most_files and size <= most_bytes:
            return
        path.unlink(missing_ok=True)
        files, size = files - 1, size - length
