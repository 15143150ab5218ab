"""A procedure's steps as a diagram: boxes, questions and lines, laid out when the site is built.

Steps -> rows (what to draw, top to bottom) -> shapes with coordinates, which `flow.html` writes as SVG

One column that fits a phone at reading size: acts are boxes, a question is a pointed box, what is done on
"yes" stands below it to the right, and the line for "no" runs down on the left. A jump to another step runs
on the right. Lengths are CSS pixels at 100 %.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from sopgen.manual.branch import Act, Choice, branches_of
from sopgen.sop.model import ClauseList, Procedure

WIDTH = 352
_LEFT, _RIGHT = 26, 332
_AXIS = (_LEFT + _RIGHT) // 2
_INDENT = 52
_GAP = 30
_LINE = 18
_PAD = 11
_NO_LANE = 9
_FONT = 13.5
_MOST_LINES = 5
_SMALLEST = 2

_PEN = re.compile(r"([MHV])(\d+)(?: (\d+))?")

_NARROW = frozenset("iltfjrI.,:;'|!()[]-“”’ ")
_WIDE = frozenset("mwMW@%—…")


class Shape(StrEnum):
    """What a row is drawn as."""

    END = "end"
    ACT = "act"
    QUESTION = "question"


@dataclass(slots=True, kw_only=True)
class Row:
    """One shape of the diagram, top to bottom, with its place once laid out."""

    shape: Shape
    lines: tuple[str, ...]
    number: str = ""
    indent: int = 0
    goes_to: str = ""
    answers: bool = False
    otherwise: bool = False
    top: int = 0
    height: int = 0

    @property
    def left(self) -> int:
        """Return the left edge."""
        return _LEFT + self.indent

    @property
    def bottom(self) -> int:
        """Return the lower edge."""
        return self.top + self.height

    @property
    def middle(self) -> int:
        """Return the height of the middle."""
        return self.top + self.height // 2

    @property
    def width(self) -> int:
        """Return the width."""
        return _RIGHT - self.left

    @property
    def first_line(self) -> int:
        """Return the base line of the first line of text."""
        return self.top + (self.height - len(self.lines) * _LINE) // 2 + 13

    @property
    def outline(self) -> str:
        """Return the corners of a question's pointed box."""
        tip, left, right = 14, self.left, _RIGHT
        return (
            f"{left},{self.middle} {left + tip},{self.top} {right - tip},{self.top} "
            f"{right},{self.middle} {right - tip},{self.bottom} {left + tip},{self.bottom}"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A word beside a line."""

    x: int
    y: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """A diagram ready to be written: rows, the lines between them as SVG paths, the words beside those."""

    rows: tuple[Row, ...]
    paths: tuple[str, ...]
    labels: tuple[Label, ...]
    steps: int
    choices: int
    width: int = WIDTH
    height: int = 0

    @property
    def wires(self) -> str:
        """Return all lines as one path: a diagram has many, and each element costs a cheap phone time."""
        return "".join(self.paths)

    @property
    def tips(self) -> str:
        """Return the arrow heads at the ends of the lines as one path."""
        return "".join(map(_tip, self.paths))


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The diagram's own words in a language."""

    start: str
    end: str
    yes: str
    no: str


def flow_of(procedure: Procedure, *, language: str, words: Words) -> Flow | None:
    """Return the diagram of a procedure's numbered steps, or None for fewer than two."""
    steps = [
        (clause.number.rpartition(".")[2], branches_of(clause.text, language))
        for block in procedure.blocks
        if isinstance(block, ClauseList) and block.ordered
        for clause in block.clauses
    ]
    if len(steps) < _SMALLEST:
        return None
    rows = [_pill(words.start), *_rows_of(steps), _pill(words.end)]
    height = _place(rows)
    lines = _Lines(rows, words)
    lines.draw()
    choices = sum(row.shape is Shape.QUESTION for row in rows)
    return Flow(
        rows=tuple(rows),
        paths=tuple(lines.paths),
        labels=tuple(lines.labels),
        steps=len(steps),
        choices=choices,
        height=height,
    )


def _pill(text: str) -> Row:
    return Row(shape=Shape.END, lines=(text,))


def _rows_of(steps: Sequence[tuple[str, Sequence[Act | Choice]]]) -> Iterator[Row]:
    known = {number for number, _ in steps}
    for number, parts in steps:
        for place, part in enumerate(parts):
            shown = number if place == 0 else ""
            match part:
                case Act():
                    yield _act(part, known, number=shown)
                case Choice():
                    yield from _choice(part, known, shown)


def _choice(choice: Choice, known: set[str], number: str) -> Iterator[Row]:
    lines = _wrapped(choice.question, _RIGHT - _LEFT - 60)
    yield Row(
        shape=Shape.QUESTION, lines=lines, number=number, answers=True, otherwise=choice.otherwise is not None
    )
    yield _act(choice.then, known, indent=_INDENT)
    if choice.otherwise is not None:
        yield _act(choice.otherwise, known, indent=_INDENT)


def _act(act: Act, known: set[str], *, number: str = "", indent: int = 0) -> Row:
    return Row(
        shape=Shape.ACT,
        lines=_wrapped(act.text, _RIGHT - _LEFT - indent - (52 if number else 26)),
        number=number,
        indent=indent,
        goes_to=act.goes_to if act.goes_to in known else "",
    )


def _place(rows: Sequence[Row]) -> int:
    """Give each row its place, and return the height of the whole."""
    y = 2
    for row in rows:
        row.top = y
        row.height = 30 if row.shape is Shape.END else len(row.lines) * _LINE + 2 * _PAD
        y += row.height + _GAP
    return y - _GAP + 2


@dataclass(slots=True)
class _Lines:
    """Draws the lines from row to row."""

    rows: Sequence[Row]
    words: Words
    paths: list[str] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)

    def draw(self) -> None:
        """Work out all paths and labels."""
        for place, row in enumerate(self.rows[:-1]):
            below = self.rows[place + 1]
            if row.answers:
                self._answer(place)
            elif row.goes_to:
                self._jump(row)
            elif place and self.rows[place - 1].otherwise:
                self._pass_by(row, self.rows[place + 2])
            else:
                self._down(row, below)

    def _down(self, row: Row, below: Row) -> None:
        self.paths.append(f"M{_AXIS} {row.bottom}V{below.top - 2}")

    def _answer(self, place: int) -> None:
        """Draw "yes" down to what is then done, and "no" on the left to what comes after it."""
        row, then = self.rows[place], self.rows[place + 1]
        self._down(row, then)
        self.labels.append(Label(x=_AXIS + 8, y=row.bottom + 19, text=self.words.yes))
        self.labels.append(Label(x=_NO_LANE + 7, y=row.bottom + 19, text=self.words.no))
        after = self.rows[place + 2]
        if row.otherwise:
            self.paths.append(f"M{row.left} {row.middle}H{_NO_LANE}V{after.middle}H{after.left - 2}")
            return
        merge = after.top - _GAP // 2
        self.paths.append(f"M{row.left} {row.middle}H{_NO_LANE}V{merge}H{_AXIS}V{after.top - 2}")

    def _pass_by(self, row: Row, after: Row) -> None:
        """Draw the line from what is done on "yes" past what is done on "no"."""
        merge = after.top - _GAP // 2
        self.paths.append(f"M{_RIGHT} {row.middle}H{WIDTH - 9}V{merge}H{_AXIS}V{after.top - 2}")

    def _jump(self, row: Row) -> None:
        """Draw the line to another step on the right."""
        target = next(each for each in self.rows if each.number == row.goes_to)
        self.paths.append(f"M{_RIGHT} {row.middle}H{WIDTH - 4}V{target.middle}H{_RIGHT + 2}")


