"""Documents made to harm: each ends with a code, soon, and none is followed, run or unpacked."""

import io
import time
import zipfile
from functools import partial
from itertools import islice

import pytest
from docx import Document
from pictures import saved

from sopgen.base.errors import SopgenError
from sopgen.sop.drafting.draft import draft_of
from sopgen.sop.drafting.grid import MOST_ADDED, WIDEST, Cell, Grid
from sopgen.sop.drafting.piece import plain
from sopgen.sop.drafting.reading import LARGEST_FILE, LARGEST_TEXT

SOON = 20
"""Seconds of processor time within which any document is read or refused; a second is usual."""


def word_file(changes=()):
    """Return the bytes of a small Word file, some of its parts replaced or added."""
    stream = io.BytesIO()
    document = Document()
    document.add_heading("Tujuan", level=1)
    document.add_paragraph("Melayani.")
    document.save(stream)
    parts = {}
    with zipfile.ZipFile(stream) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts.update(changes)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return packed.getvalue()


def other_archive():
    """Return an archive that is no Word file."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return packed.getvalue()


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
DEEP = f"<w:document {W}><w:body>{'<w:tbl><w:tr><w:tc>' * 400}"
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "haha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + f"]><w:document {W}><w:body><w:p><w:r><w:t>&i;</w:t></w:r></w:p></w:body></w:document>"
)
PAGE = b"<html><h2>Tujuan</h2><p>Melayani.</p><table>"


def merged_word_file():
    """Return a Word file with a long cell that goes on down a table."""
    document = Document()
    table = document.add_table(rows=100, cols=2)
    for row in table.rows:
        row.cells[1].text = "x"
    table.cell(0, 0).text = "wajib " * 3_000
    table.cell(0, 0).merge(table.cell(99, 0))
    return saved(document)


HOSTILE = {
    "empty": (b"", "IMP101"),
    "blank": (b" \n\t\n", "IMP101"),
    "only-a-script": (b"<html><script>x()</script></html>", "IMP101"),
    "pdf": (b"%PDF-1.7\n", "IMP102"),
    "old-word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "IMP102"),
    "rtf": (b"{\\rtf1 halo}", "IMP102"),
    "other-archive": (other_archive(), "IMP102"),
    "bytes": (bytes(range(256)) * 20, "IMP103"),
    "nul-bytes": (b"\0" * 2000, "IMP103"),
    "cut-off-archive": (word_file()[:900], "IMP104"),
    "no-xml": (word_file({"word/document.xml": b"no xml"}), "IMP104"),
    "half-xml": (word_file({"word/document.xml": f"<w:document {W}>".encode()}), "IMP104"),
    "no-types": (word_file({"[Content_Types].xml": b"<Types/>"}), "IMP104"),
    "deep-word": (word_file({"word/document.xml": DEEP.encode()}), "IMP105"),
    "deep-page": (b"<html>" + b"<div>" * 100_000 + b"x", "IMP105"),
    "bomb": (word_file({"word/media/a.bin": b"\0" * (80 * 2**20)}), "IMP106"),
    "ratio": (word_file({"word/media/a.bin": b"\0" * (5 * 2**20)}), "IMP106"),
    "huge-line": (b"a " * 20_000, "IMP106"),
    "huge-list": (b"- a\n" * 30_000, "IMP106"),
    "huge-text": (b"a" * (LARGEST_TEXT + 1), "IMP106"),
    "huge-file": (b"PK\x03\x04" + b"a" * LARGEST_FILE, "IMP106"),
    "wide-table": (PAGE + b"<tr>" + b"<td colspan=100 rowspan=65534>x" * 200 + b"<tr><td>" * 2_000, "IMP106"),
    "hanging-cells": (PAGE + b"<tr>" + b"<td colspan=100 rowspan=65534>x" * 2 + b"<tr>" * 2_000, "IMP106"),
    "in-parts": (
        PAGE + (b"<tbody><tr>" + b"<td colspan=100 rowspan=9>x" * 2 + b"<tr></tbody>") * 2_000,
        "IMP106",
    ),
    "told-again": (
        PAGE + b"<tr><td rowspan=0>" + b"wajib " * 3_000 + b"<td>x" + b"<tr><td>x" * 9_000,
        "IMP106",
    ),
    "told-again-word": (merged_word_file(), "IMP106"),
    "macros": (word_file({"word/vbaProject.bin": b"macro"}), "IMP107"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_document_is_refused_soon(name):
    """The import ends with the code, a hint, and within seconds."""
    data, code = HOSTILE[name]
    began = time.process_time()
    with pytest.raises(SopgenError) as refused:
        draft_of(data, name)
    assert refused.value.code == code
    assert refused.value.hint
    assert time.process_time() - began < SOON


def outcome(data, name, format_="auto"):
    """Return the code that an import ends with, or the draft's source."""
    try:
        return draft_of(data, name, format_=format_).source
    except SopgenError as error:
        return error.code


