"""A document of somebody's into the draft of an SOP. No file is opened here, none is written.

In: bytes and their name. Out: the source of a draft, the fate of every line, what is left to decide.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import PurePath

from sopgen.base.diagnostic import Diagnostic, in_reading_order
from sopgen.base.errors import UsageError
from sopgen.sop.attribute import is_id
from sopgen.sop.drafting.arrange import Arranged, Chapter, arranged
from sopgen.sop.drafting.compose import Composer, Suggest
from sopgen.sop.drafting.escape import in_comment
from sopgen.sop.drafting.fate import Fate, Kind
from sopgen.sop.drafting.grid import with_one_head
from sopgen.sop.drafting.litter import apart_from_litter
from sopgen.sop.drafting.outline import with_headings
from sopgen.sop.drafting.picture import Album, Fetch, no_picture, with_pictures
from sopgen.sop.drafting.piece import Piece
from sopgen.sop.drafting.reading import read_document
from sopgen.sop.drafting.wording import language_of
from sopgen.sop.lint import lint
from sopgen.sop.model import REQUIRED_SECTIONS, SopHistory
from sopgen.sop.naming import plain_id
from sopgen.sop.reader import read_sop

_TODO = {
    "id": {"owner": "TODO: siapa pemilik SOP ini", "approver": "TODO: siapa yang mengesahkan SOP ini"},
    "en": {"owner": "TODO: who owns this SOP", "approver": "TODO: who approves this SOP"},
}
_EMPTY = {"id": "TODO: dokumen asal tidak memuat bagian ini", "en": "TODO: the document has no such section"}
_REVIEW = {"id": "TODO: tentukan jarak tinjauan", "en": "TODO: decide how often it is reviewed"}
_LITTER = {"id": "Disisihkan dari dokumen asal", "en": "Set aside from the document"}
_UNSHOWN = {"id": "TODO: tampilkan gambar di tempatnya", "en": "TODO: show the pictures in their places"}
_DEFAULT_REVIEW = "365d"
"""A year, so that the draft can be read; a comment beside it asks a person to decide (2026-11-22)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A draft: its id and source, how the document was read, every line's fate, what a person must decide.

    `pictures` are the files that it shows, by their names below its folder.
    """

    id: str
    title: str
    language: str
    format: str
    source: str
    fates: tuple[Fate, ...]
    notes: tuple[str, ...]
    undecided: tuple[str, ...]
    pictures: Mapping[str, bytes]


def no_suggestion(_: str) -> tuple[str, ...]:
    """Return no checks for a clause."""
    return ()


def draft_of(
    data: bytes,
    name: str,
    *,
    format_: str = "auto",
    id_: str = "",
    language: str = "",
    suggest: Suggest = no_suggestion,
    beside: Fetch = no_picture,
) -> Draft:
    """Return the draft that a document becomes; `name` is its file name, `beside` has the pictures beside it.

    Raises UsageError IMP108 for an id that is none, SourceError IMP101 to IMP107 where it cannot be read.
    """
    if id_ and not is_id(id_):
        hint = f"write it in kebab-case: --id {plain_id(id_) or 'cs-example'}"
        raise UsageError("IMP108", f"'{id_}' is no id of an SOP", hint=hint)
    document = read_document(data, name, format_)
    tongue = language or language_of(" ".join(piece.text for piece in document.pieces))
    album = Album(fetch=lambda source: document.pictures.get(source) or beside(source))
    pieces = with_pictures(with_one_head(document.pieces), album)
    told = arranged(with_headings(apart_from_litter(pieces)))
    title = told.title or PurePath(name).stem
    composer = Composer(language=tongue, suggest=suggest)
    body = [_chapter(chapter, composer) for chapter in _complete(told.chapters)]
    identity = id_ or plain_id(told.facts.get("number", "")) or plain_id(title) or "sop-draft"
    head = _front_matter(identity, title, told, tongue)
    fates = (*_fates_of_head(told), *composer.fates, *map(_litter_fate, told.litter))
    return Draft(
        id=identity,
        title=title,
        language=tongue,
        format=document.format,
        source="\n\n".join(
            filter(None, [head, *body, _unshown(pieces, body, tongue), _litter_comment(told.litter, tongue)])
        )
        + "\n",
        fates=tuple(sorted(fates, key=lambda fate: fate.lines)),
        notes=document.notes,
        undecided=_undecided(told),
        pictures=album.files,
    )


def _unshown(pieces: Iterable[Piece], body: Sequence[str], language: str) -> str:
    """Return a comment on pictures that stand where only words do, such as in a reply to copy."""
    due = Counter(run.picture for each in pieces for run in chain(each.runs, *each.cells) if run.picture)
    shown = "\n".join(body)
    names = sorted(name for name, times in due.items() if shown.count(f"]({name})") < times)
    return f"<!-- {_UNSHOWN[language]}: {', '.join(names)} -->" if names else ""


def _chapter(chapter: Chapter, composer: Composer) -> str:
    written = composer.chapter(chapter)
    if chapter.parts or chapter.kind is None:
        return written
    return f"{written}\n\n<!-- {_EMPTY[composer.language]} -->"


def _complete(chapters: Sequence[Chapter]) -> list[Chapter]:
    """Return the chapters with the required sections that are missing, each behind the one before it."""
    whole = [each for each in chapters if each.kind is not None]
    position = 0
    for kind in REQUIRED_SECTIONS:
        found = next((place for place, each in enumerate(whole) if each.kind is kind), None)
        if found is None:
            whole.insert(position, Chapter(kind=kind))
            found = position
        position = max(position, found + 1)
    return [*whole, *(each for each in chapters if each.kind is None)]


def _front_matter(identity: str, title: str, told: Arranged, language: str) -> str:
    """Return the front matter; what the document says of itself is kept in comments, word for word."""
    todo, facts = _TODO[language], told.facts
    said = [each.text for each in (*told.titles, *told.told) if each.text != title]
    lines = (
        "---",
        f"id: {identity}",
        f"title: {_quoted(title)}",
        f"language: {language}",
        f"owner: {_quoted(facts.get('owner', todo['owner']))}",
        f"approver: {_quoted(facts.get('approver', todo['approver']))}",
        f"review_every: {_DEFAULT_REVIEW} # {_REVIEW[language]}",
        *(f"# {text}" for text in said),
        "---",
    )
    return "\n".join(lines)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _fates_of_head(told: Arranged) -> Iterable[Fate]:
    for piece, where in chain(
        ((each, "title") for each in told.titles), ((each, "front matter") for each in told.told)
    ):
        yield Fate(kind=Kind.PLACED, lines=piece.lines, where=where, text=piece.text)


def _litter_fate(piece: Piece) -> Fate:
    return Fate(kind=Kind.LITTER, lines=piece.lines, where=piece.reason, text=piece.text)


def _litter_comment(litter: Sequence[Piece], language: str) -> str:
    """Return what was set aside as one comment, so that nothing is lost with the document."""
    kept = [each for each in litter if each.reason not in ("ruling", "script or style")]
    if not kept:
        return ""
    lines = [f"{each.lines[0]} ({each.reason}): {in_comment(each.text)}" for each in kept]
    return "\n".join([f"<!-- {_LITTER[language]}:", *lines, "-->"])


def _undecided(told: Arranged) -> tuple[str, ...]:
    """Return the keys of the front matter that a person must decide."""
    missing = [key for key in ("owner", "approver") if key not in told.facts]
    return (*missing, "review_every", "applies_to")


def gaps_of(draft: Draft, file: str) -> tuple[Diagnostic, ...]:
    """Return what the reader and the lint say of a draft, in reading order; `file` is where it stands."""
    found: list[Diagnostic] = []
    sop = read_sop(draft.source, file=file, report=found.append)
    return in_reading_order((*found, *(lint([SopHistory(draft=sop)]) if sop else ())))
