"""Shares over days as lines with their intervals: places in a picture, no picture.

A day without cases is no point and interrupts the line. A small line (`spark`) shows how a share moved and
leaves its height to the figures beside it. A large one (`plot`) has a scale, goes on over a few days without
cases, such as a weekend, and over no more; days with few cases are points beside it, since of one or two
conversations a share is all or nothing. Its words are placed in per cent of the picture: a phone shrinks the
lines, and not the words.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise

from sopgen.quality.interval import SMALL_SAMPLE, Estimate, share
from sopgen.quality.locale import percent, short_day
from sopgen.quality.wording import Wording

LEAST_SPAN = 0.1
"""Height of a line's scale at least: a tenth of all, lest chance look like a landslide (our decision,
2026-11-22)."""

POINTS = 10
"""Points of a small line: more would be noise at its size."""

LEAST_POINTS = 3
"""Points of a small line at least: two show a difference, no direction (our decision, 2026-11-24)."""

LEAST_CASES = 10
"""Cases of a day on a large line at least: of 10, the 95 % interval is half the scale (our decision,
2026-11-22)."""

LONGEST_GAP = 3
"""Days from one point of a large line to the next at most: a long weekend (our decision, 2026-11-22)."""

SPARK = (132.0, 30.0)
PLOT = (720.0, 190.0)
_MARGIN, _TOP, _BOTTOM = 4.0, 14.0, 26.0
_WORD = 154.0
"""Width of a day's label with its air where the picture is narrowest: 60 of the 280 pixels of a phone."""
_MARKS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5)

Day = tuple[date, Estimate]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """A place in a picture, and what stands there."""

    x: float
    y: float
    label: str = ""
    anchor: str = "middle"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A share over days: polygons of its intervals, lines through its values, dots to look at.

    `marks` are the lines of the scale, `days` what stands below, `few` the days that had too few cases,
    `notes` how that is to be read; a small line has none of them, and says in `ends` with which shares it
    begins and ends.
    """

    width: float
    height: float
    bands: tuple[str, ...]
    lines: tuple[str, ...]
    dots: tuple[Dot, ...]
    marks: tuple[Dot, ...] = ()
    days: tuple[Dot, ...] = ()
    few: tuple[Dot, ...] = ()
    notes: tuple[str, ...] = ()
    label: str
    ends: str = ""


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where a share of a day lies."""

    first: int
    days: int
    low: float
    high: float
    box: tuple[float, float, float, float]

    def x(self, day: date) -> float:
        left, right, _, _ = self.box
        return round(left + (right - left) * ((day.toordinal() - self.first) / max(self.days, 1)), 2)

    def y(self, share: float) -> float:
        _, _, top, bottom = self.box
        inside = min(max(share, self.low), self.high)
        return round(bottom - (bottom - top) * (inside - self.low) / (self.high - self.low), 2)


def spark(series: Sequence[Day], wording: Wording) -> Line | None:
    """Return the small line of a share, dots where a day stands alone and, last, on the newest.

    None where there is too little to see a direction: fewer than LEAST_POINTS days with cases, fewer cases
    than SMALL_SAMPLE, or no two days that follow one another.
    """
    known = [each for each in series if each[1].value is not None]
    if len(known) < LEAST_POINTS or sum(share.of for _, share in known) < SMALL_SAMPLE:
        return None
    width, height = SPARK
    box = (_MARGIN, width - _MARGIN, _MARGIN, height - _MARGIN)
    frame = _frame(series, box, _domain([_value(each) for _, each in known]))
    last, stretches = known[-1], list(_even(known))
    lines = _lines(stretches, frame)
    if not lines:
        return None
    alone = (stretch[0] for stretch in stretches if len(stretch) == 1 and stretch[0] is not last)
    return Line(
        width=width,
        height=height,
        bands=_bands(stretches, frame),
        lines=lines,
        dots=tuple(Dot(x=frame.x(day), y=frame.y(_value(share))) for day, share in (*alone, last)),
        ends=_ends(known[0][1], last[1], wording),
        label=_told(known, wording),
    )


def plot(series: Sequence[Day], wording: Wording, *, dotted: Callable[[date], bool]) -> Line | None:
    """Return the large line of a share with its scale; None of fewer than two days with enough cases."""
    known = [each for each in series if each[1].value is not None]
    enough = [each for each in known if each[1].of >= LEAST_CASES]
    if len(enough) < 2:
        return None
    stretches = list(_joined(enough))
    alone = {stretch[0][0] for stretch in stretches if len(stretch) == 1}
    width, height = PLOT
    box = (_MARGIN, width - _MARGIN, _TOP, height - _BOTTOM)
    frame = _frame(known, box, _round_domain([_value(each) for _, each in known]))
    few = tuple(_dot(each, frame, wording) for each in known if each[1].of < LEAST_CASES)
    return Line(
        width=width,
        height=height,
        bands=_bands(stretches, frame),
        lines=_lines(stretches, frame),
        dots=tuple(_dot(each, frame, wording) for each in enough if each[0] in alone or dotted(each[0])),
        marks=tuple(_marks(frame, wording)),
        days=tuple(_days(known, frame, wording)),
        few=few,
        notes=tuple(_notes(wording, broken=len(stretches) > 1, few=bool(few))),
        label=_told(enough, wording),
    )


