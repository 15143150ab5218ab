"""Files of an SOP read as text, bounded in size."""

from pathlib import Path

from sopgen.base.diagnostic import Diagnostic, Level, Report
from sopgen.base.span import Span

MOST_BYTES = 4 * 2**20
"""Four mebibytes, some two thousand pages: our decision. A larger file is no SOP."""


def read_text(path: Path, report: Report) -> str | None:
    """Return the text of a UTF-8 file, or None after reporting SOP107 (not UTF-8) or SOP109 (unreadable)."""
    data = read_bytes(path, report)
    return decoded(data, path, report) if data is not None else None


def read_bytes(path: Path, report: Report) -> bytes | None:
    """Return what the file holds, or None after reporting SOP109: too large, or not readable."""
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= MOST_BYTES else b""
    except OSError as error:
        hint = "check that the file is there and that you may read it"
        _flaw("SOP109", Span(file=str(path)), f"cannot be read: {error.strerror}", hint, report)
        return None
    if size > MOST_BYTES:
        message = f"the file holds {size} bytes, more than the {MOST_BYTES} that an SOP may have"
        _flaw("SOP109", Span(file=str(path)), message, "split it into several SOPs", report)
        return None
    return data


def decoded(data: bytes, path: Path, report: Report) -> str | None:
    """Return the text in `data`, or None after reporting SOP107 where its first byte is not UTF-8."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
        message = f"not UTF-8: the byte 0x{data[error.start]:02x}"
        span = Span(file=str(path), line=line, column=column)
        _flaw("SOP107", span, message, "save the file as UTF-8 in your editor", report)
        return None


def _flaw(code: str, span: Span, message: str, hint: str, report: Report) -> None:
    report(Diagnostic(code=code, level=Level.ERROR, span=span, message=message, hint=hint))
