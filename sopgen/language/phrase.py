r"""The small language of cues, compiled to RE2 patterns over folded text.

    mohon maaf              the words one after another, white space or a comma between them
    (chat|obrolan) ditutup  alternatives, also of several words: (sama sama|kembali kasih)
    terima kasih [banyak]   an optional part
    minta … otp             up to four other words between; …8 allows eight
    sabar*                  a word that begins so
    *nya                    a word that ends so
    <kakak>                 any entry of the word group `kakak`
    ^halo    beres$         at the start, at the end of the text
    ada lagi ?              the sentence must end in a question mark
    /\bp{3,}\b/             a bare RE2 pattern

Letters may be drawn out (`halo` also finds "haloooo"), a word may carry -nya, and a word that `words.yaml`
lists stands for its variants too. Matching never crosses the end of a sentence.
"""

import functools
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sopgen.language.normal import normalise
from sopgen.language.phrase_tree import Either, Part, Row, Tree, Word
from sopgen.language.sign import NO_SIGNS, Signs, signs_of_any, signs_of_pattern, signs_of_words
from sopgen.language.word_form import CLITIC, LEAST_WITH_CLITIC, drawn_letters

_SEPARATOR = r"[^\w.?!;:\n]{1,4}"
_GAP_WORD = r"(?:[^\w.?!;:\n]{1,4}[\w'/*]+)"
_TOKEN = re.compile(r"…\d*|<[\w-]+>|[(|)\[\]^$?]|[^\s(|)\[\]<>^$?…]+")
_DEFAULT_GAP = 4
_PLAIN_GAP = 100
"""Words of a gap that RE2 takes for certain; it counts repetitions inside one another up to 1,000."""

_QUESTION = frozenset("?")
_EDGES = {"": "", "^": r"^[^\w]*", "$": r"[^\w]*$", "?": r"[^.!;\n?]*\?"}

MAXIMUM_DEPTH = 20
"""Brackets and word groups inside one another; real cues have three (our decision, 2026-11-21)."""

MAXIMUM_PATTERN = 200_000
"""Characters of a word group's pattern; groups of groups could multiply (our decision, 2026-11-21)."""

_NOTHING = r"[^\x00-\x{10FFFF}]"

Words = Mapping[str, Sequence[str]]


class PhraseError(ValueError):
    """A cue that is not written in the language of cues; its text says why."""


class Cue(NamedTuple):
    """A cue compiled: its RE2 source, and the signs without which it cannot be found in a text.

    `bare` says that a pattern written by hand, or a very long gap, is in it: RE2 may refuse the source, or
    find it in an empty text. Nothing else can. `tree` is what it is made of, None where a pattern written by
    hand is in it; `begins` and `ends` are the marks of where it must stand ("^"; "$" or "?").
    """

    source: str
    signs: Signs = NO_SIGNS
    bare: bool = False
    tree: Tree | None = None
    begins: str = ""
    ends: str = ""


AlreadyRead = dict[str, tuple[int, Cue]]
"""Words and word groups (as "<name>") compiled so far, each with the depth at which it was."""


def compile_phrase(phrase: str, *, variants: Words, groups: Words) -> str:
    """Return the RE2 source of a cue, or raise PhraseError.

    `variants` maps a word to its other spellings, `groups` a name to its phrases.
    """
    return compile_cue(phrase, variants=variants, groups=groups, read={}).source


def compile_cue(phrase: str, *, variants: Words, groups: Words, read: AlreadyRead) -> Cue:
    """Return the cue, or raise PhraseError.

    `read` remembers words and groups; it is the caller's, empty at first, and good for these words only.
    """
    return _compile(phrase, variants, groups, depth=0, read=read)


def _compile(phrase: str, variants: Words, groups: Words, *, depth: int, read: AlreadyRead) -> Cue:
    if len(phrase) > 1 and phrase.startswith("/") and phrase.endswith("/"):
        return Cue(f"(?:{phrase[1:-1]})", signs_of_pattern(phrase[1:-1]), bare=True)
    return PhraseCompiler(tokens_of(phrase), variants, groups, depth=depth, read=read).cue()


