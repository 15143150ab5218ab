"""Which acts a text performs, and where: every cue of every act in one pass, then the guards.

A hit is located in the original text. Each distinct text is recognised once; agents paste templates, so the
cache carries most of a night's messages.
"""

import functools
from collections.abc import Callable, Iterable, Mapping, Sequence

from sopgen.base.diagnostic import Diagnostic, Level, Report
from sopgen.base.span import Span
from sopgen.language.act import Act
from sopgen.language.cue_index import CueIndex, Matcher
from sopgen.language.detector import STAND_INS, Detection, detected, detection_of
from sopgen.language.feature import Utterance
from sopgen.language.guard import Guards, Passage
from sopgen.language.lexicon import Lexicon
from sopgen.language.memory import Memory
from sopgen.language.normal import Normal, normalise
from sopgen.language.opinion import Asking, Predictors, asking, says_something, weighed
from sopgen.language.pattern import Pattern, PatternError, Range
from sopgen.language.phrase import AlreadyRead, Cue, PhraseError, Words, compile_cue
from sopgen.language.recognition import Asked, Layout, Ranges, Recogniser, Recognition
from sopgen.language.scoring import Predict
from sopgen.language.sign import signs_of_any

CACHE_SIZE = 65_536
"""Distinct (speaker, text) pairs remembered (our decision, 2026-11-21): some 100 MB at chat lengths."""

CACHED_LENGTH = 4_000
"""Characters of the longest text that is remembered, lest a few huge ones fill the memory."""

MAXIMUM_LENGTH = 20_000
"""Characters of a message that are looked at; real ones are far shorter (our decision, 2026-11-21)."""

CONTEXT_CHARACTERS = 300
"""Characters of the other party's last words that the trained model hears: the end of them."""

FILLER = "filler"
"""The word group whose words perform nothing: particles, forms of address."""

PLAIN_LENGTH = 20_000
"""Characters of a cue's pattern that RE2 takes for certain; a longer one is tried beforehand."""

RecogniseByCues = Callable[[str, str], Recognition]


def make_recogniser(
    acts: Mapping[str, Act], lexicon: Lexicon, report: Report, predictors: Predictors | None = None
) -> Recogniser:
    """Return the function (speaker's role, text, words before) -> Recognition, with bounded caches.

    With `predictors`, the trained model has a say in the acts that ask for it. Diagnostics: ACT104 for a cue
    or guard that is not written in the language of cues, LEX103 for such a filler; the others count.
    """
    by_cues = make_cue_recogniser(acts, lexicon, report)
    known = predictors or {}
    opinions = ((role, predict, asking(acts, role)) for role, predict in known.items())
    return _Hearing(by_cues, {role: (predict, wanted) for role, predict, wanted in opinions if wanted})


class _Hearing:
    """Recognises by cues and by the trained model of those roles that have one."""

    def __init__(self, by_cues: RecogniseByCues, models: Mapping[str, tuple[Predict, Asking]]) -> None:
        self._by_cues = by_cues
        self._models = models
        self._known: Memory[Asked, Recognition] = Memory(CACHE_SIZE)

    def __call__(self, role: str, text: str, before: str = "") -> Recognition:
        if role not in self._models:
            return self._by_cues(role, text)
        asked = (role, text, before_words(before))
        known = self._known.get(asked)
        return self._recognised(role, [asked])[0] if known is None else known

    def prepare(self, asked: Iterable[Asked]) -> None:
        """Recognise together what is not known yet; very long texts are left for later."""
        wanted: dict[str, dict[Asked, None]] = {role: {} for role in self._models}
        for role, text, before in asked:
            each = (role, text, before_words(before))
            if role in wanted and len(text) <= CACHED_LENGTH and self._known.get(each) is None:
                wanted[role][each] = None
        for role, texts in wanted.items():
            if texts:
                self._recognised(role, list(texts))

    def _recognised(self, role: str, asked: Sequence[Asked]) -> list[Recognition]:
        predict, wanted = self._models[role]
        found = [self._by_cues(role, text) for _, text, _ in asked]
        speaking = [number for number, (_, text, _) in enumerate(asked) if says_something(text)]
        heard = [heard_by_cues(self._by_cues, *asked[number]) for number in speaking]
        if heard:
            judged = weighed([found[number] for number in speaking], wanted, predict(heard))
            for number, recognition in zip(speaking, judged, strict=True):
                found[number] = recognition
        for each, recognition in zip(asked, found, strict=True):
            if len(each[1]) <= CACHED_LENGTH:
                self._known.put(each, recognition)
        return found


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
        wanted = index.shortlist(passage)
        found = (
            *index.hits(wanted, role, normal, passage),
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
