"""From SOPs to the manuals on disk: a site of HTML pages, and a PDF of each version."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sopgen.base.diagnostic import Diagnostic, Level, Report, has_error
from sopgen.base.span import Span
from sopgen.manual.body import render_body
from sopgen.manual.exchange import building_aside
from sopgen.manual.model import Body, Manual, Shelved, is_folder_name, manuals_of
from sopgen.manual.pdf import render_pdf
from sopgen.manual.site import link_or_copy, write_site
from sopgen.sop.model import SopHistory

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What a build left on disk, each in the order of the SOPs, newest version first.

    `failed` names the versions that were left out, as "id version".
    """

    home: Path
    pages: tuple[Path, ...]
    pdfs: tuple[Path, ...]
    failed: tuple[str, ...] = ()


def build_manuals(
    histories: Iterable[SopHistory],
    *,
    output: Path,
    report: Report,
    progress: Progress,
    drafts: bool = False,
    as_of: datetime | None = None,
    created: datetime | None = None,
) -> Built:
    """Return the manuals built into `output/site` and `output/pdf`, which are replaced as a whole.

    A version with an error is reported and left out. `drafts` also builds the drafts of released SOPs;
    `as_of` says which releases have taken effect (None: all); `created` is the time that a draft's PDF
    carries (None: no time).
    Raises RenderError MAN201 without Pango, StorageError MAN202 when the disk refuses.
    """
    with building_aside(output, ("site", "pdf")) as aside:
        (aside / "pdf").mkdir()
        binder = _Binder(aside=aside, report=report, progress=progress, created=created)
        for history in histories:
            for manual in manuals_of(history, drafts=drafts, as_of=as_of):
                binder.bind(manual)
        pages = write_site(aside / "site", binder.shelf)
    return Built(
        home=output / "site" / "index.html",
        pages=tuple(output / page.relative_to(aside) for page in pages),
        pdfs=tuple(output / pdf.relative_to(aside) for pdf in binder.pdfs),
        failed=tuple(binder.failed),
    )


class _Binder:
    """Builds one version after another below `aside` and remembers what came of them."""

    def __init__(self, *, aside: Path, report: Report, progress: Progress, created: datetime | None) -> None:
        self._aside = aside
        self._report = report
        self._progress = progress
        self._created = created
        self.shelf: list[Shelved] = []
        self.pdfs: list[Path] = []
        self.failed: list[str] = []

    def bind(self, manual: Manual) -> None:
        """Make the body and the PDF of one version, or report why not."""
        self._progress(f"{manual.sop.id} {manual.version}")
        made = self._make(manual)
        if made is None:
            self.failed.append(f"{manual.sop.id} {manual.version}")
            return
        self._keep(manual, *made)

    def _make(self, manual: Manual) -> tuple[Body, bytes] | None:
        """Return the body and the PDF, or None after an error in the names, the links or the pictures."""
        if not _can_be_named(manual, self._report):
            return None
        flaws: list[Diagnostic] = []
        body = render_body(manual.sop, report=flaws.append, level=_level_of(manual))
        for flaw in flaws:
            self._report(flaw)
        if has_error(flaws):
            return None
        pdf = self._pdf(manual, body)
        return None if pdf is None else (body, pdf)

    def _pdf(self, manual: Manual, body: Body) -> bytes | None:
        """Return the PDF as approved where there is one, and render it only where there is none yet."""
        if manual.frozen_pdf is not None:
            return approved_pdf(manual, manual.frozen_pdf, report=self._report)
        return render_pdf(manual, body, created=manual.effective or self._created, report=self._report)

    def _keep(self, manual: Manual, body: Body, pdf: bytes) -> None:
        place = self._aside / "pdf" / manual.pdf_name
        place.write_bytes(pdf)
        link_or_copy(place, self._aside / "site" / manual.sop.id / manual.version / manual.pdf_name)
        self.pdfs.append(place)
        self.shelf.append(Shelved(manual=manual, body=body, has_pdf=True))


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
