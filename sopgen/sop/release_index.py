"""The index of an SOP's releases, `releases/index.yaml`: its entries, read and written, and their seals.

A seal is the SHA-256 of an entry's own values and of the seal before it. It shows an entry that was changed,
taken out or moved; it is no signature, and whoever rewrites the whole index can seal it anew. That one is
shown by the version control. Only the last entry can be taken out, together with its files, without a trace.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import ClassVar

from sopgen.base.diagnostic import Diagnostic, Level, Report
from sopgen.base.shape import Document, read_yaml, shape
from sopgen.base.span import Span
from sopgen.sop.file import read_text
from sopgen.sop.model import Category
from sopgen.sop.release_version import is_version

INDEX = "index.yaml"
_STRICT = {"extra": "forbid"}
_HEAD = """\
# The releases of {id}, oldest first, written by `sopgen release`. Add nothing and change nothing by hand:
# a conversation is judged by the release that was in force when it was held.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hashes:
    """SHA-256 in hexadecimal: of the frozen files, of the assets by name, and of the entry (its seal)."""

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    source: str
    pdf: str
    assets: dict[str, str] = field(default_factory=dict)
    entry: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of the index, as written; `effective` is a date or an instant."""

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    version: str
    category: Category
    effective: str
    approved_by: str
    approved_on: date
    summary: str
    sha256: Hashes


Placed = tuple[Entry, Span]
"""An entry, and where its version stands."""


def sha256(data: bytes) -> str:
    """Return the SHA-256 of `data` in hexadecimal, as the index holds it."""
    return hashlib.sha256(data).hexdigest()


def seal_of(entry: Entry, before: str) -> str:
    """Return the seal of an entry; `before` is the seal of the one before it, "" for the first."""
    values = {
        "before": before,
        "version": entry.version,
        "category": entry.category.value,
        "effective": entry.effective,
        "approved_by": entry.approved_by,
        "approved_on": entry.approved_on.isoformat(),
        "summary": entry.summary,
        "source": entry.sha256.source.lower(),
        "pdf": entry.sha256.pdf.lower(),
        "assets": {name: value.lower() for name, value in sorted(entry.sha256.assets.items())},
    }
    written = json.dumps(values, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return sha256(written.encode())


def read_index(folder: Path, report: Report) -> tuple[Placed, ...]:
    """Return the entries of the index in `folder`, in its order; without an index there are none.

    Diagnostics: SOP305 a flaw of form, SOP308 a version that stands twice, SOP310 a version that is none,
    SOP312 an entry without its seal, or one that was changed since.
    """
    path = folder / INDEX
    if not path.is_file():
        return ()
    text = read_text(path, report)
    return read_entries(text, path, report) if text is not None else ()


def read_entries(text: str, path: Path, report: Report) -> tuple[Placed, ...]:
    """Return the entries that the text of an index holds; diagnostics as in `read_index`."""
    document = read_yaml(text, Span(file=str(path), line=1, column=1), report)
    if document is None or document.value is None:
        return ()
    if not isinstance(document.value, list):
        hint = "write one item '- version: …' for each release"
        report(_flaw("SOP305", document.place(), "the index is no list of releases", hint))
        return ()
    read = [_entry(document, position, report) for position in range(len(document.value))]
    entries = tuple(entry for entry in read if entry is not None)
    _report_twins(entries, report)
    if len(entries) == len(read):
        _report_broken_seals(entries, report)
    return entries


def last_seal(entries: Sequence[Placed]) -> str:
    """Return the seal that the next entry builds on, "" before the first."""
    return entries[-1][0].sha256.entry.lower() if entries else ""


def written_index(before: str, entry: Entry, *, id: str) -> str:  # noqa: A002 - the word of the front matter
    """Return the text of the index with one entry more; what stood there stays as it is."""
    head = before if before.strip() else _HEAD.format(id=id)
    return head + ("" if head.endswith("\n") else "\n") + _written(entry)


def _written(entry: Entry) -> str:
    lines = [
        f"- version: {_quoted(entry.version)}",
        f"  category: {entry.category.value}",
        f"  effective: {_quoted(entry.effective)}",
        f"  approved_by: {_quoted(entry.approved_by)}",
        f"  approved_on: {entry.approved_on.isoformat()}",
        f"  summary: {_quoted(entry.summary)}",
        "  sha256:",
        f"    source: {entry.sha256.source}",
        f"    pdf: {entry.sha256.pdf}",
        *_written_assets(entry.sha256.assets),
        f"    entry: {entry.sha256.entry}",
    ]
    return "\n".join(lines) + "\n"


def _written_assets(assets: dict[str, str]) -> Iterable[str]:
    if not assets:
        return ()
    return ("    assets:", *(f"      {_quoted(name)}: {value}" for name, value in sorted(assets.items())))


def _quoted(text: str) -> str:
    """Return a text as a double-quoted scalar of YAML."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(each if each.isprintable() else f"\\U{ord(each):08x}" for each in escaped) + '"'


def _entry(document: Document, position: int, report: Report) -> Placed | None:
    entry = shape(document, Entry, report, code="SOP305", path=(position,))
    if entry is None:
        return None
    span = document.place((position, "version"))
    if not is_version(entry.version):
        hint = "write numbers and dots, such as 1.0"
        report(_flaw("SOP310", span, f"'{entry.version}' is no version", hint))
        return None
    return entry, span


def _report_twins(entries: Sequence[Placed], report: Report) -> None:
    seen: dict[str, Span] = {}
    for entry, span in entries:
        first = seen.setdefault(entry.version, span)
        if first is not span:
            hint = f"give it the next number; the first {entry.version} is at line {first.line}"
            report(_flaw("SOP308", span, f"version {entry.version} stands here twice", hint))


def _report_broken_seals(entries: Sequence[Placed], report: Report) -> None:
    before = ""
    for entry, span in entries:
        found, written = seal_of(entry, before), entry.sha256.entry.lower()
        if found != written:
            report(_broken_seal(entry, span, found))
        before = written or found


def _broken_seal(entry: Entry, span: Span, found: str) -> Diagnostic:
    written = entry.sha256.entry
    if written:
        message = f"the entry of {entry.version} was changed: its sha256 is {found}, sealed was {written}"
        hint = "restore the entry, and those before it, from the version control"
    else:
        message = f"the entry of {entry.version} has no seal; its sha256 is {found}"
        hint = f"when it is as approved, add 'entry: {found}' below its sha256"
    return _flaw("SOP312", span, message, hint)


def _flaw(code: str, span: Span, message: str, hint: str) -> Diagnostic:
    return Diagnostic(code=code, level=Level.ERROR, span=span, message=message, hint=hint)
