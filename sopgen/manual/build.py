"""From SOPs to the manuals on disk: a site of HTML pages, and the PDFs."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path

from sopgen.base.diagnostic import Diagnostic, Level, Report, has_error
from sopgen.base.errors import RenderError
from sopgen.base.span import Span
from sopgen.manual.body import render_body
from sopgen.manual.dead_link import dead_links
from sopgen.manual.exchange import building_aside
from sopgen.manual.handbook import NAME as HANDBOOK
from sopgen.manual.inventory import Inventory
from sopgen.manual.model import Body, Manual, Shelved, is_folder_name, manuals_of
from sopgen.manual.press import Press
from sopgen.manual.sheet import Printed
from sopgen.manual.site import link_or_copy, write_site
from sopgen.manual.template import dressed
from sopgen.manual.theme import Theme
from sopgen.manual.volume import Kind, Volume, approved_volumes, volumes_of
from sopgen.manual.work import FOLDERS, STORE, Built, Order, Progress, Step
from sopgen.sop.model import SopHistory


def build_manuals(
    histories: Iterable[SopHistory], order: Order, *, output: Path, report: Report, progress: Progress
) -> Built:
    """Return the manuals built into `output/site` and `output/pdf`, which are replaced as a whole.

    A version with an error is reported and left out.
    Raises RenderError MAN201 without Pango, MAN203 for a template, MAN204 when a process that renders ends by
    itself, MAN115 for a dead link; StorageError MAN202 when the disk refuses, MAN205 while another build is
    at work.
    """
    with dressed(order.theme), building_aside(output, FOLDERS) as aside:
        (aside / "pdf").mkdir()
        binder = _Binder(aside=aside, order=order, report=report, progress=progress)
        shelf = binder.bind(tuple(histories), Press(store=output / STORE, workers=order.workers))
        binder.put_beside(shelf)
        site = write_site(
            aside / "site",
            shelf,
            handbook=HANDBOOK if binder.has_handbook() else "",
            single_files=order.single_files,
        )
        _refuse_dead_links(aside / "site", site.inventory, order.theme, report)
    return Built(
        home=output / "site" / "index.html",
        pages=tuple(output / page.relative_to(aside) for page in site.pages),
        pdfs=tuple(output / "pdf" / name for name in binder.names),
        failed=tuple(binder.failed),
        single_files=tuple(
            output / "site" / each.manual.sop.id / each.manual.version / each.manual.single_name
            for each in (shelf if order.single_files else ())
        ),
    )


class _Binder:
    """Makes bodies and PDFs below `aside`, and remembers which PDFs there are and what failed."""

    def __init__(self, *, aside: Path, order: Order, report: Report, progress: Progress) -> None:
        self._aside = aside
        self._order = order
        self._report = report
        self._progress = progress
        self._volumes: tuple[Volume, ...] = ()
        self._approved: dict[str, bytes] = {}
        self.names: list[str] = []
        self.failed: list[str] = []

    def bind(self, histories: Sequence[SopHistory], press: Press) -> tuple[Shelved, ...]:
        """Return the versions whose bodies and PDFs could be made, after writing the PDFs."""
        order = self._order
        manuals = [
            manual
            for history in histories
            for manual in manuals_of(history, drafts=order.drafts, as_of=order.as_of)
        ]
        shelf = list(self._shelved(manuals))
        self._volumes = (
            volumes_of(shelf, self._approved, created=order.created, handbook=order.handbook)
            if order.pdfs
            else tuple(approved_volumes(shelf, self._approved))
        )
        missing = self._print(press)
        without = {volume.beside for volume in missing if volume.kind is Kind.OWN}
        self.failed += [title for title in map(_title, manuals) if title in without]
        self.failed += [volume.name for volume in missing if volume.kind is not Kind.OWN]
        return tuple(self._with_pdfs(each) for each in shelf if _title(each.manual) not in without)

    def has_handbook(self) -> bool:
        """Return whether there is a handbook."""
        return HANDBOOK in self.names

    def _with_pdfs(self, shelved: Shelved) -> Shelved:
        """Return the version with the names of the PDFs that lie beside its page."""
        title = _title(shelved.manual)
        names = {
            each.kind: each.name for each in self._volumes if each.beside == title and each.name in self.names
        }
        return replace(
            shelved,
            has_pdf=Kind.OWN in names,
            copy=names.get(Kind.COPY, ""),
            changes=names.get(Kind.CHANGES, ""),
        )

    def put_beside(self, shelf: Sequence[Shelved]) -> None:
        """Give each PDF of a version a second name beside its page."""
        homes = {_title(each.manual): f"{each.manual.sop.id}/{each.manual.version}" for each in shelf}
        for volume in self._volumes:
            home = homes.get(volume.beside)
            if home and volume.name in self.names:
                link_or_copy(self._aside / "pdf" / volume.name, self._aside / "site" / home / volume.name)
        if self.has_handbook():
            link_or_copy(self._aside / "pdf" / HANDBOOK, self._aside / "site" / HANDBOOK)

    def _shelved(self, manuals: Sequence[Manual]) -> Iterator[Shelved]:
        """Yield the versions with their bodies, less those whose names, links or pictures have an error."""
        for number, manual in enumerate(manuals):
            self._progress(Step(name=_title(manual), done=number, total=len(manuals)))
            body = self._body(manual) if _can_be_named(manual, self._report) else None
            if body is None or not self._is_as_approved(manual):
                self.failed.append(_title(manual))
            else:
                yield Shelved(manual=manual, body=body)

    def _is_as_approved(self, manual: Manual) -> bool:
        """Return whether the version's frozen PDF, where it has one, is the one that was approved."""
        if manual.frozen_pdf is None:
            return True
        data = approved_pdf(manual, manual.frozen_pdf, report=self._report)
        if data is not None:
            self._approved[_title(manual)] = data
        return data is not None

    def _body(self, manual: Manual) -> Body | None:
        flaws: list[Diagnostic] = []
        notes = manual.lineage.notes(manual.version)
        body = render_body(manual.sop, report=flaws.append, level=_level_of(manual), notes=notes)
        for flaw in flaws:
            self._report(flaw)
        return None if has_error(flaws) else body

    def _print(self, press: Press) -> tuple[Volume, ...]:
        """Return the PDFs that could not be had, after writing the others."""
        sheets = [volume.sheet for volume in self._volumes if volume.sheet]
        done = count(1)
        printed = press.print_all(
            sheets, lambda name: self._progress(Step(name=name, done=next(done), total=len(sheets)))
        )
        press.tidy()
        by_name = dict(zip([sheet.name for sheet in sheets], printed, strict=True))
        missing = tuple(each for each in self._volumes if not self._write(each, by_name.get(each.name)))
        self.names += [volume.name for volume in self._volumes if volume not in missing]
        return missing

    def _write(self, volume: Volume, printed: Printed | None) -> bool:
        """Write a PDF, and return whether it could be had; what there is to say of it is reported."""
        for flaw in printed.flaws if printed else ():
            self._report(flaw)
        data = printed.pdf if printed else volume.approved
        if data is None:
            return False
        (self._aside / "pdf" / volume.name).write_bytes(data)
        return True


