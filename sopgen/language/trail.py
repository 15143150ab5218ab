"""Cues as trails through the words of a text: where a cue is found, told by its words one by one.

Most cues are words in a row, with others between them perhaps. What a word of a text is was worked out when
the word was first met (`word_form`), so that walking a trail takes a few look-ups, where RE2 has to learn
states anew with every text. A trail finds what the cue's pattern finds, to the letter: of several ways on
RE2 takes the first that leads to an end, and so does the walk. Where words alone do not tell
(`UnclearError`), the pattern is asked. A stop from which no way led on is not left again from the same word,
so that a walk takes time in proportion to the text.
"""

from collections.abc import Sequence

from sopgen.language.guard import Passage
from sopgen.language.pattern import Pattern, Range
from sopgen.language.stop import Fork, Step
from sopgen.language.word_row import APART, JOINED, UNSURE, WordRow

End = tuple[int, str]
"""The last word of what is found, and the way in which it ends (`stop.Ways`)."""

Span = tuple[int, int, str]
"""The first word of what is found, and its end."""


class UnclearError(Exception):
    """Marks in the text may be words that a gap passes over."""


class Trail:
    """A cue that is found by walking; `from_start`: it must begin with the text."""

    __slots__ = ("_firsts", "_pattern", "from_start")

    def __init__(self, firsts: Fork, pattern: Pattern, *, from_start: bool) -> None:
        self._firsts = firsts
        self._pattern = pattern
        self.from_start = from_start

    def spans(self, starts: Sequence[int], walk: "Walk") -> list[Span]:
        """Return where the cue is found, in reading order; none overlaps another. Or raise UnclearError.

        `starts` are the words with which it may begin, ascending.
        """
        row = walk.row
        found: list[Span] = []
        reached = 0
        for at in starts:
            if row.start(at) < reached:
                continue
            end = walk.end_from(self._firsts, at)
            if end is not None:
                found.append((at, *end))
                reached = row.end_of(*end)
        return found

    def ranges(self, passage: Passage) -> list[Range]:
        """Return where the cue is found, asking its pattern."""
        return self._pattern.ranges(passage.encoded)


class Walk:
    """Walks through one text."""

    __slots__ = ("_failed", "_kinds", "_last", "_told", "row")

    def __init__(self, row: WordRow) -> None:
        self.row = row
        self._told = row.told
        self._kinds = row.kinds
        self._last = len(row.kinds) - 1
        self._failed: set[tuple[int, int]] = set()

    def end_from(self, fork: Fork, at: int) -> End | None:
        """Return the end to which the first of the stops leads that is at this word; None where none does."""
        for stop in fork.at(self._told[at].forms):
            if (id(stop), at) in self._failed:
                continue
            for way in stop.ways:
                if isinstance(way, str):
                    end = (at, way) if self.row.end_of(at, way) >= 0 else None
                else:
                    end = self._go(way, at)
                if end is not None:
                    return end
            self._failed.add((id(stop), at))
        return None

    def _go(self, step: Step, at: int) -> End | None:
        if at == self._last:
            return None
        gap, fork, between = step
        if between:
            return self.end_from(fork, at + 1) if self.row.gaps[at + 1] in between else None
        if gap == 0:
            return self.end_from(fork, at + 1) if self._kinds[at] & APART else None
        for next_at in reversed(self._within(gap, at)):
            if self._told[next_at].forms:
                end = self.end_from(fork, next_at)
                if end is not None:
                    return end
        return None

    def _within(self, gap: int, at: int) -> list[int]:
        """Return the words that may come next when up to `gap` others are passed over, in order."""
        kinds = self._kinds
        if kinds[at] & UNSURE:
            raise UnclearError
        if not kinds[at] & APART:
            return []
        found = [at + 1]
        passed = 1
        for last in range(at + 1, self._last):
            kind = kinds[last]
            if passed > gap:
                break
            if kind & UNSURE:
                raise UnclearError
            if not kind & (APART | JOINED):
                break
            if kind & APART:
                found.append(last + 1)
            if not kind & JOINED:
                passed += 1
        return found
