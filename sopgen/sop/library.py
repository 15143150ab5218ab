"""All SOPs of a project: every `<id>/sop.md` of a folder, with its releases."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from sopgen.base.cache.store import NO_CACHE, Cache
from sopgen.base.diagnostic import Diagnostic, Level, Report
from sopgen.base.errors import SourceError
from sopgen.base.span import Span
from sopgen.sop.attribute import is_id
from sopgen.sop.file import read_text
from sopgen.sop.kept import read_kept_sop
from sopgen.sop.model import Edition, Sop, SopHistory
from sopgen.sop.naming import plain_id
from sopgen.sop.release import read_archive

SOURCE = "sop.md"
RELEASES = "releases"


def read_library(
    folder: Path, report: Report, *, forgiving: bool = False, cache: Cache = NO_CACHE
) -> tuple[SopHistory, ...]:
    """Return the SOPs in `folder`, by id; one of which nothing can be relied upon is left out.

    With `forgiving` a draft with errors in its parts is kept, to be looked over and no more. Sources that
    were read before are found in the `cache`. Raises SourceError SOP301 when there is no such folder.
    Diagnostics: SOP302 no SOP in it, SOP303 a folder without `sop.md`, and those of `read_history`.
    """
    if not folder.is_dir():
        hint = "name the folder that holds the SOPs with --sops DIR"
        raise SourceError("SOP301", f"there is no folder '{folder}'", hint=hint)
    folders = tuple(_sop_folders(folder, report))
    if not folders:
        hint = f"write the first one to {folder / 'cs-example' / SOURCE}, or begin it with 'sopgen init'"
        _flaw("SOP302", folder, f"no SOP in '{folder}'", hint, report=report, level=Level.WARNING)
    histories = (read_history(each, report, forgiving=forgiving, cache=cache) for each in folders)
    return tuple(history for history in histories if history is not None)


def read_history(
    folder: Path, report: Report, *, forgiving: bool = False, cache: Cache = NO_CACHE
) -> SopHistory | None:
    """Return the SOP in `folder`, or None when neither its draft nor its releases can be used.

    A draft with an error is left out, and the releases govern on; without a sound index the whole SOP is.
    Diagnostics: SOP304 a folder that is not named like its SOP, SOP311 a release of another SOP; those of
    `file`, `reader` and `release`.
    """
    draft = _read_draft(folder, report, forgiving=forgiving, cache=cache)
    archive = read_archive(folder / RELEASES, report, cache=cache)
    if archive is None or _report_strangers(archive.editions, folder, report):
        return None
    if draft is None and not archive.editions:
        return None
    return SopHistory(draft=draft, editions=archive.editions, withheld=archive.withheld)


def _read_draft(folder: Path, report: Report, *, forgiving: bool, cache: Cache) -> Sop | None:
    text = read_text(folder / SOURCE, report)
    if text is None:
        return None
    draft = read_kept_sop(text, file=str(folder / SOURCE), report=report, forgiving=forgiving, cache=cache)
    if draft is None:
        return None
    if draft.id != folder.name:
        hint = f"rename the folder to '{draft.id}', or {_other_name(folder.name)}"
        message = f"the SOP '{draft.id}' lies in a folder named '{folder.name}'"
        _flaw("SOP304", folder / SOURCE, message, hint, report=report)
        return None
    return replace(draft, folder=str(folder))


def _other_name(folder: str) -> str:
    """Return how to keep a folder's name, or the nearest to it that an id can be."""
    if is_id(folder):
        return f"set 'id: {folder}'"
    name = plain_id(folder)
    return f"call both '{name}'" if name else "call both by one word in small letters"


def _sop_folders(folder: Path, report: Report) -> Iterator[Path]:
    for each in sorted(folder.iterdir()):
        if not each.is_dir() or each.name.startswith("."):
            continue
        if (each / SOURCE).is_file():
            yield each
        else:
            hint = f"write the SOP to {each / SOURCE}, or move the folder elsewhere"
            _flaw("SOP303", each, f"no {SOURCE} in it", hint, report=report, level=Level.WARNING)


def _report_strangers(editions: tuple[Edition, ...], folder: Path, report: Report) -> bool:
    """Report releases that belong to an SOP of another id; return whether there are any."""
    strangers = [edition for edition in editions if edition.sop.id != folder.name]
    for edition in strangers:
        message = (
            f"release {edition.release.version} is of the SOP '{edition.sop.id}', not of '{folder.name}'"
        )
        hint = (
            "keep the id that was released, and its folder's name; where the folder is a copy for a new SOP, "
            "delete 'releases' in it, or begin with 'sopgen init'"
        )
        _flaw("SOP311", Path(edition.sop.span.file), message, hint, report=report)
    return bool(strangers)


def _flaw(
    code: str, path: Path, message: str, hint: str, *, report: Report, level: Level = Level.ERROR
) -> None:
    report(Diagnostic(code=code, level=level, span=Span(file=str(path)), message=message, hint=hint))
