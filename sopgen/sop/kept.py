"""The source of an SOP into an `Sop`, or found as it was read before: then nothing has to be parsed."""

from pathlib import Path

from sopgen.base.cache.form import Form
from sopgen.base.cache.store import Cache
from sopgen.base.diagnostic import Diagnostic, Level, Report
from sopgen.base.notation import NotedLine, Speaker
from sopgen.base.span import Span
from sopgen.sop.file import read_text
from sopgen.sop.model import (
    BusinessHours,
    Category,
    Clause,
    ClauseList,
    Example,
    Expected,
    Modality,
    Procedure,
    Prose,
    QuickReply,
    Routing,
    Section,
    SectionKind,
    Severity,
    Sop,
)
from sopgen.sop.release_index import INDEX, Entry, Hashes, Placed, read_entries

_FLAWS = (Diagnostic, Level, Span)
_SOP = Form(
    "sop",
    1,
    (
        *(Sop, Section, SectionKind, Routing, BusinessHours, Severity),
        *(Prose, ClauseList, Clause, Modality, Example, Expected, QuickReply, Procedure),
        *(NotedLine, Speaker),
        *_FLAWS,
    ),
)
_INDEX = Form("index", 1, (Entry, Hashes, Category, *_FLAWS))


def read_kept_sop(
    text: str, *, file: str, report: Report, forgiving: bool = False, cache: Cache
) -> Sop | None:
    """Return what `read_sop` does of the same; the diagnostics are the same, too."""

    def read(tell: Report) -> Sop | None:
        from sopgen.sop.reader import read_sop  # noqa: PLC0415 -- heavy, and mostly nothing is new

        return read_sop(text, file=file, report=tell, forgiving=forgiving)

    return cache.told(_SOP, (text, file, str(forgiving)), read, report)


def read_kept_index(folder: Path, report: Report, cache: Cache) -> tuple[Placed, ...]:
    """Return what `read_index` does of the same; the diagnostics are the same, too."""
    path = folder / INDEX
    if not path.is_file():
        return ()
    text = read_text(path, report)
    if text is None:
        return ()
    return cache.told(_INDEX, (text, str(path)), lambda tell: read_entries(text, path, tell), report)
