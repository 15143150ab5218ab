"""PDFs in number: kept when nothing changed, the same from several processes, and whole when a build dies."""

import io
import os
import re
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from manual_sample import CASES, build, read_sops, released
from pypdf import PdfReader

from sopgen.base.errors import RenderError, StorageError
from sopgen.manual.body import render_body
from sopgen.manual.build import build_manuals
from sopgen.manual.dead_link import dead_links
from sopgen.manual.exchange import building_aside
from sopgen.manual.inventory import inventory_of
from sopgen.manual.model import manuals_of
from sopgen.manual.paper import sop_sheet
from sopgen.manual.pdf import print_sheet
from sopgen.manual.press import Press
from sopgen.manual.record import Record, inputs_of, recall, remember
from sopgen.manual.sheet import Sheet, digest_of
from sopgen.manual.template import dressed, fill
from sopgen.manual.theme import Logo, Theme
from sopgen.manual.work import Order

AT = datetime(2026, 11, 22, tzinfo=UTC)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
HTML = '<html lang="id"><head><title>{0}</title></head><body><h1 id="a">{0}</h1><p>{1}</p></body></html>'


def sheet(name, text="halo", **more):
    """Return a small sheet."""
    return Sheet(name=f"{name}.pdf", file="sop.md", html=HTML.format(name, text), created=AT, **more)


def printed(store, sheets, workers=1):
    """Return what came of the sheets, and the names in the order in which they were there."""
    told = []
    return Press(store=store, workers=workers).print_all(sheets, told.append), told


def test_what_was_printed_is_not_printed_again(tmp_path):
    """The second time each PDF comes from the store: a store whose renderer would fail is not asked."""
    sheets = (sheet("a"), sheet("b", "Private: \U000f8fff"))
    first, _ = printed(tmp_path, sheets)
    before = {path.name: path.stat().st_ino for path in tmp_path.glob("*.pdf")}
    second, told = printed(tmp_path, sheets)
    assert first == second
    assert told == ["a.pdf", "b.pdf"]
    assert {path.name: path.stat().st_ino for path in tmp_path.glob("*.pdf")} == before
    assert [[flaw.code for flaw in each.flaws] for each in second] == [[], ["MAN105"]]


def test_a_damaged_entry_is_made_again(tmp_path):
    """A store that somebody wrote into does not hand out what they wrote."""
    (first,), _ = printed(tmp_path, (sheet("a"),))
    (entry,) = tmp_path.glob("*.pdf")
    entry.write_bytes(b"%PDF-1.7 something else")
    (second,), _ = printed(tmp_path, (sheet("a"),))
    assert second == first
    assert entry.read_bytes() == first.pdf


def test_several_processes_print_the_same(tmp_path):
    """PDFs made side by side are those made one after the other, byte for byte and in the same order."""
    sheets = tuple(sheet(name, name * 40) for name in "abcd")
    alone, _ = printed(tmp_path / "1", sheets)
    together, told = printed(tmp_path / "2", sheets, workers=2)
    assert [each.pdf for each in together] == [each.pdf for each in alone]
    assert told == ["a.pdf", "b.pdf", "c.pdf", "d.pdf"]


def test_all_that_goes_in_changes_the_name(tmp_path):
    """Another word, style, picture, date or variant is another PDF."""
    (tmp_path / "x.png").write_bytes(b"1")
    first = sheet("a", folders=(("s", str(tmp_path)),), files=("s/x.png",))
    others = [
        replace(first, html="x"),
        replace(first, styles=("p { color: red }",)),
        replace(first, made=(("mark.svg", b"<svg/>"),)),
        replace(first, created=None),
        replace(first, variant="a-3u"),
    ]
    names = {digest_of(each) for each in (first, *others)}
    (tmp_path / "x.png").write_bytes(b"2")
    names.add(digest_of(first))
    assert len(names) == len(others) + 2


