"""How an SOP says its demands: vague words, long sentences, two demands in one clause."""

import re
from collections.abc import Callable, Iterator

from sopgen.base.diagnostic import Diagnostic, Level
from sopgen.sop.lint_words import HOMOGRAPHS, SEQUENCES, STRONG_MODALS, VAGUE
from sopgen.sop.model import Sop
from sopgen.sop.passage import Passage, Use, passages

LONGEST_SENTENCE = 30
"""Words; plain-language guides advise 15 to 20 on average, 30 at most (our decision, 2026-11-22)."""

_SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’)*_]*\s+(?=[\"“‘(*_\[]*[A-Z0-9])")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")


def _vague_words(sop: Sop) -> Iterator[Diagnostic]:
    for passage in passages(sop):
        if passage.use is Use.PROSE:
            continue
        for language, found, hint in _vague_in(passage.said):
            if language == sop.language or found[0] not in HOMOGRAPHS:
                message = f"{passage.owner} says '{_shown(found)}', which nobody can check"
                yield _flaw("SOP221", passage, found.start(), message, hint)


def _vague_in(text: str) -> Iterator[tuple[str, re.Match[str], str]]:
    """Yield the vague words of both languages, because SOPs mix them: language, place, what to write."""
    for language, several in VAGUE.items():
        for vague in several:
            yield from ((language, found, vague.hint) for found in vague.pattern.finditer(text))


def _long_sentences(sop: Sop) -> Iterator[Diagnostic]:
    for passage in passages(sop):
        for start, sentence in _sentences(passage) if passage.use is not Use.REPLY else ():
            count = len(_WORD.findall(sentence))
            if count > LONGEST_SENTENCE:
                message = f"{passage.owner} has a sentence of {count} words"
                hint = f"split it; {LONGEST_SENTENCE} words are the most that is understood at one reading"
                yield _flaw("SOP222", passage, start, message, hint, level=Level.NOTE)


def _two_demands(sop: Sop) -> Iterator[Diagnostic]:
    for passage in passages(sop):
        joint = _second_demand(passage, sop.language) if passage.use is Use.DEMAND else None
        if joint is not None:
            message = f"{passage.owner} demands two things: the second begins at '{_shown(joint)}'"
            yield _flaw(
                "SOP224", passage, joint.start(), message, "make it a clause of its own, with its own id"
            )


def _second_demand(passage: Passage, language: str) -> re.Match[str] | None:
    modals = list(STRONG_MODALS[language].finditer(passage.said))
    if len(modals) > 1:
        return modals[1]
    return SEQUENCES[language].search(passage.said)


def _sentences(passage: Passage) -> Iterator[tuple[int, str]]:
    start = 0
    for end in [*(found.start() for found in _SENTENCE_END.finditer(passage.text)), len(passage.text)]:
        sentence = passage.text[start:end]
        yield start + len(sentence) - len(sentence.lstrip()), sentence
        start = end


def _shown(found: re.Match[str]) -> str:
    return " ".join(str(found.groupdict().get("word") or found[0]).split())


def _flaw(
    code: str, passage: Passage, offset: int, message: str, hint: str, *, level: Level = Level.WARNING
) -> Diagnostic:
    return Diagnostic(code=code, level=level, span=passage.place(offset), message=message, hint=hint)


RULES: tuple[Callable[[Sop], Iterator[Diagnostic]], ...] = (_vague_words, _long_sentences, _two_demands)
"""Every rule about wording, in the order of their codes."""
