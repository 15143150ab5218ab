"""Which acts a text performs, and where: every cue of every act in one pass, then the guards.

A hit is located in the original text. Each distinct text is recognised once; agents paste templates, so the
cache carries most of a night's messages.
"""

import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import compress, islice

import numpy as np

from sopgen.base.diagnostic import Diagnostic, Level, Report
from sopgen.base.span import Span
from sopgen.language.act import Act
from sopgen.language.context import OTHER, Numbers, Talk
from sopgen.language.cue_index import CueIndex, Matcher
from sopgen.language.detector import STAND_INS, Detection, detected, detection_of
from sopgen.language.feature import Utterance
from sopgen.language.guard import Guards, Passage
from sopgen.language.lexicon import Lexicon
from sopgen.language.memory import Memory
from sopgen.language.normal import Normal, normalise
from sopgen.language.opinion import Asking, asking, says_something, weighed
from sopgen.language.pattern import Pattern, PatternError, Range
from sopgen.language.phrase import AlreadyRead, Cue, PhraseError, Words, compile_cue
from sopgen.language.predictors import NO_MODELS, Models, Reconsider
from sopgen.language.recognition import Asked, Layout, Ranges, Recogniser, Recognition
from sopgen.language.scoring import Predict, Scored
from sopgen.language.sign import signs_of_any
from sopgen.language.word_row import WordRow

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

FILLER = "filler"
"""The word group whose words perform nothing: particles, forms of address."""

PLAIN_LENGTH = 20_000
"""Characters of a cue's pattern that RE2 takes for certain; a longer one is tried beforehand."""

RecogniseByCues = Callable[[str, str], Recognition]


def make_recogniser(
    acts: Mapping[str, Act], lexicon: Lexicon, report: Report, models: Models = NO_MODELS
) -> Recogniser:
    """Return the function (speaker's role, text, words before) -> Recognition, with bounded caches.

    The trained models have a say in the acts that ask for it. Diagnostics: ACT104 for a cue or guard that is
    not written in the language of cues, LEX103 for such a filler; the others count.
    """
    by_cues = make_cue_recogniser(acts, lexicon, report)
    opinions = ((role, predict, asking(acts, role)) for role, predict in models.predictors.items())
    hearers = {role: _Hearer(by_cues, predict, wanted) for role, predict, wanted in opinions if wanted}
    return _Listener(by_cues, hearers, models.context)


class _Listener:
    """Recognises by cues, by the trained models of those roles that have one, and by what is said around."""

    def __init__(
        self,
        by_cues: RecogniseByCues,
        hearers: Mapping[str, "_Hearer"],
        context: Callable[[], Reconsider] | None,
    ) -> None:
        self._by_cues = by_cues
        self._hearers = hearers
        self._context = context
        self._known: Memory[tuple[Asked, ...], list[Recognition]] = Memory(TALKS_KEPT)

    def __call__(self, role: str, text: str, before: str = "") -> Recognition:
        if role not in self._hearers:
            return self._by_cues(role, text)
        said = [(OTHER[role], before, "")] if before else []
        return self._heard([(*said, (role, text, before))])[0][-1]

    def hear(self, said: Sequence[Asked]) -> Sequence[Recognition]:
        """Return what each message of a conversation does, each in the light of the others."""
        talk = tuple(said)
        found = self._known.get(talk)
        return self._heard([talk])[0] if found is None else found

    def prepare(self, conversations: Iterable[Sequence[Asked]]) -> None:
        """Recognise together what is not known yet; conversations with very long texts are left for later."""
        talks = dict.fromkeys(tuple(said) for said in conversations)
        wanted = [talk for talk in talks if self._known.get(talk) is None and _is_short(talk)]
        for talk, found in zip(wanted, self._heard(wanted), strict=True):
            self._known.put(talk, found)

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
        for role, voice in self._in_context(numbers, voices).items():
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Voice:
    """What messages of one role do by themselves, by cues and how likely; `places` is where they stand."""

    places: list[int]
    by_cues: list[Recognition]
    scored: Scored


class _Hearer:
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
        return silent, _Voice(
            places=list(compress(places, speaks)),
            by_cues=list(compress(cued, speaks)),
            scored=self._scored([(role, text, before_words(before)) for role, text, before in spoken]),
        )

    def _scored(self, said: Sequence[Asked]) -> Scored:
        rows = [self._known.get(each) for each in said]
        unknown = list(dict.fromkeys(each for each, row in zip(said, rows, strict=True) if row is None))
        if unknown or self._labels is None:
            scored = self._predict([heard_by_cues(self._by_cues, *each) for each in unknown])
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
    other = "customer" if role == "agent" else "agent"
    return Utterance(
        text=text[:MAXIMUM_LENGTH],
        before=before,
        acts=frozenset(hit.act for hit in by_cues(role, text).hits),
        heard=frozenset(hit.act for hit in by_cues(other, before).hits) if before else frozenset(),
    )


