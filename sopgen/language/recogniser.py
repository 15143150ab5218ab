"""Which acts a text performs, and where: every cue of every act in one pass, then the guards.

A hit is located in the original text. Each distinct text is recognised once; agents paste templates, so the
cache carries most of a night's messages.
"""

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import re2

from sopgen.base.diagnostic import Diagnostic, Level, Report
from sopgen.base.span import Span
from sopgen.language.act import Act
from sopgen.language.detector import STAND_INS, Detection, detected, detection_of
from sopgen.language.feature import Utterance
from sopgen.language.guard import Guards, Passage, Range, standing
from sopgen.language.lexicon import Lexicon
from sopgen.language.normal import Normal, normalise
from sopgen.language.opinion import Predictors, opinions_of, weighed
from sopgen.language.pattern import PatternError, compiled, options
from sopgen.language.phrase import PhraseError, compile_phrase
from sopgen.language.recognition import Hit, Recognise, Recognition

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

SET_MEMORY = 1 << 26
"""Bytes that the cues of one act may take when they are searched for (our decision, 2026-11-22)."""

RecogniseByCues = Callable[[str, str], Recognition]


def make_recogniser(
    acts: Mapping[str, Act], lexicon: Lexicon, report: Report, predictors: Predictors | None = None
) -> Recognise:
    """Return the function (speaker's role, text, words before) -> Recognition, with bounded caches.

    With `predictors`, the trained model has a say in the acts that ask for it. Diagnostics: ACT104 for a cue
    or guard that is not written in the language of cues, LEX103 for such a filler; the others count.
    """
    by_cues = make_cue_recogniser(acts, lexicon, report)
    if not predictors:
        return lambda role, text, before="": by_cues(role, text)  # noqa: ARG005 - cues need no context
    asked = opinions_of(acts, tuple(predictors))

    def recognise(role: str, text: str, before: str) -> Recognition:
        opinions = asked.get(role, ())
        return weighed(
            by_cues(role, text),
            opinions,
            lambda: predictors[role](heard_by_cues(by_cues, role, text, before)),
        )

    remembered = functools.lru_cache(maxsize=CACHE_SIZE)(recognise)

    def in_context(role: str, text: str, before: str = "") -> Recognition:
        return (remembered if len(text) <= CACHED_LENGTH else recognise)(role, text, before_words(before))

    return in_context


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
    fillers = compiler.filler_pattern()
    index = _Index(matchers)
    detections = _detections(acts, matchers)

    def recognise(role: str, text: str) -> Recognition:
        seen = text[:MAXIMUM_LENGTH]
        normal = normalise(seen)
        passage = Passage(normal.text)
        found = (*index.hits(normal, passage, role), *detected(detections, role, seen, normal, passage))
        hits = sorted(found, key=lambda hit: (hit.start, hit.end, hit.act))
        filled = () if fillers is None else tuple(match.span() for match in fillers.finditer(normal.text))
        return Recognition(text, tuple(hits), _originals(normal, passage.words), _originals(normal, filled))

    remembered = functools.lru_cache(maxsize=CACHE_SIZE)(recognise)
    return lambda role, text: (remembered if len(text) <= CACHED_LENGTH else recognise)(role, text)


def _detections(acts: Mapping[str, Act], matchers: Mapping[str, "_Matcher"]) -> tuple[Detection, ...]:
    """Return how detectors find the acts that name one, sorted by name."""
    found = (detection_of(acts[name].source, matcher.guards) for name, matcher in matchers.items())
    return tuple(each for each in found if each is not None)


def _originals(normal: Normal, ranges: Iterable[Range]) -> tuple[Range, ...]:
    return tuple(normal.original(start, end) for start, end in ranges)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Matcher:
    """The compiled patterns of one act."""

    role: str
    cues: tuple[str, ...]
    guards: Guards


class _CueCompiler:
    def __init__(self, lexicon: Lexicon, report: Report) -> None:
        self._lexicon = lexicon
        self._report = report

    def matcher(self, act: Act) -> _Matcher:
        source = act.source
        cues = [
            pattern
            for language, phrases in source.cues.items()
            for pattern in self._patterns(act, phrases, ("cues", language))
        ]
        return _Matcher(
            role=source.role,
            cues=tuple(dict.fromkeys(cues)),
            guards=Guards(
                exceptions=self._either(act, source.exceptions, "exceptions"),
                always=self._either(act, source.always, "always"),
                negations=self._either(act, source.negations, "negations"),
                negation_reach=source.negation_reach,
                blockers=self._either(act, source.blockers, "blockers"),
                quoted=source.quoted,
            ),
        )

    def filler_pattern(self) -> "re2._Regexp | None":
        patterns = []
        for entry in self._lexicon.groups.get(FILLER, ()):
            try:
                patterns.append(self._sound(entry))
            except (PhraseError, PatternError) as error:
                self._report(_bad_filler(entry, error))
        return compiled("|".join(patterns)) if patterns else None

    def _either(self, act: Act, phrases: Sequence[str], key: str) -> "re2._Regexp | None":
        patterns = self._patterns(act, phrases, (key,))
        return compiled("|".join(patterns)) if patterns else None

    def _patterns(self, act: Act, phrases: Sequence[str], path: tuple[str, ...]) -> list[str]:
        patterns = []
        for number, phrase in enumerate(phrases):
            try:
                patterns.append(self._sound(phrase, act.source.detector))
            except (PhraseError, PatternError) as error:
                self._report(_bad_cue(act, (*path, number), phrase, error))
        return patterns

    def _sound(self, phrase: str, detector: str | None = None) -> str:
        """Return the pattern of a cue that RE2 accepts, or raise PhraseError or PatternError."""
        groups = self._lexicon.groups if detector is None else {**self._lexicon.groups, **STAND_INS}
        pattern = compile_phrase(phrase, variants=self._lexicon.variants, groups=groups)
        if compiled(pattern).search("") is not None:
            raise PhraseError("it is found in an empty text, so everywhere")
        return pattern


class _Index:
    """The cues of each act in an RE2 set, which names those that hit a text; then each is located on its own.

    One set for all acts would need more states than RE2 keeps, and be twenty times slower (2026-11-22).
    """

    def __init__(self, matchers: Mapping[str, _Matcher]) -> None:
        self._matchers = matchers
        self._sets = {act: _CueSet(matcher.cues) for act, matcher in matchers.items() if matcher.cues}

    def hits(self, normal: Normal, passage: Passage, role: str) -> Iterator[Hit]:
        """Yield the hits that pass their act's guards; those of one act that overlap become one."""
        for act, cues in self._sets.items():
            matcher = self._matchers[act]
            if matcher.role in ("any", role):
                places = sorted(cues.places(normal.text))
                for place in _merged(standing(places, matcher.guards, passage)) if places else ():
                    yield Hit(act, *normal.original(*place))


class _CueSet:
    def __init__(self, cues: Sequence[str]) -> None:
        self._set = re2.Set.SearchSet(options(SET_MEMORY))
        self._cues = [compiled(cue) for cue in cues]
        for cue in cues:
            self._set.Add(cue)
        self._set.Compile()

    def places(self, text: str) -> set[Range]:
        """Return where the cues hit."""
        hitting = (self._cues[number] for number in self._set.Match(text) or ())
        found = (match.span() for cue in hitting for match in cue.finditer(text))
        return {place for place in found if place[0] < place[1]}


def _merged(places: Sequence[Range]) -> list[Range]:
    """Return the places, in order, with those that overlap drawn together."""
    merged: list[Range] = []
    for start, end in places:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


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
