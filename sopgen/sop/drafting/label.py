"""What stands before an item or a heading: a number, a letter, a bullet; its style and its place in order."""

import re
from dataclasses import dataclass

_BULLETS = "•●▪◦‣∙·○■□▫❖➢➤►✓✔✅☑*+\\-–—"
_LABEL = re.compile(
    rf"""(?P<label>
        (?:bab|bagian|pasal|chapter|section|part)\s+(?:\d{{1,3}}|[ivxlc]{{1,7}})\b[.):]*
      | \d{{1,3}}(?:\.\d{{1,3}}){{1,4}}[.)]?
      | \(?\d{{1,3}}[.)]
      | \(?[ivx]{{1,5}}[.)]
      | \(?[A-Za-z][.)]
      | [{_BULLETS}] | o(?=\s{{2,}}|\t)
    )(?:\s+|$)(?P<rest>.*)""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """The style of a label ("" for none) and its number in that style; a bullet has number 0."""

    style: str
    number: int = 0

    @property
    def ordered(self) -> bool:
        """Return whether the label counts."""
        return self.style not in ("", "bullet")


def split_label(text: str) -> tuple[str, str]:
    """Return the label that a line begins with, "" for none, and the rest of the line."""
    match = _LABEL.match(text)
    if match is None or not match["rest"].strip():
        return "", text
    return match["label"], match["rest"].strip()


def order_of(label: str) -> Order:
    """Return the style and number of a label: `1.` is decimal 1, `B.` is capital 2, `iv)` is roman 4."""
    word = label.strip("(). :").casefold()
    if " " in word:
        return Order(style="chapter", number=_number(word.rsplit(maxsplit=1)[-1]))
    if "." in word:
        return Order(style=f"deep{word.count('.')}", number=_number(word.rsplit(".", maxsplit=1)[-1]))
    if word.isdecimal():
        return Order(style="decimal", number=int(word))
    if word.isalpha() and not (word == "o" and label == "o"):
        return _lettered(word, capital=label.strip("(). :").isupper())
    return Order(style="bullet")


def _lettered(word: str, *, capital: bool) -> Order:
    """Return the order of a letter; `i`, `v`, `x` and all of several letters are Roman numbers."""
    prefix = "capital" if capital else "small"
    if len(word) > 1 or word in "ivx":
        return Order(style=f"{prefix}-roman", number=_number(word))
    return Order(style=prefix, number=ord(word) - ord("a") + 1)


def _number(word: str) -> int:
    if word.isdecimal():
        return int(word)
    values = [_ROMAN.get(each, 0) for each in word]
    return sum(
        -value if value < after else value for value, after in zip(values, [*values[1:], 0], strict=True)
    )
