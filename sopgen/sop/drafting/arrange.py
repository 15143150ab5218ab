"""Pieces into the chapters of a draft: which section each belongs to, or none."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sopgen.sop.drafting.demand import forbids
from sopgen.sop.drafting.fact import facts_of
from sopgen.sop.drafting.label import order_of
from sopgen.sop.drafting.outline import is_structured, section_level, section_style
from sopgen.sop.drafting.piece import Form, Piece
from sopgen.sop.drafting.wording import (
    names_document,
    names_procedure,
    opens_replies,
    opens_title,
    section_of,
    tells_of_service,
)
from sopgen.sop.heading import strip_numbering
from sopgen.sop.modality import modality_of
from sopgen.sop.model import Modality, SectionKind

_STEPS = frozenset(
    {
        "sop",
        "prosedur",
        "langkah",
        "langkah-langkah",
        "langkah langkah",
        "langkah kerja",
        "tahapan",
        "procedure",
        "steps",
    }
)


_ADJACENT = 2
"""Lines from one line of a title to the next, a blank one between them (2026-11-22)."""


@dataclass(slots=True, kw_only=True)
class Part:
    """What stands below one heading of a chapter; the first part of a chapter has none of its own."""

    title: str = ""
    headings: list[Piece] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Chapter:
    """A section of the draft; `kind` None is what could not be placed. `replies`: it collects them."""

    kind: SectionKind | None
    heading: str = ""
    replies: bool = False
    parts: list[Part] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Arranged:
    """A whole document: its title, what it says of itself, its chapters, its litter."""

    titles: list[Piece] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)
    told: list[Piece] = field(default_factory=list)
    chapters: list[Chapter] = field(default_factory=list)
    litter: list[Piece] = field(default_factory=list)

    @property
    def title(self) -> str:
        """Return the title that the document gives itself, or ""."""
        return self.facts.get("title", "") or (self.titles[-1].text if self.titles else "")


_DEMANDED = frozenset({Modality.MUST, Modality.MUST_NOT, Modality.SHOULD})


def _is_told_in_line(chapter: Chapter) -> bool:
    """Return whether a purpose or a scope was told on the line of its name: what follows is no part of it."""
    part = chapter.parts[-1]
    inline = part.headings and part.pieces and part.headings[-1].lines == part.pieces[0].lines
    return bool(inline) and chapter.kind in (SectionKind.PURPOSE, SectionKind.SCOPE)


def _is_prohibition(piece: Piece) -> bool:
    """Return whether a text stands for itself as a prohibition, below whatever heading."""
    return piece.form is Form.PARAGRAPH and forbids(piece.text) and not piece.text.endswith(":")


def with_strangers_apart(told: Arranged) -> Arranged:
    """Return the document with the parts that tell of something else moved behind all others, unplaced."""
    strangers: list[Part] = []
    for chapter in told.chapters:
        if chapter.kind is not None:
            apart = [part for part in chapter.parts if is_stranger(part, chapter)]
            chapter.parts = [part for part in chapter.parts if part not in apart]
            for part in apart:
                part.title = part.title or chapter.heading
            strangers += apart
    told.chapters = [each for each in told.chapters if each.parts or each.kind is not SectionKind.OTHER]
    if strangers:
        unplaced = next((each for each in told.chapters if each.kind is None), None)
        if unplaced is None:
            unplaced = Chapter(kind=None, parts=[Part()])
            told.chapters.append(unplaced)
        unplaced.parts += strangers
    return told


def is_stranger(part: Part, chapter: Chapter) -> bool:
    """Return whether a heading of no known kind stands above prose that tells nothing of service.

    Lists, tables, demands and quotations are an SOP's, whatever their words.
    """
    own = bool(part.title) or chapter.kind is SectionKind.OTHER
    known = any(section_of(each.text) is not SectionKind.OTHER for each in part.headings)
    if not own or known or chapter.replies or not part.pieces or names_procedure(part.title):
        return False
    return all(
        each.form in (Form.PARAGRAPH, Form.PICTURE) and modality_of(each.text) is Modality.PLAIN
        for each in part.pieces
    ) and not any(map(tells_of_service, (each.text for each in part.pieces)))


def arranged(pieces: Sequence[Piece]) -> Arranged:
    """Return the document that the pieces make up; none of them is left out."""
    arranger = _Arranger(pieces)
    for piece in pieces:
        arranger.take(piece)
    return with_strangers_apart(arranger.result)


class _Arranger:
    """Where the next piece goes: the open chapter, its last part, and what the headings looked like."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.result = Arranged()
        self.level = section_level(pieces)
        self.style = section_style(pieces)
        self.structured = is_structured(pieces)
        self.chapter: Chapter | None = None
        self.above: Chapter | None = None
        self.naming = False
        self.steps = False

    def take(self, piece: Piece) -> None:
        """Put a piece where it belongs."""
        if piece.form is Form.LITTER:
            self.result.litter.append(piece)
        elif piece.form is Form.HEADING:
            self._heading(piece)
        elif piece.reason:
            self._unplaced().parts[-1].pieces.append(piece)
        elif not (self.naming and self._name(piece)) and not self._fact(piece):
            self._text(piece)

    def _name(self, piece: Piece) -> bool:
        """Take the text below a heading "Judul" as the title."""
        self.naming = False
        if piece.form is Form.PARAGRAPH:
            self.result.titles.append(piece)
        return piece.form is Form.PARAGRAPH

    def _fact(self, piece: Piece) -> bool:
        """Take what the document says of itself above its first section."""
        if self.chapter is not None and self.chapter.kind is not None:
            return False
        facts = facts_of(piece)
        for fact in facts:
            self.result.facts.setdefault(fact.name, fact.value)
        if facts:
            self.result.told.append(piece)
        return bool(facts)

    def _text(self, piece: Piece) -> None:
        chapter = self.chapter or self._unplaced()
        if self._leads_steps(piece, chapter):
            return
        if self.steps and piece.form not in (Form.ITEM, Form.PICTURE) and not piece.depth:
            self.steps = False
            chapter = self.chapter = self.above or self._unplaced()
        if _is_told_in_line(chapter) and modality_of(piece.text) in _DEMANDED:
            chapter = self._open(SectionKind.STANDARDS, "")
        if chapter.kind is None and not chapter.parts[-1].title and _is_prohibition(piece):
            chapter, self.chapter = self._open(SectionKind.PROHIBITIONS, ""), chapter
        chapter.parts[-1].pieces.append(piece)

    def _leads_steps(self, piece: Piece, chapter: Chapter) -> bool:
        """Open a procedure, named like the part it stands in, below a line such as "Langkah-langkah:"."""
        words = piece.text.casefold()
        if not words.endswith(":") or words.rstrip(": ") not in _STEPS or piece.form is not Form.PARAGRAPH:
            return False
        if chapter.kind is SectionKind.PROCEDURES:
            return False
        title = chapter.parts[-1].title or chapter.heading or piece.text.rstrip(": ")
        self.above, self.steps = chapter, True
        self._open(SectionKind.PROCEDURES, "")
        self._part(title, piece)
        return True

    def _heading(self, piece: Piece) -> None:
        text = strip_numbering(piece.text).rstrip(" :")
        naming, self.naming, self.steps = self.naming, False, False
        kind = section_of(piece.text)
        if naming and kind is SectionKind.OTHER and not piece.label:
            self.result.titles.append(piece)
        elif opens_title(text):
            self.naming = True
            self.result.titles.insert(0, piece)
        elif self._is_title(piece, kind):
            self.result.titles.append(piece)
        elif self._is_below(piece, kind):
            self._part(text, piece)
        elif kind is not SectionKind.OTHER:
            self._section(kind, text, piece)
        else:
            self._unknown(text, piece)

    def _section(self, kind: SectionKind, text: str, piece: Piece) -> None:
        """Open a section of a known kind; a second heading of that kind opens a part of the first."""
        chapter = self._open(kind, text)
        if chapter.heading == text and not chapter.parts[0].headings:
            chapter.parts[0].headings.append(piece)
        else:
            self._part(text, piece)

    def _unknown(self, text: str, piece: Piece) -> None:
        """Open what a heading of no known kind announces: replies, a procedure, a section of its own."""
        if opens_replies(text):
            chapter = self._open(SectionKind.OTHER, text)
            chapter.replies = True
            chapter.parts[-1].headings.append(piece)
        elif names_procedure(text):
            self._open(SectionKind.PROCEDURES, "")
            self._part(text, piece)
        elif self.structured and self._is_like_sections(piece):
            chapter = self._open(SectionKind.OTHER, text)
            chapter.parts[-1].headings.append(piece)
        else:
            self.chapter = self._unplaced()
            self._part(text, piece)

    def _is_title(self, piece: Piece, kind: SectionKind) -> bool:
        """Return whether a heading above all sections is the document's title."""
        if self.chapter is not None or kind is not SectionKind.OTHER or piece.level > 1 or piece.label:
            return False
        return not self.result.titles or self._goes_on_in_title(piece)

    def _goes_on_in_title(self, piece: Piece) -> bool:
        """Return whether a heading right below the title belongs to it: below a house's name, or "SOP"."""
        last = self.result.titles[-1]
        adjacent = piece.lines[0] - last.lines[-1] <= _ADJACENT and not self.result.told
        return adjacent and (names_document(piece.text) or names_document(last.text, alone=True))

    def _is_below(self, piece: Piece, kind: SectionKind) -> bool:
        """Return whether a heading stands inside the open chapter."""
        if self.chapter is None or (self.chapter.kind is None and kind is not SectionKind.OTHER):
            return False
        if self.level:
            return (piece.level or 9) > self.level and self._is_tame(piece, kind)
        style = order_of(piece.label).style if piece.label else ""
        if style and style != self.style:
            return True
        if not self.structured or kind is not SectionKind.OTHER or opens_replies(piece.text) or style:
            return False
        return bool(self.style) or self.chapter.kind is SectionKind.PROCEDURES

    def _is_tame(self, piece: Piece, kind: SectionKind) -> bool:
        """Return whether a lower heading stays in its chapter: a bold line of a known kind opens its own."""
        if self.chapter is not None and self.chapter.kind is None:
            return kind is SectionKind.OTHER
        return bool(piece.level) or kind is SectionKind.OTHER

    def _is_like_sections(self, piece: Piece) -> bool:
        if self.level:
            return piece.level == self.level
        style = order_of(piece.label).style if piece.label else ""
        return bool(style) and style == self.style

    def _open(self, kind: SectionKind, heading: str) -> Chapter:
        """Return the chapter of a kind, opened before or now; every heading of no kind opens its own."""
        found = next((each for each in self.result.chapters if each.kind is kind), None)
        if found is None or kind is SectionKind.OTHER:
            found = Chapter(kind=kind, heading=heading, parts=[Part()])
            self.result.chapters.append(found)
        elif not found.heading:
            found.heading = heading
        self.chapter = found
        return found

    def _part(self, title: str, piece: Piece) -> None:
        assert self.chapter is not None
        self.chapter.parts.append(Part(title=title, headings=[piece]))

    def _unplaced(self) -> Chapter:
        """Return the chapter of what could not be placed, which stands behind all others."""
        found = next((each for each in self.result.chapters if each.kind is None), None)
        if found is None:
            found = Chapter(kind=None, parts=[Part()])
            self.result.chapters.append(found)
        self.chapter = self.chapter or found
        return found
