"""New folders for old: everything is built aside, and takes its place only when it is whole."""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sopgen.base.errors import StorageError


@contextmanager
def building_aside(output: Path, names: Sequence[str]) -> Iterator[Path]:
    """Give a folder to build `names` in; they replace those in `output` when the block ends without an error.

    Raises StorageError MAN202 when the disk refuses. Other contents of `output` stay as they are.
    """
    try:
        output.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=".building-", dir=output))
    except OSError as error:
        raise _refused(output, error) from error
    try:
        yield aside
        for name in names:
            _replace(aside / name, output / name, aside / f"old-{name}")
    except OSError as error:
        raise _refused(output, error) from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _replace(new: Path, place: Path, old: Path) -> None:
    """Put the new folder in place, and the old one back when that fails."""
    if place.exists():
        place.rename(old)
    try:
        new.rename(place)
    except OSError:
        if old.exists():
            old.rename(place)
        raise


def _refused(output: Path, error: OSError) -> StorageError:
    return StorageError(
        "MAN202",
        f"the manuals cannot be written to '{output}': {error.strerror or error}",
        hint="free some space, or name a folder that you may write to",
    )