def test_a_dead_link_on_paper_is_an_error(tmp_path):
    """A PDF whose link leads nowhere is not made, and the place is named."""
    ((result,), _) = printed(tmp_path, (sheet("a", '<a href="#nowhere">x</a>'),))
    assert result.pdf is None
    assert [flaw.code for flaw in result.flaws] == ["MAN114"]
    assert "#nowhere" in result.flaws[0].message
    assert list(tmp_path.glob("*.pdf")) == []


@pytest.mark.parametrize(
    "text",
    [
        '<img src="file:///etc/passwd" alt="x">',
        '<img src="http://127.0.0.1:9/x.png" alt="x">',
        '<img src="sopgen://sop/s/../../etc/passwd" alt="x">',
        '<link rel="attachment" href="file:///etc/passwd">',
        '<style>@import url("file:///etc/passwd");</style>',
    ],
)
def test_nothing_outside_of_the_folder_is_read(tmp_path, text):
    """Even markup that no author can write gets the renderer nothing: the PDF is refused."""
    ((result,), _) = printed(tmp_path, (sheet("a", text, folders=(("s", str(tmp_path)),)),))
    assert result.pdf is None or b"root:" not in result.pdf
    assert result.pdf is None or not PdfReader(io.BytesIO(result.pdf)).attachments
    assert [flaw.code for flaw in result.flaws] == ["MAN108"]


def flaws_of(reader):
    """Return what a reader finds wrong with a document for everybody: rules of ISO 14289-1 (PDF/UA-1).

    Title and its display (7.1), language (7.2), tags and tab order (7.1, 7.18.3), pictures with a description
    (7.3), headings that skip no level (7.4.2), embedded fonts with a way back to text (7.21).
    """
    root = reader.trailer["/Root"]
    if not root["/MarkInfo"]["/Marked"] or not root["/Lang"]:
        yield "tags or language"
    if not root["/ViewerPreferences"]["/DisplayDocTitle"] or not reader.metadata.title:
        yield "title"
    for page in reader.pages:
        if "/Annots" in page and page.get("/Tabs") != "/S":
            yield "tab order"
        for font in (each.get_object() for each in page["/Resources"]["/Font"].values()):
            inner = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
            if "/ToUnicode" not in font or not {"/FontFile2", "/FontFile3"} & inner.keys():
                yield f"font {font['/BaseFont']}"
    elements = list(tagged(root["/StructTreeRoot"]))
    levels = [int(kind[2]) for kind, _ in elements if re.fullmatch("/H[1-6]", kind)]
    if not levels or any(after > before + 1 for before, after in pairwise([0, *levels])):
        yield f"headings {levels}"
    if any(kind == "/Figure" and not element.get("/Alt") for kind, element in elements):
        yield "a picture without a description"


def tagged(element):
    """Yield kind and value of each tagged element, in the order of reading."""
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        below = kid.get_object()
        if isinstance(below, dict) and "/S" in below:
            yield below["/S"], below
            yield from tagged(below)


def said_in(reader):
    """Return the metadata of the document (XMP): text by the name of its element or attribute."""
    packet = ET.fromstring(reader.trailer["/Root"]["/Metadata"].get_object().get_data())  # noqa: S314  # our own
    said = {}
    for each in packet.iter():
        said |= {name.rpartition("}")[2]: value for name, value in each.attrib.items()}
        said[each.tag.rpartition("}")[2]] = "".join(each.itertext()).strip()
    return said


@pytest.mark.parametrize("variant", ["ua-1", "a-3u", "tagged"])
def test_each_variant_is_for_readers_of_all_kinds(histories, variant):
    """The manual's own documents keep the rules that a reader can check, whatever the variant."""
    manual = manuals_of(histories[0])[0]
    with dressed(Theme(variant=variant, base_url="https://sop.example.com")):
        made = print_sheet(sop_sheet(manual, render_body(manual.sop, report=pytest.fail), created=AT))
    assert made.flaws == ()
    reader = PdfReader(io.BytesIO(made.pdf))
    assert list(flaws_of(reader)) == []
    root = reader.trailer["/Root"]
    said = said_in(reader) if "/Metadata" in root else {}
    if variant == "ua-1":
        assert said["title"].startswith("Membalas Chat Toko Daring")
        assert said["part"] == "1"
    if variant == "a-3u":
        assert (said["part"], said["conformance"]) == ("3", "U")
        assert [each["/S"] for each in root["/OutputIntents"]] == ["/GTS_PDFA1"]
        assert not reader.attachments


