"""Word files, made with python-docx: styles, lists, tables, headings that are only bold or numbered."""

import io

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from sopgen.sop.drafting.fate import Kind


def saved(document):
    """Return the bytes of a Word file."""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def styled():
    """Return a document with heading styles, a numbered list, bullets and two tables."""
    document = Document()
    document.add_heading("SOP Pengembalian Dana", level=0)
    document.add_heading("1. Tujuan", level=1)
    document.add_paragraph("Dana kembali dengan cara yang sama.")
    document.add_heading("Tanggung Jawab", level=1)
    table = document.add_table(rows=3, cols=2)
    cells = [("Peran", "Tugas"), ("Agen", "menerima pengajuan"), ("Supervisor", "menyetujui pengajuan")]
    for row, texts in zip(table.rows, cells, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.add_heading("Prosedur", level=1)
    document.add_heading("Menerima pengajuan", level=2)
    document.add_paragraph("Agen menyapa pelanggan.", style="List Number")
    document.add_paragraph("Agen meminta bukti:", style="List Number")
    document.add_paragraph("foto barang", style="List Bullet 2")
    document.add_paragraph("Agen mencatat nomor.", style="List Number")
    document.add_paragraph("Keluaran: pengajuan tercatat.")
    document.add_heading("Larangan", level=1)
    document.add_paragraph("Menjanjikan tanggal cair.", style="List Bullet")
    return document


def test_styles_lists_and_tables_are_read(drafted, lacks):
    """Headings by style, automatic numbers, nested bullets and a table of roles come out as an SOP."""
    draft = drafted(saved(styled()), "dana.docx")
    assert draft.format == "docx"
    assert draft.title == "SOP Pengembalian Dana"
    assert "- Agen: menerima pengajuan {#" in draft.source
    assert "### Menerima pengajuan {#menerima-pengajuan}" in draft.source
    assert "2. Agen meminta bukti: {#agen-meminta-bukti}\n\n   - foto barang" in draft.source
    assert "3. Agen mencatat nomor. {#agen-mencatat-nomor}" in draft.source
    assert "- Menjanjikan tanggal cair. {#" in draft.source
    assert "Belum Ditempatkan" not in draft.source
    assert lacks(draft) <= {"SOP202", "SOP205", "SOP215"}


def test_no_word_of_a_word_file_is_lost(drafted):
    """Every text of the file stands in the draft."""
    document = styled()
    texts = [node.text for node in document.element.iter(qn("w:t")) if node.text]
    source = drafted(saved(document), "dana.docx").source
    lost = [text for text in texts if text.removeprefix("1. ") not in source]
    assert lost == []


def test_headings_that_are_only_bold_or_numbered(drafted):
    """Bold paragraphs and typed numbers open sections as headings by style do."""
    document = Document()
    for text, bold in (
        ("I. Tujuan", True), ("Semua pelanggan dijawab.", False),
        ("II. Standar Pelayanan", True), ("Agen wajib menyapa.", False), ("Agen dilarang memaki.", False),
        ("III. Prosedur Kerja", True), ("A. Membuka chat", True), ("1. Sapa pelanggan.", False),
        ("2. Tanyakan kebutuhan.", False), ("IV. Larangan", True), ("- Meminta PIN.", False),
    ):  # fmt: skip
        document.add_paragraph().add_run(text).bold = bold
    source = drafted(saved(document), "tebal.docx").source
    headings = [line for line in source.split("\n") if line.startswith("#") and "TODO" not in line]
    assert headings[0] == "## Tujuan"
    assert "## Standar Pelayanan" in headings
    assert "### Membuka chat {#membuka-chat}" in headings
    assert "- Agen wajib menyapa. {#agen-menyapa}" in source
    assert "1. Sapa pelanggan. {#sapa-pelanggan}" in source
    assert "- Meminta PIN. {#meminta-pin}" in source


def test_a_table_of_steps_becomes_steps_with_actors(drafted):
    """Columns for step, actor and time are told in each step."""
    document = Document()
    document.add_heading("Prosedur Kerja", level=1)
    table = document.add_table(rows=2, cols=4)
    for row, texts in zip(
        table.rows,
        [("No", "Aktivitas", "Pelaksana", "Waktu"), ("1", "Cek pesanan", "Agen", "2 menit")],
        strict=True,
    ):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    source = drafted(saved(document), "tabel.docx").source
    assert "1. **Agen**: Cek pesanan (Waktu: 2 menit) {#" in source
    assert "<!-- No | Aktivitas | Pelaksana | Waktu -->" in source


def test_the_head_of_a_document_fills_the_front_matter(drafted):
    """Number, owner and approver in a table above the sections are kept, and what they fill is filled."""
    document = Document()
    table = document.add_table(rows=3, cols=2)
    for row, texts in zip(
        table.rows,
        [("No. Dokumen", "SOP/CS/012"), ("Pemilik", "Kepala Layanan"), ("Disetujui oleh", "Direktur")],
        strict=True,
    ):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.add_heading("Tujuan", level=1)
    document.add_paragraph("Melayani.")
    draft = drafted(saved(document), "kepala.docx")
    assert draft.id == "sop-cs-012"
    assert 'owner: "Kepala Layanan"' in draft.source
    assert 'approver: "Direktur"' in draft.source
    assert draft.undecided == ("review_every", "applies_to")


def test_nested_tables_text_boxes_and_tracked_changes_lose_nothing(drafted):
    """A table that lays out a page is read through; deleted text is litter; page headers are litter."""
    document = Document()
    document.sections[0].header.paragraphs[0].text = "Rahasia perusahaan"
    outer = document.add_table(rows=1, cols=2)
    left, right = outer.rows[0].cells
    left.text = "Tujuan"
    inner = right.add_table(rows=1, cols=2)
    inner.rows[0].cells[0].text, inner.rows[0].cells[1].text = "kiri dalam", "kanan dalam"
    paragraph = document.add_paragraph("Tetap ada ")
    deletion = OxmlElement("w:del")
    run = OxmlElement("w:r")
    gone = OxmlElement("w:delText")
    gone.text = "kata yang dihapus"
    run.append(gone)
    deletion.append(run)
    insertion = OxmlElement("w:ins")
    added = OxmlElement("w:r")
    word = OxmlElement("w:t")
    word.text = "kata yang disisipkan"
    added.append(word)
    insertion.append(added)
    paragraph._p.append(deletion)
    paragraph._p.append(insertion)
    draft = drafted(saved(document), "susun.docx")
    litter = {fate.text: fate.where for fate in draft.fates if fate.kind is Kind.LITTER}
    assert litter == {"kata yang dihapus": "deleted text", "Rahasia perusahaan": "page header"}
    assert "Tetap ada kata yang disisipkan" in draft.source
    assert "kiri dalam" in draft.source
    assert "kanan dalam" in draft.source


def test_links_and_bold_words_are_kept(drafted):
    """A hyperlink becomes a link, a bold word stays bold."""
    document = Document()
    document.add_heading("Tujuan", level=1)
    paragraph = document.add_paragraph("Lihat ")
    paragraph.add_run("panduan").bold = True
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), document.part.relate_to("https://example.com/a", "hyperlink", is_external=True))
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "di sini"
    run.append(text)
    link.append(run)
    paragraph._p.append(link)
    assert (
        "Lihat **panduan**[di sini](https://example.com/a)" in drafted(saved(document), "tautan.docx").source
    )


