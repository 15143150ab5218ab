"""Tables as browsers lay them out; what names columns is no clause, and data stays a table."""

import pytest
from docx import Document
from docx.oxml import OxmlElement
from pictures import saved

from sopgen.sop.drafting.fate import Kind

SPANS = """<html><h2>Standar</h2><table>
<tr><th rowspan="2">Kanal</th><th colspan="2">Batas</th></tr>
<tr><th>Balas</th><th>Selesai</th></tr>
<tr><td rowspan="2">WA</td><td>5 menit</td><td>1 jam</td></tr>
<tr><td>6 menit</td><td>2 jam</td></tr>
<tr><td colspan="2">Semua</td><td>3 jam</td></tr>
<tr><td>LINE</td><td rowspan="0">8 menit</td><td>4 jam</td></tr>
<tr><td>Telepon</td><td>5 jam</td></tr></table></html>"""


def test_cells_stand_in_the_columns_that_a_browser_puts_them_in(drafted):
    """Over several rows told in each, over several columns in the first; two rows of names are one."""
    draft = drafted(SPANS, "sop.html")
    assert (
        "| Kanal | Batas Balas | Batas Selesai |\n|---|---|---|\n| WA | 5 menit | 1 jam |\n"
        "| WA | 6 menit | 2 jam |\n| Semua |  | 3 jam |\n| LINE | 8 menit | 4 jam |\n"
        "| Telepon | 8 menit | 5 jam |"
    ) in draft.source
    assert {line for fate in draft.fates for line in fate.lines} == set(range(1, 9))


def test_no_cell_is_lost_from_a_clause(drafted):
    """The row whose first cell stands in the row above tells it, too."""
    rows = (
        '<tr><td rowspan="2">WA</td><td>Agen wajib menyapa</td></tr><tr><td>Agen wajib menutup chat</td></tr>'
    )
    page = f"<html><h2>Standar</h2><table><tr><td>Kanal</td><td>Aturan</td></tr>{rows}</table></html>"
    source = drafted(page, "sop.html").source
    assert "- WA: Agen wajib menyapa {#" in source
    assert "- WA: Agen wajib menutup chat {#" in source
    assert "Kanal: Aturan" not in source


def test_merged_cells_of_a_word_file_keep_their_columns(drafted):
    """Down and across."""
    document = Document()
    document.add_heading("Standar", level=1)
    table = document.add_table(rows=3, cols=3)
    texts = (("Kanal", "Balas", "Selesai"), ("WA", "5 menit", "1 jam"), ("", "sama", ""))
    for row, told in zip(table.rows, texts, strict=True):
        for cell, text in zip(row.cells, told, strict=True):
            cell.text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    table.cell(2, 1).merge(table.cell(2, 2))
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    source = drafted(saved(document), "sop.docx").source
    assert "| Kanal | Balas | Selesai |\n|---|---|---|\n| WA | 5 menit | 1 jam |\n| WA | sama |  |" in source


@pytest.mark.parametrize(
    "table",
    [
        "| A | B |\n|---|---|\n| x | y |",
        "| Kanal | Balas | Catatan |\n|---|---|---|\n| WA | 5 menit | agen wajib menyapa |",
        "| No | Kanal | Jam |\n|---|---|---|\n| 1 | WA | 08.00-17.00 |\n| 2 | LINE | 08.00-12.00 |",
    ],
)
@pytest.mark.parametrize("name", ["sop.md", "sop.txt"])
def test_a_table_of_data_among_the_standards_stays_a_table(drafted, table, name):
    """Three columns, or short cells without a demand; a column of numbers does not count."""
    draft = drafted(f"## Standar\n\n{table}\n", name)
    assert table.partition("\n|---")[0] in draft.source
    assert "{#" not in draft.source
    assert not [fate for fate in draft.fates if fate.kind is Kind.UNPLACED]


@pytest.mark.parametrize("name", ["sop.md", "sop.txt"])
def test_a_table_of_demands_becomes_clauses_without_its_names(drafted, name):
    """Also where an unnamed column, or names as long as the rows, would hide that they are names."""
    table = "|  | Aturan untuk semua agen layanan |\n|---|---|\n| WA | Agen wajib menyapa |"
    source = drafted(f"## Standar\n\n{table}\n", name).source
    assert "- WA: Agen wajib menyapa {#" in source
    assert "Aturan untuk semua agen layanan {#" not in source


def test_levels_of_lists_are_kept(drafted):
    """By the styles of Word, and letters as numbers of their level."""
    document = Document()
    document.add_heading("Standar", level=1)
    for style, text in (
        ("List Bullet", "Agen wajib menyapa."), ("List Bullet 2", "dengan nama"),
        ("List Bullet 3", "nama depan"), ("List Bullet 2", "dengan salam"),
        ("List Bullet", "Agen wajib menutup."),
    ):  # fmt: skip
        document.add_paragraph(text, style=style)
    document.add_heading("Prosedur", level=1)
    for text in ("1. Sapa", "a. Tanya nama", "i. Nama depan", "b. Tanya nomor", "2. Tutup"):
        document.add_paragraph(text)
    source = drafted(saved(document), "sop.docx").source
    assert (
        "- Agen wajib menyapa. {#agen-menyapa}\n\n  - dengan nama\n\n    - nama depan\n\n  - dengan salam\n\n"
        "- Agen wajib menutup. {#agen-menutup}"
    ) in source
    assert (
        "1. Sapa {#sapa}\n\n   1. Tanya nama\n\n      1. Nama depan\n\n   2. Tanya nomor\n\n2. Tutup"
        in source
    )


@pytest.mark.parametrize(
    ("text", "section"),
    [
        ("Prosedur\n\n1. Sapa pelanggan.\n2. Tutup chat.\n\nDilarang meminta OTP pelanggan.\n", "Prosedur"),
        ("SOP Chat\n\n1. Sapa pelanggan.\n2. Tutup chat.\n\nDilarang meminta OTP pelanggan.\n", "Larangan"),
    ],
)
def test_a_prohibition_behind_steps_is_a_clause(drafted, text, section):
    """In the procedure that it stands in, or among the prohibitions where no heading stands above it."""
    source = drafted(text, "sop.txt").source
    below = source.partition(f"## {section}\n")[2].partition("\n## ")[0]
    assert "- **Dilarang** meminta OTP pelanggan. {#meminta-otp-pelanggan}" in below
