"""Which reader a document is for, by its name and its first bytes; the safety net below all of them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from sopgen.base.errors import SourceError
from sopgen.sop.drafting.decoding import decoded
from sopgen.sop.drafting.marked import read_marked
from sopgen.sop.drafting.mending import mended
from sopgen.sop.drafting.piece import Form, Piece, plain
from sopgen.sop.drafting.plain import read_plain
from sopgen.sop.drafting.web import read_web
from sopgen.sop.drafting.word import read_word

FORMATS = ("docx", "html", "markdown", "text")
LARGEST_FILE = 32 * 2**20
"""Bytes of a document (32 MiB): a Word file with pictures (our decision, 2026-11-22)."""

LARGEST_TEXT = 2 * 2**20
"""Bytes of a text file (2 MiB), some thousand pages: a larger one is no SOP (our decision, 2026-11-22)."""

MOST_PIECES = 10_000
"""Lines, paragraphs and rows of a document, some two hundred pages (our decision, 2026-11-22)."""

LONGEST_PIECE = 20_000
"""Characters of one of them, some six pages without a paragraph (our decision, 2026-11-22)."""

_ARCHIVE = b"PK\x03\x04"
_FOREIGN: tuple[tuple[bytes, str, str], ...] = (
    (b"\xd0\xcf\x11\xe0", "an old Word file (.doc)", "open it in a word processor and save it as .docx"),
    (b"%PDF", "a PDF", "import the document that the PDF was made from, or its text"),
    (b"{\\rtf", "a rich text file (.rtf)", "open it in a word processor and save it as .docx"),
    (b"\x89PNG", "a picture", "import the text that it shows"),
    (b"\xff\xd8\xff", "a picture", "import the text that it shows"),
    (b"\x1f\x8b", "a packed file", "unpack it, and import the document inside"),
)
_SUFFIXES = {
    ".docx": "docx",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".md": "markdown",
    ".markdown": "markdown",
}
_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*"
    r"<(?:!doctype html|html|head|body|div|article|main|p|h[1-6]|table)\b",
    re.IGNORECASE | re.DOTALL,
)
_RULING = re.compile(r"[\s|:=_*~.#`>+-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document read: its format, its pieces, notes on how its bytes were read, its pictures by name."""

    format: str
    pieces: tuple[Piece, ...]
    notes: tuple[str, ...] = ()
    pictures: Mapping[str, bytes] = field(default_factory=dict)


def read_document(data: bytes, name: str, format_: str = "auto") -> Document:
    """Return the document in `data`; `format_` is one of FORMATS or "auto".

    Raises SourceError: IMP101 empty, IMP102 a format that is not read, IMP103 no text, IMP104 a damaged Word
    file, IMP105 nested too deeply, IMP106 too big, IMP107 macros or a password.
    """
    _refuse(data, name)
    if format_ == "docx" or (format_ == "auto" and data.startswith(_ARCHIVE)):
        pieces, pictures = read_word(data, name)
        return _whole(Document(format="docx", pieces=pieces, pictures=pictures), name)
    if len(data) > LARGEST_TEXT:
        hint = "import only the SOP in it"
        raise SourceError("IMP106", f"'{name}' holds more than {LARGEST_TEXT >> 20} MiB of text", hint=hint)
    text, note = decoded(data, name)
    kind = _kind_of(text, name) if format_ == "auto" else format_
    if kind != "html":
        _bound(text.split("\n"), name)
    readers = {"html": read_web, "markdown": read_marked, "text": read_plain}
    pieces = readers[kind](text)
    if kind != "html":
        pieces = _with_the_rest(pieces, text.split("\n"))
    return _whole(Document(format=kind, pieces=pieces, notes=(note,) if note else ()), name)


def _refuse(data: bytes, name: str) -> None:
    if not data.strip():
        raise SourceError("IMP101", f"'{name}' is empty", hint="import a document that holds an SOP")
    if len(data) > LARGEST_FILE:
        hint = "save it without its pictures, and import that"
        raise SourceError("IMP106", f"'{name}' holds more than {LARGEST_FILE >> 20} MiB", hint=hint)
    for mark, what, hint in _FOREIGN:
        if data.startswith(mark):
            raise SourceError("IMP102", f"'{name}' is {what}", hint=hint)


def _kind_of(text: str, name: str) -> str:
    suffix = _SUFFIXES.get(PurePath(name).suffix.lower(), "")
    if suffix in ("html", "markdown"):
        return suffix
    if _PAGE.match(text):
        return "html"
    return "markdown" if len(re.findall(r"^#{1,6} \S", text, flags=re.MULTILINE)) >= 2 else "text"


def _whole(document: Document, name: str) -> Document:
    """Return a document that says something; IMP101 otherwise."""
    if not any(map(_tells, document.pieces)):
        raise SourceError("IMP101", f"'{name}' shows no text", hint="import a document that holds an SOP")
    _bound([piece.text for piece in document.pieces], name)
    return document


def _tells(piece: Piece) -> bool:
    """Return whether a piece has words of its own, and shows not only pictures."""
    runs = (*piece.runs, *(run for cell in piece.cells for run in cell))
    return piece.form is not Form.LITTER and any(run.text.strip() and not run.picture for run in runs)


def _bound(texts: Sequence[str], name: str) -> None:
    """Refuse what is too long to be read by anybody, and would take long to read here."""
    longest = max(map(len, texts))
    if len(texts) > MOST_PIECES or longest > LONGEST_PIECE:
        what = f"{len(texts)} lines, the longest of {longest} characters"
        hint = f"import at most {MOST_PIECES} lines of at most {LONGEST_PIECE} characters"
        raise SourceError("IMP106", f"'{name}' holds {what}", hint=hint)


def _with_the_rest(pieces: Sequence[Piece], lines: Sequence[str]) -> tuple[Piece, ...]:
    """Return the pieces with every line that no reader took: marks of the format, or a text of its own."""
    taken = {line for piece in pieces for line in piece.lines}
    rest = [
        (number, mended(line.strip()))
        for number, line in enumerate(lines, start=1)
        if line.strip() and number not in taken
    ]
    added = [
        Piece(form=Form.LITTER, lines=(number,), runs=plain(text), reason="ruling")
        if _RULING.fullmatch(text) or not text
        else Piece(form=Form.PARAGRAPH, lines=(number,), runs=plain(text))
        for number, text in rest
    ]
    return tuple(sorted((*pieces, *added), key=lambda piece: piece.lines)) if added else tuple(pieces)