def written(*lines):
    """Return a Word file of lines: "# " a heading by style, "** " a bold paragraph, "- " and "1. " lists."""
    document = Document()
    for line in lines:
        mark, _, text = line.partition(" ")
        match mark:
            case "#":
                document.add_heading(text, level=1)
            case "**":
                document.add_paragraph().add_run(text).bold = True
            case "-" | "1.":
                document.add_paragraph(text, style="List Bullet" if mark == "-" else "List Number")
            case _:
                document.add_paragraph(line)
    return saved(document)


BOLD = (
    "PT Maju Jaya",
    "** SOP PELAYANAN CHAT",
    "Pemilik: Kepala CS",
    "** A. TUJUAN",
    "Dokumen ini mengatur cara membalas chat pelanggan.",
    "** B. PENANGGUNG JAWAB",
    "Agen CS",
    "Gudang",
    "** C. STANDAR PELAYANAN",
    "- Agen wajib membalas pesan pertama dalam 3 menit.",
    "** D. LARANGAN",
    "- Memaki pelanggan",
)
STYLED = (
    "# Purpose",
    "This SOP tells agents how to handle refunds.",
    "# Scope",
    "Team Chat",
    "All agents of the chat team follow it.",
    "# Prohibitions",
    "- Never share a customer's data.",
)