def pooled(days: Sequence[tuple[date, int, int]], most: int = POINTS) -> tuple[Day, ...]:
    """Return shares (day, part, of) over at most `most` stretches of as many days each, by their last day."""
    if not days:
        return ()
    first, last = days[0][0].toordinal(), days[-1][0].toordinal()
    length = -(-(last - first + 1) // most)
    stretches: dict[int, tuple[int, int]] = {}
    for day, part, of in days:
        place = (last - day.toordinal()) // length
        before = stretches.get(place, (0, 0))
        stretches[place] = (before[0] + part, before[1] + of)
    return tuple(
        (date.fromordinal(last - place * length), share(*stretches[place]))
        for place in sorted(stretches, reverse=True)
    )


def _value(estimate: Estimate) -> float:
    assert estimate.value is not None
    return estimate.value


def _frame(
    series: Sequence[Day], box: tuple[float, float, float, float], domain: tuple[float, float]
) -> _Frame:
    first, last = series[0][0].toordinal(), series[-1][0].toordinal()
    return _Frame(first=first, days=last - first, low=domain[0], high=domain[1], box=box)


def _domain(values: Sequence[float]) -> tuple[float, float]:
    """Return the scale of a small line: its values in the middle, and never outside 0 to 1."""
    middle = (min(values) + max(values)) / 2
    reach = max(max(values) - min(values), LEAST_SPAN) * 0.6
    low, high = middle - reach, middle + reach
    if high > 1:
        return max(0.0, low - (high - 1)), 1.0
    return (0.0, min(1.0, high - low)) if low < 0 else (low, high)


def _round_domain(values: Sequence[float]) -> tuple[float, float]:
    """Return the scale of a large line: from nothing to the next mark above its values."""
    step = _step(max(values))
    return 0.0, min(1.0, step * (int(max(values) * 1.15 / step) + 1))


def _step(top: float) -> float:
    return next((each for each in _MARKS if top / each <= 4), 0.25)


def _marks(frame: _Frame, wording: Wording) -> Iterator[Dot]:
    step = _step(frame.high)
    for count in range(int(frame.high / step + 1e-9) + 1):
        share = count * step
        yield Dot(x=0, y=frame.y(share), label=percent(share, wording.language))


def _days(known: Sequence[Day], frame: _Frame, wording: Wording) -> Iterator[Dot]:
    """Yield the first day, the last, and the one nearest the middle whose label stands clear of theirs."""
    left, right, _, _ = frame.box
    between = [day for day, _ in known if left + 1.5 * _WORD <= frame.x(day) <= right - 1.5 * _WORD]
    middle = sorted(between, key=lambda day: abs(frame.x(day) - (left + right) / 2))[:1]
    anchors = ("start", *("middle" for _ in middle), "end")
    for day, anchor in zip((known[0][0], *middle, known[-1][0]), anchors, strict=True):
        yield Dot(x=frame.x(day), y=0, label=short_day(day, wording.language), anchor=anchor)


def _dot(day: Day, frame: _Frame, wording: Wording) -> Dot:
    share, language = _value(day[1]), wording.language
    told = f"{percent(share, language)}, {wording.say('of_cases', count=day[1].of)}"
    return Dot(x=frame.x(day[0]), y=frame.y(share), label=f"{short_day(day[0], language)}: {told}")


def _notes(wording: Wording, *, broken: bool, few: bool) -> Iterator[str]:
    if broken:
        yield wording.say("line_broken", gap=LONGEST_GAP)
    if few:
        yield wording.say("line_few", least=LEAST_CASES)


def _joined(enough: Sequence[Day]) -> Iterator[list[Day]]:
    """Yield the stretches of a large line: days that are no further apart than it reaches."""
    stretch = [enough[0]]
    for before, after in pairwise(enough):
        if (after[0] - before[0]).days > LONGEST_GAP:
            yield stretch
            stretch = []
        stretch.append(after)
    yield stretch


def _even(known: Sequence[Day]) -> Iterator[list[Day]]:
    """Yield the stretches without a gap: days, or weeks, that follow one another, every one with cases."""
    step = min((after[0] - before[0]).days for before, after in pairwise(known))
    for _, group in groupby(enumerate(known), key=lambda pair: pair[1][0].toordinal() - step * pair[0]):
        yield [each for _, each in group]


def _lines(stretches: Sequence[list[Day]], frame: _Frame) -> tuple[str, ...]:
    return tuple(
        " ".join(f"{frame.x(day)},{frame.y(_value(share))}" for day, share in stretch)
        for stretch in stretches
        if len(stretch) > 1
    )


def _bands(stretches: Sequence[list[Day]], frame: _Frame) -> tuple[str, ...]:
    bands = []
    for stretch in stretches:
        if len(stretch) > 1:
            above = [f"{frame.x(day)},{frame.y(share.high or 0)}" for day, share in stretch]
            below = [f"{frame.x(day)},{frame.y(share.low or 0)}" for day, share in reversed(stretch)]
            bands.append(" ".join((*above, *below)))
    return tuple(bands)


def _ends(first: Estimate, last: Estimate, wording: Wording) -> str:
    shares = {"first": first, "last": last}
    return wording.say(
        "line_ends", **{name: percent(_value(each), wording.language) for name, each in shares.items()}
    )


def _told(known: Sequence[Day], wording: Wording) -> str:
    """Return in words what the line shows: where it begins, where it ends, its least and its most."""
    values = [_value(share) for _, share in known]
    figures = {"first": values[0], "last": values[-1], "least": min(values), "most": max(values)}
    return wording.say(
        "line_told",
        begin=short_day(known[0][0], wording.language),
        end=short_day(known[-1][0], wording.language),
        **{name: percent(each, wording.language) for name, each in figures.items()},
    )
