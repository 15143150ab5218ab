"""The frozen versions of an SOP, read back: `releases/index.yaml`, and for each version its files.

    releases/index.yaml       what was released when, by whom, with the hashes of everything frozen
    releases/1.0.md           the source as released
    releases/1.0.pdf          the manual as approved
    releases/1.0.files/…      the pictures and files that the manual shows or links to

Only what stands in the index and has not been touched since can judge anyone (see `sopgen.sop`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo

from sopgen.base.cache.store import NO_CACHE, Cache
from sopgen.base.diagnostic import Diagnostic, Level, Report, has_error
from sopgen.base.span import Span
from sopgen.sop.file import decoded
from sopgen.sop.kept import read_kept_index, read_kept_sop
from sopgen.sop.model import Edition, Release, Sop
from sopgen.sop.release_index import INDEX, Entry, Placed, sha256

DEFAULT_TIMEZONE = "Asia/Jakarta"
PENDING = ".pending-"
"""How the folder of a release that is being made begins; the version follows."""

FILES = ".files"
"""What the folder of a version's assets ends with."""

DAMAGE = frozenset({"SOP305", "SOP306", "SOP307", "SOP308", "SOP309", "SOP310", "SOP311", "SOP312", "SOP314"})
"""The codes that say that releases are not as they were released."""

