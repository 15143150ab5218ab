"""The PDF, read back."""

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from manual_sample import CASES, build
from pypdf import PdfReader

from sopgen.base.diagnostic import Level
from sopgen.manual.body import render_body
from sopgen.manual.model import manuals_of
from sopgen.manual.paper import sop_sheet
from sopgen.manual.pdf import print_sheet
from sopgen.manual.sheet import Sheet, read_resource
from sopgen.sop.model import Prose


def text_of(reader):
    """Return the text of each page, on one line each."""
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def files_below(folder):
    """Return the bytes of each file that is handed out from the folder, by its name there."""
    names = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return {str(name): (folder / name).read_bytes() for name in names if name.parts[0] != ".cache"}


def fonts_of(reader):
    """Return the names of the fonts in the document, without the subset's mark."""
    return {
        font["/BaseFont"].partition("+")[2]
        for page in reader.pages
        for font in (each.get_object() for each in page["/Resources"]["/Font"].values())
    }


def pdf_with(history, markdown):
    """Return the diagnostics on the PDF of an SOP whose first section holds `markdown`."""
    sop = history.draft
    first = replace(sop.sections[0], blocks=(Prose(markdown=markdown, span=sop.span),))
    manual = manuals_of(replace(history, draft=replace(sop, sections=(first, *sop.sections[1:]))))[0]
    flaws = []
    body = render_body(manual.sop, report=flaws.append)
    return [*flaws, *print_sheet(sop_sheet(manual, body, created=None)).flaws]


@pytest.fixture(scope="module")
def newest(output):
    """Return the PDF of the newest release of the Indonesian sample."""
    return PdfReader(output / "pdf" / "balas-chat-1.1.pdf")


@pytest.fixture(scope="module")
def draft(output):
    """Return the PDF of the English draft."""
    return PdfReader(output / "pdf" / "order-refunds-draft.pdf")


def test_the_cover_says_what_governs(newest):
    """The first page names the SOP, its number, version, owner, approver and the day it took effect."""
    cover = text_of(newest)[0]
    for said in ("Membalas Chat Toko Daring", "balas-chat", "Versi 1.1", "Resmi", "5 Februari 2026"):
        assert said in cover
    assert "Kepala Layanan Toko" in cover
    assert "Direktur Toko, 2 Februari 2026" in cover


def test_the_control_table_holds_the_history(newest):
    """The second page has the document-control table and every release."""
    control = text_of(newest)[1]
    for said in (
        "Pengendalian dokumen",
        "Ditinjau setiap 90 hari",
        "Senin–Jumat 08:00–12:00",
        "Isi versi 1.0.",
    ):
        assert said in control
    assert "Tinjauan berikutnya 6 Mei 2026" in control


def test_every_page_after_the_cover_has_running_heads(newest):
    """Each page names number, version, effective date, its place among the pages, and warns of print."""
    pages = text_of(newest)
    assert len(pages) > 3
    for number, page in enumerate(pages[1:], start=2):
        assert "balas-chat · Versi 1.1" in page
        assert "Berlaku mulai 5 Februari 2026" in page
        assert "Salinan tak terkendali bila dicetak" in page
        assert f"Halaman {number} dari {len(pages)}" in page
    assert "Halaman 1 dari" not in pages[0]


def test_the_contents_name_the_page_of_each_section(newest):
    """The page numbers in the contents are those on which the sections stand."""
    pages = text_of(newest)
    for heading in ("5 Standar Pelayanan", "6 Prosedur", "7 Larangan", "9 Eskalasi"):
        found = next(n for n, page in enumerate(pages, start=1) if n > 3 and heading in page)
        assert f"{heading} {found} " in f"{pages[2]} "


def test_the_outline_leads_to_sections_and_procedures(newest):
    """The bookmarks hold the sections, and below the procedures section its procedures."""
    outline = newest.outline
    titles = [each.title for each in outline if not isinstance(each, list)]
    assert titles[:3] == ["Pengendalian dokumen", "Daftar isi", "1 Tujuan"]
    below = next(each for each in outline if isinstance(each, list))
    assert [each.title for each in below] == ["A Menjawab chat masuk", "B Menangani komplain"]
    assert newest.get_destination_page_number(below[0]) > 3


