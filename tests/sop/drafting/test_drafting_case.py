"""Documents of several looks become the drafts that stand beside them, and every line is accounted for."""

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from sopgen.base.diagnostic import Level
from sopgen.sop.drafting.draft import draft_of, gaps_of
from sopgen.sop.drafting.fate import Kind, lines_of
from sopgen.sop.drafting.mending import mended

CASES = Path(__file__).parent / "cases"
DOCUMENTS = sorted(path for path in CASES.iterdir() if not path.name.endswith(".draft.md"))
LINED = [path for path in DOCUMENTS if path.suffix != ".html"]
REAL_GAPS = {"SOP202", "SOP203", "SOP204", "SOP205", "SOP208", "SOP210", "SOP214", "SOP215"}
"""What a draft may lack by its form; SOP22x judges the words, which are the document's own."""


def words_of(text):
    """Return the words in order, without marks, Markdown and entities."""
    text = text.replace("&#123;", "{").replace("&amp;", "&")
    plain = unicodedata.normalize("NFKC", re.sub(r"[\\*_`]", "", text)).casefold()
    return re.findall(r"[^\W_]+", plain)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_a_document_becomes_its_draft(path):
    """The draft is the one that stands beside the document."""
    draft = draft_of(path.read_bytes(), path.name)
    assert draft.source == path.with_name(f"{path.name}.draft.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_a_draft_lacks_only_what_its_document_lacks(path):
    """The reader takes every draft without an error; the lint finds nothing that the import made."""
    gaps = gaps_of(draft_of(path.read_bytes(), path.name), "sop.md")
    assert {gap.code for gap in gaps if not gap.code.startswith("SOP22")} <= REAL_GAPS
    assert {gap.code for gap in gaps if gap.level is Level.ERROR} <= {"SOP202", "SOP215"}


@pytest.mark.parametrize("path", LINED, ids=lambda path: path.name)
def test_every_line_of_a_case_has_a_fate(path):
    """Lines of a text or Markdown file are placed, unplaced or litter, and none is missed."""
    lines = path.read_text(encoding="utf-8").split("\n")
    draft = draft_of(path.read_bytes(), path.name)
    told = {line for kind in Kind for line in lines_of(draft.fates, kind)}
    assert told == {number for number, line in enumerate(lines, start=1) if line.strip()}


def test_no_word_of_a_page_is_lost():
    """All that a browser shows of the page stands in the draft; menus and adverts are set aside in it."""
    page = (CASES / "page_id.html").read_bytes()
    root = html.fromstring(page.decode())
    for unseen in root.xpath("//script|//style"):
        unseen.drop_tree()
    shown = words_of(" ".join(root.itertext()))
    assert {word for word in shown if word.isalpha()} <= set(words_of(draft_of(page, "page.html").source))


_ODD = (
    "*",
    "#",
    ">",
    "1.",
    "a)",
    "•",
    "|",
    "```",
    "---",
    "-->",
    "<!--",
    "&",
    "&amp;",
    "\\",
    "\t",
    "~~~",
    "!",
    "?",
    ".",
)
_TOLD = ("tujuan", "agen", "wajib", "dilarang", "membalas", "Prosedur", "2", "menit", "GRATIS", "download")
_SHAPED = (
    "{nama}",
    "{#id check=x}",
    "<b>",
    "[a](b)",
    "_x_",
    "“halo”",
    "Pelanggan:",
    "Agen:",
    "Template:",
    "Output:",
)
_WORDS = st.sampled_from([*_ODD, *_TOLD, *_SHAPED, "â€œ", "😊"])
_LINES = st.lists(
    st.one_of(
        st.lists(_WORDS, max_size=8).map(" ".join),
        st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=30),
    ),
    max_size=12,
)


@given(_LINES)
def test_no_word_of_a_text_is_lost(lines):
    """Whatever the lines are, each has a fate and its words stand in the draft, litter's in its comment."""
    text = "Tujuan\n\nMelayani.\n\n" + "\n".join(lines)
    draft = draft_of(text.encode(), "dokumen.txt", format_="text")
    words = set(words_of(draft.source))
    seen = {line for fate in draft.fates for line in fate.lines}
    for number, line in enumerate(text.split("\n"), start=1):
        assert number in seen or not mended(line).strip()
        assert {word for word in words_of(mended(line)) if word.isalpha() and len(word) > 1} <= words


@given(_LINES)
def test_a_draft_can_always_be_read(lines):
    """No text makes a draft that the reader refuses: no attribute, fence or link slips through."""
    text = "Standar Pelayanan\n\n- Ramah.\n\n" + "\n".join(lines)
    draft = draft_of(text.encode(), "dokumen.txt", format_="text")
    gaps = gaps_of(draft, "sop.md")
    errors = {gap.code for gap in gaps if gap.level is Level.ERROR}
    assert errors <= {"SOP202", "SOP215"}
