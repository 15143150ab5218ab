"""What lies in the finished site: every file is read back once, as a reader's browser would read it.

The same bytes under two names (a version's page and `latest`) are read once.
"""

import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path

_LINK = re.compile(r'="(?:(?<=\shref=")|(?<=\ssrc=")|(?<=\saction=")|(?<=\sdata="))([^"]*)"')
_ID = re.compile(r'id="(?<=\sid=")([^"]*)"')
"""Both begin with fixed characters, which are looked for many times faster than one of several names."""

_DOWNLOADED = ".pdf"
"""The kind of file that is only looked for, never read: no browser keeps it, and it holds no page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A file: the SHA-256 of its bytes (b"" when it was not read), and a page's ids and links as written."""

    digest: bytes = b""
    ids: frozenset[str] = frozenset()
    links: frozenset[str] = frozenset()


Inventory = Mapping[str, Entry]
"""The files of a site by name ("cs-swin/latest/index.html"), in the order of their names."""


def inventory_of(site: Path) -> Inventory:
    """Return what lies below the folder."""
    read: dict[tuple[int, int], Entry] = {}
    found: dict[str, Entry] = {}
    for name, file in sorted(_files(str(site), "")):
        about = file.stat(follow_symlinks=False)
        known = (about.st_dev, about.st_ino)
        if known not in read:
            read[known] = _entry(file.path)
        found[name] = read[known]
    return found


def lines_with(text: str, target: str) -> Iterator[int]:
    """Yield the lines, from 1, on which a page links to `target`."""
    for match in _LINK.finditer(text):
        if match[1] == target:
            yield text.count("\n", 0, match.start()) + 1


def _files(folder: str, below: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _files(entry.path, f"{below}{entry.name}/")
            else:
                yield f"{below}{entry.name}", entry


def _entry(path: str) -> Entry:
    if path.endswith(_DOWNLOADED):
        return Entry()
    data = Path(path).read_bytes()
    digest = hashlib.sha256(data).digest()
    if not path.endswith(".html"):
        return Entry(digest=digest)
    text = data.decode()
    ids, links = frozenset(map(unescape, _ID.findall(text))), frozenset(_LINK.findall(text))
    return Entry(digest=digest, ids=ids, links=links)
