"""New folders for old: everything is built aside, and takes its place only when it is whole.

Where the system can, old and new change places in one step, so that whoever looks sees the one or the other
and never nothing. Elsewhere the old is moved away first; a build that dies in between leaves it aside, and
the next one puts it back before anything else. One build at a time works in an output folder.
"""

import ctypes
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from sopgen.base.errors import StorageError

_ASIDE = ".building-"
_LOCK = ".building.lock"
_OLD = "old-"
_HERE = -100
"""AT_FDCWD: paths start from the working folder (Linux)."""

_SWAP = 2
"""RENAME_EXCHANGE of Linux, RENAME_SWAP of macOS."""


@contextmanager
def building_aside(output: Path, names: Sequence[str]) -> Iterator[Path]:
    """Give a folder to build `names` in; they replace those in `output` when the block ends without an error.

    Raises StorageError MAN202 when the disk refuses, MAN205 while another build is at work there. Other
    contents of `output` stay as they are.
    """
    with _alone(output):
        try:
            _clear_away(output, names)
            aside = Path(tempfile.mkdtemp(prefix=_ASIDE, dir=output))
            aside.chmod(0o755)
        except OSError as error:
            raise _refused(output, error) from error
        try:
            yield aside
            for name in names:
                _replace(aside / name, output / name, aside / f"{_OLD}{name}")
        except OSError as error:
            raise _refused(output, error) from error
        finally:
            shutil.rmtree(aside, ignore_errors=True)


@contextmanager
def _alone(output: Path) -> Iterator[None]:
    """Run the block while no other build works in the folder; the lock dies with its process."""
    try:
        output.mkdir(parents=True, exist_ok=True)
        lock = os.open(output / _LOCK, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise _refused(output, error) from error
    try:
        _claim(lock, output)
        yield
    finally:
        (output / _LOCK).unlink(missing_ok=True)
        os.close(lock)


def _claim(lock: int, output: Path) -> None:
    try:
        import fcntl  # noqa: PLC0415  # POSIX only; elsewhere two builds must not meet
    except ImportError:
        return
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        message = f"another build is at work in '{output}'"
        hint = "wait for it, or name another folder: --out DIR"
        raise StorageError("MAN205", message, hint=hint) from error


def _clear_away(output: Path, names: Sequence[str]) -> None:
    """Take away what builds that died have left; what they had moved away goes back where it was."""
    for aside in sorted(output.glob(f"{_ASIDE}*")):
        for name in names:
            if (aside / f"{_OLD}{name}").exists() and not (output / name).exists():
                (aside / f"{_OLD}{name}").rename(output / name)
        shutil.rmtree(aside, ignore_errors=True)


def _replace(new: Path, place: Path, old: Path) -> None:
    """Put the new folder in place; the old one goes aside, and comes back when that fails."""
    if not place.exists():
        new.rename(place)
        return
    if _swapped(new, place):
        return
    place.rename(old)
    try:
        new.rename(place)
    except OSError:
        with suppress(OSError):
            old.rename(place)
        raise


def _swapped(one: Path, other: Path) -> bool:
    """Return whether the two folders have changed places, in one step."""
    swap = _swap_call()
    return swap is not None and swap(os.fsencode(one), os.fsencode(other)) == 0


@lru_cache(maxsize=1)
def _swap_call() -> Any:
    """Return the system's call that lets two paths change places, or None where it has none."""
    system = ctypes.CDLL(None, use_errno=True)
    if hasattr(system, "renameat2"):
        return lambda one, other: system.renameat2(_HERE, one, _HERE, other, _SWAP)
    if hasattr(system, "renamex_np"):
        return lambda one, other: system.renamex_np(one, other, _SWAP)
    return None


def _refused(output: Path, error: OSError) -> StorageError:
    return StorageError(
        "MAN202",
        f"the manuals cannot be written to '{output}': {error.strerror or error}",
        hint="free some space, or name a folder that you may write to",
    )