_LEFT_BY_MACHINES = frozenset({"thumbs.db", "desktop.ini"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """The releases of an SOP, each oldest first: those that are sound, and those that were damaged."""

    editions: tuple[Edition, ...] = ()
    withheld: tuple[Release, ...] = ()


def read_archive(folder: Path, report: Report, *, cache: Cache = NO_CACHE) -> Archive | None:
    """Return what `folder` (an SOP's `releases`) holds, or None when its index cannot be relied upon.

    A folder without an index has no releases. Diagnostics, all but SOP313 errors: those of `read_index`;
    SOP306 a frozen file is missing, SOP307 one was changed, SOP309 a file that nothing names, SOP310 an
    effective date that is none, SOP313 a release broke off, SOP314 a frozen source cannot be read any more;
    and why it cannot.
    """
    flaws: list[Diagnostic] = []
    entries = read_kept_index(folder, flaws.append, cache)
    _report_strays(folder, entries, flaws.append)
    relied = not has_error(flaws)
    opened = [_open(folder, placed, place, flaws.append, cache=cache) for place, placed in enumerate(entries)]
    for flaw in flaws:
        report(flaw)
    if not relied or None in opened:
        return None
    return Archive(
        editions=tuple(each for each in opened if isinstance(each, Edition)),
        withheld=tuple(each for each in opened if isinstance(each, Release)),
    )


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


def names_offset(text: str) -> bool:
    """Return whether an effective date is an instant with its own offset, the same in every timezone."""
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def timezone_of(sop: Sop | None) -> str:
    """Return the timezone in which the dates of an SOP are meant: that of its hours."""
    return sop.hours.timezone if sop and sop.hours else DEFAULT_TIMEZONE


def plain_path(name: str) -> PurePosixPath:
    """Return the path of an asset below its folder: whatever would lead out of it is taken away."""
    return PurePosixPath(*(part for part in PurePosixPath(name).parts if part not in ("/", "//", "..")))


def names_of(version: str) -> tuple[str, str, str]:
    """Return the names of a version's source, PDF and folder of assets."""
    return f"{version}.md", f"{version}.pdf", f"{version}{FILES}"


def _open(
    folder: Path, placed: Placed, place: int, report: Report, *, cache: Cache
) -> Edition | Release | None:
    """Return the edition, the release alone where its files are damaged, None where its time is unknown."""
    entry, span = placed
    flaws: list[Diagnostic] = []
    sop = _source(folder, entry, span, flaws.append, cache=cache)
    pdf = folder / names_of(entry.version)[1]
    _frozen_bytes(pdf, entry.sha256.pdf, span, flaws.append)
    _check_assets(folder, entry, span, flaws.append)
    release = _release(entry, sop, place, span, flaws.append)
    for flaw in flaws:
        report(flaw)
    if release is None or sop is None or flaws:
        return release
    frozen = replace(sop, version=entry.version, folder=str(folder / names_of(entry.version)[2]))
    return Edition(release=release, sop=frozen, pdf=pdf)


def _source(folder: Path, entry: Entry, span: Span, report: Report, *, cache: Cache) -> Sop | None:
    path = folder / names_of(entry.version)[0]
    frozen = _frozen_bytes(path, entry.sha256.source, span, report)
    if frozen is None:
        return None
    reasons: list[Diagnostic] = []
    text = decoded(frozen, path, reasons.append)
    sop = None
    if text is not None:
        sop = read_kept_sop(text, file=str(path), report=reasons.append, cache=cache)
    for reason in reasons if sop is None else ():
        if reason.level is Level.ERROR:
            report(reason)
    if sop is None:
        hint = "read it with the version of sopgen that released it, or release a new version"
        report(_flaw("SOP314", Span(file=str(path)), "this version of sopgen cannot read it", hint))
    return sop


def _frozen_bytes(path: Path, expected: str, span: Span, report: Report) -> bytes | None:
    """Return what a frozen file holds, or None after reporting that it is missing or was changed."""
    try:
        data = path.read_bytes()
    except OSError as error:
        message = f"the frozen file '{path}' is missing; its sha256 was {expected}"
        if path.exists():
            message = f"the frozen file '{path}' cannot be read: {error.strerror}; its sha256 was {expected}"
        report(_flaw("SOP306", span, message, "restore it from the version control or a backup"))
        return None
    found = sha256(data)
    if found == expected.lower():
        return data
    message = f"the frozen file was changed: its sha256 is {found}, the index says {expected}"
    hint = f"restore it as released, from the version control or a backup (entry at {span})"
    report(_flaw("SOP307", Span(file=str(path)), message, hint))
    return None


def _check_assets(folder: Path, entry: Entry, span: Span, report: Report) -> None:
    home = folder / names_of(entry.version)[2]
    for name, expected in sorted(entry.sha256.assets.items()):
        _frozen_bytes(home / plain_path(name), expected, span, report)
    for path in sorted(home.rglob("*")) if home.is_dir() else ():
        if path.is_file() and path.relative_to(home).as_posix() not in entry.sha256.assets:
            report(_stray(path, f"take it out of the assets of {entry.version}"))


def _report_strays(folder: Path, entries: Sequence[Placed], report: Report) -> None:
    """Report files that no entry names: an entry was taken out, or something was put in by hand.

    Not counted are hidden files, and what a release that broke off left: it never was one.
    """
    found = sorted(folder.iterdir()) if folder.is_dir() else []
    versions = {entry.version for entry, _ in entries}
    pending = {path.name.removeprefix(PENDING): path for path in found if path.name.startswith(PENDING)}
    for version, path in pending.items():
        if version not in versions:
            report(_broken_off(version, path))
    known = {INDEX, *(name for version in versions | set(pending) for name in names_of(version))}
    for path in found:
        if path.name not in known and not _is_ignored(path.name):
            report(_stray(path, f"put the entry of {path.stem} back into {INDEX}, or take the file away"))


def _is_ignored(name: str) -> bool:
    return name.startswith(".") or name.lower() in _LEFT_BY_MACHINES


def _broken_off(version: str, path: Path) -> Diagnostic:
    message = f"a release of {version} broke off, or is going on; it counts for nothing"
    hint = "run `sopgen release` again: it takes away what is left, and begins anew"
    return _flaw("SOP313", Span(file=str(path)), message, hint, level=Level.WARNING)


def _stray(path: Path, hint: str) -> Diagnostic:
    found = f", its sha256 is {sha256(path.read_bytes())}" if path.is_file() else ""
    return _flaw("SOP309", Span(file=str(path)), f"no entry of the index names '{path.name}'{found}", hint)


def _release(entry: Entry, sop: Sop | None, place: int, span: Span, report: Report) -> Release | None:
    """Return the release, or None where its time is open: a date means nothing without a timezone."""
    effective = effective_at(entry.effective, timezone_of(sop))
    if effective is None:
        hint = "write a date (2026-01-31) or an instant (2026-01-31T09:00:00+07:00)"
        report(_flaw("SOP310", span, f"effective: '{entry.effective}' is neither date nor instant", hint))
        return None
    if sop is None and not names_offset(entry.effective):
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
        assets=tuple(sorted(entry.sha256.assets.items())),
        seal=entry.sha256.entry.lower(),
        place=place,
        span=span,
    )


def _flaw(code: str, span: Span, message: str, hint: str, *, level: Level = Level.ERROR) -> Diagnostic:
    return Diagnostic(code=code, level=level, span=span, message=message, hint=hint)
