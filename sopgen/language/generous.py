"""A phrase read generously: it says what should be said, not how it is typed. Compiled to RE2 like a cue.

It is written in the language of cues (`phrase`). Beyond what a cue finds,
- signs at the ends of its words are left out ("Baik, Kak!"), and where it ends a sentence, the text may;
- `{nama}` stands for up to four words;
- a form of address or a particle may stand between two words ("terima kasih *kak* sudah menunggu");
- a word, or several, may be said in any of the ways that `words.yaml` lists together with it;
- a word may be written without its vowels ("psti", "hri"), as chats do;
- a word of six letters or more may hold one slip: a letter wrong, missing or too many, or two swapped.

A phrase of a single word is read strictly: only other spellings of that very word, and no slips. "sampai" is
one letter from "sampah", and who forbids "gue" has nothing against "saya".
"""

import re
from collections.abc import Mapping, Sequence
from itertools import groupby

from sopgen.language.phrase import PhraseCompiler, PhraseError, Words, drawn_out, either, tokens_of
from sopgen.language.sign import NO_SIGNS, Signs

BETWEEN = "between"
"""The word group of what may stand between the words of a phrase."""

SLIP_LENGTH = 6
"""Letters from which on a word may hold a slip; too many shorter ones are a letter apart, as kamu and kami
(our decision, 2026-11-22)."""

SHORTENED_LENGTH = 4
"""Letters from which on a word may be written without its vowels (our decision, 2026-11-22)."""

_VOWELS = frozenset("aeiou")
_PLACEHOLDER = re.compile(r"\{[^{}]*\}")
_SENTENCES = re.compile(r"(?<=\w)[.?!;:]+(?:\s+|$)")
_SIGNS = re.compile(r"""(?<=\w)[,"'“”‘’~]+(?=[\s)\]|]|$)|(?<![^\s(\[|])[,"'“”‘’~]+(?=\w)""")
_SPOKEN = re.compile(r"\w|[…<>()|\[\]^$?]")
_ACROSS_SENTENCES = r"[^\w]{1,6}"
_PREPOSITIONS = frozenset({"di", "ke"})
_PREFIX = re.compile(r"^di(?=\w{3})")
_LONGEST_SAYING = 3
"""Words of the longest entry of `words.yaml` that is looked up as one."""


def families(variants: Words) -> Mapping[str, tuple[str, ...]]:
    """Return, for each word that `variants` knows in any spelling, all that may stand for it."""
    found: dict[str, dict[str, None]] = {}
    for word, spellings in variants.items():
        together = dict.fromkeys((word, *spellings))
        for each in spellings:
            together |= dict.fromkeys(variants.get(each, ()))
        for member in together:
            found.setdefault(member, {}).update(together)
    return {word: tuple(together) for word, together in found.items()}


def compile_generously(phrase: str, *, families: Words, groups: Words) -> str:
    """Return the RE2 source of a phrase, or raise PhraseError."""
    if len(phrase) > 1 and phrase.startswith("/") and phrase.endswith("/"):
        return f"(?:{phrase[1:-1]})"
    between = PhraseCompiler(["<between>"], {}, groups, depth=0).compile() if BETWEEN in groups else ""
    sentences = [_plain(part) for part in _SENTENCES.split(_PLACEHOLDER.sub(" … ", phrase))]
    spoken = [part for part in sentences if part]
    if not spoken:
        raise PhraseError("an empty phrase")
    strict = sum(len(part.split()) for part in spoken) == 1

    def compile_sentence(part: str) -> str:
        tokens = _sayings(tokens_of(part), families)
        return _Generous(tokens, families, groups, between=between, strict=strict).compile()

    return _ACROSS_SENTENCES.join(compile_sentence(part) for part in spoken)


def _plain(sentence: str) -> str:
    """Return the sentence without signs at the ends of its words, and without what is no word."""
    words = _SIGNS.sub("", sentence).split()
    return " ".join(word for word in words if _SPOKEN.search(word)).strip("… ")


def _sayings(tokens: list[str], families: Words) -> list[str]:
    """Return the tokens with those drawn together that are one saying ("terima kasih") or place ("di sini").

    What is drawn together may also be written without the blank.
    """
    drawn: list[str] = []
    at = 0
    while at < len(tokens):
        length = next(
            (n for n in range(_LONGEST_SAYING, 1, -1) if " ".join(tokens[at : at + n]) in families), 1
        )
        if length == 1 and tokens[at] in _PREPOSITIONS and at + 1 < len(tokens) and tokens[at + 1].isalnum():
            length = 2
        drawn.append(" ".join(tokens[at : at + length]))
        at += length
    return drawn


class _Generous(PhraseCompiler):
    def __init__(
        self, tokens: list[str], families: Words, groups: Words, *, between: str, strict: bool
    ) -> None:
        super().__init__(tokens, {}, groups, depth=0)
        self._families = families
        self._strict = strict
        if between:
            self.separator = f"(?:{PhraseCompiler.separator}{between}){{0,2}}{PhraseCompiler.separator}"

    def word(self, word: str) -> str:
        """Return the pattern of a word, its family and its slips."""
        family = self._families.get(word, ())
        if self._strict:
            family = tuple(each for each in family if _is_spelling_of(each, word))
        forms = (word, _PREFIX.sub("di ", word), *family)
        others = [] if self._strict else [*_shortened(word), *_slips(word)]
        if " " in word:
            others.append(self.separator.join(self.word(part) for part in word.split()))
        return either([*(drawn_out(form) for form in forms), *others])

    def signs_of_word(self, word: str) -> Signs:  # noqa: ARG002 - as the cues' own
        """Return no signs: a word with a slip shows none."""
        return NO_SIGNS

    def tree_of_word(self, word: str) -> None:
        """Return nothing: slips make a word more than its spellings."""


def _is_spelling_of(other: str, word: str) -> bool:
    """Return whether it is the same word with letters left out ("tdk"), or one letter put otherwise."""
    letters = iter(word)
    if other[0] == word[0] and all(letter in letters for letter in other):
        return True
    return other in _one_letter_apart(word, other)


def _one_letter_apart(word: str, other: str) -> Sequence[str]:
    at = next((n for n, (one, two) in enumerate(zip(word, other, strict=False)) if one != two), len(word))
    return (
        word[:at] + other[at : at + 1] + word[at + 1 :],
        word[:at] + other[at : at + 1] + word[at:],
    )


def _shortened(word: str) -> list[str]:
    """Return the pattern of a word whose vowels may be left out; none for a very short one."""
    if len(word) < SHORTENED_LENGTH or not (word.isascii() and word.isalpha()):
        return []
    letters = [f"{letter}{'*' if letter in _VOWELS else '+'}" for letter, _ in groupby(word[1:])]
    return [rf"\b{word[0]}+{''.join(letters)}(?:nya*)?\b"]


def _slips(word: str) -> list[str]:
    """Return the patterns of a word with one slip; none for a short one, or one with other signs."""
    if len(word) < SLIP_LENGTH or not (word.isascii() and word.isalpha()):
        return []
    runs = [f"{letter}+" for letter, _ in groupby(word)]
    slips = []
    for at in range(1, len(runs)):
        before, after = "".join(runs[:at]), "".join(runs[at + 1 :])
        slips += [before + r"\w?" + after, before + r"\w" + runs[at] + after]
        if at + 1 < len(runs):
            slips.append(before + runs[at + 1] + runs[at] + "".join(runs[at + 2 :]))
    slips.append("".join(runs) + r"\w")
    return [rf"\b{slip}\b" for slip in dict.fromkeys(slips)]
