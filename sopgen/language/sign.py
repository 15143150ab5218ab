r"""The signs without which a pattern cannot be found: they tell which patterns are worth trying on a text.

A sign is something that a text shows or does not:

    =halo    a word, its repeated letters drawn together ("haloooo" shows it too)
    <sabar   the beginning of a word      >nya   the end of one      ~aman   some part of one
    0        a digit                      ?      this very mark

`Signs` are clauses. Where a pattern is found, the text shows at least one sign of every clause. A clause that
is left out costs time, never a hit; a wrong one would. So whatever is not understood yields no clause.
"""

import re
import string
from collections.abc import Iterator, Sequence
from functools import lru_cache

Clause = frozenset[str]
"""Signs of which a text shows at least one."""

Signs = tuple[Clause, ...]

NO_SIGNS: Signs = ()
DIGIT = "0"

LONGEST_PART = 12
"""Letters of a beginning, an end or a part that are looked at (our decision, 2026-11-22)."""

LEAST_PART = 2
"""Letters that a part has at least: every text shows most single letters."""

_REPEATED = re.compile(r"(.)\1+", re.DOTALL)
_FRAGMENT = re.compile(r"[0-9a-z_]+")
_CLITICS = ("", "ny", "nya")


def squeezed(word: str) -> str:
    """Return the word with every letter once where it is repeated."""
    return _REPEATED.sub(r"\1", word)


@lru_cache(maxsize=1 << 14)
def signs_of_words(forms: tuple[str, ...]) -> Signs:
    """Return the signs of a word of a cue, written in any of these forms (see `phrase.drawn_out`)."""
    clause: set[str] = set()
    for form in forms:
        signs = _signs_of_form(form)
        if not signs:
            return NO_SIGNS
        clause |= signs
    return (frozenset(clause),)


def _signs_of_form(form: str) -> set[str]:
    """Return the signs of which a text shows one where it holds the form; none when that cannot be told."""
    core = form.strip("*").replace("-", " ")
    fragments = _FRAGMENT.findall(core)
    if not fragments:
        return set()
    if fragments != [core] or core[0] == "_" or core[-1] == "_":
        return _part_of(max(fragments, key=len))
    begun, ended = form.startswith("*"), form.endswith("*")
    if begun and ended:
        return _part_of(core)
    if ended:
        return {f"<{squeezed(core)[:LONGEST_PART]}"}
    words = [squeezed(core + clitic) for clitic in (_CLITICS if len(core) > 2 else ("",))]
    return {f">{word[-LONGEST_PART:]}" for word in words} if begun else {f"={word}" for word in words}


def _part_of(fragment: str) -> set[str]:
    part = squeezed(fragment)[:LONGEST_PART]
    return {f"~{part}"} if len(part) >= LEAST_PART else set()


def signs_of_any(options: Sequence[Signs]) -> Signs:
    """Return the signs of what may be any of the options: one clause, made of the best clause of each."""
    if not options or not all(options):
        return NO_SIGNS
    best = (signs[0] if len(signs) == 1 else max(signs, key=strength) for signs in options)
    return (frozenset[str]().union(*best),)


@lru_cache(maxsize=1 << 14)
def strength(clause: Clause) -> tuple[int, int]:
    """Return how much a clause rules out, for comparison: long signs are rare, and so are few."""
    return min(map(len, clause)), -len(clause)


def signs_of_pattern(source: str) -> Signs:
    """Return the signs of a pattern in the syntax of RE2; none where anything in it is unusual."""
    try:
        return _Reader(source).signs()
    except _OddError:
        return NO_SIGNS


def signs_shown_by(word: str) -> Iterator[str]:
    """Yield every sign that a word of a folded text shows, `LONGEST_PART` letters at most of its parts."""
    word, has_digit = squeezed(word), any(letter.isdigit() for letter in word)
    if has_digit:
        yield DIGIT
    yield f"={word}"
    for start in range(len(word)):
        for end in range(start + 1, min(len(word), start + LONGEST_PART) + 1):
            part = word[start:end]
            yield f"~{part}"
            if start == 0:
                yield f"<{part}"
            if end == len(word):
                yield f">{part}"


