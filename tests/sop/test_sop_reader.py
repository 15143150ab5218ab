"""The reader of SOP sources: cases as files, and properties that hold for any text."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopgen.base.diagnostic import Diagnostic
from sopgen.sop.model import Block, Clause, ClauseList, Procedure, Prose, QuickReply, Sop
from sopgen.sop.reader import read_sop

CASES = Path(__file__).parent / "cases"
SOURCES = sorted(CASES.glob("*.md"))
REAL = Path(__file__).parents[2] / "sop_sources" / "cs-swin" / "sop.md"


def read(text: str) -> tuple[Sop | None, list[Diagnostic]]:
    found: list[Diagnostic] = []
    return read_sop(text, file="sop.md", report=found.append), found


def outline(sop: Sop | None, found: list[Diagnostic]) -> str:
    """Return what was read, one part a line, below the diagnostics."""
    lines = [f"{each.span} {each.code} {each.level} {each.message} | {each.hint}" for each in found]
    if sop is None:
        return "\n".join([*lines, "no SOP"]) + "\n"
    lines.append(
        f"{sop.id} | {sop.title} | {sop.language} | {sop.owner} | {sop.approver} | {sop.review_every}"
    )
    lines.append(f"{sop.applies_to} {sop.hours}")
    for section in sop.sections:
        lines.append(f"{section.span} {section.number} {section.kind} #{section.id} {section.heading}")
        lines.extend(f"  {line}" for block in section.blocks for line in _block_lines(block))
    return "\n".join(lines) + "\n"


def _block_lines(block: Block) -> Iterator[str]:
    match block:
        case Prose():
            yield f"{block.span} prose {block.markdown!r}"
        case QuickReply():
            yield f"{block.span} reply #{block.id} {block.title!r} {block.text!r} {block.fields}"
        case ClauseList():
            yield f"{block.span} {'steps' if block.ordered else 'clauses'}"
            yield from (f"  {line}" for clause in block.clauses for line in _clause_lines(clause))
        case Procedure():
            yield f"{block.span} procedure {block.number} #{block.id} {block.title!r} -> {block.output!r}"
            yield from (f"  {line}" for below in block.blocks for line in _block_lines(below))


def _clause_lines(clause: Clause) -> Iterator[str]:
    bound = f"{clause.check or '-'} {clause.severity or '-'} {dict(clause.parameters)} {clause.reason!r}"
    yield f"{clause.span} {clause.number} #{clause.id} {clause.modality} {clause.text!r} {bound}"
    for example in clause.examples:
        yield f"  {example.span} example {example.expected} {example.title!r}"
        yield from (f"    {line.span} {line.clock} {line.speaker} {line.text!r}" for line in example.lines)
    yield from (f"  {line}" for block in clause.body for line in _block_lines(block))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_a_case_reads_as_written_beside_it(path: Path) -> None:
    """A source is read into the outline, and the diagnostics, that stand in the file of its name."""
    sop, found = read(path.read_text(encoding="utf-8"))
    assert outline(sop, found) == path.with_suffix(".txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_line_ends_and_a_byte_order_mark_change_nothing(path: Path) -> None:
    """A source from a Windows editor reads like the same source from any other."""
    text = path.read_text(encoding="utf-8")
    assert read("\ufeff" + text.replace("\n", "\r\n")) == read(text)


@pytest.mark.parametrize("path", [REAL, *SOURCES], ids=lambda path: path.stem)
def test_places_are_where_the_words_stand(path: Path) -> None:
    """A clause begins where its span says, and every diagnostic points into the file."""
    text = path.read_text(encoding="utf-8")
    sop, found = read(text)
    lines = text.split("\n")
    for clause in sop.clauses() if sop else ():
        first = clause.markdown.split("\n")[0]
        assert lines[clause.span.line - 1][clause.span.column - 1 :].startswith(first)
    assert all(inside(each, lines) for each in found)


def inside(diagnostic: Diagnostic, lines: list[str]) -> bool:
    span = diagnostic.span
    return span.line <= len(lines) and span.column <= len(lines[span.line - 1]) + 1


def test_shifting_a_source_shifts_every_place_by_as_much() -> None:
    """Empty lines below the front matter move the places, and nothing else."""
    head, mark, body = (CASES / "whole_id.md").read_text(encoding="utf-8").partition("\n# Layanan")
    before, _ = read(head + mark + body)
    after, _ = read(head + "\n\n\n" + mark + body)
    assert before is not None
    assert after is not None
    assert re.sub(r"sop.md:\d+", "", outline(after, [])) == re.sub(r"sop.md:\d+", "", outline(before, []))
    assert [each.span.line - 3 for each in after.clauses()] == [each.span.line for each in before.clauses()]


PIECES = st.sampled_from(
    (
        *("---\n", "\n\n", "## Larangan\n", "### B. x {#x}\n", "- ", "1. ", "  ", "> [!TEMPLATE] a\n", "> "),
        *("```chat fail\n", "```\n", "{#a", " check=x", '"', "}", "09:00 agen halo\n", "Keluaran: x\n", "`"),
        *("|a|b|\n|-|-|\n", "\\", "\t", "id: x\n", "<!-- x -->\n", "[a]: b\n", "**Wajib**", "\r", "\0"),
        *("~~~\n", "\u2028", "*", "=\n", "-\n", "    "),
    )
)
HEAD = "---\nid: a\ntitle: b\nlanguage: id\nowner: c\napprover: d\nreview_every: 1d\n---\n"


@given(st.one_of(st.text(), st.lists(PIECES).map("".join)), st.booleans())
def test_no_text_makes_the_reader_stumble(text: str, headed: bool) -> None:  # noqa: FBT001
    """Whatever a file holds, reading it ends in an SOP or in a reason, and every place lies in the file."""
    whole = HEAD + text if headed else text
    sop, found = read(whole)
    lines = whole.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert sop is not None or found
    assert all(inside(each, lines) for each in found)
    ids = [clause.id for clause in sop.clauses()] if sop else []
    assert len(ids) == len(set(ids))
