"""Which importer reads a file: the surest by its first bytes, or nobody when that is not clear."""

from collections.abc import Sequence

from sopgen.base.errors import UsageError
from sopgen.base.suggestion import did_you_mean
from sopgen.conversation.document.glimpse import GLIMPSE_LENGTH, glimpse_of
from sopgen.conversation.encoding import decode
from sopgen.conversation.importer import ExportFile, Head, Importer, Sniff, UnreadableError
from sopgen.conversation.importers import all_importers
from sopgen.conversation.model import SetAside
from sopgen.conversation.origin import ARCHIVE_STARTS, Bundle, Origin

HEAD_LENGTH = 1 << 16
"""Bytes that detection looks at; of JSON GLIMPSE_LENGTH, for its keys may stand behind a long list."""

SURE = 60
"""The lowest score that is believed, of 100 (our decision, 2026-11-21)."""

LEAD = 15
"""How far the best score must be ahead of the second (our decision, 2026-11-21)."""


def head_of(origin: Origin) -> Head:
    """Return what detection looks at. OSError and UnreadableError come through."""
    damages: list[UnreadableError] = []
    with origin.open(damages.append) as stream:
        start = stream.read(GLIMPSE_LENGTH)
    if not start and damages:
        raise damages[0]
    if start.startswith(ARCHIVE_STARTS):
        with origin.tree() as tree:
            return Head(
                name=origin.name,
                start=start[:HEAD_LENGTH],
                text="",
                entries=tree.names,
                place=origin.place,
            )
    entries = origin.names if isinstance(origin, Bundle) else ()
    text = decode(start[:HEAD_LENGTH]).text
    glimpse = glimpse_of(
        start if start.isascii() or b"\0" not in start[:64] else text.encode(errors="replace")
    )
    return Head(
        name=origin.name,
        start=start[:HEAD_LENGTH],
        text=text,
        entries=entries,
        place=origin.place,
        glimpse=glimpse,
    )


def importer_called(name: str, importers: Sequence[Importer] = ()) -> Importer:
    """Return the importer of that name; UsageError EXP101 when there is none."""
    importers = importers or all_importers()
    for importer in importers:
        if importer.name == name:
            return importer
    raise UsageError(
        "EXP101", f"unknown format '{name}'", hint=did_you_mean(name, [each.name for each in importers])
    )


def importer_for(
    file: ExportFile, importers: Sequence[Importer] = (), *, platform: str = "", has_columns: bool = False
) -> Importer | SetAside:
    """Return the importer that is surest, or the file set aside: EXP106 none is sure, EXP107 two are.

    `platform` decides between products that share a layout: its importer is taken if the file may be its.
    `has_columns`: the options name columns, so that what only lacks known ones is what it is nearest to.
    """
    importers = importers or all_importers()
    for each in importers:
        if each.name == platform and each.sniff(file.head).score:
            return each
    sniffs = sorted(((each.sniff(file.head), each) for each in importers), key=lambda pair: -pair[0].score)
    best, importer = sniffs[0]
    if best.score < SURE:
        if best.hint and has_columns:
            return importer
        names = _candidates(sniffs) or "|".join(each.name for each in importers)
        nearest = f"; nearest is {importer.name} ({best.score} of 100: {best.reason})" if best.score else ""
        return _unclear(
            file, "EXP106", f"no known format{nearest}", best.hint or f"name it: --format {names}"
        )
    rivals = [(sniff, each) for sniff, each in sniffs if sniff.score > best.score - LEAD]
    if len(rivals) == 1:
        return importer
    told = "; ".join(f"{each.name} ({sniff.score} of 100: {sniff.reason})" for sniff, each in rivals)
    named = "|".join(each.name for _, each in rivals)
    return _unclear(file, "EXP107", f"several formats fit: {told}", f"name it: --format {named}")


def _candidates(sniffs: Sequence[tuple[Sniff, Importer]]) -> str:
    """Return the names of those that see anything of theirs in the file, surest first."""
    return "|".join(each.name for sniff, each in sniffs if sniff.score)


def _unclear(file: ExportFile, code: str, reason: str, hint: str) -> SetAside:
    raw = ", ".join(file.head.entries) or file.head.text or file.head.start
    return UnreadableError(code, reason, hint).aside(raw, source=file.source, position="")
