"""Pictures come with the draft where they can; for each that cannot, a place in the draft names it."""

import base64
import io

import pytest
from docx import Document
from pictures import PNG, saved

from sopgen.base.picture import LARGEST_ATTACHED
from sopgen.sop.drafting.draft import draft_of
from sopgen.sop.drafting.fate import Kind

HEAD = "<h1>SOP Chat</h1>\n<h2>Tujuan</h2>\n<p>Melayani pelanggan.</p>\n"
EMBEDDED = f"data:image/png;base64,{base64.b64encode(PNG).decode()}"


def beside(source):
    """Return the picture of a document that lies beside `img/alur.png` and a drawing."""
    return {"img/alur.png": PNG, "gambar.svg": b"<svg/>", "besar.png": PNG + b"0" * LARGEST_ATTACHED}.get(
        source, b""
    )


def page(body):
    """Return the draft of a page, `body` below its purpose."""
    return draft_of(f"<html>{HEAD}{body}</html>".encode(), "sop.html", beside=beside)


def test_a_picture_beside_a_page_is_shown_in_its_place():
    """In a paragraph, in a sentence, in a step and in a cell; its file is one, however often it is shown."""
    draft = page(
        '<p><img src="img/alur.png" alt="Alur [chat]"></p>'
        '<p>Klik <img src="img/alur.png" alt="tombol"> itu.</p>'
        "<table><tr><th>Alat</th><th>Guna</th></tr>"
        '<tr><td><img src="img/alur.png"></td><td>x</td></tr></table>'
        '<h2>Prosedur</h2><ol><li>Sapa.<img src="img/alur.png" alt="panel"></li><li>Tutup.</li></ol>'
    )
    assert "\n![Alur (chat)](pictures/alur.png)\n" in draft.source
    assert "\nKlik ![tombol](pictures/alur.png) itu.\n" in draft.source
    assert "| ![TODO: alur.png](pictures/alur.png) | x |" in draft.source
    assert "1. Sapa. ![panel](pictures/alur.png) {#" in draft.source
    assert draft.pictures == {"pictures/alur.png": PNG}
    assert not [fate for fate in draft.fates if fate.kind is Kind.LITTER]


@pytest.mark.parametrize(
    ("source", "named"),
    [
        ("https://toko.example/alur.png", "https://toko.example/alur.png: Alur chat"),
        ("tidak-ada.png", "tidak-ada.png: Alur chat"),
        ("gambar.svg", "gambar.svg: Alur chat"),
        ("besar.png", "besar.png: Alur chat"),
        ("data:image/png;base64,AAAA", "picture.png: Alur chat"),
    ],
)
def test_a_picture_that_cannot_come_has_a_todo_and_a_fate(source, named):
    """Both name the picture and its line: it is elsewhere, missing, too large, or of another kind."""
    draft = page(f'<p>Lihat ini:</p>\n<p><img src="{source}" alt="Alur chat"></p>')
    assert f"<!-- TODO: gambar '{named}' di baris 5 dokumen asal tidak ikut;" in draft.source
    litter = [(fate.lines, fate.where, fate.text) for fate in draft.fates if fate.kind is Kind.LITTER]
    assert litter == [((5,), "picture", named)]
    assert draft.pictures == {}


@pytest.mark.parametrize(
    "sources",
    [
        'data-src="https://cdn.example/x.png" src="img/alur.png"',
        'data-src="alur-besar.png" src="img/alur.png"',
        'data-src="img/alur.png" src="data:image/gif;base64,R0lGODlhAQABAAAAACw="',
        'src="img/alur.png?v=2"',
        'src="img/alur.png#atas"',
    ],
)
def test_a_picture_of_a_saved_page_is_found_where_it_is(sources):
    """By either of its addresses, without what only a server reads."""
    draft = page(f'<p><img {sources} alt="Alur"></p>')
    assert "\n![Alur](pictures/alur.png)\n" in draft.source
    assert draft.pictures == {"pictures/alur.png": PNG}


def test_what_a_page_shows_until_a_picture_comes_is_not_the_picture():
    """The picture of another host stays a TODO; one as large as pictures are is taken from the page."""
    late = 'data-src="https://cdn.example/x.png"'
    draft = page(f'<p><img {late} src="{EMBEDDED}" alt="Alur"></p>')
    assert "'https://cdn.example/x.png: Alur' di baris" in draft.source
    assert draft.pictures == {}
    large = base64.b64encode(PNG + b"0" * 2_000).decode()
    draft = page(f'<p><img {late} src="data:image/png;base64,{large}" alt="Alur"></p>')
    assert "![Alur](pictures/picture.png)" in draft.source


