"""Headings: their kinds in both languages, their numbering, their anchors."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopgen.sop.attribute import is_id
from sopgen.sop.heading import HEADINGS, kind_of, letter, slug, strip_numbering, usual_heading
from sopgen.sop.model import SectionKind


@pytest.mark.parametrize("kind", [kind for kind in SectionKind if kind is not SectionKind.OTHER])
@pytest.mark.parametrize("language", ["id", "en"])
def test_the_usual_heading_is_known(kind: SectionKind, language: str) -> None:
    """The heading that the lint proposes for a kind is read as that kind, however it is numbered."""
    heading = usual_heading(kind, language)
    for written in (
        heading,
        f"3. {heading}",
        f"III. {heading}:",
        f"Bab 2 - {heading.upper()}",
        f"{heading} CS",
    ):
        assert kind_of(written) is kind


def test_no_heading_means_two_kinds() -> None:
    """A heading announces one kind."""
    names = [name for names in HEADINGS.values() for name in names]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("6. Standar Pelayanan CS", SectionKind.STANDARDS),
        ("7. Prosedur Kerja Customer Service", SectionKind.PROCEDURES),
        ("8. Larangan untuk CS", SectionKind.PROHIBITIONS),
        ("5. Tools yang Digunakan", SectionKind.TOOLS),
        ("Terms & Definitions", SectionKind.DEFINITIONS),
        ("**Tujuan** (umum)", SectionKind.PURPOSE),
        ("Tujuan dan Ruang Lingkup", SectionKind.OTHER),
        ("Alat Ukur", SectionKind.OTHER),
        ("Lampiran", SectionKind.OTHER),
        ("", SectionKind.OTHER),
    ],
)
def test_headings_as_people_write_them(heading: str, kind: SectionKind) -> None:
    """Numbers, audiences, marks and brackets do not hide a kind; other words do."""
    assert kind_of(heading) is kind


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("B. Menjawab chat", "Menjawab chat"),
        ("2.1 Tujuan", "Tujuan"),
        ("2.1. Tujuan", "Tujuan"),
        ("24 Jam Layanan", "24 Jam Layanan"),
        ("E-mail", "E-mail"),
        ("IV) Alat", "Alat"),
        ("3.", "3."),
        ("Pasal 7: Larangan", "Larangan"),
    ],
)
def test_numbering_goes_and_words_stay(heading: str, text: str) -> None:
    """Only a number, letter or roman numeral with its mark is taken off."""
    assert strip_numbering(heading) == text


@given(st.text())
def test_a_slug_is_an_id_or_nothing(text: str) -> None:
    """Whatever a title holds, its slug can be an id, or is empty."""
    assert slug(text) == "" or is_id(slug(text))


def test_letters_go_on_after_z() -> None:
    """The twenty-seventh procedure is AA."""
    assert [letter(number) for number in (1, 26, 27, 52, 53, 703)] == ["A", "Z", "AA", "AZ", "BA", "AAA"]
