"""A folder that is whole or absent: written as a hidden sibling, flushed, then renamed. POSIX only."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sopgen.base.errors import StorageError
from sopgen.runs.trouble import storing

SUMMARY = "summary.json"
"""The file by which a folder is known to hold a run."""


@contextmanager
def new_run_folder(folder: Path) -> Iterator[Path]:
    """Give an empty folder whose files become `folder` when the block ends well; else nothing is left of it.

    A run that stands at `folder` already is replaced in the end; anything else that stands there is refused.
    StorageError: STO101, STO102, STO103 (not a run), STO104 (another run is writing there).
    """
    draft = folder.with_name(f".{folder.name}.part")
    with storing(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        with _alone(folder.parent):
            _refuse_strangers(folder)
            lock = _claim(draft, folder)
    try:
        with storing(draft):
            _empty(draft)
        yield draft
        with storing(folder):
            _flush(draft)
            with _alone(folder.parent):
                _swap(draft, folder)
    except BaseException:
        with suppress(OSError), _alone(folder.parent):
            shutil.rmtree(draft, ignore_errors=True)
        raise
    finally:
        os.close(lock)


@contextmanager
def _alone(parent: Path) -> Iterator[None]:
    """Run the block while no other run begins or ends in `parent`; the lock dies with its process."""
    lock = os.open(parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _refuse_strangers(folder: Path) -> None:
    if not folder.exists() or (folder / SUMMARY).is_file():
        return
    if folder.is_dir() and not any(folder.iterdir()):
        return
    raise StorageError(
        "STO103",
        f"{folder} exists and holds no run of sopgen",
        hint="name a folder that does not exist yet with --out",
    )


def _claim(draft: Path, folder: Path) -> int:
    """Return a locked descriptor of the draft folder, held until the run ends.

    The lock dies with its process, so what a killed run left is claimed by the next.
    """
    draft.mkdir(exist_ok=True)
    lock = os.open(draft, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(lock)
        raise StorageError(
            "STO104",
            f"another run is writing {folder} at this moment",
            hint="wait until it ends, or name another folder with --out",
        ) from error
    return lock


def _empty(draft: Path) -> None:
    for left in sorted(draft.iterdir()):
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left)
        else:
            left.unlink()


def _flush(draft: Path) -> None:
    """Force files and folder to the disk, so that a power cut after the rename loses nothing."""
    for path in (*sorted(draft.iterdir()), draft):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _swap(draft: Path, folder: Path) -> None:
    """Put the draft in the folder's place; an older run is moved aside first, and back if that fails."""
    old = folder.with_name(f".{folder.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    try:
        draft.rename(folder)
    except OSError:
        if old.exists():
            old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)