def approved_pdf(manual: Manual, path: Path, *, report: Report) -> bytes | None:
    """Return the bytes that were approved, or None after reporting MAN109: they are not there any more."""
    approved = manual.release.pdf_sha256 if manual.release else ""
    try:
        data = path.read_bytes()
        found = hashlib.sha256(data).hexdigest()
    except OSError as error:
        data, found = b"", f"unknown ({error.strerror})"
    if found == approved:
        return data
    report(
        Diagnostic(
            code="MAN109",
            level=Level.ERROR,
            span=Span(file=str(path)),
            message=f"not the PDF that was approved: its sha256 is {found}, approved was {approved}",
            hint="restore it as released, from the version control or a backup",
        )
    )
    return None


def _refuse_dead_links(site: Path, inventory: Inventory, theme: Theme, report: Report) -> None:
    """Raise RenderError MAN115 after reporting each link that leads nowhere; the old site then stays."""
    dead = tuple(dead_links(site, inventory, templates=theme.templates))
    for flaw in dead:
        report(flaw)
    if dead:
        count = f"{len(dead)} links lead" if len(dead) > 1 else "a link leads"
        raise RenderError(
            "MAN115", f"{count} nowhere; what was built before is untouched", hint="mend the errors above"
        )


def _title(manual: Manual) -> str:
    return f"{manual.sop.id} {manual.version}"


def _level_of(manual: Manual) -> Level:
    """Return how much a refused link matters: a released source can no longer be mended."""
    return Level.WARNING if manual.release else Level.ERROR


def _can_be_named(manual: Manual, report: Report) -> bool:
    bad = [name for name in (manual.sop.id, manual.version) if not is_folder_name(name)]
    for name in bad:
        report(
            Diagnostic(
                code="MAN107",
                level=Level.ERROR,
                span=manual.sop.span,
                message=f"'{name}' cannot name a folder of the site",
                hint="use letters, digits, '.', '_' and '-', and no name of the site's own",
            )
        )
    return not bad
