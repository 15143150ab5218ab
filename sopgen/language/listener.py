"""What messages do in a conversation: by their cues, by the trained models, and in the light of one another.

Whoever listens hears what is asked of many conversations together, and remembers it: the chances of a text by
itself as long as texts are remembered, what whole conversations do until others went by.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import compress, islice

import numpy as np

from sopgen.language.context import OTHER, Numbers, Talk
from sopgen.language.encoder import Deepen, heard_in
from sopgen.language.feature import Utterance
from sopgen.language.memory import Memory
from sopgen.language.opinion import Asking, says_something, weighed
from sopgen.language.predictors import Reconsider
from sopgen.language.recognition import NO_ACTS, Asked, Recognition
from sopgen.language.scoring import Predict, Scored

CACHE_SIZE = 16_384
"""Distinct (speaker, text) pairs remembered (our decision, 2026-11-22): some 100 MB at 6 KB a pair, measured
by `benchmarks/memory.py`. A desk's pasted replies come back long before so many others went by."""

CACHED_LENGTH = 4_000
"""Characters of the longest text that is remembered, lest a few huge ones fill the memory."""

MAXIMUM_LENGTH = 20_000
"""Characters of a message that are looked at; real ones are far shorter (our decision, 2026-11-21)."""

TALKS_KEPT = 512
"""Conversations whose recognitions are kept once they were recognised together (our decision, 2026-11-22)."""

CONTEXT_CHARACTERS = 300
"""Characters of the other party's last words that the trained model hears: the end of them."""

RecogniseByCues = Callable[[str, str], Recognition]
"""From a speaker's role and a text to what it does by its cues alone."""