class _OddError(Exception):
    """Something in a pattern that is not read here."""


_DIGITS = frozenset({r"\d", "0-9"})
_QUANTIFIER = re.compile(r"([*+?]|\{(\d+)(?:,\d*)?\})\??")
_CLASS = re.compile(r"\[\^?\]?(?:[^\]\\\[]|\\.|\[(?!:))*\]", re.DOTALL)
_NO_WIDTH = frozenset("bBAz")
_CLASSES = frozenset("sSwWDd")
_CONTROLS = frozenset("nrtfva")


class _Reader:
    """Reads a pattern once, from left to right; raises _OddError."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0

    def signs(self) -> Signs:
        found = self._alternatives()
        if self._at < len(self._source):
            raise _OddError
        return found

    def _alternatives(self) -> Signs:
        options = [self._sequence()]
        while self._takes("|"):
            options.append(self._sequence())
        return options[0] if len(options) == 1 else signs_of_any(options)

    def _sequence(self) -> Signs:
        clauses: list[Clause] = []
        run = ""
        while self._at < len(self._source) and self._source[self._at] not in "|)":
            letter, signs = self._part()
            must = self._must_be_there()
            if letter and must:
                run += letter
                continue
            clauses += _clause_of(run)
            clauses += signs if must else ()
            run = ""
        return (*clauses, *_clause_of(run))

    def _part(self) -> tuple[str, Signs]:
        """Return the letter that comes next, or else the signs of what does."""
        character = self._source[self._at]
        if character == "(":
            return "", self._group()
        if character == "[":
            return "", self._class()
        self._at += 1
        if character == "\\":
            return self._escaped()
        if character in "*+?{}":
            raise _OddError
        return ("", NO_SIGNS) if character in ".^$" else _literal(character)

    def _group(self) -> Signs:
        self._at += 1
        if not self._takes("?:") and self._source.startswith("?", self._at):
            raise _OddError
        signs = self._alternatives()
        if not self._takes(")"):
            raise _OddError
        return signs

    def _class(self) -> Signs:
        found = _CLASS.match(self._source, self._at)
        if found is None:
            raise _OddError
        self._at = found.end()
        return (frozenset(DIGIT),) if found[0][1:-1] in _DIGITS else NO_SIGNS

    def _escaped(self) -> tuple[str, Signs]:
        character = self._source[self._at : self._at + 1]
        self._at += 1
        if character in _CLASSES:
            return "", (frozenset(DIGIT),) if character == "d" else NO_SIGNS
        if character in _NO_WIDTH or character in _CONTROLS:
            return "", NO_SIGNS
        if not character or character.isalnum():
            raise _OddError
        return _literal(character)

    def _must_be_there(self) -> bool:
        """Return whether what was just read must be there at least once, after reading how often it may."""
        found = _QUANTIFIER.match(self._source, self._at)
        if found is None:
            return True
        self._at = found.end()
        return found[1] == "+" or (found[2] is not None and int(found[2]) > 0)

    def _takes(self, text: str) -> bool:
        taken = self._source.startswith(text, self._at)
        self._at += len(text) if taken else 0
        return taken


def _literal(character: str) -> tuple[str, Signs]:
    if _FRAGMENT.fullmatch(character):
        return character, NO_SIGNS
    is_mark = character in string.punctuation
    return "", (frozenset(character),) if is_mark else NO_SIGNS


def _clause_of(run: str) -> Signs:
    """Return the clause of letters that stand one after another, each perhaps repeated."""
    signs = _part_of(run) or {DIGIT for character in run if character.isdigit()}
    return (frozenset(signs),) if signs else NO_SIGNS
