"""What the disk refuses, as errors that say what to do."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sopgen.base.errors import StorageError

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@contextmanager
def storing(path: Path, *, option: str = "--out") -> Iterator[None]:
    """Run the block; a refusal of the disk becomes STO101 (full) or STO102 (cannot be written).

    `option` is the one that names another place.
    """
    try:
        yield
    except OSError as error:
        raise storage_error(path, error, option=option) from error


def storage_error(path: Path, error: OSError, *, option: str = "--out") -> StorageError:
    """Return what the user is told when `path` cannot be written."""
    if error.errno in _FULL:
        return StorageError(
            "STO101",
            f"no room left to write {path}: {_said(error)}",
            hint=f"free space on that disk, or name another place with {option}; nothing half-written "
            "is left",
        )
    return StorageError(
        "STO102",
        f"{path} cannot be written: {_said(error)}",
        hint=f"make the folder writable for this user, or name another place with {option}",
    )


def damaged(path: Path, error: Exception) -> StorageError:
    """Return STO202: what is told when a stored result cannot be read back."""
    return StorageError(
        "STO202",
        f"{path} is damaged or of another version: {type(error).__name__}: {error}",
        hint="delete the run's folder and check the same exports again: the results will be the same",
    )


def _said(error: OSError) -> str:
    return error.strerror or str(error)