class Listener:
    """Recognises by cues, by the trained models of those roles that have one, and by what is said around.

    `deepen` is asked last: the encoder's say, where a check is thorough.
    """

    def __init__(
        self,
        by_cues: RecogniseByCues,
        hearers: Mapping[str, "Hearer"],
        context: Callable[[], Reconsider] | None,
        deepen: Deepen | None = None,
    ) -> None:
        self._by_cues = by_cues
        self._hearers = hearers
        self._context = context
        self._deepen = deepen
        self._known: Memory[tuple[Asked, ...], list[Recognition]] = Memory(TALKS_KEPT)

    def __call__(self, role: str, text: str, before: str = "") -> Recognition:
        """Return what a text does after the other party's last words."""
        if role not in self._hearers:
            return self._by_cues(role, text)
        said = [(OTHER[role], before, "")] if before else []
        return self._heard([(*said, (role, text, before))])[0][-1]

    def hear(self, said: Sequence[Asked]) -> Sequence[Recognition]:
        """Return what each message of a conversation does, each in the light of the others."""
        talk = tuple(said)
        found = self._known.get(talk)
        return self._heard([talk])[0] if found is None else found

    def hear_all(self, conversations: Sequence[Sequence[Asked]]) -> Sequence[Sequence[Recognition]]:
        """Return what the messages of each conversation do; those with very long texts are heard alone."""
        talks = [tuple(said) for said in conversations]
        short = [talk for talk in dict.fromkeys(talks) if _is_short(talk)]
        found = dict(zip(short, self._heard(short) if short else (), strict=True))
        for talk in talks:
            if talk not in found:
                found[talk] = self._heard([talk])[0]
        return [found[talk] for talk in talks]

    def prepare(self, conversations: Iterable[Sequence[Asked]]) -> None:
        """Recognise together what is not known yet; conversations with very long texts are left for later."""
        talks = dict.fromkeys(tuple(said) for said in conversations)
        wanted = [talk for talk in talks if self._known.get(talk) is None and _is_short(talk)]
        found = self._heard(wanted) if wanted else ()
        for talk, each in zip(wanted, found, strict=True):
            self._known.put(talk, each)

    def _heard(self, talks: Sequence[tuple[Asked, ...]]) -> list[list[Recognition]]:
        said = [each for talk in talks for each in talk]
        numbers = [number for number, talk in enumerate(talks) for _ in talk]
        others = [(at, role, text) for at, (role, text, _) in enumerate(said) if role not in self._hearers]
        found = {at: self._by_cues(role, text) for at, role, text in others}
        voices = {}
        for role, hearer in self._hearers.items():
            mine = [at for at, each in enumerate(said) if each[0] == role]
            silent, voices[role] = hearer.listen([said[at] for at in mine], mine)
            found.update(silent)
        for role, voice in self._in_depth(talks, self._in_context(numbers, voices)).items():
            judged = weighed(voice.by_cues, self._hearers[role].asking, voice.scored)
            found.update(zip(voice.places, judged, strict=True))
        ordered = iter([found[at] for at in range(len(said))])
        return [list(islice(ordered, len(talk))) for talk in talks]

    def _in_context(self, numbers: Sequence[int], voices: Mapping[str, "_Voice"]) -> Mapping[str, "_Voice"]:
        if self._context is None or not numbers:
            return voices
        talk = Talk(
            conversations=np.array(numbers, np.intp),
            places={role: np.array(voice.places, np.intp) for role, voice in voices.items()},
            chances={role: voice.scored.chances for role, voice in voices.items()},
        )
        revised = self._context()(talk, {role: voice.scored.labels for role, voice in voices.items()})
        return {
            role: replace(voice, scored=Scored(voice.scored.labels, revised[role]))
            for role, voice in voices.items()
        }

    def _in_depth(
        self, talks: Sequence[Sequence[Asked]], voices: Mapping[str, "_Voice"]
    ) -> Mapping[str, "_Voice"]:
        if self._deepen is None:
            return voices
        seen = [[(role, text[:MAXIMUM_LENGTH], before) for role, text, before in talk] for talk in talks]
        heard = [each for talk in seen for each in heard_in(talk)]
        return {
            role: replace(voice, scored=self._deepen(role, voice.scored, [heard[at] for at in voice.places]))
            for role, voice in voices.items()
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class _Voice:
    """What messages of one role do by themselves, by cues and how likely; `places` is where they stand."""

    places: list[int]
    by_cues: list[Recognition]
    scored: Scored


class Hearer:
    """What a text does by itself: by its cues, and the chances of the labels of its speaker's model."""

    def __init__(self, by_cues: RecogniseByCues, predict: Predict, asked: Asking) -> None:
        self.asking = asked
        self._by_cues = by_cues
        self._predict = predict
        self._labels: tuple[str, ...] | None = None
        self._known: Memory[Asked, Numbers] = Memory(CACHE_SIZE)

    def listen(self, said: Sequence[Asked], places: Sequence[int]) -> tuple[dict[int, Recognition], _Voice]:
        """Return by place what says nothing, of which nobody has an opinion, and the voice of the others."""
        cued = [self._by_cues(role, text) for role, text, _ in said]
        speaks = [says_something(text) for _, text, _ in said]
        silent = {at: found for at, found, speaking in zip(places, cued, speaks, strict=True) if not speaking}
        spoken = list(compress(said, speaks))
        by_cues = list(compress(cued, speaks))
        return silent, _Voice(
            places=list(compress(places, speaks)),
            by_cues=by_cues,
            scored=self._scored(
                [(role, text, before_words(before)) for role, text, before in spoken], by_cues
            ),
        )

    def _scored(self, said: Sequence[Asked], by_cues: Sequence[Recognition]) -> Scored:
        rows = [self._known.get(each) for each in said]
        unknown = {each: own for each, own, row in zip(said, by_cues, rows, strict=True) if row is None}
        if unknown or self._labels is None:
            scored = self._predict([_utterance(self._by_cues, *each) for each in unknown.items()])
            self._labels = scored.labels
            fresh = dict(zip(unknown, scored.chances, strict=True))
            for each, row in fresh.items():
                if len(each[1]) <= CACHED_LENGTH:
                    self._known.put(each, row)
            rows = [fresh[each] if row is None else row for each, row in zip(said, rows, strict=True)]
        chances = np.array(rows, np.float64).reshape(len(said), len(self._labels))
        return Scored(self._labels, chances)


def _is_short(talk: Sequence[Asked]) -> bool:
    return all(len(text) <= CACHED_LENGTH for _, text, _ in talk)


def before_words(before: str) -> str:
    """Return the part of the other party's words that the trained model hears."""
    return before[-CONTEXT_CHARACTERS:]


def heard_by_cues(by_cues: RecogniseByCues, role: str, text: str, before: str) -> Utterance:
    """Return the message as the trained model hears it, with what the cues found in it and before it."""
    return _utterance(by_cues, (role, text, before), by_cues(role, text))


def _utterance(by_cues: RecogniseByCues, asked: Asked, own: Recognition) -> Utterance:
    role, text, before = asked
    other = "customer" if role == "agent" else "agent"
    heard = by_cues(other, before).acts if before else NO_ACTS
    return Utterance(text[:MAXIMUM_LENGTH], before, own.acts, heard)
