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

from sopgen.language.normal import normalise

_SEPARATOR = r"[^\w.?!;:\n]{1,4}"
_GAP_WORD = r"(?:[^\w.?!;:\n]{1,4}[\w'/*]+)"
_TOKEN = re.compile(r"…\d*|<[\w-]+>|[(|)\[\]^$?]|[^\s(|)\[\]<>^$?…]+")
_DEFAULT_GAP = 4
_CLITIC = "(?:nya*)?"

MAXIMUM_DEPTH = 20
"""Brackets and word groups inside one another; real cues have three (our decision, 2026-11-21)."""

MAXIMUM_PATTERN = 200_000
"""Characters of a word group's pattern; groups of groups could multiply (our decision, 2026-11-21)."""

_NOTHING = r"[^\x00-\x{10FFFF}]"

Words = Mapping[str, Sequence[str]]


class PhraseError(ValueError):
    """A cue that is not written in the language of cues; its text says why."""


def compile_phrase(phrase: str, *, variants: Words, groups: Words) -> str:
    """Return the RE2 source of a cue, or raise PhraseError.

    `variants` maps a word to its other spellings, `groups` a name to its phrases.
    """
    return _compile(phrase, variants, groups, depth=0)


def _compile(phrase: str, variants: Words, groups: Words, *, depth: int) -> str:
    if len(phrase) > 1 and phrase.startswith("/") and phrase.endswith("/"):
        return f"(?:{phrase[1:-1]})"
    return PhraseCompiler(tokens_of(phrase), variants, groups, depth=depth).compile()


def tokens_of(phrase: str) -> list[str]:
    """Return the tokens of a cue, folded as texts are; raises PhraseError when there is none."""
    tokens = [_folded(token) for token in _TOKEN.findall(phrase)]
    if not tokens:
        raise PhraseError("an empty cue")
    return tokens


def _folded(token: str) -> str:
    """Return the token as folded texts spell it; gaps and names of groups stay."""
    return token if token[0] in "…<" else normalise(token).text or token


class PhraseCompiler:
    """A recursive descent over the tokens of one cue."""

    separator = _SEPARATOR
    """What stands between two words."""

    def __init__(self, tokens: list[str], variants: Words, groups: Words, *, depth: int) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = depth
        self._variants = variants
        self._groups = groups

    def compile(self) -> str:
        """Return the RE2 source of the whole cue, or raise PhraseError."""
        prefix, suffix = "", ""
        if self._peek() == "^":
            self._next()
            prefix = r"^[^\w]*"
        body = self._sequence(stop=frozenset())
        if self._peek() in ("$", "?"):
            suffix = r"[^\w]*$" if self._next() == "$" else r"[^.!;\n?]*\?"
        if self._at < len(self._tokens):
            raise PhraseError(f"'{self._tokens[self._at]}' cannot stand here")
        return prefix + body + suffix

    def _peek(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _next(self) -> str:
        token = self._peek()
        self._at += 1
        return token

    def _sequence(self, *, stop: frozenset[str]) -> str:
        """Return the pattern of parts in a row; a separator belongs to the optional part it serves."""
        out, glue, gap = "", "", ""
        while (token := self._peek()) and token not in stop and token not in "$?":
            if token.startswith("…"):
                gap = _gap(self._next())
                continue
            part = self._part()
            if token == "[" and not glue:
                out += f"(?:{part}{self.separator})?"
                continue
            out += f"(?:{gap}{glue}{part})?" if token == "[" else gap + glue + part
            glue, gap = self.separator, ""
        if not glue:
            raise PhraseError("a cue needs a word that must be there")
        return out

    def _part(self) -> str:
        token = self._next()
        if token in ("(", "["):
            return self._alternatives(")" if token == "(" else "]")
        if token in (")", "]", "|", "^", "$"):
            raise PhraseError(f"'{token}' cannot stand here")
        if token.startswith("<"):
            return self._group(token[1:-1])
        return self.word(token)

    def _alternatives(self, close: str) -> str:
        self._go_deeper()
        options = [self._sequence(stop=frozenset({"|", close}))]
        while self._peek() == "|":
            self._next()
            options.append(self._sequence(stop=frozenset({"|", close})))
        if self._next() != close:
            raise PhraseError(f"'{close}' is missing")
        self._depth -= 1
        return f"(?:{'|'.join(options)})"

    def _group(self, name: str) -> str:
        if name not in self._groups:
            known = ", ".join(sorted(self._groups))
            raise PhraseError(f"unknown word group '<{name}>'; there are: {known}")
        self._go_deeper()
        pattern = "|".join(
            _compile(entry, self._variants, self._groups, depth=self._depth) for entry in self._groups[name]
        )
        if len(pattern) > MAXIMUM_PATTERN:
            raise PhraseError(f"the word group '<{name}>' is too long")
        self._depth -= 1
        return f"(?:{pattern or _NOTHING})"

    def _go_deeper(self) -> None:
        self._depth += 1
        if self._depth > MAXIMUM_DEPTH:
            raise PhraseError(f"more than {MAXIMUM_DEPTH} brackets or word groups inside one another")

    def word(self, word: str) -> str:
        """Return the pattern of a word and its other spellings."""
        return either([drawn_out(form) for form in (word, *self._variants.get(word, ()))])


def _gap(token: str) -> str:
    length = int(token[1:]) if len(token) > 1 else _DEFAULT_GAP
    return f"{_GAP_WORD}{{0,{length}}}"


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
    clitic = _CLITIC if tail == r"\b" and len(core) > 2 else ""
    return head + "".join(_run(match[0]) for match in _RUN.finditer(core)) + clitic + tail


def _boundary(character: str) -> str:
    return r"\b" if character.isalnum() else ""


def _run(run: str) -> str:
    if run == " ":
        return r"[\s\-]?"
    if run[0].isascii() and run[0].isalpha():
        return run + "+"
    return re.escape(run)