def test_a_house_above_the_title_is_not_the_title(drafted):
    """The title is the line that names the SOP; what stands below it is told of the SOP, not a procedure."""
    draft = drafted(written(*BOLD), "chat.docx")
    assert draft.title == "SOP PELAYANAN CHAT"
    assert 'owner: "Kepala CS"' in draft.source
    assert "# PT Maju Jaya" in draft.source


def test_a_lone_short_paragraph_is_no_heading(drafted):
    """Where a document marks its headings, in bold or by style, a short line is text."""
    assert "Agen CS\n\nGudang" in drafted(written(*BOLD), "chat.docx").source
    assert "\nTeam Chat\n" in drafted(written(*STYLED), "refund.docx").source


@pytest.mark.parametrize(
    ("lines", "stranger"),
    [
        ((*BOLD, "** Tips Diet Sehat", "Makan sayur membuat badan segar."), "Tips Diet Sehat"),
        ((*STYLED, "# Our Company Picnic", "Bring a hat and the family."), "Our Company Picnic"),
    ],
)
def test_a_chapter_of_something_else_is_kept_unplaced(drafted, lines, stranger):
    """Its heading and its text stand below Unplaced, and are counted so."""
    draft = drafted(written(*lines), "sop.docx")
    last = draft.source.partition("## Belum Ditempatkan")[2] or draft.source.partition("## Unplaced")[2]
    assert f"### {stranger}\n\n{lines[-1]}" in last
    unplaced = [fate.text for fate in draft.fates if fate.kind is Kind.UNPLACED]
    assert unplaced == [stranger, lines[-1]]


def test_a_part_of_service_stays_where_it_stands(drafted):
    """A heading of no known kind above demands, or above words of service, belongs to its section."""
    lines = (*BOLD[:10], "** Waktu", "Pesan dibalas pada hari yang sama.", "** Sikap", "- Tenang", *BOLD[10:])
    draft = drafted(written(*lines), "chat.docx")
    assert [fate for fate in draft.fates if fate.kind is Kind.UNPLACED] == []
    assert "### Waktu" in draft.source.partition("## STANDAR")[2].partition("## LARANGAN")[0]


def test_advertising_at_the_end_is_litter_with_its_link(drafted):
    """Also the bare link below it; a link anywhere else stays."""
    draft = drafted(
        written(
            *BOLD, "www.ojk.example", "Kunjungi toko kami untuk promo menarik lainnya", "www.toko.example"
        ),
        "chat.docx",
    )
    litter = [fate.text for fate in draft.fates if fate.kind is Kind.LITTER]
    assert litter == ["Kunjungi toko kami untuk promo menarik lainnya", "www.toko.example"]


def test_mojibake_in_a_word_file_is_mended(drafted):
    """Quotation marks that went through an old program come out as they were."""
    draft = drafted(written("# Tujuan", "Menyapa dengan â€œHalo Kakâ€\x9d."), "chat.docx")
    assert "Menyapa dengan “Halo Kak”." in draft.source