def tokens_of(phrase: str) -> list[str]:
    """Return the tokens of a cue, folded as texts are; raises PhraseError when there is none."""
    tokens = [_folded(token) for token in _TOKEN.findall(phrase)]
    if not tokens:
        raise PhraseError("an empty cue")
    return tokens


@functools.lru_cache(maxsize=1 << 14)
def _folded(token: str) -> str:
    """Return the token as folded texts spell it; gaps and names of groups stay."""
    return token if token[0] in "…<" else normalise(token).text or token


class _Gap(NamedTuple):
    """Other words that may stand between two: the pattern of them, and how many."""

    source: str
    length: int


_NO_GAP = _Gap("", 0)


class PhraseCompiler:
    """A recursive descent over the tokens of one cue."""

    separator = _SEPARATOR
    """What stands between two words."""

    def __init__(
        self,
        tokens: list[str],
        variants: Words,
        groups: Words,
        *,
        depth: int,
        read: AlreadyRead | None = None,
    ) -> None:
        self._tokens = [*tokens, ""]
        self._at = 0
        self._depth = depth
        self._variants = variants
        self._groups = groups
        self._read = {} if read is None else read
        self._bare = False

    def compile(self) -> str:
        """Return the RE2 source of the whole cue, or raise PhraseError."""
        return self.cue().source

    def cue(self) -> Cue:
        """Return the whole cue, or raise PhraseError."""
        begins = self._next() if self._peek() == "^" else ""
        body = self._sequence(stop=frozenset())
        ends = self._next() if self._peek() in ("$", "?") else ""
        if self._peek():
            raise PhraseError(f"'{self._peek()}' cannot stand here")
        source = _EDGES[begins] + body.source + _EDGES[ends]
        signs = (*body.signs, _QUESTION) if ends == "?" else body.signs
        return Cue(source, signs, self._bare, body.tree, begins, ends)

    def _peek(self) -> str:
        return self._tokens[self._at]

    def _next(self) -> str:
        token = self._tokens[self._at]
        self._at += token != ""
        return token

    def _sequence(self, *, stop: frozenset[str]) -> Cue:
        """Return the cue of parts in a row; a separator belongs to the optional part it serves."""
        out, glue, gap = "", "", _NO_GAP
        signs: Signs = NO_SIGNS
        parts: list[Part | None] = []
        while (token := self._peek()) and token not in stop and token not in "$?":
            if token.startswith("…"):
                gap = self._gap(self._next())
                continue
            part = self._part()
            parts.append(_in_row(part, gap if glue else _NO_GAP, optional=token == "["))
            if token == "[" and not glue:
                out += f"(?:{part.source}{self.separator})?"
                continue
            if token == "[":
                out += f"(?:{gap.source}{glue}{part.source})?"
            else:
                parts += () if glue or gap is _NO_GAP else (None,)  # words before the first one
                out += gap.source + glue + part.source
                signs = (*signs, *part.signs)
            glue, gap = self.separator, _NO_GAP
        if not glue:
            raise PhraseError("a cue needs a word that must be there")
        return Cue(out, signs, tree=_row_of(parts))

    def _part(self) -> Cue:
        token = self._next()
        if token in ("(", "["):
            return self._alternatives(")" if token == "(" else "]")
        if token in (")", "]", "|", "^", "$"):
            raise PhraseError(f"'{token}' cannot stand here")
        if token.startswith("<"):
            return self._group(token)
        return self._word(token)

    def _alternatives(self, close: str) -> Cue:
        self._go_deeper()
        options = [self._sequence(stop=frozenset({"|", close}))]
        while self._peek() == "|":
            self._next()
            options.append(self._sequence(stop=frozenset({"|", close})))
        if self._next() != close:
            raise PhraseError(f"'{close}' is missing")
        self._depth -= 1
        return _any_of(options)

    def _word(self, word: str) -> Cue:
        known = self._read.get(word)
        if known is None:
            cue = Cue(self.word(word), self.signs_of_word(word), tree=self.tree_of_word(word))
            known = self._read[word] = 0, cue
        return known[1]

    def _group(self, token: str) -> Cue:
        name = token[1:-1]
        if name not in self._groups:
            known = ", ".join(sorted(self._groups))
            raise PhraseError(f"unknown word group '<{name}>'; there are: {known}")
        self._go_deeper()
        group = self._read_group(token, name)
        self._bare = self._bare or group.bare
        self._depth -= 1
        return group

    def _read_group(self, token: str, name: str) -> Cue:
        """Return the group's cue, read anew where it stands deeper than before: brackets have a limit."""
        depth, group = self._read.get(token, (-1, Cue("")))
        if depth < self._depth:
            entries = [
                _compile(entry, self._variants, self._groups, depth=self._depth, read=self._read)
                for entry in self._groups[name]
            ]
            group = _any_of(entries)
            if len(group.source) > MAXIMUM_PATTERN + len("(?:)"):
                raise PhraseError(f"the word group '<{name}>' is too long")
            self._read[token] = self._depth, group
        return group

    def _go_deeper(self) -> None:
        self._depth += 1
        if self._depth > MAXIMUM_DEPTH:
            raise PhraseError(f"more than {MAXIMUM_DEPTH} brackets or word groups inside one another")

    def word(self, word: str) -> str:
        """Return the pattern of a word and its other spellings."""
        return either([drawn_out(form) for form in (word, *self._variants.get(word, ()))])

    def signs_of_word(self, word: str) -> Signs:
        """Return the signs of a word and its other spellings."""
        return signs_of_words((word, *self._variants.get(word, ())))

    def tree_of_word(self, word: str) -> Tree | None:
        """Return what a word is made of."""
        return Word((word, *self._variants.get(word, ())))

    def _gap(self, token: str) -> _Gap:
        length = int(token[1:]) if len(token) > 1 else _DEFAULT_GAP
        self._bare = self._bare or length > _PLAIN_GAP
        return _Gap(f"{_GAP_WORD}{{0,{length}}}", length)


