r"""The signs without which a pattern cannot be found: they tell which patterns are worth trying on a text.

A sign is something that a text shows or does not:

    =halo    a word, its repeated letters drawn together ("haloooo" shows it too)
    <sabar   the beginning of a word      >nya   the end of one      ~aman   some part of one
    0        a digit                      ?      this very mark, or sign of another script
    ·        a dot that something clings to on its right

`Signs` are clauses. Where a pattern is found, the text shows at least one sign of every clause. A clause that
is left out costs time, never a hit; a wrong one would. So whatever is not understood yields no clause.
"""

import re
import string
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise, product

Clause = frozenset[str]
"""Signs of which a text shows at least one."""

Signs = tuple[Clause, ...]

NO_SIGNS: Signs = ()
DIGIT = "0"
INNER_DOT = "·"

LONGEST_PART = 12
"""Letters of a beginning, an end or a part that are looked at (our decision, 2026-11-22)."""

LEAST_PART = 2
"""Letters that a part has at least: every text shows most single letters."""

_REPEATED = re.compile(r"(.)\1+", re.DOTALL)
_FRAGMENT = re.compile(r"[0-9a-z_]+")
_CLITICS = ("", "ny", "nya")


def squeezed(word: str) -> str:
    """Return the word with every letter once where it is repeated."""
    return _REPEATED.sub(r"\1", word) if _REPEATED.search(word) is not None else word


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
        return _signs_of_joined(core, fragments, form)
    begun, ended = form.startswith("*"), form.endswith("*")
    if begun and ended:
        return _part_of(core)
    if ended:
        return {f"<{squeezed(core)[:LONGEST_PART]}"}
    words = [squeezed(core + clitic) for clitic in (_CLITICS if len(core) > 2 else ("",))]
    return {f">{word[-LONGEST_PART:]}" for word in words} if begun else {f"={word}" for word in words}


def _signs_of_joined(core: str, fragments: Sequence[str], form: str) -> set[str]:
    """Return the same for words with signs in or about them ("a/n", "an."): most show as whole words."""
    longest = max(fragments, key=len)
    if " " in core or "*" in form or "_" in core:
        return _part_of(longest)
    clitics = _CLITICS if core.endswith(longest) else ("",)
    return {f"={squeezed(longest + clitic)}" for clitic in clitics}


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


class _OddError(Exception):
    """Something in a pattern that is not read here."""


_DIGITS = frozenset({r"\d", "0-9"})
_QUANTIFIER = re.compile(r"([*+?]|\{(\d+)(?:,\d*)?\})\??")
_CLASS = re.compile(r"\[\^?\]?(?:[^\]\\\[]|\\.|\[(?!:))*\]", re.DOTALL)
_FEW = re.compile(r"[0-9a-z_@*#.!$]{1,8}")
"""Letters of a class, and marks that stand for letters in words that are not to be read at once."""

_EDGE_BEFORE = re.compile(r"(?:(?<!\\)\\b|\^(?:\\W\*)?)\Z")
_EDGE_AFTER = re.compile(r"\\b(?![*+?{])|(?:\\W\*)?\$\Z")
"""What stands in a pattern before and after a whole word."""

_EDGE = 5
"""Characters of what stands before it, and one more."""

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
        run: list[str] = []
        start = self._at
        while self._at < len(self._source) and self._source[self._at] not in "|)":
            end = self._at
            letters, signs = self._part()
            must = self._must_be_there()
            if letters and must:
                run.append(letters)
                continue
            clauses += _clauses_of(run, whole=self._is_whole(start, end))
            clauses += signs if must else ()
            run, start = [], self._at
        return (*clauses, *_clauses_of(run, whole=self._is_whole(start, self._at)))

    def _is_whole(self, start: int, end: int) -> bool:
        """Return whether a word begins where this part of the pattern does, and ends where it ends."""
        before = _EDGE_BEFORE.search(self._source, max(0, start - _EDGE), start)
        return before is not None and _EDGE_AFTER.match(self._source, end) is not None

    def _part(self) -> tuple[str, Signs]:
        """Return the letters of which one comes next, or else the signs of what does."""
        character = self._source[self._at]
        if character == "(":
            return "", self._group()
        if character == "[":
            return self._class()
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

    def _class(self) -> tuple[str, Signs]:
        found = _CLASS.match(self._source, self._at)
        if found is None:
            raise _OddError
        self._at = found.end()
        held = found[0][1:-1]
        if held in _DIGITS:
            return "", (frozenset(DIGIT),)
        return (held if _FEW.fullmatch(held) else ""), NO_SIGNS

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
    is_mark = character in string.punctuation or not (character.isascii() or character.isalnum())
    return "", (frozenset(character),) if is_mark else NO_SIGNS


def _clauses_of(run: Sequence[str], *, whole: bool) -> Iterator[Clause]:
    """Yield the clauses of letters that stand one after another, each perhaps repeated or one of several.

    `whole` is whether they are a whole word.
    """
    plain = "".join(letters if _FRAGMENT.fullmatch(letters) and len(letters) == 1 else " " for letters in run)
    if whole and plain and " " not in plain:
        yield frozenset({f"={squeezed(plain)}"})
        return
    for part in plain.split():
        signs = _part_of(part) or {DIGIT for character in part if character.isdigit()}
        if signs:
            yield frozenset(signs)
    sure = run[:-1] if run and "." in run[-1] else run  # a dot at the end clings to nothing
    windows = [sure[at : at + width] for width in (2, 3) for at in range(len(sure) - width + 1)]
    telling = [frozenset(_signs_of_several(each)) for each in windows if _is_telling(each)]
    if telling:
        yield max(telling, key=_rarity)


def _rarity(clause: Clause) -> tuple[int, int]:
    """Return how much the letters of a clause rule out, its marks left aside."""
    return min((len(sign) for sign in clause if len(sign) > 1), default=0), -len(clause)


def _is_telling(window: Sequence[str]) -> bool:
    """Return whether letters, the first and last of which may be one of several, show as they stand here.

    One of several may be repeated as another, so that nothing is known of what stands around it.
    """
    apart = not any(_share_a_letter(*pair) for pair in pairwise(window))
    return apart and all(len(letters) == 1 for letters in window[1:-1]) and len(window[0] + window[-1]) > 2


def _share_a_letter(first: str, second: str) -> bool:
    return _FRAGMENT.search("".join(set(first) & set(second))) is not None


def _signs_of_several(window: Sequence[str]) -> Iterator[str]:
    """Yield the signs of letters side by side, some of which may be one of several."""
    for form in product(*window):
        marks = [character for character in form if character in string.punctuation and character != "_"]
        if marks:
            yield INNER_DOT if marks[0] == "." else marks[0]
        else:
            yield f"~{''.join(form)}"
