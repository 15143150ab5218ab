"""The labels that Word counts by itself: `1.`, `B.`, `•`, by the numbering of a paragraph or of its style."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sopgen.sop.heading import letter

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(slots=True)
class Numbering:
    """The counters of a document: what each list level looks like, and how far it has counted."""

    levels: Mapping[str, Mapping[int, tuple[str, str, int]]]
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def label(self, number: str, level: int) -> str:
        """Return the label of the next paragraph of the list `number` at `level`; "" for none."""
        shapes = self.levels.get(number)
        if shapes is None or number == "0":
            return ""
        form, pattern, start = shapes.get(level, ("bullet", "", 1))
        if form in ("bullet", "none"):
            return "•" if form == "bullet" else ""
        counts = self.counts.setdefault(number, {})
        counts[level] = counts.get(level, start - 1) + 1
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]
        return self._filled(pattern or f"%{level + 1}.", shapes, counts)

    def _filled(
        self, pattern: str, shapes: Mapping[int, tuple[str, str, int]], counts: Mapping[int, int]
    ) -> str:
        for level in range(9):
            form, _, start = shapes.get(level, ("decimal", "", 1))
            pattern = pattern.replace(f"%{level + 1}", _written(counts.get(level, start), form))
        return pattern.strip()


def numbering_of(root: Any) -> Numbering:
    """Return the counters that a numbering part sets out; `root` is its element, or None without one."""
    if root is None:
        return Numbering(levels={})
    abstract = {each.get(f"{W}abstractNumId"): _levels(each) for each in root.iter(f"{W}abstractNum")}
    named = {}
    for number in root.iter(f"{W}num"):
        target = number.find(f"{W}abstractNumId")
        if target is not None:
            named[number.get(f"{W}numId")] = abstract.get(target.get(f"{W}val"), {})
    return Numbering(levels=named)


def _levels(abstract: Any) -> dict[int, tuple[str, str, int]]:
    shapes = {}
    for level in abstract.iter(f"{W}lvl"):
        index = level.get(f"{W}ilvl", "0")
        start = _value(level, "start") or "1"
        shape = (_value(level, "numFmt") or "decimal", _value(level, "lvlText"), _small(start, 1))
        shapes[_small(index, 0)] = shape
    return shapes


def _value(element: Any, name: str) -> str:
    child = element.find(f"{W}{name}")
    return str(child.get(f"{W}val", "")) if child is not None else ""


def _small(text: str, otherwise: int) -> int:
    return int(text) if text.isdecimal() and len(text) < 5 else otherwise


def _written(number: int, form: str) -> str:
    match form:
        case "upperLetter":
            return letter(number) if number > 0 else "A"
        case "lowerLetter":
            return letter(number).lower() if number > 0 else "a"
        case "upperRoman":
            return _roman(number).upper()
        case "lowerRoman":
            return _roman(number)
        case _:
            return str(number)


def _roman(number: int) -> str:
    if number not in range(1, 40):
        return str(number)
    written = ""
    for value, sign in _ROMAN:
        written += sign * (number // value)
        number %= value
    return written