# ---- a build that need not be done


def settled(tmp_path):
    """Return the order and the inputs of a build that was made and written down."""
    sops, output = tmp_path / "sops", tmp_path / "out"
    (sops / "balas-chat").mkdir(parents=True)
    source = (CASES / "sops" / "balas-chat" / "sop.md").read_text(encoding="utf-8")
    (sops / "balas-chat" / "sop.md").write_text(source, encoding="utf-8")
    order = Order(as_of=AT, pdfs=False)
    (history,) = read_sops(sops)
    history = released(history, "1.0")
    built, _ = build((history,), output, as_of=AT, pdfs=False)
    inputs = inputs_of(sops, (), order)
    remember(output, inputs, Record(built=built, diagnostics=()), (history,), AT)
    return sops, output, order, inputs


def test_a_build_of_the_same_stands(tmp_path):
    """Nothing changed: the build is recalled with its paths, also a day later, and says so."""
    sops, output, order, inputs = settled(tmp_path)
    assert inputs_of(sops, (), order) == inputs
    found = recall(output, inputs, AT + timedelta(days=1))
    assert found is not None
    assert found.built.is_unchanged
    assert all(page.is_file() for page in found.built.pages)


def test_whatever_changes_ends_it(tmp_path):
    """Another source, theme, template, choice, or a touched output: the build has to be done."""
    sops, output, order, inputs = settled(tmp_path)
    (tmp_path / "templates").mkdir()
    themed = replace(order, theme=Theme(name="Toko", templates=str(tmp_path / "templates")))
    changed = {
        inputs_of(sops, ("balas-chat",), order),
        inputs_of(sops, (), replace(order, drafts=True)),
        inputs_of(sops, (), replace(order, theme=Theme(name="Toko"))),
        inputs_of(sops, (), themed),
    }
    (tmp_path / "templates" / "home.html").write_text("x")
    changed.add(inputs_of(sops, (), themed))
    (sops / "balas-chat" / "note.txt").write_text("x")
    changed.add(inputs_of(sops, (), order))
    assert len(changed | {inputs}) == 7
    (output / "site" / "index.html").write_text("x")
    assert recall(output, inputs, AT) is None


def test_a_release_that_takes_effect_ends_it(tmp_path):
    """What counts as the latest follows the instant, so a build stands only until the next one."""
    _, output, _, inputs = settled(tmp_path)
    assert recall(output, inputs, AT - timedelta(days=1)) is None
    (history,) = read_sops(tmp_path / "sops")
    coming = released(history, "1.0", "1.1")
    turn = coming.releases[-1].effective
    before = turn - timedelta(days=1)
    built, _ = build((coming,), output, as_of=before, pdfs=False)
    remember(output, inputs, Record(built=built, diagnostics=()), (coming,), before)
    assert recall(output, inputs, turn - timedelta(seconds=1)) is not None
    assert recall(output, inputs, turn) is None
    (output / ".cache" / "build.json").write_text("{}")
    assert recall(output, inputs, AT) is None


# ---- old and new


def test_two_builds_do_not_meet(tmp_path):
    """While one build is at work, another is refused; afterwards nothing is left of the lock."""
    with building_aside(tmp_path, ("site",)) as aside:
        (aside / "site").mkdir()
        with pytest.raises(StorageError) as refusal, building_aside(tmp_path, ("site",)):
            pass
    assert refusal.value.code == "MAN205"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


