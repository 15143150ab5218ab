"""The layout of a procedure's diagram."""

import re

import pytest

from sopgen.manual.flow import WIDTH, Shape, Words, flow_of
from sopgen.sop.model import Clause, ClauseList, Modality, Procedure

WORDS = Words(start="Mulai", end="Selesai", yes="Ya", no="Tidak")


def flow(*steps):
    """Return the diagram of a procedure with these steps."""
    clauses = tuple(
        Clause(id=f"s{n}", number=f"7.A.{n}", text=text, markdown=text, modality=Modality.PLAIN)
        for n, text in enumerate(steps, start=1)
    )
    blocks = (ClauseList(ordered=True, clauses=clauses),)
    procedure = Procedure(id="p", number="7.A", title="P", blocks=blocks)
    return flow_of(procedure, language="id", words=WORDS)


def test_one_step_is_no_diagram():
    """A single step needs no drawing."""
    assert flow("Sapa pelanggan.") is None


def test_every_word_of_a_step_is_in_its_box():
    """Steps that fit are drawn word for word, with their numbers, between start and end."""
    drawn = flow("Sapa pelanggan dengan ramah dan sebut nama Anda.", "Tutup percakapan.")
    assert [" ".join(row.lines) for row in drawn.rows] == [
        "Mulai",
        "Sapa pelanggan dengan ramah dan sebut nama Anda",
        "Tutup percakapan",
        "Selesai",
    ]
    assert [row.number for row in drawn.rows] == ["", "1", "2", ""]


def test_a_long_step_is_cut():
    """A step of a hundred words ends in an ellipsis after five lines."""
    drawn = flow("kata " * 100, "Tutup.")
    assert len(drawn.rows[1].lines) == 5
    assert drawn.rows[1].lines[-1].endswith("…")


@pytest.mark.parametrize(
    "steps",
    [
        ("Sapa pelanggan.", "Tutup."),
        ("Jika data salah, minta lagi.", "Jika ia marah, tenangkan; jika tidak, lanjutkan.", "Tutup."),
        (
            "Jika tidak ada, cari lagi; jika tidak, lanjut ke langkah 3.",
            "Catat.",
            "Bila belum jelas, ulangi dari langkah 1.",
        ),
    ],
    ids=["acts", "choices", "jumps"],
)
def test_rows_do_not_overlap_and_lines_stay_inside(steps):
    """Rows follow one another from top to bottom, and no line leaves the drawing."""
    drawn = flow(*steps)
    for above, below in zip(drawn.rows, drawn.rows[1:], strict=False):
        assert below.top > above.bottom
    assert drawn.height > drawn.rows[-1].bottom
    for path in drawn.paths:
        for axis, number in re.findall(r"([MHV ])(\d+)", path):
            assert 0 <= int(number) <= (WIDTH if axis in "MH" else drawn.height)


def test_a_question_has_two_ways_out():
    """A question is drawn with both answers, and each has a line."""
    drawn = flow("Jika data salah, minta lagi.", "Tutup.")
    question = next(row for row in drawn.rows if row.shape is Shape.QUESTION)
    assert [label.text for label in drawn.labels] == ["Ya", "Tidak"]
    starts = [
        path for path in drawn.paths if f" {question.bottom}V" in path or f" {question.middle}H" in path
    ]
    assert len(starts) == 2


def test_every_line_ends_in_an_arrow_head():
    """The heads point where the lines go: down, to the right into "no", to the left into an earlier step."""
    drawn = flow("Jika data salah, minta lagi; jika tidak, catat.", "Ulangi dari langkah 1.", "Tutup.")
    down, right, left = "h8l-4 8z", "v8l8 -4z", "v8l-8 -4z"
    heads = [re.sub(r"M\d+ \d+", "", head) for head in re.findall(r"M[^M]*", drawn.tips)]
    ends = [re.findall(r"[HV]", path)[-1] for path in drawn.paths]
    assert [head == down for head in heads] == [end == "V" for end in ends]
    assert set(heads) == {down, right, left}
    assert drawn.wires == "".join(drawn.paths)


def test_a_jump_to_no_step_is_none():
    """A step that is not there is not drawn to."""
    drawn = flow("Jika tidak ada, lanjut ke langkah 9.", "Tutup.")
    assert all(not row.goes_to for row in drawn.rows)
