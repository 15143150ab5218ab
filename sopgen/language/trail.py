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


class UnclearError(Exception):
    """Marks in the text may be words that a gap passes over."""


class Trail:
    """A cue that is found by walking; `from_start`: it must begin with the text."""

    __slots__ = ("_firsts", "_from_start", "_pattern")

    def __init__(self, firsts: Fork, pattern: Pattern, *, from_start: bool) -> None:
        self._firsts = firsts
        self._pattern = pattern
        self._from_start = from_start

    def ranges(self, starts: Sequence[int], walk: "Walk", passage: Passage) -> list[Range]:
        """Return where the cue is found, in reading order; none overlaps another. As `Pattern.ranges`.

        `starts` are the words with which it may begin, ascending.
        """
        row = walk.row
        found: list[Range] = []
        try:
            for at in starts:
                if found and row.start(at) < found[-1][1]:
                    continue
                end = walk.end_from(self._firsts, at)
                if end >= 0:
                    found.append((0 if self._from_start else row.start(at), end))
        except UnclearError:
            return self._pattern.ranges(passage.encoded)
        return found


class Walk:
    """Walks through one text; -1 stands for no end."""

    __slots__ = ("_failed", "_kinds", "_last", "_told", "row")

    def __init__(self, row: WordRow) -> None:
        self.row = row
        self._told = row.told
        self._kinds = row.kinds
        self._last = len(row.kinds) - 1
        self._failed: set[tuple[int, int]] = set()

    def end_from(self, fork: Fork, at: int) -> int:
        """Return the place in the text to which the first of the stops leads that is at this word."""
        for stop in fork.at(self._told[at][5]):
            if (id(stop), at) in self._failed:
                continue
            for way in stop.ways:
                end = self._finish(way, at) if isinstance(way, str) else self._go(way, at)
                if end >= 0:
                    return end
            self._failed.add((id(stop), at))
        return -1

    def _finish(self, way: str, at: int) -> int:
        if way == "?":
            return self.row.question_after(at)
        if way == "$":
            return len(self.row.text) if at == self._last else -1
        return self.row.end(at)

    def _go(self, step: Step, at: int) -> int:
        if at == self._last:
            return -1
        gap, fork, between = step
        if between:
            return self.end_from(fork, at + 1) if self.row.gaps[at + 1] in between else -1
        if gap == 0:
            return self.end_from(fork, at + 1) if self._kinds[at] & APART else -1
        for next_at in reversed(self._within(gap, at)):
            if self._told[next_at][5]:
                end = self.end_from(fork, next_at)
                if end >= 0:
                    return end
        return -1

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
