"""An author's Markdown as safe HTML."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from sopgen.base.diagnostic import Level
from sopgen.base.span import Span
from sopgen.manual.codes import CODES, THEME_CODES
from sopgen.manual.markdown import MarkdownRenderer
from sopgen.sop.model import Modality, Prose

PLACE = Span(file="sop.md", line=10, column=1)


PARSER = MarkdownIt("commonmark", {"html": False, "xhtmlOut": False}).enable(["table", "strikethrough"])
PIECES = (
    "**",
    "*",
    "Wajib",
    "a",
    " ",
    "  ",
    "\n",
    "\n\n",
    "\n  ",
    ".",
    "(",
    "_",
    "é",
    "1. ",
    "- ",
    "\u00a0",
    "🙏",
    "<",
    "&",
)


def render(markdown, *, language="id", level=Level.ERROR):
    """Return the HTML of a passage at line 10, and the diagnostics on it."""
    flaws = []
    renderer = MarkdownRenderer(
        language=language, anchors={"purpose"}, folder="", level=level, report=flaws.append
    )
    return renderer.block(Prose(markdown=markdown, span=PLACE)), flaws


def render_inline(markdown, modality):
    """Return the HTML of a clause's text."""
    renderer = MarkdownRenderer(
        language="id", anchors=(), folder="", level=Level.ERROR, report=lambda flaw: pytest.fail(str(flaw))
    )
    return renderer.inline(markdown, PLACE, modality)


@given(st.lists(st.sampled_from(PIECES), max_size=9).map("".join).filter(str.strip))
def test_a_passage_without_links_reads_as_the_parser_alone_makes_it(markdown):
    """Plain paragraphs, which are written without a parse, and all others say what the parser says."""
    assert render(markdown)[0] == PARSER.render(markdown).strip()


def test_raw_html_is_text():
    """A tag in the source is shown, not obeyed."""
    html, flaws = render("<script>alert(1)</script> and <b>bold</b>")
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert "&lt;b&gt;" in html
    assert flaws == []


def test_a_refused_link_leaves_its_text_and_its_line():
    """Of a refused link the text stays, and the diagnostic names the very line."""
    html, flaws = render(
        "first line\nsecond with [the *form*](javascript:alert(1)) in it\n\nnew [one](#nope)"
    )
    assert html.count("<a") == 0
    assert "the <em>form</em> in it" in html
    assert [(flaw.code, flaw.span.line) for flaw in flaws] == [("MAN101", 11), ("MAN102", 13)]


def test_a_refused_link_in_a_released_version_is_a_warning():
    """What nobody may mend any more is not an error."""
    _, flaws = render("[x](javascript:1)", level=Level.WARNING)
    assert [flaw.level for flaw in flaws] == [Level.WARNING]


def test_a_refused_picture_leaves_its_description():
    """Of a refused picture the description stays as text."""
    html, flaws = render("![the <panel>](https://example.com/a.png)")
    assert html == "<p>the &lt;panel&gt;</p>"
    assert [flaw.code for flaw in flaws] == ["MAN101"]


def test_a_link_outside_tells_nobody_where_it_was():
    """A link to the web carries neither opener nor referrer; a link within the SOP needs neither."""
    html, _ = render("[web](https://example.com) [here](#purpose)")
    assert 'href="https://example.com" class="outside" rel="noopener noreferrer"' in html
    assert '<a href="#purpose">here</a>' in html


def test_a_table_scrolls_by_itself_and_has_no_inline_style():
    """Alignment is a class, because the site allows no inline style; the frame takes the sideways scroll."""
    html, _ = render("| a | b | c |\n|---|--:|:-:|\n| 1 | 2 | 3 |")
    assert "style=" not in html
    assert html.startswith('<div class="table" tabindex="0"><table>')
    assert '<td class="right">2</td>' in html
    assert '<th class="center" scope="col">c</th>' in html


@pytest.mark.parametrize(("language", "name"), [("id", "Peringatan"), ("en", "Warning")])
def test_remarks_are_named_in_the_language(language, name):
    """`> [!WARNING]` becomes a box with its name in the SOP's language."""
    html, _ = render("> [!WARNING]\n> Careful.", language=language)
    assert "markdown-alert-warning" in html
    assert f">{name}</p>" in html


def test_headings_in_a_section_stay_below_it():
    """A heading of the first or second level inside prose does not compete with the section's."""
    html, _ = render("> # Big\n>\n> ##### Small")
    assert "<h3>Big</h3>" in html
    assert "<h5>Small</h5>" in html


@pytest.mark.parametrize(
    ("markdown", "modality", "html"),
    [
        ("**Wajib** ramah", Modality.MUST, '<strong class="modality must">Wajib</strong> ramah'),
        ("Agen **wajib** ramah", Modality.MUST, 'Agen <strong class="modality must">wajib</strong> ramah'),
        ("**Agen** wajib ramah", Modality.MUST, "<strong>Agen</strong> wajib ramah"),
        (
            "**Dilarang** atau **tidak boleh**",
            Modality.MUST_NOT,
            '<strong class="modality must-not">Dilarang</strong> atau <strong>tidak boleh</strong>',
        ),
        ("**Wajib**", Modality.PLAIN, "<strong>Wajib</strong>"),
    ],
)
def test_the_modal_word_is_marked_where_it_stands(markdown, modality, html):
    """The first bold modal word carries the clause's modality, other bold words do not."""
    assert render_inline(markdown, modality) == html


@pytest.mark.parametrize(
    "entry", [each for each in CODES if each.breaks and each not in THEME_CODES], ids=lambda entry: entry.code
)
def test_the_catalogue_is_right(entry):
    """Each snippet that breaks a code brings it out, and each that keeps it does not."""
    assert entry.code in {flaw.code for flaw in render(entry.breaks)[1]}
    assert render(entry.keeps)[1] == []
