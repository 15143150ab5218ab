"""How a text file is cut into cells: its encoding, its delimiter, and the row that names the columns."""

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from sopgen.conversation.column import NAME_THEM, columns_of
from sopgen.conversation.importer import ExportFile, UnreadableError
from sopgen.conversation.line import LONGEST_LINE
from sopgen.conversation.options import ImportOptions

DELIMITERS = ",;\t|"
_SAMPLE = 1 << 16
_ODD = re.compile("[\udc80-\udcff]+")
"""What surrogateescape leaves of bytes that are no UTF-8."""

_ROWS_LOOKED_AT = 15
_UTF8_BOM = codecs.BOM_UTF8
_UTF16_BOMS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A text table's encoding, delimiter and column names; `guessed` where nobody named the encoding."""

    encoding: str
    delimiter: str
    columns: tuple[str, ...]
    guessed: bool = False

    def lines(self, stream: BinaryIO, remark: Callable[[str], None]) -> Iterator[str]:
        """Yield the lines of the text, their ends as they are; a longer one cut at LONGEST_LINE + 1.

        Bytes that are no UTF-8 are read as Windows-1252; `remark` is told of that and of a guess.
        """
        if self.guessed and self.encoding != "utf-8":
            remark(f"not UTF-8; read as {self.encoding}")
        errors = "surrogateescape" if self.encoding.startswith("utf-8") else "replace"
        reader = io.TextIOWrapper(stream, encoding=self.encoding, errors=errors, newline="")
        try:
            while line := reader.readline(LONGEST_LINE + 1):
                if not line.isascii() and _ODD.search(line):
                    remark("characters that are not UTF-8 read as Windows-1252")
                    line = _ODD.sub(_as_windows, line)
                yield line.replace("\0", "")
                while len(line) > LONGEST_LINE and line[-1] not in "\r\n":
                    line = reader.readline(LONGEST_LINE + 1)
                    if not line:
                        break
        finally:
            reader.detach()


def _as_windows(found: re.Match[str]) -> str:
    return found[0].encode("utf-8", "surrogateescape").decode("cp1252", errors="replace")


def layout_of(file: ExportFile, options: ImportOptions) -> Layout:
    """Return the layout; UnreadableError ROW105 when no row names columns that are known."""
    encoding, guessed = encoding_of(file.head.start)
    text = file.head.start[:_SAMPLE].decode(encoding, errors="replace")
    found = best_header(text, options)
    if found is None:
        raise UnreadableError("ROW105", "no row names columns for a conversation and its text", NAME_THEM)
    delimiter, columns = found
    return Layout(encoding=encoding, delimiter=delimiter, columns=columns, guessed=guessed)


def encoding_of(start: bytes) -> tuple[str, bool]:
    """Return the encoding of a text's first bytes, and whether it is a guess (charset-normalizer's)."""
    if start.startswith(_UTF8_BOM):
        return "utf-8-sig", False
    if start.startswith(_UTF16_BOMS):
        return "utf-16", False
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start)
    except UnicodeDecodeError:
        return ("utf-8" if _is_mostly_utf8(start) else _guessed(start)), True
    return "utf-8", False


def _is_mostly_utf8(start: bytes) -> bool:
    """Return whether any line with more than ASCII is UTF-8: hardly one of another encoding is by chance."""
    for line in start.split(b"\n"):
        try:
            if not line.isascii() and line.decode():
                return True
        except UnicodeDecodeError:
            continue
    return False


def _guessed(start: bytes) -> str:
    """Return the encoding that fits; Windows-1252 unless another reads cleaner or is likelier."""
    from charset_normalizer import from_bytes  # noqa: PLC0415 -- only where the encoding is unclear

    fitting = from_bytes(
        start[: 1 << 15], cp_isolation=["cp1252", "cp1250", "cp1254", "utf_16_le", "utf_16_be"]
    )
    best = fitting.best()
    if best is None or "cp1252" in best.could_be_from_charset:
        return "cp1252"
    western = next((each for each in fitting if each.encoding == "cp1252"), None)
    is_as_good = western and (western.chaos, -western.coherence) <= (best.chaos, -best.coherence)
    return "cp1252" if is_as_good else best.encoding


def best_header(text: str, options: ImportOptions) -> tuple[str, tuple[str, ...]] | None:
    """Return the delimiter and the columns of the row that names most fields, if it names enough of them."""
    said = _said_delimiter(text)
    best: tuple[int, str, tuple[str, ...]] | None = None
    for delimiter in said or DELIMITERS:
        for cells in _first_rows(text, delimiter):
            columns = header_in(cells)
            fields = columns_of(columns, options.columns)
            if is_table(fields) and (best is None or len(fields) > best[0]):
                best = (len(fields), delimiter, columns)
    return best[1:] if best else None


def is_table(fields: Sequence[str] | dict[str, str]) -> bool:
    """Return whether the fields make a table of messages, or of transcripts."""
    if "transcript" in fields:
        return len(fields) > 1
    return "text" in fields and ("conversation" in fields or bool({"role", "author"} & set(fields)))


def header_in(cells: Sequence[object]) -> tuple[str, ...]:
    """Return column names of a row, each once: the second `nama` is `nama_2`; blank ends left out."""
    names: list[str] = []
    for each in cells:
        name = str(each if each is not None else "").strip().lstrip("\ufeff")
        count = sum(known == name or known.startswith(f"{name}_") for known in names)
        names.append(f"{name}_{count + 1}" if count and name in names else name)
    while names and not names[-1]:
        names.pop()
    return tuple(names)


def _said_delimiter(text: str) -> str:
    """Return the delimiter that Excel's own first line `sep=;` names, else ""."""
    first = text.lstrip("\ufeff").partition("\n")[0].strip()
    return first[4] if first.casefold().startswith("sep=") and len(first) == 5 else ""


def _first_rows(text: str, delimiter: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=delimiter)
    try:
        for _, cells in zip(range(_ROWS_LOOKED_AT), reader, strict=False):
            yield cells
    except csv.Error:
        return
