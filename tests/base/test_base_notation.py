"""Chat notation: the clock across midnights."""

from datetime import timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from sopgen.base.notation import read_notation
from sopgen.base.span import Span

CLOCKS = st.tuples(st.integers(0, 23), st.integers(0, 59), st.integers(0, 59))


@given(st.lists(CLOCKS, max_size=40))
def test_an_earlier_time_is_the_next_days(clocks: list[tuple[int, int, int]]) -> None:
    """Time never runs backwards, never jumps a day or more, and shows what is written."""
    text = "\n".join(f"{hour:02}:{minute:02}:{second:02} agen  halo" for hour, minute, second in clocks)
    flaws: list[object] = []
    lines = read_notation(text, Span(file="chat"), flaws.append)
    assert flaws == []
    day = timedelta(days=1)
    for line, (hour, minute, second) in zip(lines, clocks, strict=True):
        assert line.clock % day == timedelta(hours=hour, minutes=minute, seconds=second)
    for earlier, later in pairwise(lines):
        assert timedelta() <= later.clock - earlier.clock < day


def test_facts_of_the_record_are_no_messages() -> None:
    """A category, a priority and tags are noted in brackets; other brackets are what was said."""
    flaws: list[object] = []
    text = "09:00 agen  (kategori: refund)\n09:00 agen  (Priority: high)\n09:01 agen  (lihat: menu)"
    lines = read_notation(text, Span(file="chat"), flaws.append)
    assert flaws == []
    assert [(line.event, line.text) for line in lines] == [
        ("category", "refund"),
        ("priority", "high"),
        ("", "(lihat: menu)"),
    ]
