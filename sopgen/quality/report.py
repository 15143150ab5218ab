"""Reports of stored runs: composed for each reader, and written beside the results."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sopgen.base.errors import UsageError
from sopgen.quality.casework import Desk, Standing, unknown
from sopgen.quality.clause import Manual
from sopgen.quality.composition import compose
from sopgen.quality.figure.figures import QaFigures, Reader, qa_figures
from sopgen.quality.hypertext import AnyPage, render
from sopgen.quality.known import Known
from sopgen.quality.lead_page import compose_lead
from sopgen.quality.owner_page import compose_owner
from sopgen.quality.risk import CASES_SHOWN
from sopgen.quality.veil import Veil, out_of, project_veil
from sopgen.quality.wording import Wording
from sopgen.runs.finding import Finding
from sopgen.runs.fingerprint import fingerprint_of
from sopgen.runs.results import Results, open_results
from sopgen.runs.trouble import storing

REPORT = "report.html"
LANGUAGES = ("id", "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """What is reported on, and how: the runs, the words, what is masked, what people know already.

    `history` are runs before them, to compare with; `manual_url` is where the manuals' site lies as seen from
    the report, "" for no links; `limit` bounds the conversations that are worked through.
    """

    runs: tuple[Path, ...]
    veil: Veil
    history: tuple[Path, ...] = ()
    manual_url: str = ""
    known: Known | None = None
    limit: int = CASES_SHOWN


def write_report(
    run_folder: Path,
    *,
    language: str = "id",
    manual_url: str | None = None,
    limit: int = CASES_SHOWN,
    unmasked: bool = False,
    history: Sequence[Path] = (),
    known: Known | None = None,
) -> Path:
    """Return QA's report of a stored run, written as `report.html` beside its results.

    `manual_url` is where the manuals' site lies as seen from the run's folder, such as `../../site`; without
    it nothing links to clauses. `unmasked` shows personal data: whoever asks for it records why first
    (`unmasking`). `history` are earlier runs to compare with. StorageError: STO101, STO102, STO201, STO202,
    MSK101. UsageError: RPT101.
    """
    if language not in LANGUAGES:
        raise UsageError(
            "RPT101", f"no report can be written in '{language}'", hint=f"use one of: {', '.join(LANGUAGES)}"
        )
    assignment = Assignment(
        runs=(run_folder,),
        veil=project_veil(out_of(run_folder), language=language, unmasked=unmasked),
        history=tuple(history),
        manual_url=manual_url or "",
        known=known,
        limit=limit,
    )
    with opened(assignment) as pages:
        return write_page(run_folder / REPORT, render(pages.page(Reader.QA)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """The pages of an assignment whose runs are open."""

    assignment: Assignment
    results: Results
    history: Results | None

    def page(self, reader: Reader, *, limit: int | None = None) -> AnyPage:
        """Return the page of a reader; `limit` takes the assignment's place. StorageError STO202: damaged."""
        assignment = self.assignment
        desk = Desk(
            wording=Wording(assignment.veil.language),
            veil=assignment.veil,
            manual=Manual(url=assignment.manual_url),
            standing=_standing(assignment.known, Wording(assignment.veil.language)),
            known=assignment.known,
        )
        match reader:
            case Reader.QA:
                return compose(self.results, desk, limit=limit or assignment.limit, history=self.history)
            case Reader.LEAD:
                return compose_lead(self.results, desk)
            case Reader.OWNER:
                return compose_owner(self.results, desk)

    def figures(self) -> QaFigures:
        """Return QA's figures. StorageError STO202: damaged."""
        assignment = self.assignment
        return qa_figures(self.results, assignment.veil, assignment.known, history=self.history)


@contextmanager
def opened(assignment: Assignment) -> Iterator[Pages]:
    """Give the pages of an assignment. StorageError: STO201 no run there, STO202 damaged."""
    with ExitStack() as stack:
        results = stack.enter_context(open_results(assignment.runs))
        history = None
        if assignment.history:
            history = stack.enter_context(open_results((*assignment.history, *assignment.runs)))
        yield Pages(assignment=assignment, results=results, history=history)


def page_name(reader: Reader, suffix: str) -> str:
    """Return the file's name of a reader's page: `report.html`, `report-lead.pdf`."""
    return f"report.{suffix}" if reader is Reader.QA else f"report-{reader}.{suffix}"


def write_page(path: Path, page: str | bytes) -> Path:
    """Return the path, its file whole or as it was before. StorageError: STO101, STO102."""
    draft = path.with_name(f".{path.name}.part")
    with storing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            draft.write_bytes(page if isinstance(page, bytes) else page.encode("utf-8", "replace"))
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
    return path


def _standing(known: Known | None, wording: Wording) -> Standing:
    """Return what says of a finding how it stands, in words; nothing of one that is news."""
    if known is None or not known.in_force:
        return unknown

    def told(finding: Finding) -> str:
        standing = known.standing(fingerprint_of(finding))
        return "" if standing.is_news else wording.say(f"stands_{standing.name.lower()}")

    return told
