"""Tables of a document as steps or as demands, one a row, where their first row says what the columns are."""

import re
from collections.abc import Iterator, Sequence

from sopgen.sop.drafting.escape import escaped, inline
from sopgen.sop.drafting.piece import Piece, Runs, text_of
from sopgen.sop.modality import modality_of
from sopgen.sop.model import Modality

_COLUMNS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("number", (
        r"no\.?", "nomor", "#", "number", r"step no\.?",
    )),
    ("step", (
        "langkah(?: kerja)?", "aktivitas", "kegiatan", "uraian(?: (?:kegiatan|prosedur|proses))?",
        "proses", "prosedur", "tindakan", "tahapan", "steps?", "activit(?:y|ies)", "actions?", "tasks?",
        "descriptions?", "what(?: to do)?",
    )),
    ("actor", (
        "pelaksana", "pic", "aktor", "penanggung ?jawab", "oleh", "petugas", "siapa", "actor", "role",
        "who", "responsible(?: person)?", "by", "performed by",
    )),
)  # fmt: skip
_MOST_WORDS = 5
"""Words of a cell that tells a fact; a demand without a modal word has more (our decision, 2026-11-24)."""

_PATTERNS = tuple((name, re.compile("|".join(patterns), re.IGNORECASE)) for name, patterns in _COLUMNS)


def has_head(rows: Sequence[Piece]) -> bool:
    """Return whether the first row names columns: the document says so, or its cells are a few words."""
    if len(rows) < 2:
        return False
    if rows[0].head:
        return True
    texts = [text_of(cell) for cell in rows[0].cells]
    short = any(texts) and all(len(text.split()) <= 4 and not text.endswith(".") for text in texts)
    bold = all(run.bold for cell in rows[0].cells for run in cell)
    longer = max(len(row.text) for row in rows[1:]) > len(rows[0].text)
    return short and (bold or longer or any(_column(text) for text in texts))


def is_data(rows: Sequence[Piece], head: Piece | None) -> bool:
    """Return whether the rows below the head are data: three columns, or short cells that demand nothing.

    A column of numbers is none.
    """
    names = [text_of(cell) for cell in head.cells] if head else []
    told = [list(_filled(row, names)) for row in rows]
    if max(map(len, told), default=0) > 2:
        return True
    texts = [text_of(cell) for row in rows for cell in row.cells]
    demanding = any(modality_of(text) is not Modality.PLAIN for text in texts)
    return not demanding and all(len(text.split()) <= _MOST_WORDS for text in texts)


def steps_of(rows: Sequence[Piece]) -> tuple[str, ...]:
    """Return each row below the head as a step, "**Agen**: menyapa (Waktu: 2 menit)"; none without it."""
    columns = [_column(text_of(cell)) for cell in rows[0].cells]
    if "step" not in columns or len(rows) < 2 or not has_head(rows):
        return ()
    return tuple(_step(row, rows[0], columns) for row in rows[1:])


def _step(row: Piece, head: Piece, columns: Sequence[str]) -> str:
    actor = ""
    steps: list[str] = []
    more: list[str] = []
    names = [text_of(cell) for cell in head.cells]
    for position, cell in enumerate(row.cells):
        column = columns[position] if position < len(columns) else ""
        written = inline(cell)
        if not written or column == "number":
            continue
        if column == "actor" and not actor:
            actor = f"**{escaped(text_of(cell))}**: "
        elif column == "step" and not steps:
            steps.append(written)
        else:
            name = names[position] if position < len(names) else ""
            more.append(f"{escaped(name)}: {written}" if name else written)
    told = "; ".join(more)
    return f"{actor}{' '.join(steps)}{f' ({told})' if told else ''}" if steps else f"{actor}{told}"


def told_row(row: Piece, head: Piece | None) -> str:
    """Return a row as one demand, "Agen: melayani (Waktu: 2 menit)"; the list counts by itself."""
    names = [text_of(cell) for cell in head.cells] if head else []
    filled = list(_filled(row, names))
    if not filled:
        return ""
    first, *rest = filled
    if not rest:
        return first[1]
    more = "; ".join(f"{escaped(name)}: {text}" if name else text for name, text in rest[1:])
    return f"{first[1]}: {rest[0][1]}{f' ({more})' if more else ''}"


def _filled(row: Piece, names: Sequence[str]) -> Iterator[tuple[str, str]]:
    for position, cell in enumerate(row.cells):
        name = names[position] if position < len(names) else ""
        if text_of(cell) and not (_column(name) == "number" and _is_number(cell)):
            yield name, inline(cell)


def _is_number(cell: Runs) -> bool:
    return re.fullmatch(r"\d{1,3}[.)]?", text_of(cell)) is not None


def _column(text: str) -> str:
    return next((name for name, pattern in _PATTERNS if pattern.fullmatch(text.strip(" :"))), "")
