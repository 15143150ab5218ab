"""What a complaint is about, told by its words: the matters of `matter.yaml`."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from sopgen.base.shape import read_yaml
from sopgen.base.span import Span
from sopgen.compliance.pack import default_pack_folder
from sopgen.language.lexicon import Lexicon, read_lexicon
from sopgen.language.normal import normalise

HINT = 0.5
"""What a word counts that only hints at a matter; one that tells it counts 1 (our decision, 2026-11-22)."""

FURTHER_WORD = 0.5
"""What each further word of a phrase adds, as a share of the first (our decision, 2026-11-22)."""

ENOUGH = 0.5
"""What the words must count for a matter: a single hint is enough where nothing else is said."""

_FILE = Path(__file__).with_name("matter.yaml")
_WORD = re.compile(r"[a-z0-9]+(?:['-][a-z]+)*")
_LONG = re.compile(r"(.)\1{2,}")
_TWICE = re.compile(r"(?<=[a-z]{3})2$")
_ENDING = re.compile(r"(?<=[a-z]{4})(?:nya|kan|an|ku|mu|lah|kah|in|ne|s|ed|ing)$")
_QUIET_GROUPS = ("function-id", "function-en", "filler", "kakak", "between", "time-of-day", "swear", "insult")

_Phrase = tuple[str, tuple[str, ...], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matters:
    """The matters by name, what they are called, and what tells them: phrases by their first word."""

    names: Mapping[str, Mapping[str, str]]
    phrases: Mapping[str, tuple[_Phrase, ...]]
    beginnings: tuple[tuple[str, str], ...]
    """Beginnings of words (`delay*`) and what a word that begins so stands for."""
    spellings: Mapping[str, str]
    quiet: frozenset[str]
    """Words that say nothing about a matter."""
    _known: dict[str, str] = field(default_factory=dict)

    def called(self, matter: str, language: str) -> str:
        """Return the matter's name in a language."""
        return self.names[matter][language]

    def stem(self, word: str) -> str:
        """Return what a word stands for: one spelling, without endings."""
        found = self._known.get(word)
        if found is None:
            plain = _TWICE.sub("", _LONG.sub(r"\1", word))
            plain = self.spellings.get(plain, plain)
            found = next((stem for start, stem in self.beginnings if plain.startswith(start)), None)
            found = self._known[word] = found or _ENDING.sub("", plain)
        return found


def words_in(text: str) -> list[str]:
    """Return the words of a text, folded, in their order."""
    return _WORD.findall(normalise(text).text)


def matter_of(text: str) -> str | None:
    """Return the matter that a complaint is about, None where its words tell none.

    Where two matters count the same, the first of the file is it.
    """
    matters = read_matters()
    stems = [matters.stem(word) for word in words_in(text)]
    counted = dict.fromkeys(matters.names, 0.0)
    for matter, _, weight in set(_told(stems, matters)):
        counted[matter] += weight
    best = max(counted, key=lambda each: counted[each])
    return best if counted[best] >= ENOUGH else None


@lru_cache(maxsize=1 << 16)
def telling_words(text: str) -> tuple[tuple[str, str], ...]:
    """Return the words that may say what a text is about, each with what it stands for."""
    matters = read_matters()
    told = ((word, matters.stem(word)) for word in words_in(text) if len(word) > 2 and word.isalpha())
    return tuple((word, stem) for word, stem in told if not {word, stem} & matters.quiet)


def _told(stems: Sequence[str], matters: Matters) -> Iterator[_Phrase]:
    for at, stem in enumerate(stems):
        for phrase in matters.phrases.get(stem, ()):
            if tuple(stems[at : at + len(phrase[1])]) == phrase[1]:
                yield phrase


@lru_cache(maxsize=1)
def read_matters() -> Matters:
    """Return the matters of `matter.yaml`, with the spellings and plain words of the default pack."""
    flaws: list[object] = []
    document = read_yaml(_FILE.read_text(encoding="utf-8"), Span(file=_FILE.name), flaws.append)
    lexicon = read_lexicon((default_pack_folder(),), flaws.append)
    assert document is not None
    assert not flaws
    said: Mapping[str, Any] = document.value
    spellings = {**_spellings(lexicon.variants), **_spellings(said["spellings"])}
    told = [word for each in said["matters"].values() for key in ("words", "hints") for word in each[key]]
    bare = Matters(
        names={name: each["name"] for name, each in said["matters"].items()},
        phrases={},
        beginnings=tuple(sorted({(word[:-1], word) for word in told if word.endswith("*")})),
        spellings=spellings,
        quiet=_quiet(lexicon) | set(said["quiet"]),
    )
    return Matters(
        names=bare.names,
        phrases=_phrases(said["matters"], bare),
        beginnings=bare.beginnings,
        spellings=bare.spellings,
        quiet=bare.quiet,
    )


def _spellings(variants: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {str(spelling): word for word, spellings in variants.items() for spelling in spellings}


def _quiet(lexicon: Lexicon) -> frozenset[str]:
    groups = (lexicon.groups.get(name, ()) for name in _QUIET_GROUPS)
    return frozenset(word for phrases in groups for phrase in phrases for word in phrase.split())


def _phrases(said: Mapping[str, Any], matters: Matters) -> Mapping[str, tuple[_Phrase, ...]]:
    found: dict[str, dict[_Phrase, None]] = {}
    for matter, each in said.items():
        for key, weight in (("words", 1.0), ("hints", HINT)):
            for written in each[key]:
                stems = tuple(_stem(word, matters) for word in written.split())
                worth = weight * (1 + FURTHER_WORD * (len(stems) - 1))
                found.setdefault(stems[0], {})[matter, stems, worth] = None
    return {first: tuple(phrases) for first, phrases in found.items()}


def _stem(word: str, matters: Matters) -> str:
    return word if word.endswith("*") else matters.stem(word)
