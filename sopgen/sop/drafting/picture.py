"""Pictures of a document: those that a manual can show beside the draft, a place in it for the others.

In: pieces, and whoever has the bytes of a picture. Out: pieces and the files to write. Nothing is fetched
from other hosts.
"""

import base64
import binascii
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from urllib.parse import unquote

from sopgen.base.picture import LARGEST_ATTACHED, picture_suffix
from sopgen.sop.drafting.piece import Form, Piece, Run, Runs
from sopgen.sop.naming import plain_id

FOLDER = "pictures"
LARGEST_TOGETHER = 64 * 2**20
"""Bytes of all pictures of a document (64 MiB), as of a Word file unpacked (our decision, 2026-11-24)."""

_EMBEDDED = re.compile(r"data:image/([a-z]+)[^,]*;base64,", re.IGNORECASE)

_QUERY = re.compile(r"[?#]")

Fetch = Callable[[str], bytes]
"""The bytes of the picture that a document names so; b"" where there is none."""


def no_picture(_: str) -> bytes:
    """Return no bytes for any picture."""
    return b""


def name_of(source: str) -> str:
    """Return the file name of a picture that a document keeps at `source`."""
    embedded = _EMBEDDED.match(source)
    if embedded:
        return f"picture.{embedded[1].lower()}"
    return PurePosixPath(unquote(source.partition("?")[0])).name or "picture"


def pictured(source: str, described: str, *, link: str = "", instead: str = "") -> Run:
    """Return a picture as a run, with blanks around it."""
    text = f" {' '.join(described.split()) or name_of(source)} "
    return Run(text=text, picture=source, instead=instead, link=link)


@dataclass(slots=True, kw_only=True)
class Album:
    """The pictures of a draft: `files` are names below its folder with their bytes."""

    fetch: Fetch
    files: dict[str, bytes] = field(default_factory=dict)
    targets: dict[str, str] = field(default_factory=dict)

    def target(self, run: Run) -> str:
        """Return the name of a run's picture below the draft's folder, "" where it cannot be shown."""
        return self._target(run.picture) or (self._target(run.instead) if run.instead else "")

    def _target(self, source: str) -> str:
        if source not in self.targets:
            name = _QUERY.split(source, maxsplit=1)[0]
            data = _embedded(source) or self.fetch(source) or self.fetch(name)
            self.targets[source] = self._kept(source, data)
        return self.targets[source]

    def _kept(self, source: str, data: bytes) -> str:
        suffix = picture_suffix(data)
        together = len(data) + sum(map(len, self.files.values()))
        if not suffix or len(data) > LARGEST_ATTACHED or together > LARGEST_TOGETHER:
            return ""
        stem = plain_id(PurePosixPath(name_of(source)).stem) or "picture"
        names = (f"{FOLDER}/{stem}{f'-{number}' if number else ''}{suffix}" for number in _numbers())
        name = next(each for each in names if self.files.get(each, data) == data)
        self.files[name] = data
        return name


def _numbers() -> Iterable[int]:
    yield 0
    yield from range(2, 10**6)


def _embedded(source: str) -> bytes:
    match = _EMBEDDED.match(source)
    if not match:
        return b""
    try:
        return base64.b64decode(unquote(source[match.end() :]))
    except (binascii.Error, ValueError):
        return b""


def with_pictures(pieces: Sequence[Piece], album: Album) -> tuple[Piece, ...]:
    """Return the pieces with their pictures named as in the draft.

    What shows pictures alone becomes a piece of that form, and so does, behind its text, table or quotation,
    each picture of a heading and each that cannot be shown; the latter has no run with a picture.
    """
    placed: list[Piece] = []
    waiting: list[Piece] = []
    for piece in pieces:
        if waiting and not _goes_on(placed[-1], piece):
            placed += waiting
            waiting = []
        own, behind = _split(piece, album)
        placed += own
        waiting += behind
    return (*placed, *waiting)


def _goes_on(last: Piece, piece: Piece) -> bool:
    """Return whether a piece belongs to the table or quotation of the last one."""
    if piece.form is Form.ROW:
        return last.form is Form.ROW and last.table == piece.table
    return last.form is piece.form is Form.QUOTE


def _split(piece: Piece, album: Album) -> tuple[list[Piece], list[Piece]]:
    """Return a piece with the pictures in its text, and the pictures that stand behind it."""
    every = (*piece.runs, *(run for cell in piece.cells for run in cell))
    sources = [run for run in every if run.picture]
    if not sources or piece.form is Form.LITTER:
        return [replace(piece, runs=tuple(replace(run, picture="", instead="") for run in piece.runs))], []
    missing = [_behind(piece, (_named(run),)) for run in sources if not album.target(run)]
    shown = tuple(_shown(run, album) for run in sources if album.target(run))
    own = replace(
        piece, runs=_runs(piece.runs, album), cells=tuple(_runs(each, album) for each in piece.cells)
    )
    if all(run.picture or not run.text.strip() for run in every) and piece.form is not Form.ROW:
        own = replace(piece, runs=shown, form=Form.PICTURE)
        if piece.form is Form.ITEM:
            own = replace(piece, runs=shown or tuple(_named(run) for run in sources))
        return ([own] if own.runs else []), missing
    if piece.form is Form.HEADING:
        own = replace(own, runs=tuple(run for run in own.runs if not run.picture))
        return [own], [*(_behind(piece, (run,)) for run in shown), *missing]
    return [own], missing


def _behind(piece: Piece, runs: Runs) -> Piece:
    depth = piece.depth + (piece.form is Form.ITEM)
    return Piece(form=Form.PICTURE, lines=piece.lines[:1], runs=runs, depth=depth)


def _runs(runs: Runs, album: Album) -> Runs:
    """Return the runs with the pictures that can be shown; of the others the description stays."""
    return tuple(
        _shown(run, album) for run in runs if not run.picture or album.target(run) or _is_described(run)
    )


def _shown(run: Run, album: Album) -> Run:
    if not run.picture:
        return run
    target = album.target(run)
    told = run.text if _is_described(run) or not target else f" TODO: {run.text.strip()} "
    return replace(run, text=told, picture=target, instead="")


def _is_described(run: Run) -> bool:
    return run.text.strip() != name_of(run.picture)


def _named(run: Run) -> Run:
    """Return the words for a picture that cannot be shown: its file or address, and its description."""
    name = name_of(run.picture) if _EMBEDDED.match(run.picture) else run.picture
    return Run(text=f"{name}: {run.text.strip()}" if _is_described(run) else name)
