"""Wide tables on paper: the PDF, and a page of the site that is printed."""

import io
from dataclasses import replace

import pytest
from manual_sample import build
from pypdf import PdfReader

from sopgen.sop.model import Prose

KEY = "A1b2C3d4E5" * 7 + "xyz12"
EDGE = 40
"""Points from the edge of the paper that no table comes nearer to: 14 mm."""


def rows(*cells):
    """Return a table in Markdown: its heading, and one row of the same cells."""
    line = f"| {' | '.join(cells)} |"
    return f"{line}\n|{'---|' * len(cells)}\n{line}"


SHAPES = {
    "18 columns": rows(*(f"Keterangan{place}" for place in range(18))),
    "12 short words": rows(*(f"Triwulan{place}" for place in range(12))),
    "a long value": rows("kunci", f"`{KEY}`"),
    "40 columns": rows(*(f"Keterangan{place}" for place in range(40))),
}


def outside(pdf):
    """Return what of a PDF begins or ends beyond the margins; a letter is half as wide as it is high."""
    found = []
    for page in pdf.pages[1:]:
        right = float(page.mediabox.width) - EDGE

        def look(text, user, own, _, size, right=right):
            start = own[4] * user[0] + own[5] * user[2] + user[4]
            wide = max((len(line) for line in text.split("\n")), default=0) * size * abs(own[0] * user[0]) / 2
            if text.strip() and start + wide > right and not text.startswith(("Halaman", "Berlaku")):
                found.append((text, start))

        page.extract_text(visitor_text=look)
    return found


def letters(pdf):
    """Return all that a PDF says, without blanks: a word that is broken over lines is whole."""
    return "".join("".join(page.extract_text().split()) for page in pdf.pages)


@pytest.fixture(scope="module")
def printed(histories, browser, tmp_path_factory):
    """Return the PDF of an SOP with all tables, and its page as Chromium prints it."""
    folder, sop = tmp_path_factory.mktemp("wide"), histories[0].draft
    blocks = tuple(Prose(markdown=table, span=sop.span) for table in SHAPES.values())
    first = replace(sop.sections[0], blocks=blocks)
    build((replace(histories[0], draft=replace(sop, sections=(first, *sop.sections[1:]))),), folder)
    page = browser.new_page()
    page.goto(f"file://{folder}/site/{sop.id}/draft/index.html")
    site = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    page.close()
    return {"pdf": PdfReader(folder / "pdf" / f"{sop.id}-draft.pdf"), "site": site}


@pytest.mark.parametrize("paper", ["pdf", "site"])
def test_nothing_of_a_wide_table_is_lost(printed, paper):
    """Every cell stands between the margins, however many columns there are and however long a word is."""
    said = letters(printed[paper])
    assert KEY in said
    assert all(said.count(f"Triwulan{place}") >= 2 for place in range(12))
    assert outside(printed[paper]) == []


@pytest.mark.parametrize("paper", ["pdf", "site"])
def test_a_very_wide_table_turns_its_page_alone(printed, paper):
    """The pages of the widest tables lie on their side; what follows stands upright again."""
    shapes = [page.mediabox.width > page.mediabox.height for page in printed[paper].pages]
    assert any(shapes)
    assert not shapes[0]
    assert not shapes[-1]
