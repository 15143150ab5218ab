"""A piece of a document: a heading, a paragraph, an item of a list, a row of a table, with its lines."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum


class Form(StrEnum):
    """What a piece looks like."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"
    QUOTE = "quote"
    PICTURE = "picture"
    LITTER = "litter"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Text of one look: bold or not, a link or none.

    `picture` is where the document keeps a picture (`img/alur.png`, `image1.png`); the text is then its
    description, or the name of its file. `instead` is where the document may keep it, too.
    """

    text: str
    bold: bool = False
    link: str = ""
    picture: str = ""
    instead: str = ""


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One piece; `lines` count from 1. `level` is a heading's (0: not told by the document).

    `label` is what stands before an item ("1.", "•"), `depth` how many lists it is in, less one. `cells` are
    those of a row of the table `table`; `head`: the document says that they name its columns. `apart` tells
    that a blank line (or the start) stands before it. `reason` is why litter is litter.
    """

    form: Form
    lines: tuple[int, ...]
    runs: Runs = ()
    level: int = 0
    label: str = ""
    depth: int = 0
    cells: tuple[Runs, ...] = ()
    table: int = 0
    head: bool = False
    apart: bool = True
    reason: str = ""

    @property
    def text(self) -> str:
        """Return what a reader sees, without the label."""
        if self.cells:
            return " | ".join(text_of(cell) for cell in self.cells)
        return text_of(self.runs)

    @property
    def bold(self) -> bool:
        """Return whether every letter of it is bold."""
        return bool(self.runs) and all(run.bold for run in self.runs if run.text.strip())

    def as_litter(self, reason: str) -> "Piece":
        """Return the piece set aside for `reason`."""
        return replace(self, form=Form.LITTER, reason=reason)


def text_of(runs: Runs) -> str:
    """Return the words of the runs, one blank between them."""
    return " ".join("".join(run.text for run in runs).split())


def plain(text: str) -> Runs:
    """Return a text of one look."""
    return (Run(text=text),) if text else ()


def without_start(runs: Runs, length: int) -> Runs:
    """Return the runs without their first `length` characters, and without blanks at their new start."""
    kept: list[Run] = []
    for run in runs:
        cut = min(length, len(run.text))
        length -= cut
        rest = run.text[cut:] if kept else run.text[cut:].lstrip()
        if rest:
            kept.append(replace(run, text=rest))
    return tuple(kept)


def squeezed(runs: Iterable[Run]) -> Runs:
    """Return the runs with one blank between words, none at the ends, and neighbours of one look joined."""
    joined: list[Run] = []
    for run in runs:
        text = _one_blank(run.text, after_blank=not joined or joined[-1].text.endswith(" "))
        if not text:
            continue
        if joined and replace(joined[-1], text="") == replace(run, text="") and not run.picture:
            joined[-1] = replace(run, text=joined[-1].text + text)
        else:
            joined.append(replace(run, text=text))
    if joined:
        joined[-1] = replace(joined[-1], text=joined[-1].text.rstrip())
    return tuple(run for run in joined if run.text)


def _one_blank(text: str, *, after_blank: bool) -> str:
    inner = " ".join(text.split())
    before = " " if text[:1].isspace() and not after_blank else ""
    after = " " if inner and text[-1:].isspace() else ""
    return f"{before}{inner}{after}"
