"""Personal data found in texts; the cases lie in `cases/personal_data.txt`."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopgen.language.normal import normalise
from sopgen.language.personal.datum import DataKind
from sopgen.language.personal.finder import folded_data_in, personal_data_in

CASES = [
    tuple(line.split("\t"))
    for line in (Path(__file__).parent / "cases" / "personal_data.txt").read_text("utf-8").splitlines()
    if not line.startswith("# ")
]
FLOODS = [
    "0812-3456-7890 ",
    "9",
    "1 ",
    "0 8 ",
    "a.b@c.d ",
    "a at b ",
    "Jl. Melati 12 ",
    "blok a ",
    "B 1 X ",
    "de89 37 ",
]


@pytest.mark.parametrize(("text", "holds"), CASES)
def test_a_text_holds_what_people_see_in_it(text: str, holds: str) -> None:
    """Kinds and comparable values, of data as chats write them and of what only looks like data."""
    found = [f"{datum.kind.value}={datum.value}" for datum in personal_data_in(text)]
    assert " + ".join(found or ["none"]) == holds


def test_data_stand_where_they_are_written() -> None:
    """Ranges are those of the original text, invisible characters and brackets included."""
    text = "Ibu Sari (0812)\u200b 3456 7890, Jl. Méláti No. 3"
    words = [text[datum.start : datum.end] for datum in personal_data_in(text)]
    assert words == ["(0812)\u200b 3456 7890", "Jl. Méláti No. 3"]


def test_only_the_kinds_asked_for_are_found() -> None:
    """Who asks for telephone numbers gets no plates."""
    text = "B 1234 XYZ, 0812-3456-7890"
    found = folded_data_in(text, normalise(text), frozenset({DataKind.PHONE}))
    assert [datum.kind for datum in found] == [DataKind.PHONE]


@given(st.text(st.characters() | st.sampled_from("0123456789 .-/()@+jlnorw"), max_size=200))
def test_data_stand_apart_inside_the_text(text: str) -> None:
    """Whatever the text, data are in reading order, do not overlap, and say something."""
    found = personal_data_in(text)
    places = [at for datum in found for at in (datum.start, datum.end)]
    assert places == sorted(places)
    assert all(0 <= datum.start < datum.end <= len(text) and datum.value for datum in found)


@pytest.mark.parametrize("said", FLOODS)
def test_a_flood_costs_in_proportion_to_its_length(
    said: str, calls_of: Callable[[Callable[[], object]], int]
) -> None:
    """Eight times the length costs about eight times as much; quadratic work would cost sixty-four times."""

    def cost(length: int) -> int:
        text = (said * length)[:length]
        personal_data_in(text)
        return calls_of(lambda: personal_data_in(text))

    assert cost(16_000) < 12 * cost(2_000)
