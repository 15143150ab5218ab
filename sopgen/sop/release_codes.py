"""The codes of a folder of SOPs and of releases, SOP3xx.

A snippet holds files: a line `=== path` begins one. Beside them stands SPECIMEN, an SOP released as 1.0 with
its frozen files; a file of the snippet takes the place of the one there, `(deleted)` takes it away.
"""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from sopgen.base.code import Code
from sopgen.sop.model import Category
from sopgen.sop.release_index import Entry, Hashes, seal_of, sha256

_SOURCE = """---
id: cs-contoh
title: Pelayanan
language: id
owner: Kepala Layanan
approver: Direktur Operasional
review_every: 90d
---

## Tujuan

Melayani dengan cepat.
"""
_PDF = "%PDF-1.7 (the manual as approved)\n"


def _index(source: str = _SOURCE, effective: str = "2026-01-01") -> str:
    """Return the index of a release of `source`, with its seal."""
    entry = Entry(
        version="1.0",
        category=Category.SUBSTANTIVE,
        effective=effective,
        approved_by="Direktur Operasional",
        approved_on=date(2025, 12, 20),
        summary="Terbitan pertama",
        sha256=Hashes(source=sha256(source.encode()), pdf=sha256(_PDF.encode())),
    )
    return f"""- version: "1.0"
  category: substantive
  effective: {effective}
  approved_by: Direktur Operasional
  approved_on: 2025-12-20
  summary: Terbitan pertama
  sha256:
    source: {entry.sha256.source}
    pdf: {entry.sha256.pdf}
    entry: {seal_of(entry, "")}
"""


_INDEX = _index()

SPECIMEN: Mapping[str, str] = MappingProxyType(
    {
        "cs-contoh/sop.md": _SOURCE,
        "cs-contoh/releases/1.0.md": _SOURCE,
        "cs-contoh/releases/1.0.pdf": _PDF,
        "cs-contoh/releases/index.yaml": _INDEX,
    }
)
"""The files that every snippet of this module begins with, by path."""

_AT_INDEX = "=== cs-contoh/releases/index.yaml\n"
_SOUND = f"{_AT_INDEX}{_INDEX}"

RELEASE_CODES: tuple[Code, ...] = (
    Code(
        code="SOP301",
        title="There is no folder of SOPs",
        why="SOPs are read from `sop_sources`, or from the folder that `--sops` names. What exists depends "
        "on where the command runs, so no snippet can show this.",
    ),
    Code(
        code="SOP302",
        title="The folder holds no SOP",
        why="Each SOP is a folder with a file `sop.md`. Without one nothing can be built or checked.",
        breaks="=== cs-contoh/sop.md\n(deleted)",
        keeps=_SOUND,
    ),
    Code(
        code="SOP303",
        title="A folder without an SOP",
        why="A folder without `sop.md` among the SOPs is most likely one that lost it.",
        breaks="=== cs-lain/catatan.txt\nmasih kosong",
        keeps=f"=== cs-lain/sop.md\n{_SOURCE.replace('cs-contoh', 'cs-lain')}",
    ),
    Code(
        code="SOP304",
        title="A folder is not named like its SOP",
        why="The id of an SOP is unique because its folder's name is.",
        breaks=f"=== cs-contoh/sop.md\n{_SOURCE.replace('cs-contoh', 'cs-lain')}",
        keeps=_SOUND,
    ),
    Code(
        code="SOP305",
        title="The index of releases has a flaw",
        why="The index says which version is in force. What it does not say clearly, nobody may guess.",
        breaks=f"{_AT_INDEX}{_INDEX.replace('substantive', 'besar')}",
        keeps=_SOUND,
    ),
    Code(
        code="SOP306",
        title="A frozen file is missing",
        why="A release is its source and its PDF as approved. Without either nobody can prove what was in "
        "force.",
        breaks="=== cs-contoh/releases/1.0.pdf\n(deleted)",
        keeps=_SOUND,
    ),
    Code(
        code="SOP307",
        title="A frozen file was changed",
        why="Conversations were judged by the release as approved. A changed one would alter the past, so "
        "nothing governs in its time until the file is restored; the other releases keep to theirs.",
        breaks=f"=== cs-contoh/releases/1.0.md\n{_SOURCE.replace('cepat', 'lambat')}",
        keeps=f"=== cs-contoh/releases/1.0.md\n{_SOURCE}",
    ),
    Code(
        code="SOP308",
        title="A version stands twice in the index",
        why="Two releases of one number could not be told apart in a finding.",
        breaks=f"{_AT_INDEX}{_INDEX}{_INDEX}",
        keeps=_SOUND,
    ),
    Code(
        code="SOP309",
        title="A frozen file that no entry names",
        why="The index only ever grows. A file without an entry means that an entry was taken out, or that a "
        "release broke off half-way.",
        breaks=f"=== cs-contoh/releases/1.1.md\n{_SOURCE}",
        keeps=_SOUND,
    ),
    Code(
        code="SOP310",
        title="A version or an effective date makes no sense",
        why="A version is numbers and dots. A release takes effect on a date, at midnight in the SOP's own "
        "timezone, or at an instant.",
        breaks=f"{_AT_INDEX}{_INDEX.replace('2026-01-01', 'awal tahun')}",
        keeps=f"{_AT_INDEX}{_index(effective='2026-01-01T09:00:00+07:00')}",
    ),
    Code(
        code="SOP311",
        title="A release belongs to another SOP",
        why="An id never changes: findings of the past name it. A folder that was copied for a new SOP has "
        "the releases of the old one in it; they do not belong to the new one. `sopgen init` begins "
        "without any.",
        breaks="=== cs-contoh/releases/1.0.md\n"
        f"{_SOURCE.replace('cs-contoh', 'cs-lama')}"
        f"{_AT_INDEX}{_index(_SOURCE.replace('cs-contoh', 'cs-lama'))}",
        keeps=_SOUND,
    ),
    Code(
        code="SOP312",
        title="An entry of the index was changed, or has no seal",
        why="An entry says from when a version governs and who approved it. Its seal is the hash of its "
        "values and of the seal before it: a date moved later, or an entry taken out, shows. The whole SOP "
        "is left out, because nobody can tell which version governs when.",
        breaks=f"{_AT_INDEX}{_INDEX.replace('2026-01-01', '2026-02-01')}",
        keeps=_SOUND,
    ),
    Code(
        code="SOP313",
        title="A release broke off",
        why="A release is made in a hidden folder first, and the index is written last. What a crash left "
        "counts for nothing; the next `sopgen release` of this SOP takes it away. While a release is going "
        "on, others see this too.",
        breaks=f"=== cs-contoh/releases/.pending-1.1/index.yaml\n{_INDEX}"
        f"=== cs-contoh/releases/1.1.md\n{_SOURCE}",
        keeps=_SOUND,
    ),
    Code(
        code="SOP314",
        title="A frozen source cannot be read any more",
        why="The file is as it was released, but this version of sopgen finds an error in it. Nothing "
        "governs in its time, rather than half of it.",
        breaks=f"=== cs-contoh/releases/1.0.md\n{_SOURCE.replace('language: id', 'language: jv')}"
        f"{_AT_INDEX}{_index(_SOURCE.replace('language: id', 'language: jv'))}",
        keeps=_SOUND,
    ),
)