def test_links_lead_within_the_document_and_to_the_web(newest):
    """Contents and references jump inside the file; a web address is kept; no link leaves for this disk."""
    links = [annotation.get_object() for page in newest.pages for annotation in page.get("/Annots", ())]
    names = set(newest.named_destinations)
    inside = [str(link["/Dest"]) for link in links if "/Dest" in link]
    outside = {str(link["/A"]["/URI"]) for link in links if "/A" in link}
    assert {"indicators", "prohibitions", "answering"} <= set(inside)
    assert set(inside) <= names
    assert outside == {"mailto:penyelia@example.com"}


def test_quick_replies_and_chats_are_in_the_text(newest):
    """A quick reply keeps its fields and lines; a chat its speakers, times and events."""
    text = " ".join(text_of(newest))
    for said in ("Balasan cepat Salam pembuka", "{nama_pelanggan}", "Contoh salah ditutup tanpa menunggu"):
        assert said in text
    assert "Agen 00:01:30 (lampiran)" in text
    assert "Percakapan ditutup 00:02" in text
    assert "Catatan internal 10:01" in text
    assert "Diperiksa otomatis: no-hanging-chat (batas: 1 jam 30 menit)" in text


def test_the_document_says_what_it_is(newest, draft):
    """Title, author, language and tags are in the file; a release carries its effective date."""
    meta = newest.metadata
    assert meta.title == "Membalas Chat Toko Daring (balas-chat, versi 1.1)"
    assert meta.author == "Kepala Layanan Toko"
    assert meta.creation_date == datetime(2026, 2, 5, tzinfo=UTC)
    assert draft.metadata.get("/CreationDate") is None
    assert newest.trailer["/Root"]["/Lang"] == "id"
    assert draft.trailer["/Root"]["/Lang"] == "en"
    assert newest.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in newest.trailer["/Root"]


def test_the_text_font_is_ours_and_digits_are_not_emoji(newest):
    """All text, digits too, is set in the pinned font; the emoji font has emoji alone, drawn as pictures."""
    ours = {name for name in fonts_of(newest) if name.startswith("Manual-Sans")}
    assert {"Manual-Sans", "Manual-Sans-Semi-Bold"} <= ours
    assert all("Emoji" in name for name in fonts_of(newest) - ours)


def test_emoji_are_in_colour(newest):
    """Each emoji of the text is a picture in the page, when the machine has an emoji font."""
    if not any("Emoji" in name for name in fonts_of(newest)):
        pytest.skip("no emoji font on this machine")
    drawn = b"".join(page.get_contents().get_data() for page in newest.pages)
    assert drawn.count(b" Do") >= 4


def test_a_draft_says_so_on_every_page(draft, newest):
    """A draft bears a watermark on each page; a release bears none."""
    assert all("DRAFT" in page for page in text_of(draft))
    assert not any("DRAF" in page for page in text_of(newest))
    assert "has not been approved" in text_of(draft)[0]


def test_a_superseded_version_says_so(output):
    """The older release warns on its cover."""
    cover = text_of(PdfReader(output / "pdf" / "balas-chat-1.0.pdf"))[0]
    assert "digantikan oleh versi 1.1, yang berlaku mulai 5 Februari 2026" in cover


def test_a_draft_carries_the_time_it_is_given(histories, tmp_path):
    """The time of the caller is in a draft's metadata."""
    created = datetime(2026, 7, 1, 8, 30, tzinfo=UTC)
    build(histories[1:], tmp_path, created=created)
    reader = PdfReader(tmp_path / "pdf" / "order-refunds-draft.pdf")
    assert reader.metadata.creation_date == created


