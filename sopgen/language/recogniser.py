"""Which acts a text performs, and where: every cue of every act in one pass, then the guards.

A hit is located in the original text. Each distinct text is recognised once; agents paste templates, so the
cache carries most of a night's messages.
"""

import functools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import re2

from sopgen.base.diagnostic import Diagnostic, Level, Report
from sopgen.language.act import Act
from sopgen.language.lexicon import Lexicon
from sopgen.language.normal import Normal, normalise
from sopgen.language.phrase import PhraseError, compile_phrase

CACHE_SIZE = 65_536
"""Distinct (speaker, text) pairs remembered (our decision, 2026-11-21): some 100 MB at chat lengths."""

MAXIMUM_LENGTH = 20_000
"""Characters of a message that are looked at; real ones are far shorter (our decision, 2026-11-21)."""

FILLER = "filler"
"""The word group whose words perform nothing: particles, forms of address."""

_MEMORY = 1 << 28
_SENTENCE_END = re.compile(r"[.?!;\n]+")
_WORD = re.compile(r"\w+")
_QUOTED = re.compile(r'"[^"\n]{1,400}"|^>[^\n]*$', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Hit:
    """An act and the half-open range of the original text that performs it."""

    act: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Recognition:
    """What a text does: its hits in reading order, and the ranges of words that perform nothing by group."""

    text: str
    hits: tuple[Hit, ...]
    words: tuple[tuple[int, int], ...]
    fillers: tuple[tuple[int, int], ...]

    def performs(self, acts: frozenset[str]) -> bool:
        """Return whether any of the acts is among the hits."""
        return any(hit.act in acts for hit in self.hits)

    def hits_of(self, acts: frozenset[str]) -> tuple[Hit, ...]:
        """Return the hits of these acts."""
        return tuple(hit for hit in self.hits if hit.act in acts)

    def does_only(self, acts: frozenset[str]) -> bool:
        """Return whether every word belongs to a hit of these acts or is a filler."""
        ranges = [*self.fillers, *((hit.start, hit.end) for hit in self.hits if hit.act in acts)]
        return all(any(start >= low and end <= high for low, high in ranges) for start, end in self.words)


Recognise = Callable[[str, str], Recognition]


def make_recogniser(acts: Mapping[str, Act], lexicon: Lexicon, report: Report) -> Recognise:
    """Return the function (speaker's role, text) -> Recognition, with a bounded cache.

    Diagnostic: ACT104 for a cue or guard that is not written in the language of cues; the others count.
    """
    compiler = _CueCompiler(lexicon, report)
    matchers = {name: compiler.matcher(act) for name, act in sorted(acts.items())}
    fillers = compiler.filler_pattern()
    index = _Index(matchers)

    @functools.lru_cache(maxsize=CACHE_SIZE)
    def recognise(role: str, text: str) -> Recognition:
        normal = normalise(text[:MAXIMUM_LENGTH])
        hits = sorted(index.hits(normal, role), key=lambda hit: (hit.start, hit.end, hit.act))
        words = tuple(normal.original(*match.span()) for match in _WORD.finditer(normal.text))
        filled = (
            tuple(normal.original(*match.span()) for match in fillers.finditer(normal.text))
            if fillers
            else ()
        )
        return Recognition(text, tuple(hits), words, filled)

    return recognise


@dataclass(frozen=True, slots=True, kw_only=True)
class _Matcher:
    """The compiled patterns of one act."""

    role: str
    cues: tuple[str, ...]
    exceptions: "re2._Regexp | None"
    negations: "re2._Regexp | None"
    negation_reach: int
    blockers: "re2._Regexp | None"
    quoted: bool


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
            exceptions=self._either(act, source.exceptions, "exceptions"),
            negations=self._either(act, source.negations, "negations"),
            negation_reach=source.negation_reach,
            blockers=self._either(act, source.blockers, "blockers"),
            quoted=source.quoted,
        )

    def filler_pattern(self) -> "re2._Regexp | None":
        entries = self._lexicon.groups.get(FILLER, ())
        patterns = [self._compile(entry) for entry in entries]
        return _compiled("|".join(patterns)) if patterns else None

    def _either(self, act: Act, phrases: Sequence[str], key: str) -> "re2._Regexp | None":
        patterns = self._patterns(act, phrases, (key,))
        return _compiled("|".join(patterns)) if patterns else None

    def _patterns(self, act: Act, phrases: Sequence[str], path: tuple[str, ...]) -> list[str]:
        patterns = []
        for number, phrase in enumerate(phrases):
            try:
                pattern = self._compile(phrase)
                _compiled(pattern)
            except (PhraseError, re2.error) as error:
                self._report(_bad_cue(act, (*path, number), phrase, error))
                continue
            patterns.append(pattern)
        return patterns

    def _compile(self, phrase: str) -> str:
        return compile_phrase(phrase, variants=self._lexicon.variants, groups=self._lexicon.groups)