def test_a_sound_is_no_picture():
    """It begins as a WebP does."""
    sound = base64.b64encode(b"RIFF\0\0\0\0WAVEfmt ").decode()
    assert page(f'<p><img src="data:image/webp;base64,{sound}" alt="Alur"></p>').pictures == {}
    webp = base64.b64encode(b"RIFF\x0a\0\0\0WEBPVP8 ").decode()
    draft = page(f'<p><img src="data:image/webp;base64,{webp}" alt="Alur"></p>')
    assert list(draft.pictures) == ["pictures/picture.webp"]


def test_a_picture_in_the_page_itself_is_a_file():
    """A `data:` address is the picture."""
    draft = page(f'<p><img src="{EMBEDDED}" alt="Panel"></p>')
    assert "![Panel](pictures/picture.png)" in draft.source
    assert draft.pictures == {"pictures/picture.png": PNG}


def test_a_picture_where_only_words_may_stand_is_told():
    """A reply to copy holds words; the picture is named in a comment, not lost."""
    draft = page('<h2>Balasan Cepat</h2><h3>Salam</h3><p>Halo Kak! <img src="img/alur.png" alt="salam"></p>')
    assert "<!-- TODO: tampilkan gambar di tempatnya: pictures/alur.png -->" in draft.source


def test_a_drawing_in_a_page_is_accounted_for_and_a_dot_is_not_shown():
    """What a page draws itself cannot come; what counts visits is nothing to see."""
    draft = page('<svg aria-label="Alur"></svg><img src="titik.gif" alt="titik" width="1" height="1">')
    litter = {(fate.where, fate.text) for fate in draft.fates if fate.kind is Kind.LITTER}
    assert litter == {("not shown", "<svg> Alur"), ("not shown", "titik")}


def test_pictures_of_markdown_are_kept():
    """Written in Markdown or as a tag."""
    text = (
        '# SOP Chat\n\n## Tujuan\n\nMelayani ![alur](img/alur.png) cepat, <img src="img/alur.png" alt="b">.\n'
    )
    source = draft_of(text.encode(), "sop.md", beside=beside).source
    assert "Melayani ![alur](pictures/alur.png) cepat, ![b](pictures/alur.png)." in source


def test_a_page_of_pictures_alone_shows_no_text(drafted):
    """A scan is refused as before."""
    with pytest.raises(Exception, match="shows no text"):
        drafted('<html><p><img src="a.png"></p></html>', "pindai.html")


def illustrated():
    """Return a Word file with a picture of its own below a step, one in a cell, and one of no known kind."""
    document = Document()
    document.add_heading("Prosedur", level=1)
    document.add_paragraph("Buka panel pesanan.", style="List Number")
    paragraph = document.add_paragraph()
    paragraph.add_run().add_picture(io.BytesIO(PNG))
    paragraph._p.xpath(".//wp:docPr")[0].set("descr", "Panel pesanan")
    document.add_paragraph("Tutup chat.", style="List Number")
    document.add_heading("Referensi", level=1)
    row = document.add_table(rows=1, cols=2).rows[0]
    row.cells[0].text = "Alur"
    row.cells[1].paragraphs[0].add_run().add_picture(io.BytesIO(PNG + b"0"))
    return document


def test_pictures_of_a_word_file_are_shown_in_their_places(drafted):
    """Below the step that the picture belongs to; every paragraph has a fate."""
    draft = drafted(saved(illustrated()), "alur.docx")
    first, second = draft.pictures
    assert (
        f"1. Buka panel pesanan. {{#buka-panel-pesanan}}\n\n   ![Panel pesanan]({first})\n\n2. "
        in draft.source
    )
    assert f"| Alur | ![TODO: {second.removeprefix('pictures/')}]({second}) |" in draft.source
    assert draft.pictures == {first: PNG, second: PNG + b"0"}
    assert {line for fate in draft.fates for line in fate.lines} == set(range(1, 7))


def test_a_picture_that_word_keeps_in_its_own_form_has_a_todo(drafted):
    """A drawing of Windows (EMF) is no picture for a manual."""
    document = illustrated()
    for part in document.part.package.iter_parts():
        if part.partname.endswith(".png"):
            part._blob = b"\x01\0\0\0emf"
    draft = drafted(saved(document), "alur.docx")
    assert "<!-- TODO: gambar 'media/image1.png: Panel pesanan' di baris 3 dokumen asal" in draft.source
    assert [fate.lines for fate in draft.fates if fate.where == "picture"] == [(3,), (6,)]
    assert draft.pictures == {}
