"""What is remembered, and what is forgotten."""

from sopgen.language.memory import Memory


def test_what_nobody_asks_for_is_forgotten():
    """The memory never holds more than its size, and keeps what is asked for."""
    memory: Memory[int, str] = Memory(10)
    for number in range(100):
        memory.put(number, str(number))
        assert memory.get(0) == "0"
    assert memory.get(99) == "99"
    assert memory.get(50) is None
    assert sum(memory.get(each) is not None for each in range(100)) <= 10
