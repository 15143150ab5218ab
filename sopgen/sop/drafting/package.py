"""A Word file's archive: measured before it is opened, its macros refused, its parts as XML trees.

Nothing is unpacked to disk, no outside part is followed, no entity is resolved.
"""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sopgen.base.errors import SourceError

LARGEST_WHOLE = 64 * 2**20
"""Bytes of all parts unpacked (64 MiB): a hundred pages with pictures (our decision, 2026-11-22)."""

LARGEST_TEXT = 16 * 2**20
"""Bytes of one part of text unpacked (16 MiB), some two thousand pages (our decision, 2026-11-22)."""

HIGHEST_RATIO = 100
"""Unpacked to packed bytes of a part above one mebibyte; XML of people packs to a tenth."""

MOST_PARTS = 4_000
_FREE = 2**20
_READ = ("header", "footer", "footnotes", "endnotes", "comments")


@dataclass(frozen=True, slots=True, kw_only=True)
class WordFile:
    """The parts of a Word file that hold words: body, styles by id, numbering, links, and what is beside.

    `pictures` are their parts or addresses by the id of their relation, `media` the bytes of those parts.
    """

    body: Any
    styles: dict[str, Any]
    numbering: Any
    links: dict[str, str]
    pictures: dict[str, str]
    media: dict[str, bytes]
    others: tuple[tuple[str, Any], ...]


def open_word(data: bytes, name: str) -> WordFile:
    """Return the parts of a Word file.

    Raises SourceError IMP104 (damaged), IMP105 (nested too deeply), IMP106 (too big when unpacked), IMP107
    (holds macros, or is encrypted).
    """
    _measure(data, name)
    from docx import Document  # noqa: PLC0415 - only imports need it
    from docx.opc.exceptions import PackageNotFoundError  # noqa: PLC0415
    from lxml.etree import LxmlError  # noqa: PLC0415

    try:
        document = Document(io.BytesIO(data))
        return _parts(document)
    except LxmlError as error:
        if "depth" in str(error).casefold():
            hint = "copy its text into a new document, and import that"
            raise SourceError("IMP105", f"'{name}' is nested too deeply", hint=hint) from error
        raise _damaged(name, error) from error
    except (PackageNotFoundError, KeyError, ValueError, AttributeError, TypeError, OSError) as error:
        raise _damaged(name, error) from error


def _measure(data: bytes, name: str) -> None:
    """Refuse an archive by its directory, before anything of it is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise _damaged(name, error) from error
    names = [entry.filename for entry in entries]
    if "word/document.xml" not in names:
        hint = "save it as a Word document (.docx) and import that"
        raise SourceError("IMP102", f"'{name}' is an archive, but no Word document", hint=hint)
    if any(each.casefold().endswith(("vbaproject.bin", "vbadata.xml")) for each in names):
        hint = "save it as .docx, which holds no macros, and import that"
        raise SourceError("IMP107", f"'{name}' holds macros", hint=hint)
    if any(entry.flag_bits & 1 for entry in entries):
        raise SourceError("IMP107", f"'{name}' is encrypted", hint="save a copy without a password")
    if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > LARGEST_WHOLE:
        raise _too_big(name, f"more than {LARGEST_WHOLE >> 20} MiB or {MOST_PARTS} parts")
    for entry in entries:
        packed = max(entry.compress_size, 1)
        if entry.file_size > _FREE and entry.file_size > HIGHEST_RATIO * packed:
            raise _too_big(name, f"a part of {HIGHEST_RATIO} times its packed size")
        if entry.file_size > LARGEST_TEXT and entry.filename.endswith(".xml"):
            raise _too_big(name, f"a text of more than {LARGEST_TEXT >> 20} MiB")


def _too_big(name: str, what: str) -> SourceError:
    hint = "save its text without pictures in a new document, and import that"
    return SourceError("IMP106", f"'{name}' unpacks to {what}", hint=hint)


def _damaged(name: str, error: Exception) -> SourceError:
    hint = "open it in a word processor, save it as .docx again, and import that"
    return SourceError("IMP104", f"'{name}' is a damaged Word file: {error}", hint=hint)


def _parts(document: Any) -> WordFile:
    part = document.part
    related = {rel.rId: rel for rel in part.rels.values()}
    return WordFile(
        body=document.element.body,
        styles={str(each.get(_STYLE)): each for each in document.styles.element.iter(f"{_W}style")},
        numbering=_numbering(part),
        links={
            key: str(rel.target_ref)
            for key, rel in related.items()
            if rel.is_external and str(rel.target_ref).startswith(("http://", "https://", "mailto:"))
        },
        pictures={key: str(rel.target_ref) for key, rel in related.items() if rel.reltype.endswith("/image")},
        media={
            str(rel.target_ref): rel.target_part.blob
            for rel in related.values()
            if not rel.is_external and rel.reltype.endswith("/image")
        },
        others=tuple(_others(part)),
    )


_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STYLE = f"{_W}styleId"


def _numbering(part: Any) -> Any:
    for rel in part.rels.values():
        if not rel.is_external and rel.reltype.endswith("/numbering"):
            return _root(rel.target_part)
    return None


def _others(part: Any) -> Iterator[tuple[str, Any]]:
    """Yield the parts beside the text, by name."""
    for rel in sorted(part.rels.values(), key=lambda each: str(each.target_ref)):
        name = str(rel.target_ref).rsplit("/", maxsplit=1)[-1]
        if not rel.is_external and name.startswith(_READ) and name.endswith(".xml"):
            root = _root(rel.target_part)
            if root is not None:
                yield name, root


def _root(part: Any) -> Any:
    """Return the XML tree of a part, parsed without entities and without the network."""
    element = getattr(part, "element", None)
    if element is not None:
        return element
    from lxml import etree  # noqa: PLC0415 - only imports need it

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(part.blob, parser)
