"""The redline: a page that needs nothing else, and shows words by more than colour."""

import re
from dataclasses import replace
from html import unescape

import pytest

from sopgen.manual.redline import Redline, redline_markdown, redline_page
from sopgen.manual.template import dressed
from sopgen.manual.theme import Theme
from sopgen.sop.difference import ChangeKind, differences
from sopgen.sop.reader import read_sop

SOURCE = """---
id: cs-contoh
title: Pelayanan <Utama>
language: {language}
owner: Kepala
approver: Direktur
review_every: 90d
---

## Standar Pelayanan

Uraian yang
sama dua baris.

- **Wajib** membalas dalam {limit} menit, dengan kata-kata yang jelas
  dan ramah. {{#balas check=first-response-time limit={limit}m}}
- **Wajib** jujur. {{#jujur}}
"""


def redline(language: str = "id") -> Redline:
    old, new = (
        read_sop(SOURCE.format(limit=limit, language=language), file="sop.md", report=print)
        for limit in (2, 5)
    )
    assert old is not None
    assert new is not None
    return Redline(old=replace(old, version="1.0"), new=new, changes=differences(old, new))


def test_words_are_marked_by_their_element_and_the_rest_is_left_in_peace() -> None:
    """The page shows the deleted and the inserted word, and does not show source line breaks."""
    page = redline_page(redline())
    assert "dalam <del>2</del><ins>5</ins> menit, dengan kata-kata yang jelas dan ramah." in page
    assert "<del>2 menit</del>" in page
    assert "1 klausul tidak berubah." in page
    assert "Pelayanan &lt;Utama&gt;" in page


ADDED = """
- **Wajib** mengabari. {{#kabar check=status-update limit={limit}m}}

  ```chat pass "dikabari"
  09:00 pelanggan  ada kabar?
  09:01 agen       Hari ini selesai, Kak.
  ```

  ```chat fail "didiamkan"
  09:00 pelanggan  ada kabar?
  08:00 agen       Belum, Kak.
  ```
"""

TABLE = """
## Contoh Kasus

| Waktu | Yang terjadi |
|:---|---:|
| {limit} menit | Agen membalas |
"""


def compared(old: str, new: str) -> Redline:
    """Return what lies between two sources."""
    sops = [read_sop(text, file="sop.md", report=print) for text in (old, new)]
    return Redline(old=replace(sops[0], version="1.0"), new=sops[1], changes=differences(*sops))


def test_an_example_says_whether_it_is_good_or_bad() -> None:
    """Two examples that were added go by what they show and by their titles."""
    old = SOURCE.format(limit=2, language="id")
    page = redline_page(compared(old, old + ADDED.format(limit=5)))
    assert re.search(r"Contoh benar <code>kabar</code>.*\n<p class=\"context\">dikabari</p>", page)
    assert re.search(r"Contoh salah <code>kabar</code>.*\n<p class=\"context\">didiamkan</p>", page)


def test_a_table_is_shown_without_its_markup() -> None:
    """A table's rows have bars between their cells, and nothing else."""
    old, new = ((SOURCE + TABLE).format(limit=limit, language="id") for limit in (2, 5))
    page = redline_page(compared(old, new))
    assert "Waktu | Yang terjadi\n<del>2</del><ins>5</ins> menit | Agen membalas" in page
    assert "---" not in page.partition("<body")[2]


def test_the_page_speaks_the_language_of_the_sop() -> None:
    """An English SOP has an English redline."""
    page = redline_page(redline("en"))
    assert "Change of substance" in page
    assert "Perubahan" not in page


def test_markdown_tells_the_same() -> None:
    """Section, part, words and values stand in the Markdown as well."""
    told = redline_markdown(redline())
    assert "## 1 Standar Pelayanan" in told
    assert "### Klausul 1.1 `balas`: Diubah" in told
    assert "dalam <del>2</del><ins>5</ins> menit" in told
    assert "**Batas** (perubahan isi): 2 menit → 5 menit" in told
    assert "&lt;Utama&gt;" in told


def test_nothing_is_said_in_both_forms_when_nothing_changed() -> None:
    """A redline without changes says so."""
    empty = replace(redline(), changes=())
    assert "Tidak ada perubahan isi." in redline_page(empty)
    assert "Tidak ada perubahan isi." in redline_markdown(empty)


def test_an_added_clause_shows_how_it_is_judged() -> None:
    """Check, limit and severity of a clause that was not there stand below its words, in every form."""
    shown = redline()
    bare = read_sop(
        SOURCE.format(limit=2, language="id").split("- **Wajib** membalas")[0], file="a", report=print
    )
    assert bare is not None
    added = replace(shown, old=bare, changes=differences(bare, shown.new))
    for text in (redline_page(added), redline_markdown(added)):
        assert "Pemeriksaan: first-response-time" in text
        assert "Batas: 5 menit" in text


def test_a_check_goes_by_its_title() -> None:
    """Where the theme knows what a check is called, readers see that; else it goes by its name."""
    shown = redline()
    change = next(iter(shown.changes))
    other = replace(change, kind=ChangeKind.CHECK, name="check", old=None, new="first-response-time")
    shown = replace(shown, changes=(other,))
    titled = Theme(checks=(("first-response-time", "Waktu balasan pertama", "First response time"),))
    with dressed(titled):
        page = redline_page(shown)
    assert "Waktu balasan pertama" in page
    assert "first-response-time" not in page
    assert "first-response-time" in redline_page(shown)


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_page_stands_alone_in_a_browser(browser, tmp_path, width) -> None:
    """Its own policy lets its style sheet in; words are marked by line; nothing is cut off."""
    path = tmp_path / "redline.html"
    path.write_text(redline_page(redline()), encoding="utf-8")
    page, troubles = browser.new_page(viewport={"width": width, "height": 844}), []
    page.on("console", lambda message: troubles.append(message.text))
    page.goto(path.as_uri())
    lines = page.evaluate(
        "['dd del', 'dd ins'].map(each => getComputedStyle(document.querySelector(each)).textDecorationLine)"
    )
    assert lines == ["line-through", "underline"]
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.close()
    assert troubles == []
    text = unescape(path.read_text(encoding="utf-8"))
    assert re.search(r"default-src 'none'; style-src 'sha256-[^']+'; base-uri", text)
    assert not re.search(r"<script|https?://", text)