def test_missing_characters_are_reported(histories):
    """A character that no font has is named, with the package that usually has it."""
    flaws = pdf_with(histories[1], "Private use: \U000f8fff")
    assert [(flaw.code, flaw.level) for flaw in flaws] == [("MAN105", Level.WARNING)]
    assert "U+F8FFF" in flaws[0].message


def test_an_author_cannot_make_the_renderer_read_files(histories):
    """Markup that would attach or show a local file is text by the time the renderer sees it."""
    flaws = pdf_with(
        histories[1], '<link rel=attachment href="file:///etc/passwd"> <img src="file:///etc/passwd">'
    )
    assert flaws == []


SHEET = Sheet(
    name="x.pdf",
    file="x",
    html="",
    folders=(("order-refunds", str(CASES / "sops" / "order-refunds")),),
    made=(("mark.svg", b"<svg/>"),),
)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "http://127.0.0.1/",
        "data:text/css,x",
        "sopgen://sop//etc/passwd",
        "sopgen://sop/order-refunds//etc/passwd",
        "sopgen://sop/order-refunds/../balas-chat/sop.md",
        "sopgen://sop/order-refunds/%2e%2e/balas-chat/sop.md",
        "sopgen://sop/balas-chat/sop.md",
        "sopgen://font/../LICENSE",
        "sopgen://made/manual.css",
        "sopgen://elsewhere/sop.md",
    ],
)
def test_the_fetcher_is_jailed(url):
    """The renderer gets nothing but its fonts, the watermark, and files of the SOP's own folder."""
    assert read_resource(url, SHEET) is None


def test_the_fetcher_gives_what_is_in_the_folder():
    """A file of the SOP's folder, the fonts and the pictures made for the sheet can be read."""
    assert read_resource("sopgen://sop/order-refunds/sop.md", SHEET).startswith(b"---")
    assert read_resource("sopgen://font/regular", SHEET)[:4] == b"\0\1\0\0"
    assert read_resource("sopgen://font/wide", SHEET)[:4] == b"\0\1\0\0"
    assert read_resource("sopgen://made/mark.svg", SHEET) == b"<svg/>"


BUILD = """
import sys
sys.path.insert(0, {tests!r})
from pathlib import Path
from manual_sample import CASES, build, read_sops, released
sops = read_sops(CASES / "sops")
build((released(sops[0], "1.0"),), Path({output!r}))
"""


def test_two_builds_give_the_same_bytes(tmp_path):
    """Two processes with different hash seeds write the same site and the same PDFs, byte for byte."""
    for seed in ("1", "2"):
        code = BUILD.format(tests=str(CASES.parent), output=str(tmp_path / seed))
        subprocess.run([sys.executable, "-c", code], check=True, env={"PYTHONHASHSEED": seed}, timeout=120)
    first, second = (files_below(tmp_path / seed) for seed in ("1", "2"))
    assert {"pdf/balas-chat-1.0.pdf", "pdf/handbook.pdf", "site/index.html"} <= set(first)
    assert first == second


NO_PANGO = """
import sys
sys.path[:0] = [{shadow!r}, {tests!r}]
from pathlib import Path
from manual_sample import CASES, build, read_sops
from sopgen.base.errors import RenderError
try:
    build(read_sops(CASES / "sops"), Path({output!r}))
except RenderError as error:
    print(error.code, error.hint, error.exit_status)
"""


def test_a_machine_without_pango_is_told_what_to_install(tmp_path):
    """Where the text library cannot be loaded, the build ends with the line that installs it."""
    (tmp_path / "weasyprint.py").write_text("raise OSError(\"cannot load library 'libpango-1.0-0'\")")
    code = NO_PANGO.format(shadow=str(tmp_path), tests=str(CASES.parent), output=str(tmp_path / "out"))
    told = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, timeout=60
    )
    assert told.stdout.startswith("MAN201 apt-get install -y libpango-1.0-0 libpangoft2-1.0-0")
    assert told.stdout.rstrip().endswith(" 6")
    assert list((tmp_path / "out").iterdir()) == []
