"""`-` among exports: standard input, kept in a file of its own while a command runs, for it is read twice."""

import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sopgen.conversation.location import Location
from sopgen.runs.trouble import storing

DASH = Path("-")
_CALLED = "standard input"


@contextmanager
def with_standard_input(exports: Sequence[Path]) -> Iterator[tuple[Path | Location, ...]]:
    """Give the exports, standard input as a file that is gone afterwards. StorageError: STO101, STO102."""
    if DASH not in exports:
        yield tuple(exports)
        return
    with tempfile.TemporaryDirectory(prefix="sopgen-") as folder:
        held = Path(folder) / "stdin"
        with storing(held), held.open("wb") as stream:
            shutil.copyfileobj(sys.stdin.buffer, stream)
        read = Location(path=held, source=_CALLED)
        yield tuple(read if path == DASH else path for path in dict.fromkeys(exports))