def _tip(path: str) -> str:
    """Return the arrow head at the end of a line, which comes from above or from one side."""
    letter, x, y, before = "", 0, 0, 0
    for letter, first, second in _PEN.findall(path):
        before = x
        x = x if letter == "V" else int(first)
        y = int(second or first) if letter != "H" else y
    if letter == "V":
        return f"M{x - 4} {y - 7}h8l-4 8z"
    way = 1 if x > before else -1
    return f"M{x - 7 * way} {y - 4}v8l{8 * way} -4z"


def _wrapped(text: str, width: int) -> tuple[str, ...]:
    """Return the text in lines no wider than that, at most five; a longer one ends in an ellipsis."""
    lines, room = [""], float(width)
    for word in text.split():
        needed = _width(f" {word}")
        if needed <= room or not lines[-1]:
            lines[-1] = f"{lines[-1]} {word}".strip()
        else:
            lines.append(word)
            room = float(width)
        room -= needed
    if len(lines) <= _MOST_LINES:
        return tuple(lines)
    return (*lines[: _MOST_LINES - 1], f"{lines[_MOST_LINES - 1].rstrip('.,;')} …")


def _width(text: str) -> float:
    """Return about how wide the text is set: no font is measured, so capitals and wide letters count more."""
    return sum(map(_letter_width, text))


@lru_cache(maxsize=4096)
def _letter_width(letter: str) -> float:
    share = 0.38 if letter in _NARROW else 0.95 if letter in _WIDE else 0.72 if letter.isupper() else 0.62
    return _FONT * share
