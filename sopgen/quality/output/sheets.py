"""The tables of each reader, the scope first; the columns of each are literals one can read."""

from sopgen.quality.figure.figures import LeadFigures, QaFigures, Reader, figures
from sopgen.quality.figure.finding import found_rows
from sopgen.quality.known import Known
from sopgen.quality.output.lead_sheet import lead_sheets
from sopgen.quality.output.owner_sheet import owner_sheets
from sopgen.quality.output.qa_sheet import qa_sheets
from sopgen.quality.output.sheet import Sheet, behind
from sopgen.quality.veil import Veil
from sopgen.quality.wording import Wording
from sopgen.runs.results import Results


def sheets(
    results: Results,
    reader: Reader,
    *,
    veil: Veil,
    known: Known | None = None,
    history: Results | None = None,
) -> tuple[Sheet, ...]:
    """Return the tables of a reader as people may see them; `history` as in `figures`."""
    told = figures(results, reader, veil=veil, known=known, history=history)
    if isinstance(told, QaFigures):
        found = qa_sheets(told, found_rows(results, veil), Wording(veil.language))
    else:
        found = lead_sheets(told) if isinstance(told, LeadFigures) else owner_sheets(told)
    return tuple(behind(veil, each) for each in found)