def _in_row(part: Cue, gap: _Gap, *, optional: bool) -> Part | None:
    return None if part.tree is None else Part(gap.length, optional, part.tree)


def _row_of(parts: Sequence[Part | None]) -> Tree | None:
    known = tuple(part for part in parts if part is not None)
    if len(known) < len(parts):
        return None
    return known[0].tree if len(known) == 1 else Row(known)


def _any_of(options: Sequence[Cue]) -> Cue:
    source = "|".join(each.source for each in options)
    signs = signs_of_any([each.signs for each in options])
    bare = any(each.bare for each in options)
    return Cue(f"(?:{source or _NOTHING})", signs, bare=bare, tree=tree_of_any(options))


def tree_of_any(options: Sequence[Cue]) -> Tree | None:
    """Return what any of the cues is made of; None when that of one is not known, or where it must stand."""
    trees = tuple(each.tree for each in options if each.tree is not None)
    if len(trees) < len(options) or any(each.begins or each.ends for each in options):
        return None
    return trees[0] if len(trees) == 1 else Either(trees)


def either(patterns: Sequence[str]) -> str:
    """Return the pattern of one of these."""
    different = tuple(dict.fromkeys(patterns))
    return different[0] if len(different) == 1 else f"(?:{'|'.join(different)})"


_RUN = re.compile(r"([a-z])\1*|.", re.DOTALL)


@functools.lru_cache(maxsize=1 << 14)
def drawn_out(word: str) -> str:
    r"""Return the pattern of a word whose letters may repeat, between word boundaries."""
    head = r"\b\w*" if word.startswith("*") else _boundary(word[0])
    tail = r"\w*\b" if word.endswith("*") else _boundary(word[-1])
    core = word.strip("*").replace("-", " ")
    if not core.strip():
        raise PhraseError(f"'{word}' is no word")
    clitic = CLITIC if tail == r"\b" and len(core) >= LEAST_WITH_CLITIC else ""
    if core.isascii() and core.isalpha() and core.islower():
        return head + drawn_letters(core) + clitic + tail
    return head + "".join(_run(match[0]) for match in _RUN.finditer(core)) + clitic + tail


def _boundary(character: str) -> str:
    return r"\b" if character.isalnum() else ""


def _run(run: str) -> str:
    if run == " ":
        return r"[\s\-]?"
    if run[0].isascii() and run[0].isalpha():
        return run + "+"
    return re.escape(run)
