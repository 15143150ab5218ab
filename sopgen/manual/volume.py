"""Which PDFs a build has, and what each is made of.

- Each version has its own: the file that was approved, byte for byte, or what its source becomes.
- Each superseded version has a copy besides, which says so on every page (see `paper`).
- Between two versions that follow one another lies a redline.
- The handbook holds all SOPs in force. It is a copy for daily use, never an approved file.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import groupby, pairwise

from sopgen.base.diagnostic import Diagnostic
from sopgen.manual.body import render_body
from sopgen.manual.handbook import handbook_sheet
from sopgen.manual.model import Body, Manual, Shelved, Status
from sopgen.manual.paper import sop_sheet
from sopgen.manual.redline_paper import redline_sheet
from sopgen.manual.sheet import Sheet


class Kind(StrEnum):
    """What a PDF is; a version cannot do without its own."""

    OWN = "own"
    COPY = "copy"
    CHANGES = "changes"
    HANDBOOK = "handbook"


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """One PDF: the bytes that were approved, or a sheet to print.

    `beside` is the version ("id version") whose page it lies beside, "" for none.
    """

    name: str
    kind: Kind
    beside: str = ""
    approved: bytes | None = None
    sheet: Sheet | None = None


def volumes_of(
    shelf: Sequence[Shelved],
    approved: Mapping[str, bytes],
    *,
    created: datetime | None,
    handbook: bool,
) -> tuple[Volume, ...]:
    """Return the PDFs of the versions on the shelf, in their order, then the handbook.

    `approved` holds the PDFs that were approved, by "id version".
    """
    return tuple(_volumes(shelf, approved, created, handbook=handbook))


def approved_volumes(shelf: Sequence[Shelved], approved: Mapping[str, bytes]) -> Iterator[Volume]:
    """Yield the PDFs that were approved, which need no rendering."""
    for manual in (each.manual for each in shelf):
        title = _title(manual)
        if title in approved:
            yield Volume(name=manual.pdf_name, kind=Kind.OWN, beside=title, approved=approved[title])


def _volumes(
    shelf: Sequence[Shelved], approved: Mapping[str, bytes], created: datetime | None, *, handbook: bool
) -> Iterator[Volume]:
    for _, versions in groupby(shelf, key=lambda each: each.manual.sop.id):
        manuals = tuple(versions)
        for each in manuals:
            yield from tuple(approved_volumes((each,), approved)) or (_own(each.manual, created),)
            yield from _copies(each.manual)
        for new, old in pairwise(each.manual for each in manuals):
            sheet = redline_sheet(old, new, created=new.effective or created)
            yield Volume(name=sheet.name, kind=Kind.CHANGES, beside=_title(new), sheet=sheet)
    in_force = [each.manual for each in shelf if _is_in_force(each.manual)]
    if handbook and in_force:
        sheet = handbook_sheet([(manual, _plain_body(manual)) for manual in in_force])
        yield Volume(name=sheet.name, kind=Kind.HANDBOOK, sheet=sheet)


def _own(manual: Manual, created: datetime | None) -> Volume:
    sheet = sop_sheet(manual, _plain_body(manual), created=manual.effective or created)
    return Volume(name=sheet.name, kind=Kind.OWN, beside=_title(manual), sheet=sheet)


def _copies(manual: Manual) -> Iterator[Volume]:
    """Yield the copy of a superseded version, dated when it was superseded."""
    if manual.status is Status.SUPERSEDED and manual.successor is not None:
        sheet = sop_sheet(manual, _plain_body(manual), created=manual.successor.effective, copy=True)
        yield Volume(name=sheet.name, kind=Kind.COPY, beside=_title(manual), sheet=sheet)


def _is_in_force(manual: Manual) -> bool:
    return manual.is_latest and manual.status is Status.RELEASED


def _plain_body(manual: Manual) -> Body:
    """Return the body as it stands on paper, without what the site adds; its flaws were told before."""
    return render_body(manual.sop, report=_heard)


def _heard(_: Diagnostic) -> None:
    """Flaws of the body were reported with its page."""


def _title(manual: Manual) -> str:
    return f"{manual.sop.id} {manual.version}"
