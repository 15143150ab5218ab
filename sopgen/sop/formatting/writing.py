"""A file replaced as a whole, or not at all."""

import os
import shutil
import tempfile
from pathlib import Path

from sopgen.base.errors import StorageError


def write_whole(path: Path, data: bytes) -> None:
    """Put `data` in the place of what the file holds; its mode stays, a link stays a link.

    Raises StorageError FMT102 when the disk refuses; the file is then as it was.
    """
    target = path.resolve()
    aside: Path | None = None
    try:
        if not os.access(target, os.W_OK):
            raise PermissionError(None, "it may not be written")
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=".fmt-", delete=False) as stream:
            aside = Path(stream.name)
            stream.write(data)
        shutil.copymode(target, aside)
        aside.replace(target)
    except OSError as error:
        if aside is not None:
            aside.unlink(missing_ok=True)
        hint = "free some space, or make the file writable"
        raise StorageError("FMT102", f"'{path}' cannot be written: {error.strerror}", hint=hint) from error
