"""Sets of positions as numbers, against plain lists."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from sopgen.compliance.bits import Fields, Rows, bits_of, first_in, from_on, last_in, positions

FOUND = st.sets(st.integers(0, 1_200), max_size=60).map(sorted)
PARTS = st.lists(st.lists(st.booleans(), max_size=20), min_size=1, max_size=9)
"""For each of some rows, which of its positions are in a set."""


@given(FOUND)
def test_positions_come_back_in_order(found: list[int]) -> None:
    """A set gives back what it was made of, whether the conversation is short or long."""
    assert positions(bits_of(found)) == found


@given(FOUND.filter(bool), st.integers(0, 1_300))
def test_edges_are_those_of_a_list(found: list[int], start: int) -> None:
    """The first, the last, and all from a position on."""
    bits = bits_of(found)
    assert (first_in(bits), last_in(bits)) == (found[0], found[-1])
    assert positions(bits & from_on(start)) == [at for at in found if at >= start]


def laid_out(parts: list[list[bool]]) -> tuple[Rows, list[int], int]:
    """Return rows that stand one after the other, where each begins, and the set of all parts."""
    starts, found, at = [], [], 0
    for part in parts:
        starts.append(at)
        found += [at + n for n, is_in in enumerate(part) if is_in]
        at += len(part) + 1
    ends = [start + len(part) for start, part in zip(starts, parts, strict=True)]
    return Rows(bits_of(starts), bits_of(ends)), starts, bits_of(found)


def row_by_row(parts: list[list[bool]], take: Callable[[list[int], int], list[int]]) -> list[int]:
    """Return what `take` takes of each row: from its positions in the set and its length."""
    _, starts, _ = laid_out(parts)
    return [
        start + at
        for start, part in zip(starts, parts, strict=True)
        for at in take([n for n, is_in in enumerate(part) if is_in], len(part))
    ]


@given(PARTS, st.integers(0, 25))
def test_the_first_and_the_last_few_of_each_row(parts: list[list[bool]], count: int) -> None:
    """Where there are fewer, all of them are taken, and none of none."""
    rows, _, bits = laid_out(parts)
    assert positions(rows.first_few(bits, count)) == row_by_row(parts, lambda found, _: found[:count])
    last = row_by_row(parts, lambda found, _: found[-count:] if count else [])
    assert positions(rows.last_few(bits, count)) == last
    assert positions(rows.first(bits)) == row_by_row(parts, lambda found, _: found[:1])
    assert positions(rows.last(bits)) == row_by_row(parts, lambda found, _: found[-1:])


@given(PARTS)
def test_what_stands_after_and_before(parts: list[list[bool]]) -> None:
    """After the first of each row's part, and before the last; nothing where a row has none."""
    rows, _, bits = laid_out(parts)
    after = row_by_row(parts, lambda found, length: list(range(found[0] + 1, length)) if found else [])
    before = row_by_row(parts, lambda found, _: list(range(found[-1])) if found else [])
    assert positions(rows.after(rows.first(bits))) == after
    assert positions(rows.before(bits)) == before


@given(PARTS, st.integers(0, 25))
def test_rows_with_some_or_with_many(parts: list[list[bool]], count: int) -> None:
    """A row is told by the position after its last."""
    rows, _, bits = laid_out(parts)
    assert positions(rows.touching(bits)) == row_by_row(parts, lambda found, size: [size] if found else [])
    many = row_by_row(parts, lambda found, size: [size] if len(found) >= count else [])
    assert positions(rows.with_at_least(bits, count)) == many


@given(st.lists(st.tuples(st.integers(0, 2), st.lists(st.booleans(), min_size=1, max_size=12)), max_size=9))
def test_fields_may_stand_side_by_side(parts: list[tuple[int, list[bool]]]) -> None:
    """Turns have no position of their own after them: sums do not run from one into the next."""
    starts, ends, found, at = [], [], [], 0
    for gap, part in parts:
        starts.append(at + gap)
        found += [at + gap + n for n, is_in in enumerate(part) if is_in]
        at += gap + len(part)
        ends.append(at - 1)
    fields, bits = Fields(bits_of(starts), bits_of(ends)), bits_of(found)
    touched = [
        (start, end)
        for start, end in zip(starts, ends, strict=True)
        if any(start <= place <= end for place in found)
    ]
    assert positions(fields.touching(bits)) == [end for _, end in touched]
    heads = fields.starts_of(fields.touching(bits))
    assert positions(heads) == [start for start, _ in touched]
    assert positions(fields.filled(heads)) == [n for start, end in touched for n in range(start, end + 1)]
