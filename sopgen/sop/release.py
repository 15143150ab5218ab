"""The frozen versions of an SOP: `releases/index.yaml`, and beside it `<version>.md` and `<version>.pdf`.

Only what stands in the index and has not been touched since can judge anyone. Any doubt leaves the whole SOP
out (see `sopgen.sop`).
"""

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import Path
from typing import ClassVar
from zoneinfo import ZoneInfo

from sopgen.base.diagnostic import Diagnostic, Level, Report, has_error
from sopgen.base.shape import Document, read_yaml, shape
from sopgen.base.span import Span
from sopgen.sop.file import decoded, read_text
from sopgen.sop.model import Category, Edition, Release, Sop
from sopgen.sop.reader import read_sop

INDEX = "index.yaml"
DEFAULT_TIMEZONE = "Asia/Jakarta"
_STRICT = {"extra": "forbid"}
_VERSION = re.compile(r"\d{1,6}(?:\.\d{1,6}){0,3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hashes:
    """The SHA-256 of the frozen files, in hexadecimal."""

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    source: str
    pdf: str


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


def read_editions(folder: Path, report: Report) -> tuple[Edition, ...] | None:
    """Return the editions in `folder` (an SOP's `releases`), oldest first, or None after an error.

    A folder without an index has no editions. Diagnostics: SOP305 the index has a flaw, SOP306 a frozen file
    is missing, SOP307 one was changed, SOP308 a version stands twice, SOP309 a frozen file without an entry,
    SOP310 a value that makes no sense, and those of the frozen sources that are errors.
    """
    flaws: list[Diagnostic] = []
    places = _read_index(folder, flaws.append)
    _report_orphans(folder, {entry.version for entry, _ in places}, flaws.append)
    _report_twins(places, flaws.append)
    editions = [_edition(folder, entry, span, flaws.append) for entry, span in places]
    for flaw in flaws:
        report(flaw)
    return None if has_error(flaws) else tuple(each for each in editions if each is not None)


def sha256(data: bytes) -> str:
    """Return the SHA-256 of `data` in hexadecimal, as the index holds it."""
    return hashlib.sha256(data).hexdigest()


def effective_at(text: str, timezone: str) -> datetime | None:
    """Return the aware instant that `text` names, or None; a date is its midnight, both in `timezone`."""
    zone = ZoneInfo(timezone)
    try:
        if len(text) <= len("2026-01-01"):
            return datetime.combine(date.fromisoformat(text), time(), tzinfo=zone)
        instant = datetime.fromisoformat(text)
    except ValueError:
        return None
    return instant if instant.tzinfo else instant.replace(tzinfo=zone)


_Places = list[tuple[Entry, Span]]


def _read_index(folder: Path, report: Report) -> _Places:
    path = folder / INDEX
    if not path.is_file():
        return []
    text = read_text(path, report)
    document = read_yaml(text, Span(file=str(path), line=1, column=1), report) if text is not None else None
    if document is None or document.value is None:
        return []
    if not isinstance(document.value, list):
        hint = "write one item '- version: …' for each release"
        report(_flaw("SOP305", document.place(), "the index is no list of releases", hint))
        return []
    entries = [_entry(document, position, report) for position in range(len(document.value))]
    return [entry for entry in entries if entry is not None]


def _entry(document: Document, position: int, report: Report) -> tuple[Entry, Span] | None:
    entry = shape(document, Entry, report, code="SOP305", path=(position,))
    if entry is None:
        return None
    if not _VERSION.fullmatch(entry.version):
        hint = "write numbers and dots, such as 1.0"
        span = document.place((position, "version"))
        report(_flaw("SOP310", span, f"'{entry.version}' is no version", hint))
        return None
    return entry, document.place((position, "version"))


def _report_twins(places: _Places, report: Report) -> None:
    seen: dict[str, Span] = {}
    for entry, span in places:
        first = seen.setdefault(entry.version, span)
        if first is not span:
            hint = f"give it the next number; the first {entry.version} is at line {first.line}"
            report(_flaw("SOP308", span, f"version {entry.version} stands here twice", hint))


def _report_orphans(folder: Path, versions: set[str], report: Report) -> None:
    """Report frozen files that no entry names: an entry was taken out, or a release broke off."""
    files = sorted(folder.iterdir()) if folder.is_dir() else []
    for path in files:
        if path.suffix in (".md", ".pdf") and path.stem not in versions:
            hint = f"put the entry of {path.stem} back into {INDEX}, or delete the file"
            report(_flaw("SOP309", Span(file=str(path)), f"no entry of the index names '{path.name}'", hint))


def _edition(folder: Path, entry: Entry, span: Span, report: Report) -> Edition | None:
    source, pdf = folder / f"{entry.version}.md", folder / f"{entry.version}.pdf"
    frozen = _frozen_bytes(source, entry.sha256.source, span, report)
    approved = _frozen_bytes(pdf, entry.sha256.pdf, span, report)
    text = decoded(frozen, source, report) if frozen is not None and approved is not None else None
    sop = read_sop(text, file=str(source), report=_errors_only(report)) if text is not None else None
    if sop is None:
        return None
    release = _release(entry, sop, span, report)
    return Edition(release=release, sop=replace(sop, version=entry.version)) if release else None


def _frozen_bytes(path: Path, expected: str, span: Span, report: Report) -> bytes | None:
    """Return what a frozen file holds, or None after reporting that it is missing or was changed."""
    if not path.is_file():
        hint = "restore it from the version control or a backup"
        report(_flaw("SOP306", span, f"the frozen file '{path}' is missing", hint))
        return None
    data = path.read_bytes()
    found = sha256(data)
    if found == expected.lower():
        return data
    message = f"the frozen file was changed: its sha256 is {found}, the index says {expected}"
    hint = f"restore it as released, or release a new version (entry at {span})"
    report(_flaw("SOP307", Span(file=str(path)), message, hint))
    return None


def _errors_only(report: Report) -> Report:
    """Return a report that passes errors on: an author cannot mend the warnings of a frozen source."""
    return lambda diagnostic: report(diagnostic) if diagnostic.level is Level.ERROR else None


def _release(entry: Entry, sop: Sop, span: Span, report: Report) -> Release | None:
    effective = effective_at(entry.effective, sop.hours.timezone if sop.hours else DEFAULT_TIMEZONE)
    if effective is None:
        hint = "write a date (2026-01-31) or an instant (2026-01-31T09:00:00+07:00)"
        report(_flaw("SOP310", span, f"effective: '{entry.effective}' is neither date nor instant", hint))
        return None
    return Release(
        version=entry.version,
        category=entry.category,
        effective=effective,
        approved_by=entry.approved_by,
        approved_on=entry.approved_on,
        summary=entry.summary,
        source_sha256=entry.sha256.source.lower(),
        pdf_sha256=entry.sha256.pdf.lower(),
        span=span,
    )


def _flaw(code: str, span: Span, message: str, hint: str) -> Diagnostic:
    return Diagnostic(code=code, level=Level.ERROR, span=span, message=message, hint=hint)
