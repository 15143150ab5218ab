"""Who works something out: what is kept by one is nothing to another."""

import functools
import hashlib
import os
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import sopgen

_LIBRARIES = ("holidays", "markdown_it", "mdit_py_plugins", "pydantic", "re2", "tzdata", "yaml")
"""Libraries that have a say in what is kept: a new version of one comes with new files."""


@functools.cache
def fingerprint() -> bytes:
    """Return the hash of sopgen's version and code, of Python and of libraries that have a say.

    Code is told by size and time of its files, as Python itself tells whether it has to be compiled anew.
    """
    home = Path(sopgen.__file__).parent
    told = hashlib.sha256(f"{sopgen.__version__}\0{sys.version}\0".encode())
    told.update("".join(sorted(_code_in(str(home)))).encode())
    told.update("".join(map(_installed, _LIBRARIES)).encode())
    return told.digest()


def _code_in(folder: str) -> Iterator[str]:
    """Yield path, size and time of every module of a folder, the folders in it included."""
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return  # in an archive: the version has to do
    for entry in entries:
        if entry.is_dir():
            yield from _code_in(entry.path)
        elif entry.name.endswith(".py"):
            stat = entry.stat()
            yield f"{entry.path}\0{stat.st_size}\0{stat.st_mtime_ns}\0"


def _installed(name: str) -> str:
    """Return where a library lies, and when its files were put there."""
    found = find_spec(name)
    where = found.origin if found is not None else None
    try:
        return f"{where}\0{os.stat(where).st_mtime_ns if where else 0}\0"  # noqa: PTH116 - no path is made of it
    except OSError:
        return f"{where}\0"
