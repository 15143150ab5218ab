"""The pieces of words worth keeping: of 250,002 in a hundred languages, those that our chats use.

Writes `pieces.json`, which training, export and the product read. Kept first are the marks, single letters
and signs; then pieces in the order of how often the texts use them; then small Latin ones in their own order,
which goes by frequency.
"""

import gzip
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click

from scripts.encoder.weights import installed_file, read_pretrained
from sopgen.language.labelled import ROLES, read_lines
from sopgen.language.piece import SPACE, Pieces, make_cutter

SIZE = 26_000
"""Pieces kept: chats need 1.3 % more of them than of all 250,002 (measured 2026-11-21)."""

LINE_WEIGHT = 5.0
BEFORE_WEIGHT = 3.0
TEXT_WEIGHT = 1.0
WORD_WEIGHT = 0.3
"""How much a text counts: ours, said before ours, public, a bare word (our decision, 2026-11-21)."""

LOWER_SHARE = 0.5
"""How much a text counts once more in small letters."""

WORD_FORMS = ("{}", "me{}", "di{}kan", "{}nya")
"""Forms in which Indonesian roots are met most."""

LATIN_END = 0x250
"""The first code point after the Latin letters of European and Indonesian spelling."""

_SPEAKERS = (*ROLES, None)
_PATH = click.Path(path_type=Path, exists=True)


@click.command()
@click.option("--lines", type=_PATH, required=True, help="Folder of labelled lines.")
@click.option("--texts", type=_PATH, multiple=True, help="JSON lines with `text` or `messages`.")
@click.option("--words", type=_PATH, multiple=True, help="Roots of Indonesian words, one a line.")
@click.option("--to", type=click.Path(path_type=Path), required=True, help="File to write: pieces.json.")
def command(*, lines: Path, texts: tuple[Path, ...], words: tuple[Path, ...], to: Path) -> None:
    """Choose the pieces that chats in Indonesian and English use."""
    known = read_pretrained(installed_file()).pieces
    weighed = Counter[str]()
    for text, weight in _weighed_texts(lines, texts, words):
        weighed[text] += weight
        weighed[text.lower()] += weight * LOWER_SHARE
    kept = choose(known, _count(known, weighed))
    write_pieces(known, kept, to)
    click.echo(f"{len(kept)} pieces kept of {len(known.pieces)}")


def choose(known: Pieces, used: Counter[int]) -> list[int]:
    """Return the numbers of the pieces to keep: the four marks first, then the rest in the module's order."""
    marks = [known.start, known.padding, known.end, known.unknown]
    numbers = range(len(known.pieces))
    signs = [number for number in numbers if _is_sign(known.pieces[number])]
    short = [number for number in numbers if _is_small_latin(known.pieces[number])]
    frequent = [number for number, _ in used.most_common()]
    return list(dict.fromkeys([*marks, *signs, *frequent, *short]))[:SIZE]


def write_pieces(known: Pieces, kept: list[int], path: Path) -> None:
    """Write the kept pieces in the product's form; their numbers are their places."""
    held = {
        "pieces": [known.pieces[number] for number in kept],
        "scores": [round(known.scores[number], 4) for number in kept],
        **{name: kept.index(getattr(known, name)) for name in ("start", "padding", "end", "unknown")},
        "letters": {str(point): letter for point, letter in known.letters.items()},
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(held, ensure_ascii=False), encoding="utf-8")


def read_pieces(path: Path) -> Pieces:
    """Return the pieces of a `pieces.json`."""
    held = json.loads(path.read_text(encoding="utf-8"))
    letters = {int(point): letter for point, letter in held.pop("letters").items()}
    return Pieces(letters=letters, **held)


def _weighed_texts(
    lines: Path, texts: tuple[Path, ...], words: tuple[Path, ...]
) -> Iterator[tuple[str, float]]:
    for line in read_lines(lines):
        yield line.text, LINE_WEIGHT
        yield line.before, BEFORE_WEIGHT
    for path in texts:
        yield from ((text, TEXT_WEIGHT) for text in _texts_in(path))
    for path in words:
        for root in path.read_text(encoding="utf-8").split():
            yield from ((form.format(root), WORD_WEIGHT) for form in WORD_FORMS)


def _texts_in(path: Path) -> Iterator[str]:
    open_text = gzip.open if path.suffix == ".gz" else open
    with open_text(path, "rt", encoding="utf-8") as file:
        for raw in file:
            held = json.loads(raw)
            yield from (
                said["text"] for said in held.get("messages", [held]) if said.get("role") in _SPEAKERS
            )


def _count(known: Pieces, weighed: Counter[str]) -> Counter[int]:
    cut = make_cutter(known)
    used = Counter[int]()
    for text, weight in weighed.items():
        for number in cut(text):
            used[number] += weight
    return used


def _is_sign(piece: str) -> bool:
    """Return whether a piece is one letter or sign that chats may hold, or two of ASCII."""
    bare = piece.removeprefix(SPACE)
    if piece.isascii() or (bare.isascii() and bare != piece):
        return len(piece) <= 2
    return len(bare) == 1 and (ord(bare) < LATIN_END or _is_pictograph(bare))


def _is_pictograph(letter: str) -> bool:
    return 0x2600 <= ord(letter) <= 0x27BF or 0x1F300 <= ord(letter) <= 0x1FAFF


def _is_small_latin(piece: str) -> bool:
    bare = piece.removeprefix(SPACE)
    return bare.isascii() and bare.islower()


if __name__ == "__main__":
    command()
