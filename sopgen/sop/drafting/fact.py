"""What a document says of itself: number, title, owner, approver, in lines or in rows of its head."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sopgen.sop.drafting.piece import Form, Piece, text_of

_KEYS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("number", (
        r"(?:no(?:mor)?\.?|id|kode)\s*(?:dokumen|sop|dok\.?)",
        r"(?:document|doc|sop)\s*(?:no\.?|number|id|code)", "nomor",
    )),
    ("title", (
        "judul(?: (?:sop|dokumen))?", "nama (?:sop|dokumen|prosedur)", "(?:document |sop )?title",
    )),
    ("owner", (
        "pemilik(?: (?:dokumen|sop|proses))?", "penanggung ?jawab (?:dokumen|sop)",
        "(?:(?:document|process|sop) )?owner",
    )),
    ("approver", (
        "(?:disetujui|disahkan|pengesahan)(?: oleh)?", "approved by", "approver",
    )),
    ("other", (
        r"(?:tanggal|tgl\.?)(?: (?:terbit|berlaku|efektif|revisi|pembuatan))?", "(?:no\\.? |nomor )?revisi",
        "versi", "(?:disusun|dibuat|diperiksa|ditinjau) oleh", "berlaku(?: mulai| sejak)?",
        "(?:effective |issue |revision )?date", "revision", "version",
        "(?:prepared|written|reviewed|issued) by",
    )),
)  # fmt: skip
_PATTERNS = tuple((name, re.compile("|".join(patterns), re.IGNORECASE)) for name, patterns in _KEYS)
_BLANK = re.compile(r"[\s._\-–—…:]*|n/?a|tbd|todo", re.IGNORECASE)
_LONGEST = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing that a document says of itself; `name` is number, title, owner, approver, or other."""

    name: str
    value: str


def facts_of(piece: Piece) -> tuple[Fact, ...]:
    """Return the facts that a line or a row tells, none when any part of it tells something else."""
    pairs = tuple(_pairs(piece))
    facts = tuple(fact for key, value in pairs if (fact := _fact(key, value)) is not None)
    return facts if facts and len(facts) == len(pairs) else ()


def _pairs(piece: Piece) -> Iterator[tuple[str, str]]:
    if piece.form is Form.ROW:
        words = (text_of(tuple(run for run in cell if not run.picture)) for cell in piece.cells)
        cells = [text for text in words if text and text != ":"]
        if len(cells) % 2 == 0:
            yield from zip(cells[::2], cells[1::2], strict=True)
    elif piece.form in (Form.PARAGRAPH, Form.ITEM):
        key, colon, value = piece.text.partition(":")
        if colon:
            yield key, value


def _fact(key: str, value: str) -> Fact | None:
    told = value.strip(" :")
    if _BLANK.fullmatch(told) or len(told) > _LONGEST:
        return None
    for name, pattern in _PATTERNS:
        if pattern.fullmatch(key.strip(" :")):
            return Fact(name=name, value=told)
    return None
