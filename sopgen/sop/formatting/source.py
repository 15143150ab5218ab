"""A source put in order, and held against what it said before."""

from collections.abc import Iterable

from sopgen.base.diagnostic import Diagnostic, Level, Report
from sopgen.base.span import Span
from sopgen.sop.difference import Change, ChangeKind, differences
from sopgen.sop.formatting.edit import edited
from sopgen.sop.formatting.front_matter import tidied
from sopgen.sop.formatting.identity import id_edits
from sopgen.sop.model import Sop
from sopgen.sop.reader import read_sop


def formatted(text: str, *, file: str, released: Iterable[str], report: Report) -> str:
    """Return the source in order; one that cannot be read is returned as it is, after reporting why.

    A part with an error stays as it is, the others are put in order. `released` are the ids of all releases.
    Diagnostics: the errors of `reader`; FMT101 the result would say something else, and is not taken.
    """
    sop = read_sop(text, file=file, report=_errors_only(report), forgiving=True)
    if sop is None:
        return text
    with_ids = edited(text, id_edits(sop, released=released))
    for result in (tidied(with_ids), with_ids):
        again = read_sop(result, file=file, report=lambda _: None, forgiving=True)
        if result == text or _says_the_same(sop, again):
            return result
    report(
        Diagnostic(
            code="FMT101",
            level=Level.ERROR,
            span=Span(file=file),
            message="the source is left as it was: formatted it would not say the same",
            hint="report it, with the source if it is not private",
        )
    )
    return text


def _errors_only(report: Report) -> Report:
    return lambda diagnostic: report(diagnostic) if diagnostic.level is Level.ERROR else None


def _says_the_same(old: Sop, new: Sop | None) -> bool:
    """Return whether nothing but given ids lies between two readings, and each section is on its line."""
    return (
        new is not None
        and all(map(_is_given_id, differences(old, new)))
        and [each.span for each in old.sections] == [each.span for each in new.sections]
    )


def _is_given_id(change: Change) -> bool:
    return change.kind is ChangeKind.RENAMED and (change.old or "").startswith("provisional-")
