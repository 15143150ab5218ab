"""The bytes of a text file as text, whatever encoding they are in."""

import codecs
import re

from sopgen.base.errors import SourceError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([A-Za-z0-9_-]{2,30})", re.IGNORECASE)
_ODD = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_FEW_ODD, _FULL_OF_ODD = 16, 0.02
"""Control bytes, and their share, above which a file is no text (our decision, 2026-11-22)."""


def decoded(data: bytes, name: str) -> tuple[str, str]:
    """Return the text, with plain line ends, and a note on how it was read ("" for UTF-8 or a marked file).

    Raises SourceError IMP103 when the bytes are no text.
    """
    text, note = _text_of(data, name)
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", ""), note


def _text_of(data: bytes, name: str) -> tuple[str, str]:
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return data.decode(codec, errors="replace"), ""
    wide = _unmarked_utf16(data)
    if wide:
        return data.decode(wide, errors="replace"), f"read as {wide}, which no mark announced"
    if len(_ODD.findall(data)) > max(_FEW_ODD, _FULL_OF_ODD * len(data)):
        hint = "save it as a Word (.docx), HTML, Markdown or text file, and import that"
        raise SourceError("IMP103", f"'{name}' holds bytes that are no text", hint=hint)
    try:
        return data.decode("utf-8"), ""
    except UnicodeDecodeError:
        return _declared(data)


def _declared(data: bytes) -> tuple[str, str]:
    """Return text that is not UTF-8, by what its head declares, else as Windows-1252."""
    found = _CHARSET.search(data[:4096])
    name = found[1].decode("ascii").lower() if found else ""
    try:
        codec = codecs.lookup(name).name if name and name not in ("utf-8", "utf8") else "cp1252"
        return data.decode(codec, errors="replace"), f"not UTF-8; read as {codec}"
    except LookupError:
        return data.decode("cp1252", errors="replace"), "not UTF-8; read as cp1252"


def _unmarked_utf16(data: bytes) -> str:
    """Return the UTF-16 that a NUL in every other byte of the beginning shows, else ""."""
    head = data[:512]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if len(head) < 4 or (even + odd) * 3 < len(head):
        return ""
    if odd > 4 * even:
        return "utf-16-le"
    return "utf-16-be" if even > 4 * odd else ""