KILLED = """
import sys
from pathlib import Path
from sopgen.manual.exchange import building_aside
with building_aside(Path({output!r}), ("site",)) as aside:
    (aside / "site").mkdir()
    (aside / "site" / "index.html").write_text("new")
    print("ready", flush=True)
    sys.stdin.read()
"""


def test_a_killed_build_leaves_the_old_one(tmp_path):
    """What was there before is there still, and the next build takes away what the dead one left."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("old")
    code = KILLED.format(output=str(tmp_path))
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as killed:
        assert killed.stdout.readline() == b"ready\n"
        os.kill(killed.pid, signal.SIGKILL)
    assert (tmp_path / "site" / "index.html").read_text() == "old"
    with building_aside(tmp_path, ("site",)) as aside:
        (aside / "site").mkdir()
        (aside / "site" / "index.html").write_text("next")
    assert (tmp_path / "site" / "index.html").read_text() == "next"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_what_a_dead_build_moved_away_comes_back(tmp_path):
    """Where old and new cannot change places at once, the old one is found aside and put back."""
    (tmp_path / ".building-dead" / "old-site").mkdir(parents=True)
    (tmp_path / ".building-dead" / "old-site" / "index.html").write_text("old")
    with building_aside(tmp_path, ("site",)) as aside:
        assert (tmp_path / "site" / "index.html").read_text() == "old"
        (aside / "site").mkdir()
        (aside / "site" / "index.html").write_text("new")
    assert (tmp_path / "site" / "index.html").read_text() == "new"


# ---- links and templates


def test_dead_links_of_the_site_are_named(tmp_path):
    """A missing page, a missing place and a missing file are told with page and line; the rest is fine."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "index.html").write_text('<p id="here">\n<a href="../index.html#top">x</a>')
    (tmp_path / "index.html").write_text(
        '<p id="top"><a href="a/"></a><a href="a/index.html#here"></a><a href="https://example.com/x"></a>\n'
        '<a href="b/index.html"></a>\n<a href="a/#gone"></a><img src="x.png">\n'
    )
    found = [
        (flaw.span.file, flaw.span.line, flaw.message.split("'")[1])
        for flaw in dead_links(tmp_path, inventory_of(tmp_path))
    ]
    page = "site/index.html"
    assert found == [(page, 2, "b/index.html"), (page, 3, "a/#gone"), (page, 3, "x.png")]


def test_a_dead_link_of_a_template_stops_the_build(histories, tmp_path):
    """A template of the project whose link leads nowhere ends the build, and the old site stays."""
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "brand.html").write_text(
        '{% macro brand() %}<a href="no-such-page.html">x</a>{% endmacro %}'
    )
    build(histories[1:], tmp_path / "out", pdfs=False)
    before = (tmp_path / "out" / "site" / "index.html").read_bytes()
    flaws = []
    order = Order(pdfs=False, theme=Theme(templates=str(tmp_path / "templates")))
    with pytest.raises(RenderError) as refusal:
        build_manuals(
            histories[1:], order, output=tmp_path / "out", report=flaws.append, progress=lambda _: None
        )
    assert refusal.value.code == "MAN115"
    assert [str(flaw.span) for flaw in flaws] == [f"{tmp_path}/templates/brand.html:1:29"]
    assert (tmp_path / "out" / "site" / "index.html").read_bytes() == before