def make_cue_recogniser(acts: Mapping[str, Act], lexicon: Lexicon, report: Report) -> RecogniseByCues:
    """Return the function (speaker's role, text) -> Recognition by cues alone; diagnostics as above."""
    compiler = _CueCompiler(lexicon, report)
    matchers = {name: compiler.matcher(act) for name, act in sorted(acts.items())}
    index = CueIndex(matchers, compiler.filler())
    detections = _detections(acts, matchers)

    def recognise(role: str, text: str) -> Recognition:
        seen = text[:MAXIMUM_LENGTH]
        normal = normalise(seen)
        passage = Passage(normal.text)
        row = WordRow(normal.text)
        wanted = index.shortlist(row)
        found = (
            *index.hits(wanted, role, normal, passage, row),
            *detected(detections, role, seen, normal, passage),
        )
        hits = sorted(found, key=lambda hit: (hit.start, hit.end, hit.act))

        def lay_out() -> tuple[Ranges, Ranges]:
            return _originals(normal, passage.words), _originals(normal, index.filled(wanted, passage))

        return Recognition(text, tuple(hits), Layout(lay_out))

    remembered = functools.lru_cache(maxsize=CACHE_SIZE)(recognise)
    return lambda role, text: (remembered if len(text) <= CACHED_LENGTH else recognise)(role, text)


def _detections(acts: Mapping[str, Act], matchers: Mapping[str, "Matcher"]) -> tuple[Detection, ...]:
    """Return how detectors find the acts that name one, sorted by name."""
    found = (detection_of(acts[name].source, matcher.guards) for name, matcher in matchers.items())
    return tuple(each for each in found if each is not None)


def _originals(normal: Normal, ranges: Iterable[Range]) -> Ranges:
    if normal.starts is None:
        return tuple(ranges)
    return tuple(normal.original(start, end) for start, end in ranges)


class _CueCompiler:
    def __init__(self, lexicon: Lexicon, report: Report) -> None:
        self._lexicon = lexicon
        self._report = report
        self._words: tuple[Words, AlreadyRead] = (lexicon.groups, {})
        self._words_and_kinds: tuple[Words, AlreadyRead] = ({**lexicon.groups, **STAND_INS}, {})

    def matcher(self, act: Act) -> Matcher:
        source = act.source
        cues = [
            cue
            for language, phrases in source.cues.items()
            for cue in self._cues(act, phrases, ("cues", language))
        ]
        exceptions = self._either(act, source.exceptions, "exceptions")
        return Matcher(
            role=source.role,
            cues=tuple({cue.source: cue for cue in cues}.values()),
            exceptions=exceptions,
            guards=Guards(
                exceptions=_pattern_of(exceptions),
                always=_pattern_of(self._either(act, source.always, "always")),
                negations=_pattern_of(self._either(act, source.negations, "negations")),
                negation_reach=source.negation_reach,
                blockers=_pattern_of(self._either(act, source.blockers, "blockers")),
                quoted=source.quoted,
            ),
        )

    def filler(self) -> Cue | None:
        """Return one cue for all that performs nothing."""
        cues = []
        for entry in self._lexicon.groups.get(FILLER, ()):
            try:
                cues.append(self._sound(entry))
            except (PhraseError, PatternError) as error:
                self._report(_bad_filler(entry, error))
        return _any_of(cues)

    def _either(self, act: Act, phrases: Sequence[str], key: str) -> Cue | None:
        return _any_of(self._cues(act, phrases, (key,)))

    def _cues(self, act: Act, phrases: Sequence[str], path: tuple[str, ...]) -> list[Cue]:
        cues = []
        for number, phrase in enumerate(phrases):
            try:
                cues.append(self._sound(phrase, act.source.detector))
            except (PhraseError, PatternError) as error:
                self._report(_bad_cue(act, (*path, number), phrase, error))
        return cues

    def _sound(self, phrase: str, detector: str | None = None) -> Cue:
        """Return a cue whose pattern RE2 accepts, or raise PhraseError or PatternError."""
        groups, read = self._words if detector is None else self._words_and_kinds
        cue = compile_cue(phrase, variants=self._lexicon.variants, groups=groups, read=read)
        if (cue.bare or len(cue.source) > PLAIN_LENGTH) and Pattern(cue.source, small=True).is_in(""):
            raise PhraseError("it is found in an empty text, so everywhere")
        return cue


def _any_of(cues: Sequence[Cue]) -> Cue | None:
    if not cues:
        return None
    return Cue("|".join(cue.source for cue in cues), signs_of_any([cue.signs for cue in cues]))


def _pattern_of(cue: Cue | None) -> Pattern | None:
    return None if cue is None else Pattern(cue.source)


def _bad_cue(act: Act, path: tuple[str | int, ...], phrase: str, error: Exception) -> Diagnostic:
    return Diagnostic(
        code="ACT104",
        level=Level.ERROR,
        span=act.document.place(path),
        message=f"act '{act.name}': the cue '{phrase}' cannot be read: {error}",
        hint="write words, (a|b), [optional], … for a gap, <group>, or /a pattern/",
    )


def _bad_filler(entry: str, error: Exception) -> Diagnostic:
    return Diagnostic(
        code="LEX103",
        level=Level.ERROR,
        span=Span(file=f"lexicons/{FILLER}.txt"),
        message=f"the entry '{entry}' cannot be read: {error}",
        hint="write words, (a|b), [optional], … for a gap, <group>, or /a pattern/",
    )