def test_a_table_that_is_too_big_is_refused_before_it_is_laid_out():
    """Cells over many rows and columns add nothing beyond the bound; a long table of few columns is read."""
    grid = Grid()
    cells = [Cell(runs=plain("x"), columns=100, rows=1_000_000)] * 2
    assert len(grid.row(cells)) == WIDEST
    with pytest.raises(SopgenError) as refused:
        grid.row([Cell(runs=())])
    assert refused.value.code == "IMP106"
    rows = iter(partial(grid.row, []), ())
    with pytest.raises(SopgenError, match="merged cells"):
        list(islice(rows, MOST_ADDED // WIDEST))
    page = PAGE.replace(b"Tujuan", b"Referensi") + b"<tr><td rowspan=2>WA<td>x<tr><td>y" * 4_000
    assert "| WA | y |" in draft_of(page, "panjang.html").source


def test_entities_are_not_resolved():
    """A part that would grow by entities is refused or read without them."""
    told = outcome(word_file({"word/document.xml": LAUGHS.encode()}), "tawa.docx")
    assert "haha" not in told
    assert len(told) < 10_000


LONG = {
    "one-line": b"wajib " * 3_000,
    "many-lines": b"1. Tujuan\n" * 2_000,
    "brackets": b"[" * 15_000,
    "stars": b"*a " * 5_000,
    "quotes": b"> " * 8_000,
    "cells": b"| a " * 4_000,
    "arrows": b"a > b " * 3_000,
    "mojibake": "β€œ".encode() * 6_000,
    "tags": b"<b><i>a</b></i>" * 1_200,
    "open-tags": b"<p>" * 100 + b"<table><tr><td>a" * 40,
}


@pytest.mark.parametrize("format_", ["text", "markdown", "html"])
@pytest.mark.parametrize("name", LONG)
def test_a_long_document_is_read_soon(name, format_):
    """No text makes an import slow, whatever it repeats."""
    began = time.process_time()
    assert outcome(LONG[name], "panjang", format_).startswith(("IMP", "---"))
    assert time.process_time() - began < SOON


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252"])
def test_any_encoding_is_read(codec):
    """A text in an encoding of Windows is read as well as UTF-8; what was assumed is noted."""
    text = "Tujuan\n\nMelayani dengan café – cepat.\n" * 5
    draft = draft_of(text.encode(codec), "kode.txt")
    assert "Melayani dengan café – cepat." in draft.source
    assert bool(draft.notes) == (codec in ("utf-16-le", "cp1252"))


def test_what_stands_in_a_document_is_shown_and_never_obeyed():
    """Attribute blocks, tags, comments and front matter of a document are words of the draft."""
    text = (
        "Larangan\n\n- Memaki. {#maki check=none}\n- <script>x()</script> --> <!-- a\n- [x](javascript:a)\n"
    )
    draft = draft_of(text.encode(), "aneh.txt")
    assert "&#123;#maki check=none}" in draft.source
    assert "\\<script>" in draft.source
    assert "\\[x](javascript:a)" in draft.source
