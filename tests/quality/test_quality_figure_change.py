"""A change is called one when the interval says so, by Newcombe's published figures."""

import pytest

from sopgen.quality.figure.change import Direction, change, difference


@pytest.mark.parametrize(
    ("after", "before", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0),
        ((10, 10), (0, 10), 0.6075, 1.0),
    ],
)
def test_bounds_are_those_of_the_paper(
    after: tuple[int, int], before: tuple[int, int], low: float, high: float
) -> None:
    """Table II of Newcombe (1998), method 10, at 95 %."""
    _, found_low, found_high = difference(before, after, level=0.95)
    assert (round(found_low, 4), round(min(found_high, 1.0), 4)) == (low, high)


@pytest.mark.parametrize(
    ("before", "after", "direction"),
    [
        ((900, 1000), (950, 1000), Direction.BETTER),
        ((950, 1000), (900, 1000), Direction.WORSE),
        ((9, 10), (5, 10), Direction.UNCLEAR),
        ((10, 10), (10, 10), Direction.UNCLEAR),
    ],
)
def test_only_what_the_interval_shows_is_called(
    before: tuple[int, int], after: tuple[int, int], direction: Direction
) -> None:
    """Few cases show little, however far the shares lie apart."""
    found = change(before, after)
    assert found is not None
    assert found.direction is direction


def test_nothing_is_compared_with_nothing() -> None:
    """A clause that was never decided has not changed."""
    assert change((0, 0), (5, 5)) is None
    assert change((5, 5), (0, 0)) is None