HOSTILE = {
    "a file": "{{ place.read_text() }}",
    "deletion": "{{ place.unlink() }}",
    "classes": "{{ ''.__class__.__mro__ }}",
    "globals": "{{ say.__globals__ }}",
    "the configuration": "{{ self._TemplateReference__context.environment.loader }}",
    "a format": "{{ '{0.__class__}'.format(1) }}",
    "a change": "{{ rows.append(1) }}",
    "another file": "{% include '../../../etc/passwd' %}",
    "a slip": "{{ nothing }}",
    "no end": "{% for x in range(999999999) %}{% endfor %}",
    "no template": "{% if %}",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_template_of_a_project_is_in_a_sandbox(tmp_path, text):
    """It sees values and nothing else; what it may not do ends the build with the template's line."""
    (tmp_path / "own.html").write_text(f"\n{text}")
    with dressed(Theme(templates=str(tmp_path))), pytest.raises(RenderError) as refusal:
        fill("own.html", place=tmp_path, say=str.upper, rows=[1])
    assert refusal.value.code == "MAN203"
    assert "own.html" in refusal.value.message
    assert tmp_path.exists()


# ---- what a theme, a superseded version and the handbook look like


@pytest.fixture(scope="module")
def themed(tmp_path_factory, histories):
    """Return the PDFs of two SOPs, one of them superseded, with a theme and an address."""
    output = tmp_path_factory.mktemp("themed")
    logo = Logo(
        name="logo.svg",
        data=b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>',
    )
    theme = Theme(name="Toko Sumber", base_url="https://sop.example.com", logo=logo)
    both = (released(histories[0], "1.0", "1.1"), released(histories[1], "1.0"))
    built, flaws = build(both, output, theme=theme)
    assert (flaws, built.failed) == ([], ())
    return {path.name: PdfReader(path) for path in built.pdfs}


def said(reader):
    """Return the text of each page on one line."""
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def test_a_superseded_copy_says_so_on_every_page(themed):
    """The copy is marked on each page and names the file that was approved, which is not marked."""
    copy, own = said(themed["balas-chat-1.0-superseded.pdf"]), said(themed["balas-chat-1.0.pdf"])
    assert all("DIGANTIKAN" in page for page in copy)
    assert not any("DIGANTIKAN" in page for page in own)
    assert "Berkas yang disetujui disimpan tanpa perubahan sebagai balas-chat-1.0.pdf" in copy[0]
    assert all("Salinan versi yang digantikan" in page for page in copy[1:])


def test_the_cover_leads_to_the_newest_version(themed):
    """With an address there is a QR code on the cover, with a link and words for those who cannot see it."""
    cover = themed["balas-chat-1.1.pdf"].pages[0]
    links = {str(each.get_object()["/A"]["/URI"]) for each in cover["/Annots"] if "/A" in each.get_object()}
    assert links == {"https://sop.example.com/balas-chat/latest/"}
    assert "Toko Sumber" in said(themed["balas-chat-1.1.pdf"])[0]
    assert "Versi terbaru" in said(themed["balas-chat-1.1.pdf"])[0]


def test_the_handbook_holds_all_that_is_in_force(themed):
    """Its register names each version in force; its heads, bookmarks and links follow the SOP being read."""
    reader, pages = themed["handbook.pdf"], said(themed["handbook.pdf"])
    assert "Buku pegangan SOP" in pages[0]
    assert "2 dokumen" in pages[0]
    assert "balas-chat" in pages[1]
    assert "1.1" in pages[1]
    titles = [each.title for each in reader.outline if not isinstance(each, list)]
    assert titles == ["Daftar dokumen", "Daftar isi", "Membalas Chat Toko Daring", "Refunding an Order"]
    first = next(number for number, page in enumerate(pages) if "balas-chat · Versi 1.1" in page)
    assert "order-refunds" not in pages[first].split("Tujuan")[0]
    assert any("order-refunds · Version 1.0" in page for page in pages[first:])
    assert all(f"dari {len(pages)}" in page for page in pages[1:])
    names = set(reader.named_destinations)
    inside = {
        str(link["/Dest"])
        for page in reader.pages
        for link in (each.get_object() for each in page.get("/Annots", ()))
        if "/Dest" in link
    }
    assert {"balas-chat--purpose", "order-refunds--purpose"} <= inside <= names
    assert reader.metadata.creation_date == datetime(2026, 2, 5, tzinfo=UTC)


def test_a_redline_is_kept_as_pdf(themed):
    """Between two releases lies a PDF that names both versions."""
    (page,) = said(themed["balas-chat-1.0-1.1-changes.pdf"])
    assert "Versi 1.0 ke 1.1" in page
    assert "Tidak ada perubahan isi" in page
