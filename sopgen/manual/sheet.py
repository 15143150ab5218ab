"""A document on its way to paper, as a value: what a process that renders needs, and nothing else.

Two sheets that are equal become the same PDF, byte for byte; `digest_of` names that PDF before it is made.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from urllib.parse import unquote, urlsplit

import fontpkg_noto_sans

from sopgen.base.diagnostic import Diagnostic
from sopgen.manual.link import find_inside
from sopgen.manual.machine import machine
from sopgen.manual.template import asset

SCHEME = "sopgen"
"""Of the addresses of everything that a document may show: no other is ever fetched."""

_FONTS = ("regular", "semibold", "italic", "semibold-italic")
_WIDE_FONTS = {"wide": "NotoSans[wdth,wght].ttf", "wide-italic": "NotoSans-Italic[wdth,wght].ttf"}
_ENGINES = ("sopgen", "weasyprint", "pydyf", "fonttools", "fontpkg-noto-sans")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What becomes one PDF.

    `name` is its file name, `file` the source that a complaint names, `styles` the style sheets that follow
    ours. `folders` are the folders that pictures may come from, each with the id that its addresses begin
    with; `files` the names of those pictures, "id/name"; `made` are pictures that were made for it, by name.
    """

    name: str
    file: str
    html: str
    styles: tuple[str, ...] = ()
    folders: tuple[tuple[str, str], ...] = ()
    files: tuple[str, ...] = ()
    made: tuple[tuple[str, bytes], ...] = ()
    variant: str = "ua-1"
    created: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """What came of a sheet: the PDF (None after an error), the diagnostics, and the error that ends a run.

    `fatal` is code, message and hint of that error; a value, because it crosses from process to process.
    """

    pdf: bytes | None
    flaws: tuple[Diagnostic, ...] = ()
    fatal: tuple[str, str, str] | None = None


def digest_of(sheet: Sheet) -> str:
    """Return the name of the PDF that the sheet becomes: a SHA-256 of all that goes into it."""
    digest = hashlib.sha256()
    for part in _parts(sheet):
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()


def read_resource(url: str, sheet: Sheet) -> bytes | None:
    """Return what an address names, or None: a font, a picture made for the sheet, a file of its SOPs."""
    parts = urlsplit(url)
    name = unquote(parts.path.removeprefix("/"))
    if parts.scheme != SCHEME:
        return None
    if parts.netloc == "font":
        return _font(name)
    if parts.netloc == "made":
        return dict(sheet.made).get(name)
    if parts.netloc == "sop":
        return _file(name, sheet)
    return None


def _file(name: str, sheet: Sheet) -> bytes | None:
    home, _, rest = name.partition("/")
    path = find_inside(dict(sheet.folders).get(home, ""), rest)
    return path.read_bytes() if path else None


@lru_cache(maxsize=8)
def _font(name: str) -> bytes | None:
    if name in _FONTS:
        return asset(f"font/{name}.ttf")
    if name in _WIDE_FONTS:
        return Path(fontpkg_noto_sans.ROOT, "files", _WIDE_FONTS[name]).read_bytes()
    return None


def _parts(sheet: Sheet) -> Iterator[bytes]:
    yield engine()
    said = (sheet.name, sheet.html, sheet.variant, str(sheet.created), *sheet.styles)
    yield from (each.encode() for each in said)
    for name, data in sheet.made:
        yield name.encode()
        yield data
    for name in sheet.files:
        yield name.encode()
        yield _file(name, sheet) or b""


@lru_cache(maxsize=1)
def engine() -> bytes:
    """Return what renders, as bytes: the versions of the packages, our fonts, what the machine adds."""
    parts = [f"{name} {version(name)}".encode() for name in _ENGINES if _is_installed(name)]
    parts += [asset(f"font/{name}.ttf") for name in _FONTS]
    parts += [each.encode() for each in machine()]
    return hashlib.sha256(b"\0".join(parts)).digest()


def _is_installed(name: str) -> bool:
    try:
        version(name)
    except ModuleNotFoundError:
        return False
    return True
