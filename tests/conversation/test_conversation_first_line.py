"""Where each id of a file stood first, remembered in little room."""

import tracemalloc

from hypothesis import given
from hypothesis import strategies as st

from sopgen.conversation.first_line import FirstLines


@given(st.lists(st.text(max_size=3), max_size=200))
def test_each_id_is_told_by_its_first_line(ids: list[str]) -> None:
    """It tells what a dictionary would tell."""
    met, known = FirstLines(), {}
    for line, id_ in enumerate(ids, start=1):
        assert met.meet(id_, line) == known.setdefault(id_, line)
    assert len(met) == len(known)


def test_many_ids_need_little_room() -> None:
    """A hundred thousand ids, met twice each, are told apart in less than 80 bytes each, growth included."""
    tracemalloc.start()
    met = FirstLines()
    lines = [met.meet(f"conversation-{number}", number + 1) for number in range(100_000)]
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert lines == list(range(1, 100_001))
    assert [met.meet(f"conversation-{number}", 7) for number in (0, 50_000, 99_999)] == [1, 50_001, 100_000]
    assert held - 100_000 * 40 < 100_000 * 80
