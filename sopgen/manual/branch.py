"""The branches that a step's words hold: "jika/bila … maka", "… bila …", "if … then", "otherwise".

Words of a step in, acts and choices out. What does not read as a branch stays one act, word for word: a
diagram that leaves a demand out would be worse than none.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_IF = {
    "id": r"(?:jika|bila|apabila|bilamana|kalau|andaikata)",
    "en": r"(?:if|when|whenever|in case)",
}
_IF_NOT = {
    "id": (
        r"(?:(?:jika|bila|apabila|kalau) (?:tidak|belum|sebaliknya)(?:,| maka)"
        r"|(?:selain itu|sebaliknya),?)"
    ),
    "en": r"(?:if not(?:,| then)|(?:otherwise|or else),?)",
}
_THEN = {"id": r"maka", "en": r"then"}
_AND = {"id": r"(?:atau|dan|maupun|serta)", "en": r"(?:or|and|nor)"}
_ASKS = {
    "id": r"(?:mengabari|kabari|melapor|lapor(?:kan)?|menghubungi|hubungi|bertanya|tanya(?:kan)?|tahu)",
    "en": r"(?:know|tell|ask|report|say|write)",
}
_TO_STEP = {
    "id": r"(?:lanjut\w*|kembali|ulang\w*|lompat\w*|langsung)(?: \w+)? (?:ke |dari )?langkah (?P<step>\d+)",
    "en": r"(?:go|return|back|skip|continue|repeat)(?: \w+)? (?:to |with |from |at )?step (?P<step>\d+)",
}
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Something to do; `goes_to` is the number of the step that it leads to, "" for the one that follows."""

    text: str
    goes_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A question with what to do when it is so, and when it is not (None: go on)."""

    question: str
    then: Act
    otherwise: Act | None = None


def branches_of(text: str, language: str) -> tuple[Act | Choice, ...]:
    """Return what a step's plain text asks, in its order: acts, and choices where it names a condition."""
    words = " ".join(text.split())
    grammar = _Grammar(language if language in _IF else "en")
    return tuple(grammar.read(words)) or (Act(text=words),)


class _Grammar:
    """Reads conditions in one language."""

    def __init__(self, language: str) -> None:
        self._first = re.compile(rf"{_IF[language]} (?P<rest>.+)", re.I)
        self._then = re.compile(rf",? {_THEN[language]} ", re.I)
        self._last = re.compile(
            rf"(?P<act>.+?(?<! seperti)),? {_IF[language]} (?P<condition>[^,;]+?)[.;]?", re.I
        )
        self._asks = re.compile(rf"{_ASKS[language]}$", re.I)
        self._if_not = re.compile(rf"(?:^|[;.,] ){_IF_NOT[language]} (?P<act>.+)$", re.I)
        self._joins = re.compile(rf" {_AND[language]} ", re.I)
        self._to_step = re.compile(_TO_STEP[language], re.I)

    def read(self, text: str) -> Iterator[Act | Choice]:
        """Yield the acts and choices of a step; sentences that hold no branch are joined into one act.

        What follows "if …, do this." in the same step is part of what is then to be done.
        """
        waiting: list[str] = []
        sentences = self._sentences(text)
        for place, sentence in enumerate(sentences):
            governs = self._condition_first(sentence) is not None and not self._if_not.search(sentence)
            whole = " ".join(sentences[place:]) if governs else sentence
            choice = self._choice(whole)
            if choice is None:
                waiting.append(sentence)
                continue
            if waiting:
                yield self._act(" ".join(waiting))
                waiting = []
            yield choice
            if governs:
                return
        if waiting:
            yield self._act(" ".join(waiting))

    def _sentences(self, text: str) -> list[str]:
        """Return the sentences; one that begins with "if not" belongs to the one before it."""
        sentences: list[str] = []
        for sentence in _SENTENCE.split(text):
            if sentences and self._if_not.match(sentence):
                sentences[-1] += f" {sentence}"
            else:
                sentences.append(sentence)
        return sentences

    def _choice(self, sentence: str) -> Choice | None:
        otherwise = self._if_not.search(sentence)
        head = sentence[: otherwise.start()] if otherwise and otherwise.start() else sentence
        parts = self._condition_first(head) or self._condition_last(head)
        if parts is None or " " not in parts[0]:
            return None
        condition, act = parts
        return Choice(
            question=f"{_begun(condition)}?",
            then=self._act(act),
            otherwise=self._act(otherwise["act"]) if otherwise and otherwise.start() else None,
        )

    def _condition_first(self, sentence: str) -> tuple[str, str] | None:
        match = self._first.match(sentence)
        if match is None:
            return None
        rest = match["rest"]
        said = self._then.search(rest)
        if said:
            return rest[: said.start()], rest[said.end() :]
        comma = self._end_of_condition(rest)
        return (rest[:comma], rest[comma + 2 :]) if comma > 0 else None

    def _end_of_condition(self, rest: str) -> int:
        """Return where the comma after the condition stands, those of a list passed over; -1 for none."""
        commas = [match.start() for match in re.finditer(", ", rest)]
        for place, comma in enumerate(commas):
            following = rest[comma + 1 : commas[place + 1]] if place + 1 < len(commas) else ""
            after = rest[commas[place + 1] + 1 :] if following else ""
            goes_on = self._joins.match(rest[comma + 1 :]) or self._joins.match(after)
            if not goes_on:
                return comma
        return -1

    def _condition_last(self, sentence: str) -> tuple[str, str] | None:
        match = self._last.fullmatch(sentence)
        if match is None or self._asks.search(match["act"]):
            return None
        return match["condition"], match["act"]

    def _act(self, text: str) -> Act:
        jump = self._to_step.search(text)
        return Act(text=_begun(text), goes_to=jump["step"] if jump else "")


def _begun(text: str) -> str:
    """Return the words with a capital first letter and without the full stop."""
    bare = text.strip().rstrip(".;,")
    return bare[:1].upper() + bare[1:]
