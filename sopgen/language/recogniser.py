"""Which acts a text performs by its cues, and where: every cue of every act in one pass, then the guards.

A hit is located in the original text. Each distinct text is recognised once; agents paste templates, so the
cache carries most of a night's messages.
"""

import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence

from sopgen.base.diagnostic import Diagnostic, Level, Report
from sopgen.base.span import Span
from sopgen.base.suggestion import did_you_mean
from sopgen.language.act import Act
from sopgen.language.cue_index import CueIndex, Matcher
from sopgen.language.detector import STAND_INS, Detection, asked_of, detected, detection_of
from sopgen.language.guard import Guards, Passage
from sopgen.language.lexicon import Lexicon
from sopgen.language.listener import (
    CACHE_SIZE,
    CACHED_LENGTH,
    MAXIMUM_LENGTH,
    Hearer,
    Listener,
    RecogniseByCues,
)
from sopgen.language.normal import Normal, normalise
from sopgen.language.opinion import asking
from sopgen.language.pattern import Pattern, PatternError, Range
from sopgen.language.phrase import AlreadyRead, Cue, PhraseError, Words, compile_cue, tree_of_any
from sopgen.language.predictors import NO_MODELS, Models
from sopgen.language.recognition import Hit, Layout, Ranges, Recogniser, Recognition
from sopgen.language.sign import signs_of_any
from sopgen.language.word_row import WordRow

FILLER = "filler"
"""The word group whose words perform nothing: particles, forms of address."""

PLAIN_LENGTH = 20_000
"""Characters of a cue's pattern that RE2 takes for certain; a longer one is tried beforehand."""


def make_recogniser(
    acts: Mapping[str, Act], lexicon: Lexicon, report: Report, models: Models = NO_MODELS
) -> Recogniser:
    """Return the function (speaker's role, text, words before) -> Recognition, with bounded caches.

    The trained models have a say in the acts that ask for it. Diagnostics: those of `index_cues`.
    """
    return recogniser_of(acts, index_cues(acts, lexicon, report), models)


def recogniser_of(acts: Mapping[str, Act], index: CueIndex, models: Models) -> Recogniser:
    """Return the same of cues that are indexed already."""
    by_cues = cue_recogniser_of(acts, index)
    thorough = models.deepen is not None
    wanted = {role: asking(acts, role, thorough=thorough) for role in models.predictors}
    hearers = {
        role: Hearer(by_cues, predict, wanted[role])
        for role, predict in models.predictors.items()
        if wanted[role]
    }
    return Listener(by_cues, hearers, models.context, models.deepen)


def index_cues(acts: Mapping[str, Act], lexicon: Lexicon, report: Report) -> CueIndex:
    """Return the cues and guards of the acts, compiled.

    Diagnostics: ACT104 for a cue or guard that is not written in the language of cues, LEX103 for such a
    filler; the others count. ACT107 for an `outright` that names no act.
    """
    for act in acts.values():
        if act.source.outright and act.source.outright not in acts:
            report(_unknown_outright(act, acts))
    compiler = _CueCompiler(lexicon, report)
    matchers = {name: compiler.matcher(act) for name, act in sorted(acts.items())}
    return CueIndex(matchers, compiler.filler())


def make_cue_recogniser(acts: Mapping[str, Act], lexicon: Lexicon, report: Report) -> RecogniseByCues:
    """Return the function (speaker's role, text) -> Recognition by cues alone; diagnostics as above."""
    return cue_recogniser_of(acts, index_cues(acts, lexicon, report))


def cue_recogniser_of(acts: Mapping[str, Act], index: CueIndex) -> RecogniseByCues:
    """Return the same of cues that are indexed already."""
    detections = _detections(acts, index.guards)
    performed = {act.source.outright: name for name, act in acts.items() if act.source.outright}
    asked = functools.cache(functools.partial(asked_of, detections))

    def recognise(role: str, text: str) -> Recognition:
        seen = text[:MAXIMUM_LENGTH]
        normal = normalise(seen)
        passage = Passage(normal.text)
        row = WordRow(normal.text)
        wanted = index.shortlist(role, row)
        found = (
            *index.hits(wanted, role, normal, passage, row),
            *detected(*asked(role), seen, normal, passage),
        )
        found += tuple(_performed_outright(found, performed))
        hits = sorted(found, key=lambda hit: (hit.start, hit.end, hit.act))

        located = wanted.located  # the layout is remembered with the text: it must not keep the shapes alive

        def lay_out() -> tuple[Ranges, Ranges]:
            return _originals(normal, passage.words), _originals(normal, index.filled(located, passage))

        bare = tuple([normal.original(place, place + 1)[0] for place in index.bare(wanted, row)])
        return Recognition(text, tuple(hits), Layout(lay_out, bare))

    remembered = functools.lru_cache(maxsize=CACHE_SIZE)(recognise)
    return lambda role, text: (remembered if len(text) <= CACHED_LENGTH else recognise)(role, text)


def _detections(acts: Mapping[str, Act], guards: Mapping[str, Guards]) -> tuple[Detection, ...]:
    """Return how detectors find the acts that name one, sorted by name."""
    found = (detection_of(acts[name].source, each) for name, each in guards.items())
    return tuple(each for each in found if each is not None)


def _performed_outright(found: Sequence[Hit], performed: Mapping[str, str]) -> Iterator[Hit]:
    """Yield the hits that others perform, too, by the name of the act (`ActSource.outright`)."""
    for hit in found:
        act = performed.get(hit.act)
        if act and not any(each.act == act and _overlap(each, hit) for each in found):
            yield hit._replace(act=act)


def _overlap(one: Hit, other: Hit) -> bool:
    return one.start < other.end and other.start < one.end


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
    signs = signs_of_any([cue.signs for cue in cues])
    return Cue("|".join(cue.source for cue in cues), signs, tree=tree_of_any(cues))


def _pattern_of(cue: Cue | None) -> Pattern | None:
    return None if cue is None else Pattern(cue.source)


def _unknown_outright(act: Act, acts: Mapping[str, Act]) -> Diagnostic:
    outright = act.source.outright
    return Diagnostic(
        code="ACT107",
        level=Level.ERROR,
        span=act.document.place(("outright",)),
        message=f"act '{act.name}': there is no act '{outright}'",
        hint=did_you_mean(outright, sorted(acts)),
    )


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
