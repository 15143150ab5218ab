"""Struck, deleted and hidden text is set aside with its place; it is never part of a clause."""

import pytest
from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from pictures import saved

from sopgen.sop.drafting.fate import Kind

CLAUSE = "- Agen wajib membalas dalam 5 menit. {#agen-membalas}"


def litter_of(draft):
    """Return what was set aside: lines, reason, text."""
    return [(fate.lines, fate.where, fate.text) for fate in draft.fates if fate.kind is Kind.LITTER]


@pytest.mark.parametrize(
    ("old", "reason"),
    [
        ("<del>10</del><ins>5</ins>", "deleted text"),
        ("<s>10</s>5", "struck text"),
        ("<strike>10</strike>5", "struck text"),
        ('<span style="text-decoration: line-through">10</span>5', "struck text"),
        ('<span style="display:none">10</span>5', "not shown"),
        ("<span hidden>10</span>5", "not shown"),
    ],
)
def test_struck_text_of_a_page_is_no_part_of_its_clause(drafted, old, reason):
    """The clause stays one line; the old words are kept in the comment at the end."""
    page = f"<html><h2>Standar</h2>\n<ul><li>Agen wajib membalas dalam {old} menit.</li></ul></html>"
    draft = drafted(page, "sop.html")
    assert CLAUSE in draft.source
    assert litter_of(draft) == [((2,), reason, "10")]
    assert f"2 ({reason}): 10" in draft.source


def test_struck_blocks_are_set_aside_whole(drafted):
    """A paragraph, or several, inside a deletion; what is most of the page is no exception."""
    gone = "<del><p>Agen wajib menunggu lama sekali.</p></del>"
    page = f"<html><h2>Standar</h2><p>Agen wajib menyapa.</p>{gone}</html>"
    draft = drafted(page, "sop.html")
    assert litter_of(draft) == [((1,), "deleted text", "Agen wajib menunggu lama sekali.")]
    assert draft.source.count("Agen wajib") == 2


@pytest.mark.parametrize("old", ["<del>10</del><ins>5</ins>", "<s>10</s>5", "~~10~~ 5"])
def test_struck_text_of_markdown_is_set_aside(drafted, old):
    """By tag or by tildes."""
    draft = drafted(f"## Standar\n\n- Agen wajib membalas dalam {old} menit.\n", "sop.md")
    assert CLAUSE in draft.source
    assert litter_of(draft) == [((3,), "struck text", "10")]


def marked(look):
    """Return a Word file: a clause whose "10" has a look, and the same in a cell."""
    document = Document()
    document.styles.add_style("Lama", WD_STYLE_TYPE.CHARACTER).font.strike = True
    document.add_heading("Standar", level=1)
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text = "Balasan"
    for paragraph in (document.add_paragraph(style="List Bullet"), table.rows[0].cells[1].paragraphs[0]):
        paragraph.add_run("Agen wajib membalas dalam ")
        old = paragraph.add_run("10")
        if look == "style":
            old.style = "Lama"
        else:
            setattr(old.font, look, True)
        paragraph.add_run("5 menit.")
    return document


@pytest.mark.parametrize(
    ("look", "reason"),
    [
        ("strike", "struck text"), ("double_strike", "struck text"), ("hidden", "hidden text"),
        ("style", "struck text"),
    ],
)  # fmt: skip
def test_struck_and_hidden_text_of_a_word_file_is_set_aside(drafted, look, reason):
    """In paragraphs and in cells, by a mark of its own or of its style."""
    draft = drafted(saved(marked(look)), "sop.docx")
    assert "- Agen wajib membalas dalam 5 menit. {#" in draft.source
    assert "- Balasan: Agen wajib membalas dalam 5 menit. {#" in draft.source
    assert litter_of(draft) == [((2,), reason, "10"), ((3,), reason, "10")]
