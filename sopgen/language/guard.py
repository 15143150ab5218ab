"""The guards of an act, held against the places where its cues hit one text.

Everything that a guard asks about the text is worked out at most once, so that a flood of hits in one long
message costs time in proportion to its length.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from sopgen.language.pattern import Encoded, Pattern, Range

WORD = re.compile(r"\w+")
_SENTENCE_END = re.compile(r"[.?!;\n]+")
_QUOTED = re.compile(r'"[^"\n]{1,400}"|^>[^\n]*$', re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Guards:
    """What takes hits back; None where an act has no such guard. See `ActSource` for each."""

    exceptions: Pattern | None
    always: Pattern | None
    negations: Pattern | None
    negation_reach: int
    blockers: Pattern | None
    quoted: bool


class Passage:
    """A folded text with its words, sentences and quotations, each found when first asked for.

    `excepted`: whether an exception may be found in it; who knows that there is none says so.
    """

    __slots__ = ("_encoded", "_quotations", "_sentence_ends", "_words", "excepted", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.excepted = True
        self._encoded: Encoded | None = None
        self._quotations: list[Range] | None = None
        self._sentence_ends: list[int] | None = None
        self._words: tuple[Range, ...] | None = None

    @property
    def encoded(self) -> Encoded:
        """Return the text as patterns read it."""
        if self._encoded is None:
            self._encoded = Encoded(self.text)
        return self._encoded

    @property
    def words(self) -> tuple[Range, ...]:
        """Return the ranges of the words, in reading order."""
        if self._words is None:
            self._words = tuple([match.span() for match in WORD.finditer(self.text)])
        return self._words

    @property
    def quotations(self) -> list[Range]:
        """Return the ranges in quotation marks and the quoted lines, in reading order."""
        if self._quotations is None:
            is_quoting = '"' in self.text or ">" in self.text
            self._quotations = [match.span() for match in _QUOTED.finditer(self.text)] if is_quoting else []
        return self._quotations

    @property
    def sentence_ends(self) -> list[int]:
        """Return where sentences end, in reading order."""
        if self._sentence_ends is None:
            self._sentence_ends = [match.end() for match in _SENTENCE_END.finditer(self.text)]
        return self._sentence_ends

    def sentence(self, start: int, end: int) -> Range:
        """Return the range of the sentences that [start, end) touches, the closing mark included."""
        ends = self.sentence_ends
        before, at = bisect_right(ends, start), bisect_left(ends, end)
        return ends[before - 1] if before else 0, ends[at] if at < len(ends) else len(self.text)

    def words_before(self, start: int, reach: int) -> str:
        """Return up to `reach` words of the same sentence that end where `start` begins."""
        low = self.sentence(start, start)[0]
        words = self.words
        first, last = bisect_left(words, (low,)), bisect_left(words, (start,))
        first = max(first, last - reach)
        return self.text[words[first][0] : start] if first < last else ""


def standing(hits: Sequence[Range], guards: Guards, *passages: Passage) -> list[Range]:
    """Return the hits that no guard takes back, in reading order.

    Passages are the same text in several guises, as long as one another; each may take hits back.
    """
    left: Sequence[Range] = hits
    for passage in passages:
        left = _standing(left, guards, passage)
    if guards.always is None or len(left) == len(hits):
        return list(left)
    return sorted({*left, *_always(hits, guards, passages)})


def _always(hits: Sequence[Range], guards: Guards, passages: Sequence[Passage]) -> set[Range]:
    assert guards.always is not None
    sure: set[Range] = set()
    for passage in passages:
        found = list(guards.always.ranges(passage.encoded))
        sure.update(set(hits).difference(_clear_of(found, hits)))
    return sure


def _standing(hits: Sequence[Range], guards: Guards, passage: Passage) -> Sequence[Range]:
    if not guards.quoted and passage.quotations:
        hits = _clear_of(passage.quotations, hits)
    if hits and guards.exceptions is not None and passage.excepted:
        hits = _clear_of(list(guards.exceptions.ranges(passage.encoded)), hits)
    if guards.negations is not None:
        hits = [hit for hit in hits if not _negated(hit, guards, passage)]
    if guards.blockers is not None:
        hits = _unblocked(hits, guards.blockers, passage)
    return hits


def _clear_of(ranges: Sequence[Range], hits: Sequence[Range]) -> Sequence[Range]:
    """Return the hits that overlap none of the ranges, which stand in order and apart."""
    if not ranges:
        return hits
    ends = [end for _, end in ranges]

    def clear(hit: Range) -> bool:
        nearest = bisect_right(ends, hit[0])
        return nearest == len(ranges) or ranges[nearest][0] >= hit[1]

    return [hit for hit in hits if clear(hit)]


def _negated(hit: Range, guards: Guards, passage: Passage) -> bool:
    assert guards.negations is not None
    before = passage.words_before(hit[0], guards.negation_reach)
    return bool(before) and guards.negations.is_in(before)


def _unblocked(hits: Sequence[Range], blockers: Pattern, passage: Passage) -> list[Range]:
    sentences = [passage.sentence(*hit) for hit in hits]
    blocked = {(low, high): blockers.is_in(passage.text[low:high]) for low, high in set(sentences)}
    return [hit for hit, sentence in zip(hits, sentences, strict=True) if not blocked[sentence]]
