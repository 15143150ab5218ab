"""Sets of positions as numbers, against plain lists."""

from hypothesis import given
from hypothesis import strategies as st

from sopgen.compliance.bits import bits_of, first_in, first_of, from_on, last_in, last_of, positions

FOUND = st.sets(st.integers(0, 1_200), max_size=60).map(sorted)


@given(FOUND)
def test_positions_come_back_in_order(found: list[int]) -> None:
    """A set gives back what it was made of, whether the conversation is short or long."""
    assert positions(bits_of(found)) == found


@given(FOUND, st.integers(0, 70))
def test_the_first_and_the_last_few_are_those_of_a_list(found: list[int], count: int) -> None:
    """Where there are fewer, all of them are taken, and none of none."""
    assert positions(first_of(bits_of(found), count)) == found[:count]
    assert positions(last_of(bits_of(found), count)) == (found[-count:] if count else [])


@given(FOUND.filter(bool), st.integers(0, 1_300))
def test_edges_are_those_of_a_list(found: list[int], start: int) -> None:
    """The first, the last, and all from a position on."""
    bits = bits_of(found)
    assert (first_in(bits), last_in(bits)) == (found[0], found[-1])
    assert positions(bits & from_on(start)) == [at for at in found if at >= start]