class _Index:
    """All cues in one RE2 set, which names those that hit a text; then each is located on its own."""

    def __init__(self, matchers: Mapping[str, _Matcher]) -> None:
        self._set = re2.Set.SearchSet(_options())
        self._cues: list[tuple[str, _Matcher, re2._Regexp]] = []
        for act, matcher in matchers.items():
            for cue in matcher.cues:
                self._set.Add(cue)
                self._cues.append((act, matcher, _compiled(cue)))
        self._set.Compile()

    def hits(self, normal: Normal, role: str) -> Iterator[Hit]:
        """Yield the hits that pass their act's guards, each place of an act once per cue."""
        text = normal.text
        for number in self._set.Match(text) or ():
            act, matcher, cue = self._cues[number]
            if matcher.role not in ("any", role):
                continue
            for match in cue.finditer(text):
                if _stands(matcher, text, *match.span()):
                    yield Hit(act, *normal.original(*match.span()))


def _stands(matcher: _Matcher, text: str, start: int, end: int) -> bool:
    """Return whether a hit at [start, end) passes the guards of its act."""
    if not matcher.quoted and _overlaps(_QUOTED, text, start, end):
        return False
    if matcher.exceptions is not None and _overlaps(matcher.exceptions, text, start, end):
        return False
    if matcher.negations is not None and _negated(matcher, text, start):
        return False
    return matcher.blockers is None or matcher.blockers.search(_sentence(text, start, end)) is None


def _overlaps(pattern: "re2._Regexp | re.Pattern[str]", text: str, start: int, end: int) -> bool:
    return any(match.start() < end and start < match.end() for match in pattern.finditer(text))


def _negated(matcher: _Matcher, text: str, start: int) -> bool:
    assert matcher.negations is not None
    before = _SENTENCE_END.split(text[:start])[-1]
    words = list(_WORD.finditer(before))[-matcher.negation_reach :]
    return bool(words) and matcher.negations.search(before[words[0].start() :]) is not None


def _sentence(text: str, start: int, end: int) -> str:
    """Return the sentence around [start, end), its closing mark included."""
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    low = max((stop for stop in ends if stop <= start), default=0)
    high = min((stop for stop in ends if stop >= end), default=len(text))
    return text[low:high]


def _options() -> "re2.Options":
    options = re2.Options()
    options.max_mem = _MEMORY
    options.never_capture = True
    options.log_errors = False
    return options


def _compiled(pattern: str) -> "re2._Regexp":
    return re2.compile(pattern, _options())


def _bad_cue(act: Act, path: tuple[str | int, ...], phrase: str, error: Exception) -> Diagnostic:
    return Diagnostic(
        code="ACT104",
        level=Level.ERROR,
        span=act.document.place(path),
        message=f"act '{act.name}': the cue '{phrase}' cannot be read: {error}",
        hint="write words, (a|b), [optional], … for a gap, <group>, or /a pattern/",
    )
