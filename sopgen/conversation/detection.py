"""Which importer reads a file: the surest by its first bytes, or nobody when that is not clear."""

from collections.abc import Sequence
from pathlib import Path

from sopgen.base.errors import UsageError
from sopgen.base.suggestion import did_you_mean
from sopgen.conversation.archive import open_archive
from sopgen.conversation.encoding import decode
from sopgen.conversation.importer import ExportFile, Head, Importer, UnreadableError
from sopgen.conversation.importers import IMPORTERS
from sopgen.conversation.location import printable
from sopgen.conversation.model import SetAside

HEAD_LENGTH = 1 << 16
"""Bytes that detection looks at."""

SURE = 60
"""The lowest score that is believed, of 100 (our decision, 2026-11-21)."""

LEAD = 15
"""How far the best score must be ahead of the second (our decision, 2026-11-21)."""

_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"


def head_of(path: Path) -> Head:
    """Return what detection looks at. OSError and UnreadableError come through."""
    name = printable(Path(path.name))
    with path.open("rb") as stream:
        start = stream.read(HEAD_LENGTH)
    if not start.startswith((_ZIP, _EMPTY_ZIP)):
        return Head(name=name, start=start, text=decode(start).text)
    with open_archive(path) as archive:
        return Head(name=name, start=start, text="", entries=archive.names)


def importer_called(name: str, importers: Sequence[Importer] = IMPORTERS) -> Importer:
    """Return the importer of that name; UsageError EXP101 when there is none."""
    for importer in importers:
        if importer.name == name:
            return importer
    raise UsageError(
        "EXP101", f"unknown format '{name}'", hint=did_you_mean(name, [each.name for each in importers])
    )


def importer_for(file: ExportFile, importers: Sequence[Importer] = IMPORTERS) -> Importer | SetAside:
    """Return the importer that is surest, or the file set aside: EXP106 none is sure, EXP107 two are."""
    sniffs = sorted(((each.sniff(file.head), each) for each in importers), key=lambda pair: -pair[0].score)
    best, importer = sniffs[0]
    names = "|".join(each.name for each in importers)
    if best.score < SURE:
        nearest = f"; nearest is {importer.name} ({best.score} of 100: {best.reason})" if best.score else ""
        return _unclear(file, "EXP106", f"no known format{nearest}", f"name it: --format {names}")
    rivals = [(sniff, each) for sniff, each in sniffs if sniff.score > best.score - LEAD]
    if len(rivals) == 1:
        return importer
    told = "; ".join(f"{each.name} ({sniff.score} of 100: {sniff.reason})" for sniff, each in rivals)
    named = "|".join(each.name for _, each in rivals)
    return _unclear(file, "EXP107", f"several formats fit: {told}", f"name it: --format {named}")


def _unclear(file: ExportFile, code: str, reason: str, hint: str) -> SetAside:
    raw = ", ".join(file.head.entries) or file.head.text or file.head.start
    return UnreadableError(code, reason, hint).aside(raw, source=file.source, position="")
